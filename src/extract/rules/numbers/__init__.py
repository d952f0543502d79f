"""Numbers in text: digits, words, fractions and ordinals, exact and with their scale.

>>> [str(n.value) for n in find("$1.2 billion, half a million, twenty-five thousand, 2½, 5,00,000")]
['1200000000.0', '500000', '25000', '2.5', '500000']
>>> [(n.form, str(n.value)) for n in find("the 9th, two-thirds, one and a half million")]
[('ordinal', '9'), ('fraction', '0.6666666666666666666666666667'), ('words', '1500000')]

Pure functions of text. All patterns are anchored on a digit or a number word and cannot backtrack far, so
that any input is read in linear time; runs of more than `MAX_DIGITS` digits are no numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from extract import lexicons
from extract.rules.numbers.digits import MAX_DIGITS, VULGAR, find_digits, scale_value
from extract.rules.numbers.number import SCALE_WORD, SCALES, Form, Number
from extract.rules.numbers.words import find_words

__all__ = [
    "MAX_DIGITS",
    "MOST",
    "SCALES",
    "SCALE_WORD",
    "Form",
    "Number",
    "find",
    "in_range",
    "is_cut",
    "read",
    "scale_of",
    "spread",
]

MOST = Decimal(10**26)  # what amounts must be less than, for their columns have 26 digits before the point

_BETWEEN = re.compile(r"\bbetween\s+(?:[A-Z]{0,3}[$£€¥₹])?$", re.IGNORECASE)
_MORE_BEHIND = re.compile(rf"(?:[.,'’/]?\d|[{VULGAR}]|[\s-]?{SCALE_WORD}\b)", re.IGNORECASE)
_MORE_BEFORE = re.compile(rf"[\d{VULGAR}][.,'’/]?$")
_GROUP = re.compile(r"\d{3}(?!\d)")
_GROUP_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}\x20$")  # `12 150 people` is 150 or 12,150
_REACH = 5
_RANGE = re.compile(r"\s?[-–—−]\s?|\s+to\s+|\s+and\s+")


@lru_cache(maxsize=8)
def find(text: str) -> tuple[Number, ...]:
    """All numbers of a text, in order, without overlaps."""
    found = sorted([*find_digits(text), *find_words(text)], key=lambda number: (number.start, -number.end))
    kept: list[Number] = []
    for number in found:
        if kept and number.start < kept[-1].end:
            continue
        if kept and _continues(text, kept[-1], number):
            kept[-1] = replace(kept[-1], end=number.end, value=kept[-1].value + number.value)
        else:
            kept.append(number)
    return tuple(kept)


def _continues(text: str, first: Number, second: Number) -> bool:
    """`3 crore 50 lakh` is one number: the second is less than the first's scale."""
    return (
        first.form == second.form in ("digits", "words")
        and text[first.end : second.start] == " "
        and not (first.letter_scale or second.letter_scale)
        and bool(first.scale and second.scale)
        and second.value < Decimal(SCALES.get(first.scale, 0))
    )


def read(text: str) -> Number | None:
    """The number that a text consists of, or None."""
    numbers = find(text.strip())
    whole = len(numbers) == 1 and numbers[0].start == 0 and numbers[0].end == len(text.strip())
    return numbers[0] if whole else None


def is_cut(text: str, start: int, end: int) -> bool:
    """More of a number is right before `start` or right after `end`: it is not whole."""
    if _MORE_BEHIND.match(text, end):
        return True
    left = text[max(0, start - _REACH) : start]
    return bool(_MORE_BEFORE.search(left) or (_GROUP.match(text, start) and _GROUP_BEFORE.search(left)))


def in_range(text: str, first: Number, second: Number) -> bool:
    """The numbers are the ends of a range: `3-5`, `3 to 5`, `between 3 and 5`, the second being larger."""
    between = text[first.end : second.start]
    if not _RANGE.fullmatch(between) or spread(first, second)[0] >= second.value:
        return False
    return "and" not in between or bool(_BETWEEN.search(text[max(0, first.start - 20) : first.start]))


def scale_of(words: str) -> Decimal:
    """What the words of a scale multiply by: 1000000 for `million` and `mn`, 1 for what is none."""
    return scale_value(lexicons.key(words))


def spread(first: Number, second: Number) -> tuple[Decimal, Decimal]:
    """Both ends of a range; the first takes the second's scale where it has none (`3-5m`)."""
    if second.scale and not first.scale and first.value < second.plain:
        return first.value * (second.value / second.plain), second.value
    return first.value, second.value
