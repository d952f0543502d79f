"""The positions of the parts of a claim: its metric, levels, times, owner and speaker.

A record only has the offsets of the metric. The others are found by their values: an amount by its
value and unit, a time by its words, an entity by its id; in the sentence, and the nearest of several.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.records import Entity, Fact, Growth, Money, Quantity

_LEVELS = ("from", "to", "expected")
_TIMES = ("period", "baseline")
_PEOPLE = ("subject", "partner", "speaker")  # wherever they are named, if not in the sentence


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a claim: its role (`metric`, `from`, `period` ...) and its offsets in the article's text."""

    role: str
    start: int
    end: int


class Parts:
    """Finds the parts of the claims of an article."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Index the article's facts."""
        ordered = sorted(facts, key=lambda fact: (fact.start, fact.end))
        self._amounts = [fact for fact in ordered if isinstance(fact, Money | Quantity)]
        self._starts = [fact.start for fact in self._amounts]
        self._named: dict[str, list[Entity]] = defaultdict(list)
        for fact in ordered:
            if isinstance(fact, Entity):
                self._named[fact.entity_id].append(fact)

    def of(self, claim: Growth) -> tuple[Part, ...]:
        """The parts of a claim that can be found, its own span first, as `size`."""
        return tuple(self._found(claim))

    def _found(self, claim: Growth) -> Iterator[Part]:
        yield Part("size", claim.start, claim.end)
        if claim.metric_start is not None and claim.metric_end is not None:
            yield Part("metric", claim.metric_start, claim.metric_end)
        here = self._in_sentence(claim)
        for role in _LEVELS:
            value, unit = getattr(claim, f"{role}_value"), getattr(claim, f"{role}_unit")
            if value is not None and (at := _nearest(claim, here, _amounts_to(value, unit))):
                yield Part(role, at.start, at.end)
        for role in _TIMES:
            if (words := getattr(claim, role)) and (place := _words(claim, words)):
                yield Part(role, *place)
        for role in _PEOPLE:
            if named := self._named.get(getattr(claim, role) or ""):
                at = _closest(claim, named)
                yield Part(role, at.start, at.end)

    def _in_sentence(self, claim: Growth) -> Sequence[Money | Quantity]:
        first = bisect_left(self._starts, claim.source.sentence_start)
        return self._amounts[first : bisect_left(self._starts, claim.source.sentence_end)]


def _amounts_to(value: Decimal, unit: str | None) -> Callable[[Money | Quantity], bool]:
    def test(fact: Money | Quantity) -> bool:
        stated = fact.currency if isinstance(fact, Money) else fact.unit
        return value in (fact.amount, fact.amount_max) and unit in (stated, None)

    return test


def _nearest(
    claim: Growth, facts: Sequence[Money | Quantity], test: Callable[[Money | Quantity], bool]
) -> Fact | None:
    matching = [fact for fact in facts if test(fact)]
    return min(matching, key=lambda fact: _distance(claim, fact.start, fact.end)) if matching else None


def _closest(claim: Growth, named: Sequence[Entity]) -> Entity:
    """The mention nearest to the claim, preferably in its sentence."""
    place = bisect_left(named, claim.start, key=lambda fact: fact.start)
    near = named[max(0, place - 1) : place + 1]
    source = claim.source
    return min(
        near,
        key=lambda fact: (
            not source.sentence_start <= fact.start < source.sentence_end,
            _distance(claim, fact.start, fact.end),
        ),
    )


def _words(claim: Growth, words: str) -> tuple[int, int] | None:
    """The occurrence of the words in the claim's sentence that is nearest to it."""
    sentence, first = claim.sentence, claim.source.quoted_start
    places, place = list[tuple[int, int]](), sentence.find(words)
    while place >= 0:
        places.append((first + place, first + place + len(words)))
        place = sentence.find(words, place + 1)
    return min(places, key=lambda at: _distance(claim, *at)) if places else None


def _distance(claim: Growth, start: int, end: int) -> int:
    return max(start - claim.end, claim.start - end, 0)
