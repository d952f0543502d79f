"""Values derived from a claim's amounts: its direction by the levels, its change in percent and in points."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from extract.records import Direction
from extract.rules.growth.units import Amounts

_HUNDREDTH = Decimal("0.01")
_MOST = Decimal(10**12)  # percent
_SIGNS = {"increase": 1, "decrease": -1, "unchanged": 0}


def direction_of(label: str, amounts: Amounts, *, judging: bool = False) -> Direction | None:
    """The direction of the cue; for a comparison, or a verb such as `improved`, that of the two levels."""
    to, from_ = amounts.to, amounts.from_
    judged = judging and to is not None and from_ is not None and to.unit == from_.unit
    if label != "compare" and not judged:
        return cast(Direction, label)
    if to is None or from_ is None or to.unit != from_.unit:
        return None
    if to.value == from_.value:
        return "unchanged"
    return "increase" if to.value > from_.value else "decrease"


def percent_change(direction: Direction, amounts: Amounts) -> Decimal | None:
    """The signed change in percent: stated, from a factor (3.9-fold is 290), or from two levels."""
    size, to, from_ = amounts
    sign = _SIGNS[direction]
    if direction == "unchanged":
        return Decimal(0)
    if size is not None and size.unit == "percent":
        return sign * size.value
    if size is not None and size.unit == "factor":
        return _told((size.value - 1) * 100)
    if to is not None and to.unit == "percent":
        return None  # a rate: `point_change` has its change
    if to is not None and from_ is not None and to.unit == from_.unit and from_.value > 0:
        change = _told((to.value - from_.value) / from_.value * 100)
        return None if change is None else change.quantize(_HUNDREDTH)
    return None


def _told(change: Decimal) -> Decimal | None:
    """A change that would be stated in percent; if it is larger, the levels do not belong together."""
    return change if abs(change) < _MOST else None


def point_change(direction: Direction, amounts: Amounts) -> Decimal | None:
    """The signed change of a rate in percentage points: stated, in basis points, or from two rates."""
    size, to, from_ = amounts
    sign = _SIGNS[direction]
    if size is not None and size.unit == "percentage_point":
        return sign * size.value
    if size is not None and size.unit == "basis_point":
        return sign * size.value / 100
    if to is not None and from_ is not None and to.unit == from_.unit == "percent":
        return to.value - from_.value
    return Decimal(0) if direction == "unchanged" and to is not None and to.unit == "percent" else None
