"""The normal form of a name, of which an id is made: the same for every spelling of it, in any article.

>>> slug("Moët & Chandon's"), slug("J. K. Rowling"), slug("U.S. Steel")
('moet-and-chandons', 'jk-rowling', 'us-steel')
>>> organisation("The Marks & Spencer Group plc"), organisation("IMF")
('marks-and-spencer', 'international-monetary-fund')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract import lexicons
from extract.lexicons.scope import cached
from extract.rules.entities.gazetteer import fold, key

_APOSTROPHES = re.compile(r"['’‘ʻʼ`]")
_AND = re.compile(r"\s*[&+]\s*")


def slug(name: str) -> str:
    """Folded words joined by hyphens: no apostrophes, `and` for `&`, initials in one word (`J.K.`)."""
    return "-".join(words(name)) or "-".join(fold(name).split())


def words(name: str) -> list[str]:
    """The words of the normal form."""
    plain = _AND.sub(" and ", _APOSTROPHES.sub("", name)) if not name.isalpha() else name
    found: list[str] = []
    initials = False
    for word in key(plain).split():
        single = len(word) == 1 and word.isalpha()
        if single and initials:
            found[-1] += word
        else:
            found.append(word)
        initials = single
    return found


def organisation(name: str) -> str:
    """The normal form of an organisation's name: its one name where news knows several, no legal form."""
    return canonical(name) or _bare(name)


def canonical(name: str) -> str | None:
    """The normal form of the one name of a well-known organisation, if this is a name of it.

    Capitals must be as written: `WHO`, never `Who`.
    """
    known = _known()
    if name in known.exact:
        return known.exact[name]
    bare = _bare(name)
    if bare in known.names:
        return known.names[bare]
    group, _, last = bare.rpartition("-")
    return known.names.get(group) if last in _forms().groups else None


def _bare(name: str) -> str:
    """The normal form without legal forms and without a leading `the`."""
    forms, spellings = _forms(), lexicons.load("organisations")["spellings"]
    found = [spellings.get(word, word) for word in words(name)]
    if found[:1] == ["the"] and len(found) > 1:
        found = found[1:]
    while size := _legal_words(found):
        del found[-size:]
        if found[-1] == "and" and len(found) > 1:  # Smith & Co
            del found[-1]
    if len(found) > 1 and tuple(found[:1]) in forms.before:
        found = found[1:]
    return "-".join(found) or slug(name)


def has_legal_form(name: str) -> bool:
    """Whether a name ends as a company's does in law: `LTV Corp`."""
    return _legal_words(words(name)) > 0


def _legal_words(found: list[str]) -> int:
    """How many words of a legal form end a name of more words."""
    sizes = range(min(4, len(found) - 1), 0, -1)
    return next((size for size in sizes if tuple(found[-size:]) in _forms().after), 0)


class _Forms:
    """The legal forms, as words of the normal form."""

    def __init__(self) -> None:
        table = lexicons.load("organisations")["legal_forms"]
        self.after = frozenset(tuple(words(form)) for form in table["after"])
        self.before = frozenset(tuple(words(form)) for form in table["before"])
        self.groups = frozenset(form.lower() for form in table["groups"])


_forms = cache(_Forms)


class _Known:
    """The one normal form of each well-known organisation, by a name as written or by a normal form."""

    def __init__(self) -> None:
        table = lexicons.load("organisations")
        self.exact: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for sort in lexicons.load("organisations_known").values():
            for name in sort["words"]:
                self.names.setdefault(_bare(name), _bare(name))
        pairs = [(full, [short]) for short, full in table["acronyms"].items()]
        for one, others in [*pairs, *table["aliases"].items()]:
            self._add(_bare(one), [one, *others])

    def _add(self, one: str, names: Iterable[str]) -> None:
        for name in names:
            if name.isupper() or (len(name) <= 6 and " " not in name):
                self.exact[name] = one
            else:
                self.names[_bare(name)] = one


_known = cached(_Known)
