"""One change in two units: `fell 190 points, or 0.6 %, to 31,000 points`, both compared with the level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.records import Check, Fact, Growth, Money, Quantity
from extract.rules.growth.check import check_two_sizes
from extract.rules.intervals import Measure, rounding

Amounts = Mapping[tuple[int, Decimal], Money | Quantity]  # by the sentence's start and the amount


def cross_check(records: Sequence[Growth], known: Sequence[Fact]) -> Iterator[Growth]:
    """The claims of an article, in order; `check` is set for two that state one change in two units.

    `known` holds the money and quantities of the article, which say how exact the numbers are.
    """
    amounts = {
        (fact.source.sentence_start, fact.amount): fact
        for fact in known
        if isinstance(fact, Money | Quantity)
    }
    checks: dict[int, Check] = {}
    for place, (first, second) in enumerate(pairwise(records)):
        if _is_one_move(first, second):
            percent, change = sorted((first, second), key=lambda claim: claim.change_unit != "percent")
            checks[place] = checks[place + 1] = _check(percent, change, amounts)
    for place, record in enumerate(records):
        yield replace(record, check=checks[place]) if place in checks else record


def _is_one_move(first: Growth, second: Growth) -> bool:
    """Two claims have the same metric and new level, one in percent and one in the unit of that level."""
    return (
        first.source.sentence_start == second.source.sentence_start
        and first.check == second.check == "unchecked"
        and (first.metric_start, first.direction) == (second.metric_start, second.direction)
        and (first.to_value, first.to_unit) == (second.to_value, second.to_unit)
        and first.to_value is not None
        and {first.change_unit, second.change_unit} == {"percent", first.to_unit}
        and first.change_max is second.change_max is None
    )


def _check(percent: Growth, change: Growth, amounts: Amounts) -> Check:
    sizes = [_size(claim, amounts) for claim in (percent, change)]
    level = _measure(change.to_value, change.to_unit, change.source.sentence_start, amounts)
    if sizes[0] is None or sizes[1] is None or level is None:
        return "unchecked"
    return check_two_sizes(change.direction, sizes[0], sizes[1], level)


def _size(claim: Growth, amounts: Amounts) -> Measure | None:
    size = _measure(claim.change_value, claim.change_unit, claim.source.sentence_start, amounts)
    if size is None or size.half:
        return size
    return replace(size, half=rounding(claim.text, size.value, loose=False))


def _measure(value: Decimal | None, unit: str | None, sentence: int, amounts: Amounts) -> Measure | None:
    """A number of a claim, with the precision that it has in the sentence."""
    if value is None:
        return None
    fact = amounts.get((sentence, value))
    half = rounding(fact.text, value, loose=fact.modifier is not None) if fact else Decimal(0)
    return Measure(value, unit, half=half)
