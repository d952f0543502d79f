"""Currencies: their names and codes, and those of a country.

>>> unit_of_words("australian dollars"), unit_of_words("kroner"), unit_of_words("eurocents")
(('AUD', 1), ('krone', 1), ('EUR', 100))
>>> currency_of_country("UG", "shilling")
'UGX'

A unit is an ISO 4217 code (`AUD`) or, where the country is not said, a lower-case noun (`dollar`). Names and
territories are those of the Unicode CLDR, read from babel; what news adds is in `lexicons/currencies.toml`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_territory_currencies, list_currencies

from extract import lexicons
from extract.lexicons.scope import cached, default

_SHIPPED = lexicons.load("currencies")
_SAME_AS: dict[str, str] = _SHIPPED["same_as"]
_SHARED_SIGNS: dict[str, list[str]] = _SHIPPED["shared_signs"]
_CENTS = frozenset({"dollar", "EUR", "ZAR"})  # what a bare cent may be a hundredth of

_OLDEST = date(1971, 1, 1)  # older money than this is not looked for by a country's name

Unit = tuple[str, int]


def _tables() -> dict[str, Any]:
    """The lexicon of currencies, with what a user adds to it."""
    return lexicons.load("currencies")


@cached
def codes() -> frozenset[str]:
    """The ISO 4217 codes of today's money, and of the money that news archives mention."""
    current = {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory)
    }
    return frozenset(current | set(_tables()["historic"]["codes"]))


@cached
def _names() -> dict[str, Unit]:
    """Every lower-case name with its unit and how many of it make one of the currency."""
    names: dict[str, Unit] = {}
    for code in list_currencies("en") & codes():
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en").lower()
            if " " in name and not name.endswith(")"):
                names[name] = (code, 1)
    tables = _tables()
    parts: dict[str, int] = tables["parts"]  # of names whose hundred does not make one
    names.update({name: (unit, 1) for name, unit in (tables["nouns"] | tables["phrases"]).items()})
    names.update({name: (unit, parts.get(name, 100)) for name, unit in tables["minor"].items()})
    for name in tables.get("removed", ()):
        names.pop(name, None)
    return names


@cache
def _countries() -> dict[str, str]:
    """The ISO 3166 alpha-2 code of each country by what it and its people are called, in lower case."""
    ours: dict[str, dict[str, list[str]]] = lexicons.load("countries")["countries"]
    written = Locale("en").territories.items()
    return {
        **{name.lower(): code for code, name in written if len(code) == 2},
        **{name.lower(): code for code, kinds in ours.items() for names in kinds.values() for name in names},
        **_SHIPPED["short_names"],
    }


def unit_of_words(name: str) -> Unit | None:
    """The unit that a lower-case name means, and how many of it make one of the currency, or None."""
    return _names().get(name) or _of_country(name)


def _of_country(name: str) -> Unit | None:
    """`taiwan dlrs`, `h.k. cents`: a country, and a noun that its money is or was called by."""
    country, _, noun = name.rpartition(" ")
    unit = _names().get(noun)
    code = _countries().get(country) if unit else None
    if not unit or not code:
        return None
    money = currency_of_country(code, unit[0]) or currency_of_country(code, unit[0], past=True)
    return (money, unit[1]) if money else None


@cached
def nouns_of(code: str) -> frozenset[str]:
    """What a currency (ISO 4217) is called for short: `dollar` for AUD, `franc` and `cfa franc` for XOF."""
    name = get_currency_name(code, count=1, locale="en").lower().partition(" (")[0]
    last = name.rpartition(" ")[2]
    noun = _tables()["nouns"].get(last, last)
    called = {noun, _SAME_AS.get(last, noun), _SAME_AS.get(noun, noun)}
    if "cfa franc" in name:
        called.add("cfa franc")
    if called & _CENTS or code in _CENTS:
        called.add("cent")
    called |= _tables().get("called", {}).get(code, set())
    called |= {sign for sign, codes_of_sign in _SHARED_SIGNS.items() if code in codes_of_sign}
    return frozenset(called)


def unit_nouns(unit: str) -> frozenset[str]:
    """What the currency of an ISO code is called for short; nothing for a unit that is a noun itself."""
    return nouns_of(unit) if unit.isupper() else frozenset()


@cached
def currency_of_country(country: str, noun: str, *, on: date | None = None, past: bool = False) -> str | None:
    """The currency of a country (ISO 3166 alpha-2) that is called `noun`, on a day (today by default).

    With `past` it may be one that was gone by then, the last one of that name: the francs of France.
    """
    legal = get_territory_currencies(country, on, tender=True)
    if past:
        legal = get_territory_currencies(country, _OLDEST, on or date.today(), tender=True)[::-1]
    wanted = {noun, _SAME_AS.get(noun, noun)}
    return next((code for code in legal if code == noun or wanted & nouns_of(code)), None)


@cached
def code_on(code: str, day: date | None) -> str:
    """The code that money of a name had on a day, by today's code: zlotys were PLZ in 1987, not PLN."""
    country = code[:2]
    if day is None or country not in _countries().values() or code in get_territory_currencies(country, day):
        return code
    if code not in get_territory_currencies(country):
        return code
    called = nouns_of(code)
    legal = get_territory_currencies(country, day, tender=True)
    return next((old for old in legal if called & nouns_of(old)), code)


@cached
def default_of(unit: str) -> str | None:
    """The ISO 4217 code that a noun means by the defaults of a user: their currency, or their country's."""
    chosen = default("currency")
    if chosen and unit in nouns_of(chosen):
        return str(chosen)
    country = default("country")
    return currency_of_country(country, unit) if country else None
