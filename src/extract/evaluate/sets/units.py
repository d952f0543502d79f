"""Names of money in public test sets, with the currency that each usually means and its factor."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

_NAMES = {
    "USD": "dollar, us dollar, united states dollar; cent",
    "AUD": "australian dollar",
    "CAD": "canadian dollar",
    "HKD": "hong kong dollar",
    "NZD": "new zealand dollar",
    "SGD": "singaporean dollar, singapore dollar",
    "EUR": "euro",
    "GBP": "pound, pound sterling, british pound; penny, pence",
    "JPY": "japanese yen, yen",
    "CNY": "chinese yuan, yuan",
    "ILS": "shekel",
    "MYR": "malaysian ringgit, ringgit; sen",
    "INR": "indian rupee, rupee",
    "LKR": "sri lankan rupee",
    "DKK": "danish krone",
    "HRK": "croatian kuna",
    "ZAR": "south african rand",
    "CHF FRF": "swiss franc, franc",
    "DEM": "mark",
    "ESP": "peseta",
    "FIM": "finnish markka",
    "NLG": "netherlands guilder, netherlands guilde",
    "TRY": "turkish lira",
    "MXN": "mexican peso",
    "GEL": "georgian lari",
    "CRC": "costa rican colón",
    "LAK": "lao kip",
    "BTC XBT": "bitcoin",
}

MONEY: Mapping[str, tuple[tuple[str, ...], Decimal]] = MappingProxyType(  # accepted codes, and the factor
    {
        name: (tuple(codes.split()), Decimal(factor))
        for codes, names in _NAMES.items()
        for part, factor in zip(names.split("; "), ("1", "0.01"), strict=False)
        for name in part.split(", ")
    }
    | {"satoshi": (("BTC", "XBT"), Decimal("1E-8"))}
)


def money_of(unit: str) -> tuple[tuple[str, ...], Decimal] | None:
    """The codes and factor of a unit, or of the money in a rate (`dollar per barrel`); None if unknown."""
    return MONEY.get(unit.lower().split(" per ")[0].strip())
