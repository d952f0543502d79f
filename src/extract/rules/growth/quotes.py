"""The value of a currency in its own units per unit of another: the more units, the lower its value.

the peso weakened to 58 pesos per dollar from 57.3    -> a decrease, though 58 is more
the dollar rose to 1.84 marks from 1.83               -> in units of the other: 1.84 is more
"""

from __future__ import annotations

from functools import cache

from babel.numbers import get_currency_name
from spacy.tokens import Span

from extract.rules.growth.kinds import word_group
from extract.rules.growth.units import Amounts


def in_own_units(metric: Span, amounts: Amounts) -> bool:
    """The metric names the currency of its own levels."""
    unit = next((m.unit for m in (amounts.to, amounts.from_) if m and m.unit), None)
    names = word_group("quoted") if unit is None else _names(unit)
    return any(token.lower_ in names for token in metric)


def turned(amounts: Amounts) -> Amounts:
    """The amounts with the two levels exchanged, in the order of the currency's value."""
    return Amounts(amounts.size, amounts.from_, amounts.to)


@cache
def _names(currency: str) -> frozenset[str]:
    """The last word of a currency's English name, and its plural: `peso`, `pesos`; none for other units."""
    if not currency.isupper():
        return frozenset()
    name = get_currency_name(currency, locale="en").lower().split()[-1]
    return frozenset({name, f"{name}s"})
