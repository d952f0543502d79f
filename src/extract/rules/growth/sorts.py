"""Whose figure a metric is, a company's, a country's, either or neither; whether it has a partner."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from extract import lexicons

Sort = Literal["company", "country", "either", "rate", "none"]
_SORTS: tuple[Sort, ...] = ("country", "company", "either", "rate")
OF_COUNTRIES: frozenset[Sort] = frozenset({"country", "either", "rate"})
_LONGEST = 5  # words of an entry


@cache
def listed(table: str, key: str = "words") -> frozenset[str]:
    """The words of a table of `owners.toml`."""
    return frozenset(lexicons.load("owners")[table][key])


@cache
def _sorts() -> dict[str, Sort]:
    return {words: sort for sort in _SORTS for words in listed(sort)}


@cache
def measures() -> frozenset[str]:
    """The single words in the names of figures, and others that are not names: `pretax`, `sales`, `qtr`."""
    figures = frozenset(word for words in _sorts() for word in words.split())
    return figures | listed("markets") | frozenset(lexicons.load("owners")["not_names"])


def is_central_bank(name: str) -> bool:
    """The name is that of a central bank.

    >>> is_central_bank("Bank of England"), is_central_bank("Bank of America")
    (True, False)
    """
    lower = name.lower()
    if any(other in lower for other in listed("central_banks", "not_these")):
        return False
    return lower in listed("central_banks", "names") or any(
        phrase in lower for phrase in listed("central_banks", "phrases")
    )


def sort_of(words: Sequence[str], *, whole: bool = True) -> Sort:
    """Whose figure the head of a noun phrase is, by the longest entry that matches its last words.

    Args:
        words: The words of the head, in lower case.
        whole: The metric has no other words: `rates` alone says more than `rates on loans`.

    >>> sort_of(["annual", "retail", "sales"]), sort_of(["net", "sales"]), sort_of(["gold"])
    ('country', 'company', 'none')
    """
    known = _sorts()
    if len(words) > 1 and words[-1] in listed("counting") | listed("markets", "views"):
        inner = sort_of(words[:-1], whole=whole)  # `unemployment levels`, `growth forecast`
        if inner != "none":
            return inner
    if whole and len(words) == 1 and words[0] in listed("country", "alone"):
        return "country"
    if whole and len(words) == 1 and words[0] in listed("rate", "alone"):
        return "rate"
    tails = (" ".join(words[i:]) for i in range(max(0, len(words) - _LONGEST), len(words)))
    return next((known[tail] for tail in tails if tail in known), "none")


def is_institution(name: str) -> bool:
    """The name is that of a body that reports the figures of others: `Central Statistics Office`.

    >>> is_institution("Reserve Bank of India"), is_institution("Barclays Bank")
    (True, False)
    """
    lower = name.lower().replace("’", "'")
    return not listed("institutions").isdisjoint(lower.split()) or any(
        phrase in lower for phrase in listed("institutions", "phrases")
    )
