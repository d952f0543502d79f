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

_LEXICON = lexicons.load("currencies")
_DEFAULT: dict[str, str] = _LEXICON["default"]
_GONE = frozenset(_LEXICON["gone"]["nouns"])
_RARE = frozenset(_LEXICON["rare"]["codes"])
_NEAR = 8  # how many mentions of countries before an amount are looked at
_OWN_DOLLAR = 3  # mentions of a country before its own dollar is thought of
_SENT_FROM = 3  # how many mentions a dateline weighs
_MOSTLY, _HALF = (
    0.6,
    0.5,
)  # the share of all mentions that a country needs, and where an office or dateline speaks too

Settled = tuple[str, CurrencySource] | tuple[None, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an article says about whose dollars, pesos or rupees it means.

    Attributes:
        explicit: How often it names each currency in full (`A$5`, `5 Australian dollars`), by ISO code.
        amounts: Where its amounts begin, and their units, in text order.
        mentions: Where it names countries (ISO 3166 alpha-2), in text order; before 0 those of its source.
        lines: Where its lines begin.
        dateline: The country that it is sent from.
        abroad: It comes from an agency that writes for all the world, and means the US dollar by a bare one.
        seated: The countries whose courts, police or councils it speaks of by place: it is local news there.
        governed: The countries whose governments it speaks of.
        converted: It converts another dollar into bare dollars: `HK$78 ($10)`.
        on: The article's day, for money that has gone since.
    """

    explicit: Counter[str] = field(default_factory=Counter)
    amounts: Sequence[tuple[int, str]] = ()
    mentions: Sequence[tuple[int, str]] = ()
    lines: Sequence[int] = (0,)
    dateline: str | None = None
    abroad: bool = False
    seated: frozenset[str] = frozenset()
    governed: frozenset[str] = frozenset()
    converted: bool = False
    on: date | None = None

    def near(self, at: int) -> Iterator[str]:
        """The countries named before an offset in the same line, the nearest first; a few at most."""
        line = self.lines[bisect_right(self.lines, at) - 1]
        before = bisect_left(self.mentions, (at, ""))
        for offset, country in reversed(self.mentions[max(0, before - _NEAR) : before]):
            if offset >= line:
                yield country

    def home(self) -> Iterator[str]:
        """The countries of the dateline and the source."""
        if self.dateline:
            yield self.dateline
        yield from (country for offset, country in self.mentions if offset < 0)


def settle(unit: str, evidence: Evidence, *, at: int) -> Settled:
    """The ISO 4217 code of a unit that stands at an offset of an article, and what settles it.

    A code is returned as it is. A noun takes the country named most, or last, before it in its line, the
    currency that the article names in full, the country it is sent from, or the country it names most; the
    dollar asks for more, as it is the world's. None when neither the article nor a default settles it.
    """
    if unit.isupper():
        return unit, "stated"
    if unit in ("dollar", "cent"):
        return _settle_dollar(unit, evidence, at)
    countries = [country for _, country in evidence.mentions]
    grounds: tuple[tuple[CurrencySource, Counter[str]], ...] = (
        ("country", _by_country(unit, evidence.near(at), evidence)),
        ("beside", Counter({code: n for code, n in evidence.explicit.items() if unit in nouns_of(code)})),
        ("country", _by_country(unit, evidence.home(), evidence)),
        ("country", _by_country(unit, countries, evidence)),
        ("country", _by_country(unit, countries, evidence, past=True) if unit in _GONE else Counter()),
    )
    for ground, named in grounds:
        if named:
            return named.most_common(1)[0][0], ground
    return (_DEFAULT[unit], "default") if unit in _DEFAULT else (None, None)


def _by_country(
    unit: str, mentions: Iterable[str], evidence: Evidence, *, past: bool = False
) -> Counter[str]:
    """How often the countries of each currency that is called so are mentioned."""
    found: Counter[str] = Counter()
    for country, count in Counter(mentions).items():
        code = currency_of_country(country, unit, on=evidence.on, past=past)
        if code and code not in _RARE:
            found[code] += count
    return found


def _settle_dollar(unit: str, evidence: Evidence, at: int) -> Settled:
    """What a bare dollar or cent is.

    1. The US dollar, where another dollar is converted into it (`HK$78 ($10)`).
    2. The dollar that the article has introduced (`US$331 billion, up from $308 billion`), unless it has used
       the bare sign before, and so tells its own from the other.
    3. The dollar of the country where the article is plainly at home, else the US dollar.
    """
    if evidence.converted:
        return "USD", "default"
    told = [(start, code) for start, code in evidence.amounts if code.isupper() and unit in nouns_of(code)]
    bare = [start for start, code in evidence.amounts if code in ("dollar", "cent")]
    home = home_dollar(evidence, apart=any(code == "USD" for _, code in told))
    codes = {code for _, code in told}
    introduced = [code for start, code in told if start < at]
    if (
        len(codes) == 1
        and codes != {"USD"}
        and unit == "cent"
        and "dollar" not in dict(evidence.amounts).values()
    ):
        return told[0][1], "beside"
    if not introduced or (codes == {"USD"} and home and bare and bare[0] < told[0][0]):
        return (home, "country") if home else ("USD", "default")
    if len(codes) == 1:
        is_foreign = introduced[0] != "USD" and home not in (None, introduced[0])
        return (home or "USD", "country") if is_foreign else (introduced[0], "beside")
    return (home, "country") if home else (introduced[-1], "beside")


def home_dollar(evidence: Evidence, *, apart: bool) -> str | None:
    """The dollar of the country where an article is plainly at home.

    Most countries that it names are this one, and it is sent from there, names it often or speaks of its
    government, courts or police; or it is named most and US dollars are told `apart`. No other country that
    has dollars may be named as often.
    """
    if evidence.abroad:
        return None
    weights = Counter(country for _, country in evidence.mentions)
    if evidence.dateline:
        weights[evidence.dateline] += _SENT_FROM
    for country in evidence.governed:
        weights[country] += 1
    ranks = _by_country("dollar", weights.elements(), evidence).most_common(2)
    if not ranks or (len(ranks) > 1 and ranks[0][1] == ranks[1][1]):
        return None
    code, own = ranks[0]
    local = {evidence.dateline, *evidence.governed} - {None}
    at_home = code in _by_country("dollar", (country for country in local if country), evidence)
    seated = code in _by_country("dollar", evidence.seated, evidence)
    mostly = at_home or seated or own >= _OWN_DOLLAR
    if mostly and own >= (_HALF if at_home else _MOSTLY) * weights.total():
        return code
    return code if apart and own >= _OWN_DOLLAR - 1 and own == max(weights.values()) else None
