"""Written numbers as intervals: each stands for all values that round to it.

>>> rounding("$71.6 million", Decimal("71600000"), loose=False)
Decimal('50000.00')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.rules import numbers

_HALF = Decimal("0.5")
_WITHOUT_END = Decimal("Infinity")

Bound = Literal["low", "high"]  # which end of a value is stated: `more than 5` its low one


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
    """A value with its unit.

    `high` ends a range, `half` is how far rounding may have moved it, `bound` which end of it is stated.
    """

    value: Decimal
    unit: str | None
    high: Decimal | None = None
    half: Decimal = Decimal(0)
    bound: Bound | None = None

    @property
    def interval(self) -> Interval:
        """What the measure may stand for."""
        return Interval(self.value - self.half, (self.high or self.value) + self.half)

    @property
    def reach(self) -> Interval:
        """What it may stand for by its bound too: `more than 5` is 5 and all above."""
        known = self.interval
        if self.bound is None:
            return known
        return (
            Interval(known.low, _WITHOUT_END) if self.bound == "low" else Interval(-_WITHOUT_END, known.high)
        )


def total(intervals: Iterable[Interval]) -> Interval:
    """What numbers sum to, each being somewhere in its interval."""
    low = high = Decimal(0)
    for interval in intervals:
        low, high = low + interval.low, high + interval.high
    return Interval(low, high)


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
