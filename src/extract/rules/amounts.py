"""Amounts: a number with its unit, and neighbours of one unit joined to ranges.

Pure functions of text, shared by the rules of money and quantities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.rules.numbers import Number, spread
from extract.rules.relations import relation

_MINUS = re.compile(r"(?:[-−]|minus\s+)$", re.IGNORECASE)
# Code points between two amounts that belong together. On gold 4 costs 0.8 points of F1 of money (all fields)
# and 0.6 of quantities, 16 changes nothing (benchmarks/thresholds.py, as other such figures).
MAX_GAP = 8
_WIDEST = 100  # how many times its low end the high end of a range may be, where each has its unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    Attributes:
        start, end: Offsets of number, scale and unit.
        number: The number, scale applied.
        low, high: The amount, in full units; `high` only for a range.
        unit: An ISO 4217 code, a noun whose country the article says (`dollar`), or the unit of a quantity.
        rule: The named pattern.
        size: How many full units one of what was counted is: 0.01 for cents.
        prefix: The unit precedes the number.
        per: What the unit itself says it is counted by (`bpd`: day).
        beside: The unit is written at another amount, which it is taken from.
    """

    start: int
    end: int
    number: Number
    low: Decimal
    unit: str
    rule: str
    high: Decimal | None = None
    size: Decimal = Decimal(1)
    prefix: bool = False
    per: str | None = None
    beside: bool = False


def is_below(amount: Amount, most: Decimal) -> bool:
    """The amount, and that of its other end, is one that there can be."""
    return abs(amount.low) < most and (amount.high is None or abs(amount.high) < most)


def with_unit_after(
    text: str,
    number: Number,
    end: int,
    unit: str,
    rule: str,
    *,
    size: Decimal = Decimal(1),
    per: str | None = None,
) -> Amount:
    """The amount of a number whose unit ends at `end`; a minus before the number belongs to it."""
    minus = _MINUS.search(text[max(0, number.start - 8) : number.start]) if number.sign < 0 else None
    value = number.value * size
    return Amount(
        start=number.start - (len(minus[0]) if minus else 0),
        end=end,
        number=number,
        low=-value if minus else value,
        unit=unit,
        rule=rule,
        size=size,
        per=per,
    )


def joined(
    text: str,
    counted: Sequence[Number],
    priced: Sequence[Amount | None],
    *,
    kind: str,
    shares_ahead: Callable[[int], bool],
) -> Iterator[Amount]:
    """The amounts, with neighbours that are the ends of a range as one.

    A bare number beside an amount takes its unit: `3 to [4 million euros]`, `from 3 to [5 percent]`.

    Args:
        text: The article's text.
        counted: Its numbers.
        priced: The amount of each number, None for a bare one.
        kind: First part of the rules' names: `money.range`, `money.level`.
        shares_ahead: Whether an amount may give its unit to a bare number that ends at an offset.
    """
    skip = -1
    for i, amount in enumerate(priced):
        if i <= skip:
            continue
        pair = None
        if i + 1 < len(priced):
            pair = _pair(text, (counted[i], counted[i + 1]), (amount, priced[i + 1]), kind, shares_ahead)
        if pair:
            if len(pair) == 1 and i - 1 > skip and priced[i - 1] is None:
                yield from _level_before(text, counted[i - 1], counted[i + 1], pair[0], kind)
            skip = i + 1
            yield from pair
        elif amount:
            yield amount


def _pair(
    text: str,
    bare: tuple[Number, Number],
    amounts: tuple[Amount | None, Amount | None],
    kind: str,
    shares_ahead: Callable[[int], bool],
) -> tuple[Amount, ...] | None:
    """The range, or the two levels, that two neighbouring numbers are; None when each stands for itself."""
    first, second = amounts
    if not _share(first, second) or (first is None and bare[0].glued):
        return None
    a, b = first.number if first else bare[0], second.number if second else bare[1]
    start, first_end = _bounds(first, a)
    second_start = _bounds(second, b)[0]
    if second_start - first_end > MAX_GAP or (second is None and not shares_ahead(b.end)):
        return None
    how = relation(text, a, b, start=start, gap=text[first_end:second_start], bare=first is None)
    if how == "range":
        return _range(first, second, (a, b), kind)
    return _levels(first, second, (a, b), kind) if how == "levels" else None


def _bounds(amount: Amount | None, number: Number) -> tuple[int, int]:
    """Where an amount begins and ends; a bare number where there is none."""
    return (amount.start, amount.end) if amount else (number.start, number.end)


def _range(
    first: Amount | None, second: Amount | None, ends: tuple[Number, Number], kind: str
) -> tuple[Amount] | None:
    """The amount that two are the ends of."""
    model, (low, high) = _model(first, second), sorted(_values(first, ends))
    if _are_apart(first) and high > low * _WIDEST:
        return None
    whole = replace(model, low=low * model.size, high=high * model.size, number=ends[0], rule=f"{kind}.range")
    start, end = _bounds(first, ends[0])[0], _bounds(second, ends[1])[1]
    return (replace(whole, start=start, end=end, beside=not _stated(first, second)),)


def _levels(
    first: Amount | None, second: Amount | None, ends: tuple[Number, Number], kind: str
) -> tuple[Amount, Amount]:
    """The levels before and after a change; a bare one takes the unit of the other."""
    model, (low, high) = _model(first, second), _values(first, ends)
    bare = replace(model, rule=f"{kind}.level", beside=True)
    (start, first_end), (second_start, end) = _bounds(first, ends[0]), _bounds(second, ends[1])
    return (
        replace(first or bare, start=start, end=first_end, low=low * model.size, number=ends[0]),
        replace(second or bare, start=second_start, end=end, low=high * model.size, number=ends[1]),
    )


def _model(first: Amount | None, second: Amount | None) -> Amount:
    """The amount whose unit both have."""
    model = second or first
    assert model is not None
    return model


def _are_apart(first: Amount | None) -> bool:
    """Each has its own scale: `90.25 dlr or 384 mln dlr`."""
    return first is not None and not first.prefix


def _values(first: Amount | None, ends: tuple[Number, Number]) -> tuple[Decimal, Decimal]:
    """The numbers of both, a scale that is at the second alone worked into the first."""
    return (ends[0].value, ends[1].value) if _are_apart(first) else spread(*ends)


def _level_before(text: str, bare: Number, last: Number, whole: Amount, kind: str) -> Iterator[Amount]:
    """The bare number before a range that ends in `last`: `from [24.2] to 33-35 billion euros`."""
    if whole.prefix or bare.glued or whole.start - bare.end > MAX_GAP:
        return
    if relation(text, bare, last, gap=text[bare.end : whole.start]) == "levels":
        low = spread(bare, last)[0] * whole.size
        level = replace(whole, start=bare.start, end=bare.end, number=bare, low=low, high=None)
        yield replace(level, rule=f"{kind}.level", beside=True)


def _stated(first: Amount | None, second: Amount | None) -> bool:
    """One of the two has its unit written at it."""
    return any(amount is not None and not amount.beside for amount in (first, second))


def _share(first: Amount | None, second: Amount | None) -> bool:
    """Both have one unit, or one of them has a unit that may be the other's too."""
    if first and second:
        return (first.unit, first.size) == (second.unit, second.size)
    if second:
        return not second.prefix
    return bool(first and first.prefix)
