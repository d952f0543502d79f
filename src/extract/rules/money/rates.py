"""Rates that two amounts share: `raised to 35 cents a share from 69 cents`, `between $2 and $3 a barrel`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract import lexicons
from extract.records import Money

_JOINTS = lexicons.alternation(lexicons.load("rates")["joints"]["words"])
_LEVELS = lexicons.alternation(lexicons.load("rates")["joints"]["levels"])
_BEFORE_RATE = re.compile(rf"(?:,?\s(?:{_JOINTS})\s(?:[a-z]+\s){{0,2}}|\sor\s|\s?[-–]\s?)", re.IGNORECASE)
_RATE = r"\s(?:an?|per|each|every|to\sthe)\s[a-z]+"
_AFTER_RATE = re.compile(
    rf"{_RATE}\s(?:to|and|or)\s(?:[a-z]+\s)?|(?:{_RATE})?,?\s\(?(?:{_LEVELS})\s(?:[a-z]+\s)?", re.IGNORECASE
)
_STEP = re.compile(
    r"\b(?:by|another|a\s+further|an\s+extra)\s+$", re.IGNORECASE
)  # `by 3 cents to 28 cents a share`
_REACH = 20
_ALIKE = 10  # how many times one level of a price may be the other


def with_shared_rates(text: str, facts: Sequence[Money]) -> list[Money]:
    """The amounts of an article in order; one without a rate takes that of the amount it is compared with."""
    found = list(facts)
    for i, (_, second) in enumerate(pairwise(facts)):
        first = found[i]
        if bool(first.per) == bool(second.per) or not _are_levels(first, second):
            continue
        joint = _AFTER_RATE if first.per else _BEFORE_RATE
        is_step = _STEP.search(text[max(0, first.start - _REACH) : first.start])
        if joint.fullmatch(text, first.end, second.start) and not is_step:
            found[i] = replace(first, per=first.per or second.per)
            found[i + 1] = replace(second, per=first.per or second.per)
    return found


def _are_levels(first: Money, second: Money) -> bool:
    """Two amounts of one currency and about one size, as a price has them."""
    low, high = sorted((abs(first.amount), abs(second.amount)))
    return first.currency == second.currency and low > 0 and high <= low * _ALIKE
