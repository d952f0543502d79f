"""What an article says about whose money it means, from its text, its source and the entities found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract import lexicons
from extract.articles import Article
from extract.records import Entity, Fact
from extract.rules.amounts import Amount
from extract.rules.money.home import country_of_address, country_of_city, dateline, spoken_of
from extract.rules.money.settle import Evidence

_AGENCIES = frozenset(lexicons.load("currencies")["local"]["agencies"])
_SOURCE_MENTIONS = 3  # how many mentions in the text the country of the source's address weighs
_CONVERTED = re.compile(r"\((?:about|around|roughly|nearly|some|or|equivalent to|=)?", re.IGNORECASE)


def gather(text: str, found: Sequence[Amount], known: tuple[Fact, ...], article: Article) -> Evidence:
    """The evidence of an article.

    Args:
        text: Its text.
        found: The amounts of money in it.
        known: The facts read before, of which the entities tell countries.
        article: The article, for its source and its day.
    """
    address = country_of_address(article.source, text)
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
            *((start, country) for start, country, _ in named),
        ],
        lines=[0, *(match.end() for match in re.finditer("\n", text))],
        dateline=sent_from,
        abroad=bool(top and top.agency in _AGENCIES),
        seated=spoken_of(text, places, "institutions"),
        governed=spoken_of(text, places, "governments"),
        converted=any(
            _is_conversion(first, text[first.end : second.start].strip(), second)
            for first, second in pairwise(found)
        ),
        on=article.published,
    )


def _is_conversion(first: Amount, gap: str, second: Amount) -> bool:
    """An amount of another currency in bare dollars: `HK$78 ($10)`."""
    return bool(_CONVERTED.fullmatch(gap)) and second.unit == "dollar" and first.unit not in ("dollar", "USD")
