"""Arithmetic: does the size that a claim states agree with the levels that it states?

    rose 5.5 % to $71.6 million from $67.9 million    -> consistent: 5.3 to 5.6 % by the levels
    rose 7 % to $71.6 million from $67.9 million      -> inconsistent
    fell 190 points, or 0.6 %, to 31,000 points       -> consistent: from 31,190, so by 0.61 %

A written number means any number that rounds to it, so it is an interval: 71.6 million is 71.55 to 71.65
million. The claim is consistent if the interval of the stated size overlaps the one that the levels give.
"""

from __future__ import annotations

from decimal import Decimal

from extract.records import Check, Direction
from extract.rules.intervals import Interval, Measure

_HUNDRED = Decimal(100)


def check(direction: Direction, size: Measure | None, to: Measure | None, from_: Measure | None) -> Check:
    """Compare the stated size and direction with the stated levels; `unchecked` when a part is missing."""
    if to is None or from_ is None or to.unit != from_.unit:
        return "unchecked"
    if not _agrees(direction, to, from_):
        return "inconsistent"
    by_levels = _size_by_levels(size, to.interval, from_.interval) if size is not None else None
    if size is None or by_levels is None:
        return "unchecked"
    return "consistent" if size.reach.meets(by_levels) else "inconsistent"


def check_two_sizes(direction: Direction, percent: Measure, change: Measure, to: Measure) -> Check:
    """Compare a size in percent with the size of the same change in the unit of the new level."""
    if change.unit != to.unit or direction == "unchanged":
        return "unchecked"
    moved, after = change.interval, to.interval
    if direction == "increase":
        before = Interval(after.low - moved.high, after.high - moved.low)
    else:
        before = Interval(after.low + moved.low, after.high + moved.high)
    if before.low <= 0 or moved.low < 0:
        return "unchecked"
    by_change = Interval(_HUNDRED * moved.low / before.high, _HUNDRED * moved.high / before.low)
    return "consistent" if percent.interval.meets(by_change) else "inconsistent"


def _agrees(direction: Direction, to: Measure, from_: Measure) -> bool:
    """The levels do not contradict the direction."""
    if direction == "increase":
        return to.interval.high > from_.interval.low
    if direction == "decrease":
        return to.interval.low < from_.interval.high
    return to.interval.meets(from_.interval)


def _size_by_levels(size: Measure, to: Interval, from_: Interval) -> Interval | None:
    """The size by the two levels, in the unit of the stated size, without sign; None if unknown."""
    if size.unit in ("percent", "factor"):
        if from_.low <= 0 or to.low <= 0:
            return None
        ratio = Interval(to.low / from_.high, to.high / from_.low)
        return ratio if size.unit == "factor" else _unsigned(ratio, Decimal(1), _HUNDRED)
    difference = Interval(to.low - from_.high, to.high - from_.low)
    return _unsigned(difference, Decimal(0), _HUNDRED if size.unit == "basis_point" else Decimal(1))


def _unsigned(interval: Interval, origin: Decimal, scale: Decimal) -> Interval:
    ends = sorted((abs(interval.low - origin) * scale, abs(interval.high - origin) * scale))
    crosses = interval.low <= origin <= interval.high
    return Interval(Decimal(0) if crosses else ends[0], ends[1])
