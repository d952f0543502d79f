"""The facts of a page for its script, as compact JSON: every string occurs once.

A fact is a list: kind, start, end, summary, rule, values, section, parts, steps. Kinds are places in `kinds`,
strings in `strings`, where 0 is absent. Values are in the order of the kind's `columns`; parts are role,
start, end, and steps about, value, why, in sequence. Empty values at the end of a list are omitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from extract.records import KINDS, Fact, Value, columns
from extract.view.parts import Part
from extract.view.texts import number, shown, summary

Step = tuple[str, str | None, str]  # what it is about, the value, why

_KINDS = tuple(KINDS)
_OWN = {kind: columns(KINDS[kind])[len(columns(Fact)) :] for kind in KINDS}
_values_of = {kind: attrgetter(*names) for kind, names in _OWN.items()}


class Packed:
    """The facts of a page, one after the other."""

    def __init__(self) -> None:
        """Start without facts."""
        self._strings: dict[str, int] = {"": 0}
        self._facts: list[list[Any]] = []

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, fact: Fact, section: int, parts: Iterable[Part], steps: Iterable[Step]) -> None:
        """Add a fact.

        Args:
            fact: The fact.
            section: The place of its article on the page.
            parts: Those of a claim.
            steps: How it was found.
        """
        put = self._put
        values = [put(_packed_value(value)) for value in _values_of[fact.kind](fact)]
        placed = [n for part in parts for n in (put(part.role), part.start, part.end)]
        found = [put(word or "") for step in steps for word in step]
        head = [_KINDS.index(fact.kind), fact.start, fact.end, put(summary(fact)), put(fact.rule)]
        self._facts.append(_trimmed([*head, _trimmed(values), section, placed, found]))

    def data(self) -> dict[str, Any]:
        """The data for JSON."""
        return {
            "kinds": _KINDS,
            "columns": _OWN,
            "strings": [shown(text) for text in self._strings],
            "facts": self._facts,
        }

    def _put(self, text: str) -> int:
        return self._strings.setdefault(text, len(self._strings))


def _trimmed(values: list[Any]) -> list[Any]:
    """Without what is absent or empty at the end."""
    while values and not values[-1]:
        values.pop()
    return values


def _packed_value(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return number(value)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def unpacked(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of `Packed.data`, as dictionaries with names."""
    strings: Sequence[str] = data["strings"]
    facts = []
    lists: list[list[Any]] = data["facts"]
    for packed in lists:
        kind, start, end, says, rule, values, section, parts, steps = [*packed, *_EMPTY[len(packed) :]]
        name = data["kinds"][kind]
        held = zip(data["columns"][name], values, strict=False)
        facts.append(
            {
                "kind": name,
                "start": start,
                "end": end,
                "says": strings[says],
                "rule": strings[rule],
                "values": {column: strings[place] for column, place in held if place},
                "section": section,
                "parts": [(strings[parts[n]], parts[n + 1], parts[n + 2]) for n in range(0, len(parts), 3)],
                "steps": [tuple(strings[n] for n in steps[i : i + 3]) for i in range(0, len(steps), 3)],
            }
        )
    return facts


_EMPTY: tuple[Any, ...] = (0, 0, 0, 0, 0, (), 0, (), ())
