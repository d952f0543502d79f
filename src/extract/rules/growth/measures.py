"""The values of a claim's amounts: from the records of money and quantities, or from their own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from spacy.tokens import Span

from extract.records import Date, Fact, Money, Quantity
from extract.rules import numbers
from extract.rules.growth.kinds import lexicon
from extract.rules.intervals import Bound, Measure, rounding

Facts = Mapping[tuple[type[Fact], int], Fact]  # by kind and end, which no two of a kind share; dates by start
_ASK = re.compile(r"(?<=\d)/\d[\d.]+$")  # of a dealer's quote
_QUOTED = re.compile(r"\d\.\d+/\d")
_POINTS = re.compile(r"[\s-]points?$")
_BOUNDS: Mapping[str | None, Bound] = {
    "more_than": "low",
    "at_least": "low",
    "less_than": "high",
    "at_most": "high",
}
_HUNDREDTH = Decimal("0.01")


def by_place(known: Iterable[Fact]) -> Facts:
    """Facts by kind and end, dates by their start."""
    return {(type(fact), fact.start if isinstance(fact, Date) else fact.end): fact for fact in known}


def measure(span: Span, facts: Facts) -> Measure | None:
    """The value of an amount's span: from its money or quantity record, or from its own words."""
    fact = facts.get((Money, span.end_char)) or facts.get((Quantity, span.end_char))
    if isinstance(fact, Money | Quantity):
        unit = fact.currency if isinstance(fact, Money) else fact.unit
        half = rounding(span.text, fact.amount, loose=fact.modifier is not None)
        if "." in span.text and _QUOTED.search(span.text):
            return Measure(_first(span.text) or fact.amount, unit, None, half)  # 6.40/30 pct, bid or offered
        return Measure(fact.amount, unit, fact.amount_max, half, _BOUNDS.get(fact.modifier))
    word = span.text.lower()
    if word in lexicon().factors:
        return spoken(Decimal(lexicon().factors[word]), "factor")
    if word == "half":
        return spoken(Decimal(50), "percent")
    plain = _POINTS.sub("", span.text)
    number = numbers.read(_ASK.sub("", plain) if "." in plain else plain)
    if number is None:
        return _duration(span)
    if number.form == "fraction" and _POINTS.search(span.text):
        return spoken(number.value, "percentage_point")
    if number.form == "fraction":
        return spoken((number.value * 100).quantize(_HUNDREDTH), "percent")
    return Measure(number.value, None, None, rounding(span.text, number.value, loose=False))


def _first(text: str) -> Decimal | None:
    found = numbers.find(text)
    return found[0].value if found else None


def _duration(span: Span) -> Measure | None:
    """`11 days`: a length of time, whose unit is the noun."""
    number = numbers.read(span[:-1].text) if len(span) > 1 else None
    if number is None:
        return None
    return Measure(
        number.value, span[-1].lower_.removesuffix("s"), None, rounding(span.text, number.value, loose=False)
    )


def spoken(value: Decimal, unit: str) -> Measure:
    """A value expressed by a word, which is approximate."""
    return Measure(value, unit, None, rounding("", value, loose=True))
