"""What an article says about whose money it means, from its text, its source and the entities found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from extract import lexicons
from extract.articles import Article
from extract.records import Entity, Fact
from extract.rules.amounts import Amount
from extract.rules.money.currencies import currency_of_country, nouns_of
from extract.rules.money.home import (
    country_of_address,
    country_of_city,
    dateline,
    jurisdictions,
    listings,
)

_LEXICON = lexicons.load("currencies")
_AGENCIES = frozenset(_LEXICON["local"]["agencies"])
_RARE = frozenset(_LEXICON["rare"]["codes"])
_OPEN = ("dollar", "cent")
_NEAR = 8  # mentions of countries before an amount that are looked at; on gold as good as 4 and 16
_SOURCE_MENTIONS = 3  # how many mentions in the text the country of the source's address weighs
_LISTING_MENTIONS = 3  # and the country of the exchange of a share
_CONVERTED = re.compile(rf"\((?:{lexicons.alternation(_LEXICON['converted']['words'])})?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """What an article says about whose dollars, pesos or rupees it means.

    Attributes:
        explicit: How often it names each currency in full (`A$5`, `5 Australian dollars`), by ISO code.
        amounts: Where its amounts begin, and their units, in text order.
        mentions: Where it names countries (ISO 3166 alpha-2), in text order; before 0 those of its source.
        lines: Where its lines begin.
        dateline: The country that it is sent from.
        international: It comes from an international agency, whose bare dollar is the US dollar.
        local_jurisdictions: The countries whose courts, police or councils it names by place.
        governments: The countries whose governments it names.
        converted: It converts another dollar into bare dollars: `HK$78 ($10)`.
        on: The article's day, for money that has gone since.
    """

    explicit: Counter[str] = field(default_factory=Counter)
    amounts: Sequence[tuple[int, str]] = ()
    mentions: Sequence[tuple[int, str]] = ()
    lines: Sequence[int] = (0,)
    dateline: str | None = None
    international: bool = False
    local_jurisdictions: frozenset[str] = frozenset()
    governments: frozenset[str] = frozenset()
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

    def by_country(self, unit: str, mentions: Iterable[str], *, past: bool = False) -> Counter[str]:
        """How often the countries of each currency called so are mentioned; `past` adds old money."""
        found: Counter[str] = Counter()
        for country, count in Counter(mentions).items():
            code = currency_of_country(country, unit, on=self.on, past=past)
            if code and code not in _RARE:
                found[code] += count
        return found

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Each mention's country."""
        return tuple(country for _, country in self.mentions)

    @cached_property
    def first_open_dollar(self) -> int | None:
        """Where the first dollars or cents stand whose country their sign does not tell."""
        return next((start for start, unit in self.amounts if unit in _OPEN), None)

    @cached_property
    def _stated(self) -> dict[str, list[tuple[int, str]]]:
        return {
            unit: [(start, code) for start, code in self.amounts if code.isupper() and unit in nouns_of(code)]
            for unit in _OPEN
        }

    def stated(self, unit: str) -> list[tuple[int, str]]:
        """Where amounts in dollars, or of money that has cents, say whose they are, and the code of each."""
        return self._stated[unit]


def gather(text: str, found: Sequence[Amount], known: tuple[Fact, ...], article: Article) -> Evidence:
    """The evidence of an article.

    Args:
        text: Its text.
        found: The amounts of money in it.
        known: The facts read before, of which the entities give countries.
        article: The article, for its source and its day.
    """
    address = country_of_address(article.source or article.url, text)
    inside_money = {at for amount in found for at in range(amount.start, amount.end)}  # `74 U.S. cents`
    named = sorted(
        (f.start, f.country, f.text)
        for f in known
        if isinstance(f, Entity) and f.country and f.start not in inside_money
    )
    places = {name: country for _, country, name in named}
    top = dateline(text)
    inside = [country for start, country, _ in named if top and top.start <= start < top.end]
    sent_from = (inside[-1] if inside else country_of_city(text[top.start : top.end])) if top else None
    return Evidence(
        explicit=Counter(amount.unit for amount in found if amount.unit.isupper()),
        amounts=[(amount.start, amount.unit) for amount in found],
        mentions=[
            *([(-1, address)] * _SOURCE_MENTIONS if address else []),
            *sorted(
                [
                    *((start, country) for start, country, _ in named),
                    *list(listings(text)) * _LISTING_MENTIONS,
                ]
            ),
        ],
        lines=[0, *(match.end() for match in re.finditer("\n", text))],
        dateline=sent_from,
        international=bool({article.source, top and top.agency} & _AGENCIES),
        local_jurisdictions=jurisdictions(text, places, "institutions"),
        governments=jurisdictions(text, places, "governments"),
        converted=any(
            _is_conversion(first, text[first.end : second.start].strip(), second)
            for first, second in pairwise(found)
        ),
        on=article.published,
    )


def _is_conversion(first: Amount, gap: str, second: Amount) -> bool:
    """An amount of another currency in bare dollars: `HK$78 ($10)`."""
    return bool(_CONVERTED.fullmatch(gap)) and second.unit == "dollar" and first.unit not in ("dollar", "USD")
