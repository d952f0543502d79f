"""The words of a metric, and which of them is its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.lexicons.metrics import metrics
from extract.lexicons.phrases import word_spans

MARKS = frozenset(",;:()[]")
OWNER = "'s"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a metric: in small letters, and its place in the phrase.

    `outside` is said of the words of the owner, of times and amounts, which narrow nothing; `capital` of one
    that is written with a capital letter.
    """

    text: str
    start: int
    end: int
    outside: bool
    capital: bool


def words_of(metric: str, outside: Sequence[tuple[int, int]]) -> list[Word]:
    """The words of a metric; what stands before the last `'s` at its front is an owner."""
    found = list(word_spans(metric))
    texts = [m[0].lower().replace("’", "'") for m in found]
    head = head_of(texts, range(len(texts)), metrics().words["prepositions"])
    owner = max((found[i].end() for i in range(head) if texts[i] == OWNER), default=0)
    bounds = [(0, owner), *outside]
    return [
        Word(text, m.start(), m.end(), any(a <= m.start() < b for a, b in bounds), m[0][:1].isupper())
        for text, m in zip(texts, found, strict=True)
    ]


def head_of(texts: Sequence[str], places: Sequence[int], prepositions: frozenset[str]) -> int:
    """The index in `places` of the word before the first preposition or mark, or else of the last word."""
    for i in range(1, len(places)):
        text, before = texts[places[i]], texts[places[i - 1]]
        if text in MARKS or (text in prepositions and before != OWNER):
            return i - 1
    return len(places) - 1
