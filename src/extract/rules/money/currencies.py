"""Currencies: their signs, names and codes, and whose a bare dollar is.

>>> unit_of_words("australian dollars"), unit_of_words("kroner"), unit_of_words("eurocents")
(('AUD', 1), ('krone', 1), ('EUR', 100))
>>> settle("shilling", explicit=Counter(), countries=Counter({"UG": 2}))
'UGX'

A unit is an ISO 4217 code (`AUD`) or, where the country is not said, a lower-case noun (`dollar`). Names and
territories are those of the Unicode CLDR, read from babel; what news adds is in `lexicons/currencies.toml`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_name, get_territory_currencies, list_currencies

from extract import lexicons

_LEXICON = lexicons.load("currencies")
_NOUNS: dict[str, str] = _LEXICON["nouns"]
_MINOR: dict[str, str] = _LEXICON["minor"]
_DEFAULT: dict[str, str] = _LEXICON["default"]
_SAME_AS: dict[str, str] = _LEXICON["same_as"]
_CENTS = frozenset({"dollar", "EUR", "ZAR"})  # what a bare cent may be a hundredth of
_OWN_DOLLAR = 3  # mentions of a country before its own dollar is thought of

Unit = tuple[str, int]


@cache
def codes() -> frozenset[str]:
    """The ISO 4217 codes of today's money, and of the money that news archives speak of."""
    current = {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory)
    }
    return frozenset(current | set(_LEXICON["historic"]["codes"]))


@cache
def _names() -> dict[str, Unit]:
    """Every lower-case name with its unit and how many of it make one of the currency."""
    names: dict[str, Unit] = {}
    for code in list_currencies("en") & codes():
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en").lower()
            if " " in name and not name.endswith(")"):
                names[name] = (code, 1)
    names.update({name: (unit, 1) for name, unit in (_NOUNS | _LEXICON["phrases"]).items()})
    for name, (unit, _) in list(names.items()):
        country, _, noun = name.rpartition(" ")
        if country and noun == "dollars":
            names[f"{country} cents"] = names[f"{country} cent"] = (unit, 100)
    names.update({name: (unit, 100) for name, unit in _MINOR.items()})
    return names


def unit_of_words(name: str) -> Unit | None:
    """The unit that a lower-case name means, and how many of it make one of the currency; None for no name."""
    return _names().get(name)


@cache
def _nouns_of(code: str) -> frozenset[str]:
    """What a currency is called for short: `dollar` for AUD, `franc` and `cfa franc` for XOF."""
    name = get_currency_name(code, count=1, locale="en").lower()
    last = name.rpartition(" ")[2]
    noun = _NOUNS.get(last, last)
    called = {noun, _SAME_AS.get(last, noun), _SAME_AS.get(noun, noun)}
    if "cfa franc" in name:
        called.add("cfa franc")
    if called & _CENTS or code in _CENTS:
        called.add("cent")
    return frozenset(called)


def currency_of_country(country: str, noun: str, *, on: date | None = None) -> str | None:
    """The currency of a country (ISO 3166 alpha-2) that is called `noun`, on a day (today by default)."""
    legal = get_territory_currencies(country, on, tender=True)
    wanted = {noun, _SAME_AS.get(noun, noun)}
    return next((code for code in legal if wanted & _nouns_of(code)), None)


def settle(
    unit: str,
    *,
    explicit: Counter[str],
    countries: Counter[str],
    converted: bool = False,
    on: date | None = None,
) -> str | None:
    """The ISO 4217 code of a unit in an article.

    Args:
        unit: An ISO code, returned as it is, or a noun (`dollar`).
        explicit: How often the article names each currency in full (`A$5`, `5 Australian dollars`).
        countries: How often it names each country (ISO 3166 alpha-2).
        converted: It converts amounts of another dollar into bare dollars: `HK$78 ($10)`.
        on: The article's day, for money that has gone since.

    Returns:
        The code, or None when neither the article nor a default settles a noun.
    """
    if unit.isupper():
        return unit
    by_country: Counter[str] = Counter()
    for country, mentions in countries.items():
        code = currency_of_country(country, unit, on=on)
        if code:
            by_country[code] += mentions
    if unit in ("dollar", "cent"):
        return _settle_dollar(unit, by_country, explicit, sum(countries.values()), converted=converted)
    named = Counter({code: count for code, count in explicit.items() if unit in _nouns_of(code)})
    if named:
        return named.most_common(1)[0][0]
    return by_country.most_common(1)[0][0] if by_country else _DEFAULT.get(unit)


def _settle_dollar(
    unit: str, by_country: Counter[str], explicit: Counter[str], mentions: int, *, converted: bool
) -> str:
    """The US dollar, unless the article is plainly about one other country and does not convert into dollars."""
    if unit == "cent" and len(explicit) == 1:
        (only,) = explicit
        if unit in _nouns_of(only):
            return only
    code, own = by_country.most_common(1)[0] if by_country else ("USD", 0)
    plain = own >= _OWN_DOLLAR and own >= 0.6 * mentions and by_country["USD"] <= 0.2 * own
    return code if plain and not converted else "USD"
