"""The name of a concept within a metric: the longest that covers its head.

price of oil                     -> oil price
record number of passengers      -> passengers; `record number of` only introduces it
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from extract.lexicons.metrics import Metrics, Name
from extract.rules.growth.evidence import Evidence
from extract.rules.growth.kinds import word_group
from extract.rules.growth.metric_words import MARKS, Word, head_of
from extract.rules.nouns import singular

_PASSING = word_group("metric_names_passing")
_REACH = 9  # words of a name after its head
_STEPS = 30  # phrases that are tried, each introduced by the one before it


class Found(NamedTuple):
    """A name, the words that it covers, and those that only introduce it."""

    name: Name
    covered: tuple[int, ...]
    leading: frozenset[int]


def find(
    words: Sequence[Word],
    places: tuple[int, ...],
    leading: frozenset[int],
    evidence: Evidence,
    lexicon: Metrics,
) -> Found | None:
    """The name of the phrase of the words at `places`; those at `leading` introduce it."""
    open_, tried = [(places, leading)], set[tuple[int, ...]]()
    while open_ and len(tried) < _STEPS:
        places, leading = open_.pop()
        if not places or places in tried:
            continue
        tried.add(places)
        head = head_of([word.text for word in words], places, lexicon.words["prepositions"])
        named = _named(words, places, head, lexicon)
        if named:
            return Found(*named, leading)
        word = words[places[head]].text
        passes = any(word in lexicon.words[group] for group in ("counting", "measuring", "foreseeing"))
        if passes or (evidence.growth and word in lexicon.words[evidence.growth]):
            open_ += reversed(_led_to(words, places, head, leading))
    return None


def _named(
    words: Sequence[Word], places: tuple[int, ...], head: int, lexicon: Metrics
) -> tuple[Name, tuple[int, ...]] | None:
    """The longest name that covers the head, also in the order `price of oil`."""
    covering = _covering(words, places, head, lexicon)
    blocked = covering is not None and covering[0].metric_id is None
    turned = None if blocked else _turned(words, places, head, lexicon)
    return max((name for name in (turned, covering) if name), key=_length, default=None)


def _led_to(
    words: Sequence[Word], places: tuple[int, ...], head: int, leading: frozenset[int]
) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    """What a head such as `number` introduces, the likelier first, each with the introducing words."""
    behind = words[places[head + 1]].text if head + 1 < len(places) else ""
    before = places[:head] + places[head + 1 :], leading | {places[head]}
    after = places[head + 2 :], leading | {*places[: head + 2]}
    if behind == "of":
        return [after, before] if head > 0 else [after]
    return [*([before] if head > 0 else []), *([after] if behind in _PASSING else [])]


def _length(named: tuple[Name, tuple[int, ...]]) -> int:
    return len(named[1])


def _turned(
    words: Sequence[Word], places: tuple[int, ...], head: int, lexicon: Metrics
) -> tuple[Name, tuple[int, ...]] | None:
    """The name `oil price` in `price of oil`."""
    if head + 2 >= len(places) or words[places[head + 1]].text not in _PASSING:
        return None
    rest = [p for p in places[head + 2 :] if words[p].text not in lexicon.words["empty"] | {"of"}]
    last = head_of([word.text for word in words], rest, lexicon.words["prepositions"]) if rest else -1
    noun = words[places[head]].text
    for first in range(max(0, last - lexicon.longest.get(noun, 0) + 2), last + 1):
        thing = rest[first : last + 1]
        before = [words[place].text for place in thing]
        for end in dict.fromkeys((before[-1], singular(before[-1]))):
            name = lexicon.names.get(" ".join([*before[:-1], end, noun]))
            if name and (name.use != "alone" or _alone(words, (*places[:head], *rest[:first]), (), lexicon)):
                narrows = (*name.narrows[:-1], any(name.narrows[:-1]), name.narrows[-1])
                return Name(name.metric_id, name.use, narrows), (*thing, places[head + 1], places[head])
    return None


def _covering(
    words: Sequence[Word], places: tuple[int, ...], head: int, lexicon: Metrics
) -> tuple[Name, tuple[int, ...]] | None:
    """The longest name that covers the head."""
    best: tuple[Name, tuple[int, ...]] | None = None
    for last in range(head, min(len(places), head + _REACH)):
        longest = lexicon.longest.get(words[places[last]].text, 0)
        for first in range(max(0, last - longest + 1), head + 1):
            covered = places[first : last + 1]
            if best and len(covered) <= len(best[1]):
                break
            name = lexicon.names.get(" ".join(words[place].text for place in covered))
            around = places[:first], places[last + 1 :]
            if name and (name.use != "alone" or _alone(words, *around, lexicon)):
                best = name, covered
                break
    return best


def _alone(words: Sequence[Word], before: Sequence[int], after: Sequence[int], lexicon: Metrics) -> bool:
    """The phrase has only the name, its owner, times, and words on how a figure is calculated.

    `growth in exports` is not such a phrase; in `growth in the euro zone` the last word is an owner.
    """
    idle = lexicon.words["empty"] | lexicon.words["statistical"] | lexicon.words["times"]
    of_it: list[int] = []
    if after and words[after[0]].text in _PASSING:
        ends = lexicon.words["prepositions"] | MARKS
        of_it = list(takewhile(lambda place: words[place].text not in ends, after[1:]))
    if of_it and words[of_it[-1]].text in lexicon.words["owners"] | lexicon.words["economies"]:
        of_it = []
    return all(words[place].outside or words[place].text in idle for place in (*before, *of_it))
