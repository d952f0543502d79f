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
        prefix: The unit stands before the number.
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
    model = second or first
    if model is None or not _share(first, second) or (first is None and bare[0].glued):
        return None
    a, b = first.number if first else bare[0], second.number if second else bare[1]
    start, end = first.start if first else a.start, second.end if second else b.end
    first_end, second_start = first.end if first else a.end, second.start if second else b.start
    if second_start - first_end > MAX_GAP or (second is None and not shares_ahead(b.end)):
        return None
    how = relation(text, a, b, start=start, gap=text[first_end:second_start], bare=first is None)
    if how is None or how == "step":
        return None
    apart = first is not None and not first.prefix  # `90.25 dlr or 384 mln dlr`: each has its own scale
    low, high = (a.value, b.value) if apart else spread(a, b)
    if how == "range":
        low, high = sorted((low, high))
        if apart and high > low * _WIDEST:
            return None
    low, high = low * model.size, high * model.size
    if how == "range":
        whole = replace(model, start=start, end=end, low=low, high=high, number=a, rule=f"{kind}.range")
        return (replace(whole, beside=not _stated(first, second)),)
    bare_level = replace(model, rule=f"{kind}.level", beside=True)
    return (
        replace(first or bare_level, start=start, end=first_end, low=low, number=a),
        replace(second or bare_level, start=second_start, end=end, low=high, number=b),
    )


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
