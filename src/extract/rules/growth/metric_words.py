"""The words of a metric, and which of them is its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.lexicons.metrics import metrics
from extract.lexicons.phrases import word_spans

MARKS = frozenset(",;:()[]")
OWNER = "'s"


class Outside(NamedTuple):
    """A part of a metric that narrows nothing: a time, an amount, or the name of the owner; its bounds."""

    start: int
    end: int
    owner: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a metric: in lower case, with its place in the phrase.

    `outside`: it is part of the owner, a time or an amount, and so does not narrow the concept; `owner`: part
    of an owner that is named; `capital`: it begins with a capital letter.
    """

    text: str
    start: int
    end: int
    outside: bool
    owner: bool
    capital: bool


def words_of(metric: str, outside: Sequence[Outside]) -> list[Word]:
    """The words of a metric; those before the last `'s` at its beginning are an owner."""
    found = list(word_spans(metric))
    texts = [m[0].lower().replace("’", "'") for m in found]
    head = head_of(texts, range(len(texts)), metrics().words["prepositions"])
    owner = max((found[i].end() for i in range(head) if texts[i] == OWNER), default=0)
    known = [Outside(0, owner, False), *outside]
    made = []
    for text, m in zip(texts, found, strict=True):
        at = [part for part in known if part.start <= m.start() < part.end]
        named = any(part.owner for part in at)
        made.append(Word(text, m.start(), m.end(), bool(at), named, m[0][:1].isupper()))
    return made


def head_of(texts: Sequence[str], places: Sequence[int], prepositions: frozenset[str]) -> int:
    """The index in `places` of the word before the first preposition or mark, or else of the last word."""
    for i in range(1, len(places)):
        text, before = texts[places[i]], texts[places[i - 1]]
        if text in MARKS or (text in prepositions and before != OWNER):
            return i - 1
    return len(places) - 1
