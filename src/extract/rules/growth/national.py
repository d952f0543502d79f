"""Metrics that belong to a country without naming it: its currency, and its stock index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract import lexicons
from extract.rules.growth.sorts import listed

_ARTICLE = "the"


def is_national(words: Sequence[str], country: str) -> bool:
    """The metric is the currency of a country, or its stock index.

    Args:
        words: The words of the metric outside names, in lower case.
        country: Its ISO 3166 code.

    >>> is_national(["the", "lira"], "TR"), is_national(["lira", "bonds"], "TR")
    (True, False)
    >>> is_national(["the", "nikkei", "average"], "JP"), is_national(["nikkei"], "TR")
    (True, False)
    """
    own = [word for word in words if word != _ARTICLE]
    if len(own) == 1 and own[0] in _currency(country):
        return True
    if not own or " ".join(own) in listed("indices", "plain"):
        return bool(own)
    codes = lexicons.load("owners")["indices"]["countries"]
    return country in {codes.get(word) for word in own} and own[-1] not in listed("indices", "others")


@cache
def _currency(country: str) -> frozenset[str]:
    """The names of a country's currency; none if several countries use the name: the dollar, the euro."""
    from babel.numbers import (
        get_currency_name,
        get_territory_currencies,
    )  # slow to import: only when a text is processed

    codes = get_territory_currencies(country, tender=True)
    nouns = {get_currency_name(code, locale="en").split()[-1].lower() for code in codes[:1]}
    return frozenset(nouns - listed("indices", "worldwide"))
