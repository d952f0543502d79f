"""What an article says about whose money it means, gathered from its text, its source and the entities found.

>>> seats("The High Court at Auckland and Leeds City Council", {"Auckland": "NZ", "Leeds": "GB"})
frozenset({'GB', 'NZ'})
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extract import lexicons
from extract.articles import Article
from extract.records import Entity, Fact
from extract.rules.amounts import Amount
from extract.rules.money.settle import Evidence

_HOME = re.compile(r"\w\.([a-z]{2})(?:[:/?#]|$)", re.IGNORECASE)  # the country in a source's address
_HOME_MENTIONS = 3  # how many mentions in the text it weighs

_LOCAL = lexicons.alternation(lexicons.load("currencies")["local"]["institutions"])
_INSTITUTION = re.compile(rf"\b(?:{_LOCAL})\b", re.IGNORECASE)
_WORD = re.compile(r"[\w.'’-]+")
_PLACE_AFTER = re.compile(r"\s+(?:at|in|of)\s+(?:the\s+)?")
_REACH = 40  # how far before and after an institution its place may stand
_MAX_WORDS = 4


def gather(text: str, found: Sequence[Amount], known: tuple[Fact, ...], article: Article) -> Evidence:
    """The evidence of an article.

    Args:
        text: Its text.
        found: The amounts of money in it.
        known: The facts read before, of which the entities tell countries.
        article: The article, for its source and its day.
    """
    home = _HOME.search(article.source or article.url or "")
    source_country = [(-1, home[1].upper())] * _HOME_MENTIONS if home else []
    places = [(f.start, f.country, f.text) for f in known if isinstance(f, Entity) and f.country]
    return Evidence(
        explicit=Counter(amount.unit for amount in found if amount.unit.isupper()),
        open=frozenset(amount.unit for amount in found if not amount.unit.isupper()),
        mentions=[*source_country, *sorted((start, country) for start, country, _ in places)],
        lines=[0, *(match.end() for match in re.finditer("\n", text))],
        seated=seats(text, {name: country for _, country, name in places}),
        converted=any(
            _is_conversion(first, text[first.end : second.start].strip(), second)
            for first, second in pairwise(found)
        ),
        on=article.published,
    )


def _is_conversion(first: Amount, gap: str, second: Amount) -> bool:
    """An amount of another currency in bare dollars: `HK$78 ($10)`."""
    return gap == "(" and second.unit == "dollar" and first.unit not in ("dollar", "USD")


def seats(text: str, places: Mapping[str, str]) -> frozenset[str]:
    """The countries whose courts, police or councils a text speaks of by place: `the High Court at Auckland`.

    `places` gives the country (ISO 3166 alpha-2) of each name of a place or people in the text.
    """
    if not places:
        return frozenset()
    named = (name for match in _INSTITUTION.finditer(text) for name in _names_beside(text, match))
    return frozenset(places[name] for name in named if name in places)


def _names_beside(text: str, institution: re.Match[str]) -> Iterator[str]:
    """What may be the place of an institution: words right before it, or after `at`, `in` or `of`."""
    start, end = institution.span()
    left = text[max(0, start - _REACH) : start]
    before = list(_WORD.finditer(left))[-_MAX_WORDS:]
    for i, first in enumerate(before):
        for last in before[i:]:
            yield left[first.start() : last.end()].removesuffix("'s").removesuffix("’s")
    joint = _PLACE_AFTER.match(text, end)
    if joint:
        right = text[joint.end() : joint.end() + _REACH]
        for word in list(_WORD.finditer(right))[:_MAX_WORDS]:
            yield right[: word.end()].rstrip(".")
