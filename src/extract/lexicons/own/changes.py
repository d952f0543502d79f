"""A user's verbs and nouns of change, laid over `growth_kinds.toml`.

>>> row("zip"), row("rally")
('zip zips zipped zipped zipping', 'rally rallies rallied rallied rallying')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any

from extract.lexicons.own.files import words

_WAYS = ("increase", "decrease")
_FORMS = 5  # base, -s, past, participle, -ing
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")  # zip, zipped
_KEPT = frozenset({"letter", "meaning"})


def with_verbs(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Take verbs away from the verbs of change, then add others; these are no other kind of word any more."""
    kind = tables["kinds"]["change_verb"]
    _take(kind, {word.lower() for word in words(section.get("remove"))})
    rows: list[tuple[str, str]] = []
    for way in _WAYS:
        for written in words(section.get(way)):
            forms = row(" ".join(written.lower().split()))
            if " " in written and len(written.split()) != _FORMS:
                kind["phrases"][way] += forms.split("|")
            else:
                rows.append((way, forms))
    taken: set[str] = set()
    kept: list[tuple[str, str]] = []
    for way, forms in reversed(rows):  # of verbs that share a form the later has it
        kept.append((way, _row_without(forms, taken)))
        taken.update(forms.split())
    for other in tables["kinds"].values():
        _take(other, taken, rows=False)
    for way in _WAYS:
        kind[way] = [*kind[way], *(forms for own, forms in reversed(kept) if own == way and forms)]


def with_nouns(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Take nouns away from the nouns of change, then add others."""
    kind = tables["kinds"]["change_noun"]
    _take(kind, {word.lower() for word in words(section.get("remove"))})
    for way in _WAYS:
        for noun in words(section.get(way)):
            noun = " ".join(noun.lower().split())
            if " " in noun:
                kind["phrases"].setdefault(way, []).append(noun)
            else:
                kind[way] += f" {noun}"


def row(written: str) -> str:
    """The five forms of a verb: as written where all are, else those of a regular verb.

    Of a verb with a particle (`ramp up`) these are phrases with `|` between them.
    """
    if len(written.split()) == _FORMS:
        return written
    base, _, particle = written.partition(" ")
    if base.endswith("e"):
        past, ing = f"{base}d", f"{base[:-1]}ing"
    elif re.search("[^aeiou]y$", base):
        past, ing = f"{base[:-1]}ied", f"{base}ing"
    elif _DOUBLED.fullmatch(base):
        past, ing = f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"
    else:
        past, ing = f"{base}ed", f"{base}ing"
    third = f"{base[:-1]}ies" if past.endswith("ied") else f"{base}{'es' if _hisses(base) else 's'}"
    forms = [base, third, past, past, ing]
    return "|".join(f"{form} {particle}" for form in forms) if particle else " ".join(forms)


def _hisses(base: str) -> bool:
    return base.endswith(("s", "x", "z", "ch", "sh"))


def _take(kind: dict[str, Any], gone: Set[str], *, rows: bool = True) -> None:
    """Take words away from a kind: with `rows`, all forms of a verb that has one of them."""
    if not gone:
        return
    for key, listed in kind.items():
        if key not in _KEPT:
            kind[key] = _without(listed, gone, rows=rows)


def _without(listed: Any, gone: Set[str], *, rows: bool) -> Any:
    if isinstance(listed, str):
        return " ".join(word for word in listed.split() if word not in gone)
    if isinstance(listed, dict):
        return {
            key: inner if key in ("factor", "forms") else _without(inner, gone, rows=rows)
            for key, inner in listed.items()
        }
    if rows:
        return [
            one for one in listed if one not in gone and gone.isdisjoint(one.split() if _is_row(one) else ())
        ]
    shortened = (_row_without(one, gone) if _is_row(one) else one for one in listed)
    return [one for one in shortened if one]


def _row_without(row: str, gone: Set[str]) -> str:
    """A row whose forms stay in their places: one that is gone has the form beside it in its place."""
    forms = row.split()
    left = [i for i, form in enumerate(forms) if form not in gone]
    return " ".join(forms[min(left, key=lambda k: abs(k - i))] for i in range(len(forms))) if left else ""


def _is_row(one: str) -> bool:
    return len(one.split()) >= _FORMS
