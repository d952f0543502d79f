"""Whose dollar, peso or shilling it is, by what the article says, and what says so.

>>> settle("shilling", Evidence(mentions=[(4, "UG")]), at=30)
('UGX', 'country')
>>> settle("EUR", Evidence(), at=0), settle("dollar", Evidence(), at=0), settle("dinar", Evidence(), at=0)
(('EUR', 'stated'), ('USD', 'default'), (None, None))
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from extract import lexicons
from extract.records import CurrencySource
from extract.rules.money.currencies import currency_of_country, nouns_of

_DEFAULT: dict[str, str] = lexicons.load("currencies")["default"]
_NEAR = 8  # how many mentions of countries before an amount are looked at
_OWN_DOLLAR = 3  # mentions of a country before its own dollar is thought of

Settled = tuple[str, CurrencySource] | tuple[None, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an article says about whose dollars, pesos or rupees it means.

    Attributes:
        explicit: How often it names each currency in full (`A$5`, `5 Australian dollars`), by ISO code.
        open: The units without a country in it: `dollar`, `cent`.
        mentions: Where it names countries (ISO 3166 alpha-2), in text order; before 0 those of its source.
        lines: Where its lines begin.
        seated: The countries whose courts, police or councils it speaks of by place: it is local news there.
        converted: It converts another dollar into bare dollars: `HK$78 ($10)`.
        on: The article's day, for money that has gone since.
    """

    explicit: Counter[str] = field(default_factory=Counter)
    open: frozenset[str] = frozenset()
    mentions: Sequence[tuple[int, str]] = ()
    lines: Sequence[int] = (0,)
    seated: frozenset[str] = frozenset()
    converted: bool = False
    on: date | None = None

    def near(self, at: int) -> Iterator[str]:
        """The countries named before an offset in the same line, the nearest first; a few at most."""
        line = self.lines[bisect_right(self.lines, at) - 1]
        before = bisect_left(self.mentions, (at, ""))
        for offset, country in reversed(self.mentions[max(0, before - _NEAR) : before]):
            if offset >= line:
                yield country


def settle(unit: str, evidence: Evidence, *, at: int) -> Settled:
    """The ISO 4217 code of a unit that stands at an offset of an article, and what settles it.

    A code is returned as it is. A noun takes the country named most, or last, before it in its line, the
    currency that the article names in full, or the country it names most; the dollar asks for more, as it is
    the world's. None when neither the article nor a default settles it.
    """
    if unit.isupper():
        return unit, "stated"
    if unit in ("dollar", "cent"):
        return _settle_dollar(unit, evidence)
    grounds: tuple[tuple[CurrencySource, Counter[str]], ...] = (
        ("country", _by_country(unit, evidence.near(at), on=evidence.on)),
        ("beside", Counter({code: n for code, n in evidence.explicit.items() if unit in nouns_of(code)})),
        ("country", _by_country(unit, (country for _, country in evidence.mentions), on=evidence.on)),
    )
    for ground, named in grounds:
        if named:
            return named.most_common(1)[0][0], ground
    return (_DEFAULT[unit], "default") if unit in _DEFAULT else (None, None)


def _by_country(unit: str, mentions: Iterable[str], *, on: date | None) -> Counter[str]:
    """How often the countries of each currency that is called so are mentioned."""
    found: Counter[str] = Counter()
    for country, count in Counter(mentions).items():
        code = currency_of_country(country, unit, on=on)
        if code:
            found[code] += count
    return found


def _settle_dollar(unit: str, evidence: Evidence) -> Settled:
    """The US dollar, unless the article is plainly about one other country and does not convert into dollars.

    Plainly: most countries it names are this one, and it names it often or speaks of its courts or police; or
    it is the first of them and US dollars are told apart.
    """
    explicit = evidence.explicit
    if unit == "cent" and len(explicit) == 1 and "dollar" not in evidence.open:
        (only,) = explicit
        if unit in nouns_of(only):
            return only, "beside"
    countries = Counter(country for _, country in evidence.mentions)
    by_country = _by_country(unit, countries.elements(), on=evidence.on)
    code, own = next(iter(by_country.most_common(1)), ("USD", 0))
    if evidence.converted:
        return "USD", "default"
    at_home = code in _by_country(unit, evidence.seated, on=evidence.on)
    mostly = (own >= _OWN_DOLLAR or at_home) and own >= 0.6 * countries.total()
    apart = explicit["USD"] > 0 and own >= _OWN_DOLLAR - 1 and own == max(countries.values())
    return (code, "country") if mostly or apart else ("USD", "default")
