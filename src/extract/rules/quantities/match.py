"""Quantities in a text: percentages, points, multiples, measures and counted nouns.

>>> [(text[q.start:q.end], str(q.low), q.unit) for q in quantities(text := "5.1 per cent, 3.9-fold, 300 km")]
[('5.1 per cent', '5.1', 'percent'), ('3.9-fold', '3.9', 'factor'), ('300 km', '300', 'kilometre')]

Each number is looked at for what follows it; then neighbours of one unit are joined to ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract import lexicons
from extract.lexicons.scope import cached, remembered
from extract.rules import numbers
from extract.rules.amounts import Amount, is_below, joined, with_unit_after
from extract.rules.coordination import shared
from extract.rules.number_patterns import NumberPattern, number_patterns
from extract.rules.numbers import Number
from extract.rules.quantities import compounds, measures, nouns
from extract.rules.quantities.measures import by_name
from extract.rules.quantities.nouns import is_label
from extract.rules.quantities.units import point_words
from extract.rules.slots import Slotted, amount_by, slotted

_UNITS = lexicons.load("units")
_FOLDS: dict[str, int] = _UNITS["folds"]
_PARTS: dict[str, str] = _UNITS["parts"]

_FOLD_WORD = re.compile(rf"\b(?P<fold>{lexicons.alternation(_FOLDS)})\b", re.IGNORECASE)
_PART = re.compile(
    rf"\b(?P<part>{lexicons.alternation(_PARTS)})(?=[\s-](?:of[\s-])?(?:an?|one)[\s-][A-Za-z])", re.IGNORECASE
)
_ONE_WHOLE = re.compile(r"[\s-](?:of[\s-])?(?:an?|one)(?=[\s-])", re.IGNORECASE)
_SHARED = frozenset(
    {"quantities.percent", "quantities.points", "quantities.measure"}
)  # `3 and 4 people` may be two facts
_OF_PARTS = frozenset({"quantities.percent", "quantities.points"})  # `half a percentage point`


@remembered(8)
def quantities(text: str) -> tuple[Amount, ...]:
    """All quantities of a text, in order, without overlaps; those inside money or dates are among them."""
    exact = [number for number in numbers.find(text) if number.form in ("digits", "words")]
    measured = shared(
        text,
        exact,
        [_measured(text, number) for number in exact],
        kind="quantities",
        may_share=lambda bare, last: last.rule in _SHARED and not is_label(text, bare.start),
    )
    found = joined(text, exact, measured, kind="quantities", shares_ahead=lambda end: False)
    ordered = sorted([*found, *_parts(text), *_folds(text)], key=lambda q: (q.start, -q.end))
    kept: list[Amount] = []
    for quantity in ordered:
        if kept and quantity.start < kept[-1].end:
            continue
        if is_below(quantity, numbers.MOST) and not numbers.is_cut(text, quantity.start, quantity.end):
            kept.append(quantity)
    return tuple(kept)


def _measured(text: str, number: Number) -> Amount | None:
    """The quantity that a number is, by what follows it."""
    if number.glued:
        return None
    own = amount_by(own_patterns(), text, number, unit="unit")
    return own or next((found for pattern in patterns() if (found := pattern.amount(text, number))), None)


@cached
def patterns() -> tuple[NumberPattern, ...]:
    """The patterns of what is beside a number, from the lexicon `quantities_patterns`."""
    words = {**point_words(), "after_times": _UNITS["multiples"]["after_times"]}
    return number_patterns("quantity", (measures, compounds, nouns), words)


@cached
def own_patterns() -> tuple[Slotted, ...]:
    """The patterns of a user."""
    return slotted("quantity", numbers=True)


def _parts(text: str) -> Iterator[Amount]:
    """`half a percentage point`, `a quarter of a mile`."""
    for match in _PART.finditer(text):
        whole = _ONE_WHOLE.match(text, match.end())
        if whole is None:
            continue
        value, end = Decimal(_PARTS[lexicons.key(match["part"])]), whole.end()
        number = Number(
            start=match.start(), end=end, value=value, form="fraction", plain=value, plain_end=end
        )
        of_parts = (pattern.amount(text, number) for pattern in patterns() if pattern.rule in _OF_PARTS)
        found = next(filter(None, of_parts), None) or by_name(text, number, "quantities.measure")
        if found:
            yield found


def _folds(text: str) -> Iterator[Amount]:
    """`tenfold`."""
    if "fold" not in text.lower():  # cheaper than the pattern
        return
    for match in _FOLD_WORD.finditer(text):
        value = Decimal(_FOLDS[lexicons.key(match["fold"])])
        start, end = match.span()
        number = Number(start=start, end=end, value=value, form="words", plain=value, plain_end=end)
        yield with_unit_after(text, number, end, "factor", "quantities.multiple")
