"""Arithmetic: whether the size that a claim states agrees with the levels it states.

    rose 5.5 % to $71.6 million from $67.9 million    -> consistent: 5.3 to 5.6 % by the levels
    rose 7 % to $71.6 million from $67.9 million      -> inconsistent

A written number stands for all that round to it, so each is an interval: 71.6 million is 71.55 to 71.65
million. The claim is consistent when the interval of the stated size meets the one that the levels give.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.records import Check, Direction
from extract.rules import numbers

_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values that a written number may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """The two have a value in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its unit; `high` ends a range, `half` is how far rounding may have moved it."""

    value: Decimal
    unit: str | None
    high: Decimal | None = None
    half: Decimal = Decimal(0)

    @property
    def interval(self) -> Interval:
        """What the measure may stand for."""
        return Interval(self.value - self.half, (self.high or self.value) + self.half)


def rounding(text: str, value: Decimal, *, loose: bool) -> Decimal:
    """How far rounding may have moved a value: half of its last written digit (50,000 for `71.6 million`).

    `loose` is for values that are approximate by their words (`about`, `doubled`, `a third`): a tenth more.
    """
    found = numbers.find(text)
    half = Decimal(0)
    if found and found[0].plain:
        exponent = min(int(found[0].plain.as_tuple().exponent), 0)
        half = _HALF.scaleb(exponent) * abs(value / found[0].plain)
    return half + abs(value) / 10 if loose else half


def check(direction: Direction, size: Measure | None, to: Measure | None, from_: Measure | None) -> Check:
    """Compare the stated size and direction with the stated levels; `unchecked` when a part is missing."""
    if to is None or from_ is None or to.unit != from_.unit:
        return "unchecked"
    if not _agrees(direction, to, from_):
        return "inconsistent"
    by_levels = _size_by_levels(size, to.interval, from_.interval) if size is not None else None
    if size is None or by_levels is None:
        return "unchecked"
    return "consistent" if size.interval.meets(by_levels) else "inconsistent"


def _agrees(direction: Direction, to: Measure, from_: Measure) -> bool:
    """The levels do not contradict the direction."""
    if direction == "increase":
        return to.interval.high > from_.interval.low
    if direction == "decrease":
        return to.interval.low < from_.interval.high
    return to.interval.meets(from_.interval)


def _size_by_levels(size: Measure, to: Interval, from_: Interval) -> Interval | None:
    """The size that two levels give, in the unit of the stated one, without sign; None if unknown."""
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
