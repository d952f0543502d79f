"""Which amounts of money are levels of a claim of growth: `rose to $71.6 million from $67.9 million`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from extract.records import Fact, Growth, Money

Part = Literal["to", "from", "change"]


def levels(facts: Iterable[Fact]) -> dict[str, tuple[Growth, Part]]:
    """The claim that an amount of money belongs to, and as what, by the amount's `fact_id`.

    An amount belongs to the nearest claim in its sentence that has its value; the level after a change goes
    before the level before it, and both before the size of the change.
    """
    claims: dict[int, list[Growth]] = defaultdict(list)
    amounts: list[Money] = []
    for fact in facts:
        if isinstance(fact, Growth):
            claims[fact.source.sentence_start].append(fact)
        elif isinstance(fact, Money):
            amounts.append(fact)
    found: dict[str, tuple[Growth, Part]] = {}
    for amount in amounts:
        near = claims.get(amount.source.sentence_start, ())
        for claim in sorted(near, key=lambda claim: abs(claim.start - amount.start)):
            part = _part(amount, claim)
            if part is not None:
                found[amount.fact_id] = claim, part
                break
    return found


def _part(amount: Money, claim: Growth) -> Part | None:
    """What an amount is to a claim, by its value and currency."""
    values: tuple[tuple[Part, Decimal | None, str | None], ...] = (
        ("to", claim.to_value, claim.to_unit),
        ("from", claim.from_value, claim.from_unit),
        ("change", claim.change_value, claim.change_unit),
    )
    for part, value, unit in values:
        if value is not None and unit == amount.currency and abs(value) == abs(amount.amount):
            return part
    return None
