"""Currencies: their signs, names and codes, and whose a bare dollar is.

>>> unit_of_words("australian dollars"), unit_of_words("kroner"), unit_of_words("eurocents")
(('AUD', 1), ('krone', 1), ('EUR', 100))
>>> settle("shilling", Evidence(mentions=[(4, "UG")]), at=30)
'UGX'

A unit is an ISO 4217 code (`AUD`) or, where the country is not said, a lower-case noun (`dollar`). Names and
territories are those of the Unicode CLDR, read from babel; what news adds is in `lexicons/currencies.toml`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
_SHARED_SIGNS: dict[str, list[str]] = _LEXICON["shared_signs"]
_CENTS = frozenset({"dollar", "EUR", "ZAR"})  # what a bare cent may be a hundredth of
_NEAR = 8  # how many mentions of countries before an amount are looked at
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
    """The unit that a lower-case name means, and how many of it make one of the currency, or None."""
    return _names().get(name)


@cache
def nouns_of(code: str) -> frozenset[str]:
    """What a currency (ISO 4217) is called for short: `dollar` for AUD, `franc` and `cfa franc` for XOF."""
    name = get_currency_name(code, count=1, locale="en").lower()
    last = name.rpartition(" ")[2]
    noun = _NOUNS.get(last, last)
    called = {noun, _SAME_AS.get(last, noun), _SAME_AS.get(noun, noun)}
    if "cfa franc" in name:
        called.add("cfa franc")
    if called & _CENTS or code in _CENTS:
        called.add("cent")
    called |= {sign for sign, codes_of_sign in _SHARED_SIGNS.items() if code in codes_of_sign}
    return frozenset(called)


def unit_nouns(unit: str) -> frozenset[str]:
    """What the currency of an ISO code is called for short; nothing for a unit that is a noun itself."""
    return nouns_of(unit) if unit.isupper() else frozenset()


def currency_of_country(country: str, noun: str, *, on: date | None = None) -> str | None:
    """The currency of a country (ISO 3166 alpha-2) that is called `noun`, on a day (today by default)."""
    legal = get_territory_currencies(country, on, tender=True)
    wanted = {noun, _SAME_AS.get(noun, noun)}
    return next((code for code in legal if wanted & nouns_of(code)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an article says about whose dollars, pesos or rupees it means.

    Attributes:
        explicit: How often it names each currency in full (`A$5`, `5 Australian dollars`), by ISO code.
        open: The units without a country in it: `dollar`, `cent`.
        mentions: Where it names countries (ISO 3166 alpha-2), in text order; before 0 those of its source.
        lines: Where its lines begin.
        converted: It converts another dollar into bare dollars: `HK$78 ($10)`.
        on: The article's day, for money that has gone since.
    """

    explicit: Counter[str] = field(default_factory=Counter)
    open: frozenset[str] = frozenset()
    mentions: Sequence[tuple[int, str]] = ()
    lines: Sequence[int] = (0,)
    converted: bool = False
    on: date | None = None

    def near(self, at: int) -> Iterator[str]:
        """The countries named before an offset in the same line, the nearest first; a few at most."""
        line = self.lines[bisect_right(self.lines, at) - 1]
        before = bisect_left(self.mentions, (at, ""))
        for offset, country in reversed(self.mentions[max(0, before - _NEAR) : before]):
            if offset >= line:
                yield country


def settle(unit: str, evidence: Evidence, *, at: int) -> str | None:
    """The ISO 4217 code of a unit that stands at an offset of an article.

    A code is returned as it is. A noun takes the country named most, or last, before it in its line, the
    currency that the article names in full, or the country it names most; the dollar asks for more, as it is
    the world's. None when neither the article nor a default settles it.
    """
    if unit.isupper():
        return unit
    if unit in ("dollar", "cent"):
        return _settle_dollar(unit, evidence)
    named = (
        _by_country(unit, evidence.near(at), on=evidence.on)
        or Counter({code: n for code, n in evidence.explicit.items() if unit in nouns_of(code)})
        or _by_country(unit, (country for _, country in evidence.mentions), on=evidence.on)
    )
    return named.most_common(1)[0][0] if named else _DEFAULT.get(unit)


def _by_country(unit: str, mentions: Iterable[str], *, on: date | None) -> Counter[str]:
    """How often the countries of each currency that is called so are mentioned."""
    found: Counter[str] = Counter()
    for country, count in Counter(mentions).items():
        code = currency_of_country(country, unit, on=on)
        if code:
            found[code] += count
    return found


def _settle_dollar(unit: str, evidence: Evidence) -> str:
    """The US dollar, unless the article is plainly about one other country and does not convert into dollars.

    Plainly: most countries it names are this one, or it is the first of them and US dollars are told apart.
    """
    explicit = evidence.explicit
    if unit == "cent" and len(explicit) == 1 and "dollar" not in evidence.open:
        (only,) = explicit
        if unit in nouns_of(only):
            return only
    countries = Counter(country for _, country in evidence.mentions)
    by_country = _by_country(unit, countries.elements(), on=evidence.on)
    code, own = next(iter(by_country.most_common(1)), ("USD", 0))
    if evidence.converted or code == "USD":
        return "USD"
    mostly = own >= _OWN_DOLLAR and own >= 0.6 * countries.total()
    apart = explicit["USD"] > 0 and own >= _OWN_DOLLAR - 1 and own == max(countries.values())
    return code if mostly or apart else "USD"
