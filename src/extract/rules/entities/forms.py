"""The long and the short forms of one name have one label.

`Ostrava Lithium` is an organisation, so `Ostrava` may be one where nothing says it is a place or a person;
`VELARIS` in a headline is what `Velaris` is; `TITR` is what the only name is that it spells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from extract import lexicons
from extract.rules.entities.gazetteer import load
from extract.rules.entities.heads import heads
from extract.rules.entities.names import Name
from extract.rules.entities.resolve import spells
from extract.rules.entities.shapes import Trait, View

_LONG = 4  # shorter capitals may be an acronym that only looks like a word in lower case
_MANY = 50  # of long names with one first letter; more are not compared

Words = tuple[str, ...]


def agree(seen: View, names: Iterable[Name]) -> list[Name]:
    """The names, in order, each with the label of the longer form that it abbreviates."""
    ours = [_company(seen, name) for name in names]
    mixed = {tuple(seen.lower[n.start : n.end]): n.label for n in ours if not _capitals(_words(seen, n))}
    owners = _owners(seen, ours)
    spelt = _Spelt(seen, ours)
    return [
        name._replace(label=_by_owner(seen, name, owners) or _by_case(seen, name, mixed) or spelt.label(name))
        for name in ours
    ]


def _words(seen: View, name: Name) -> Words:
    return tuple(seen.words[name.start : name.end])


def _capitals(words: Words) -> bool:
    return " ".join(words).isupper() and len("".join(words)) >= _LONG


@cache
def _company_words() -> frozenset[str]:
    """Last words of companies' names that nothing else ends in, in lower case."""
    trades = lexicons.load("organisations")["trades"]["words"]
    words = [*trades, *(word for word in heads().suffixes if len(word) > 2)]
    return frozenset(word.lower() for word in words) - {*lexicons.load("names")["not_of_companies"]["words"]}


def _company(seen: View, name: Name) -> Name:
    """`COPA HOLDINGS`, whatever it was read as."""
    ends = name.end - name.start > 1 and seen.lower[name.end - 1] in _company_words()
    return name._replace(label="ORG") if ends and name.label in ("GPE", "LOC", "PERSON", "EVENT") else name


def _owners(seen: View, names: list[Name]) -> dict[Words, bool]:
    """The beginnings of organisations' names in lower case; true where the name ends as a company's."""
    owners: dict[Words, bool] = {}
    bearers: set[str] = set()
    for name in names:
        words = tuple(seen.lower[name.start : name.end])
        if name.label == "PERSON" and len(words) > 1:
            bearers.update(words)
        for size in range(1, min(len(words), 4)) if name.label == "ORG" else ():
            firm = words[-1] in _company_words()
            owners[words[:size]] = firm or owners.get(words[:size], False)
    return {words: firm for words, firm in owners.items() if len(words) > 1 or words[0] not in bearers}


def _by_owner(seen: View, name: Name, owners: dict[Words, bool]) -> str | None:
    """A person without a person's marks, or a place that nothing is in, is the organisation so called."""
    words, lower = _words(seen, name), tuple(seen.lower[name.start : name.end])
    if lower not in owners or name.label not in ("PERSON", "NORP", "GPE", "LOC", "FAC", "PRODUCT", "EVENT"):
        return None
    trait = 0
    for word in words:
        trait |= seen.traits.get(word, 0)
    known = load().lookup(" ".join(words))
    if name.label in ("PERSON", "NORP"):
        person = trait & (Trait.TITLED | Trait.NAMED) or lower[0] in load().given
        return None if person or known else "ORG"
    firm = owners[lower] and not trait & Trait.PLACED and (known is None or known.kind == "town")
    return "ORG" if firm else None


def _by_case(seen: View, name: Name, mixed: dict[Words, str]) -> str | None:
    """A name in capitals is what it is in lower case."""
    return mixed.get(tuple(seen.lower[name.start : name.end])) if _capitals(_words(seen, name)) else None


class _Spelt:
    """The names of several words by their first letters."""

    def __init__(self, seen: View, names: list[Name]) -> None:
        self.seen = seen
        self.longer: dict[str, dict[str, str]] = defaultdict(dict)
        for name in names:
            if name.end - name.start > 2:
                full = " ".join(_words(seen, name))
                self.longer[full[0]].setdefault(full, name.label)

    def label(self, name: Name) -> str:
        """The label of the names that an acronym spells, if they have one; else its own."""
        text = self.seen.words[name.start]
        longer = self.longer.get(text[0], {})
        if name.end - name.start > 1 or len(text) < 3 or len(longer) > _MANY or load().lookup(text):
            return name.label
        labels = {label for full, label in longer.items() if spells(text, full)}
        return labels.pop() if len(labels) == 1 else name.label
