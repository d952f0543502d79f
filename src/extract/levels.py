"""Which amounts of money are parts of a claim of growth: `rose to [$71.6 million] from [$67.9 million]`."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from extract.records import Fact, Growth, Money

Part = Literal["to", "from", "change"]
Key = tuple[int, str | None, Decimal]  # a sentence, a unit, a value


def levels(facts: Iterable[Fact]) -> dict[str, tuple[Growth, Part]]:
    """The claim that an amount of money belongs to, and its role, by the amount's `fact_id`.

    An amount belongs to the nearest claim in its sentence that has its value; the level after a change goes
    before the level before it, and both before the size of the change.
    """
    parts: dict[Key, list[tuple[int, Growth, Part]]] = defaultdict(list)
    amounts: list[Money] = []
    for fact in facts:
        if isinstance(fact, Growth):
            for part, key in _parts(fact):
                parts[key].append((fact.start, fact, part))
        elif isinstance(fact, Money):
            amounts.append(fact)
    found: dict[str, tuple[Growth, Part]] = {}
    for amount in amounts:
        same = parts.get((amount.source.sentence_start, amount.currency, abs(amount.amount)))
        if same:
            found[amount.fact_id] = _nearest(same, amount.start)
    return found


def _parts(claim: Growth) -> Iterator[tuple[Part, Key]]:
    """The levels and the size of a claim, each with the values of a matching amount."""
    values: tuple[tuple[Part, Decimal | None, str | None], ...] = (
        ("to", claim.to_value, claim.to_unit),
        ("from", claim.from_value, claim.from_unit),
        ("change", claim.change_value, claim.change_unit),
    )
    for part, value, unit in values:
        if value is not None:
            yield part, (claim.source.sentence_start, unit, abs(value))


def _nearest(parts: Sequence[tuple[int, Growth, Part]], start: int) -> tuple[Growth, Part]:
    """The part whose claim begins nearest to an offset, the first of those of one claim."""
    at = bisect_left(parts, start, key=lambda part: part[0])
    near = parts[max(0, at - 3) : at + 3]  # a claim has at most three parts of one value
    _, claim, part = min(near, key=lambda part: abs(part[0] - start))
    return claim, part
