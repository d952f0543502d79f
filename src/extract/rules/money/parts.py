"""Units and their parts as one amount: `13 dollars and 45 cents`; a part of a whole: `3 of the 5 million`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract import lexicons
from extract.rules.amounts import Amount
from extract.rules.money.currencies import nouns_of
from extract.rules.numbers import Number

_LEXICON = lexicons.load("currencies")
_GAP = re.compile(r"(?:\s+(?:and\s+)?)?")  # `3 dollars, 50 cents less` are two
_OF_THE = re.compile(rf"\s+of\s+(?:{lexicons.alternation(_LEXICON['wholes']['words'])})\s+")
_BARE_GAP = re.compile(r"\s+")
_PHRASE_END = re.compile(
    rf"\s*(?:$|[.,;:)!?])|\s+(?:{lexicons.alternation(_LEXICON['after_cents']['words'])})\b"
)


def with_parts(
    text: str, counted: Sequence[Number], priced: Sequence[Amount | None]
) -> tuple[list[Number], list[Amount | None]]:
    """The numbers and their amounts, with units and the parts right after them as one.

    Args:
        text: The article's text.
        counted: Its numbers.
        priced: The amount of each number, None for a bare one.
    """
    numbers: list[Number] = []
    amounts: list[Amount | None] = []
    for number, amount in zip(counted, priced, strict=True):
        whole = amounts[-1] if amounts else None
        joined = _joined(text, whole, number, amount) if whole else None
        if joined:
            numbers[-1], amounts[-1] = joined.number, joined
        else:
            numbers.append(number)
            amounts.append(amount)
    return numbers, amounts


def _joined(text: str, whole: Amount, number: Number, part: Amount | None) -> Amount | None:
    """The amount of units and parts, None where the second is another amount."""
    if whole.size != 1 or whole.low != int(whole.low) or whole.number.scale:
        return None
    if part:
        if not _are_parts(whole, part) or not _GAP.fullmatch(text, whole.end, part.start):
            return None
        end, size = part.end, part.size
    else:
        if whole.prefix or not _is_bare_part(text, whole, number):
            return None
        end, size = number.end, whole.size / 100
    low = whole.low + number.value * size
    both = replace(whole.number, end=end, value=low, plain=low, plain_end=end)
    return replace(whole, end=end, low=low, number=both)


def _are_parts(whole: Amount, part: Amount) -> bool:
    """`cents` of dollars or euros, `pence` of pounds, fewer than make one."""
    if part.size >= 1 or part.prefix or not 0 < part.low < 1:
        return False
    return part.unit == whole.unit or _noun(part.unit) == _noun(whole.unit) or part.unit in nouns(whole.unit)


def _noun(unit: str) -> str:
    return "dollar" if unit == "cent" else unit


def nouns(unit: str) -> frozenset[str]:
    """What the money of a unit is called; `pound` for the pound."""
    return nouns_of(unit) if unit.isupper() else frozenset({unit, "GBP" if unit == "pound" else unit})


def _is_bare_part(text: str, whole: Amount, number: Number) -> bool:
    """`15 dollars 50`, `thirteen dollars forty-five`: two digits that end the phrase."""
    return (
        10 <= number.value < 100
        and number.value == int(number.value)
        and not number.scale
        and number.form == whole.number.form
        and bool(_BARE_GAP.fullmatch(text, whole.end, number.start))
        and bool(_PHRASE_END.match(text, number.end))
    )


def part_of_whole(text: str, counted: Sequence[Number], priced: list[Amount | None]) -> list[Amount | None]:
    """The bare part of `280 million of the 1.5 billion shekels` is in shekels too."""
    for i, whole in enumerate(priced[1:]):
        part = counted[i]
        if not whole or whole.prefix or priced[i] or part.glued or not part.scale:
            continue
        if _OF_THE.fullmatch(text, part.end, whole.start):
            value = part.value * whole.size
            priced[i] = replace(
                whole,
                start=part.start,
                end=part.end,
                number=part,
                low=value,
                rule="money.part",
                beside=True,
            )
    return priced
