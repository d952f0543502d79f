"""Pieces that a text may repeat without end, each of which has cost more than its share at some time."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from time import process_time
from types import MappingProxyType

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "dollar signs": "$",
        "dollar signs of a country": "US$",
        "signs and brackets": "$(",
        "commas": ",",
        "square brackets": "[",
        "brackets": "(",
        "closing brackets": ")",
        "straight quotes": '"',
        "curly quotes": "“",
        "apostrophes": "'",
        "genitives": "'s",
        "hyphens": "-",
        "dashes": "—",
        "underscores": "_",
        "percent signs": "%",
        "emoji": "😀",
        "marks of writing direction": "\u202e",
        "letters with a combining mark": "a\u0301",
        "thousands": "1,000",
        "places": "New York ",
        "surnames": "Smith ",
        "names without an end": "University of the ",
        "addresses": "see http://example.org/a for it. ",
        "letters": "a ",
        "percentages": "5% ",
        "ranges": "5 to ",
        "scales": "million ",
        "number words": "one hundred ",
        "dates": "Jan. 5, ",
        "claims": "Sales rose 5%. ",
        "lines": "a\n",
        "items": "- a\n",
    }
)


def repeated(piece: str, length: int) -> str:
    """A text of so many code points that repeats a piece."""
    return (piece * (length // len(piece) + 1))[:length]


def exponent(process: Callable[[str], object], piece: str, *, shorter: int, longer: int) -> float:
    """How processor time grows with the length of a text that repeats a piece: 1 in proportion, 2 squared."""
    costs = []
    for length in (shorter, longer):
        text = repeated(piece, length)
        begun = process_time()
        process(text)
        costs.append(max(process_time() - begun, 1e-4))
    return math.log(costs[1] / costs[0]) / math.log(longer / shorter)
