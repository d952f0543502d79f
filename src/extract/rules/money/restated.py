"""Amounts that only restate another one: `£42 million ($53.6 million)`, `€3bn, or $3.3bn`.

The second of the two restates the first, so that a sum need not count both. It is in another currency at a
rate that there was, or is the same value in another scale.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract import lexicons
from extract.records import Money
from extract.rules.intervals import rounding
from extract.rules.modifiers import without_modifier

_LEXICON = lexicons.load("restated")
_WORTH: dict[str, tuple[Decimal, Decimal]] = {
    code: (Decimal(str(low)), Decimal(str(high))) for code, (low, high) in _LEXICON["worth"].items()
}
_JOINT = re.compile(rf"\s*(?:{lexicons.alternation(_LEXICON['joints']['words'])})\s*", re.IGNORECASE)
_OPENING = re.compile(r"(?:[\s-][a-z][\w'’]*){0,4}\s?[(\[]\s*", re.IGNORECASE)
_NEXT = re.compile(
    rf"\s*(?:[;,/]\s*)?(?:\b(?:{lexicons.alternation(_LEXICON['brackets']['words'])})\b)?\s*", re.IGNORECASE
)
_RATE = re.compile(r"\s*=")  # `$1 = 150 yen` states a rate
_FAR = 80  # how far apart two such amounts may be; on gold as good as 20 and 160
_SLACK = Decimal("0.05")  # of the rate, for amounts that were rounded


def with_restated(text: str, facts: Sequence[Money]) -> list[Money]:
    """The amounts of an article in order; one that only restates another has the `fact_id` of that one."""
    found = list(facts)
    first = 0  # the amount that those in the bracket restate
    for i in range(1, len(found)):
        gap = _gap(text, found[i - 1], found[i])
        in_bracket = found[i - 1].restates is not None and gap is not None and _NEXT.fullmatch(gap)
        first = first if in_bracket else i - 1
        if (in_bracket or _joins(gap)) and _restates(text, found[first], found[i]):
            found[i] = replace(found[i], restates=found[first].fact_id)
    return found


def _joins(gap: str | None) -> bool:
    return gap is not None and bool(_OPENING.fullmatch(gap) or _JOINT.fullmatch(gap))


def _gap(text: str, first: Money, second: Money) -> str | None:
    """What is between two amounts, without the modifier of the second; None where that is too much."""
    if second.start - first.end > _FAR:
        return None
    return without_modifier(text[first.end : second.start])


def _restates(text: str, first: Money, second: Money) -> bool:
    """Another currency at a rate that there was, or the same value in another scale."""
    if first.currency is None or second.currency is None or _RATE.match(text, second.end):
        return False
    if min(first.amount, second.amount) <= 0:
        return False
    if first.currency == second.currency:
        rounded = max(rounding(fact.text, fact.amount, loose=False) for fact in (first, second))
        same = abs(first.amount - second.amount) <= rounded
        return same and first.per == second.per and first.text != second.text
    one, other = _WORTH.get(first.currency), _WORTH.get(second.currency)
    if one is None or other is None:
        return True
    low, high = (first.amount * end / second.amount for end in one)  # what one of the second is worth by it
    return low <= other[1] * (1 + _SLACK) and high >= other[0] * (1 - _SLACK)
