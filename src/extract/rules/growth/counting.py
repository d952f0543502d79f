"""The number or share of something as the metric, whatever stands between it and the word of change.

The study shows the [number of people diagnosed as obese] has increased by 2 %
The [percentage of dealers] who believe they will be profitable has fallen to 40 %

The walk from the word of change to the left (`subjects`) ends at the nearest noun phrase. If a count begins
before that and reaches up to the verb, it is the metric: without a relative clause, but with a participle.
"""

from __future__ import annotations

from extract.rules.growth import phrases
from extract.rules.growth.claim import Claim, amounts_of
from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds, word_group
from extract.rules.growth.openings import is_finite, is_participle, verb_of
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence

_HEADS = word_group("counting_heads")
_RELATIVES = word_group("metric_relatives")
_POSITIONS = frozenset({"verb", "clause", "level", "syntax"})
# What does not stand within it: another clause, another change, a saying.
_BORDERS = frozenset(kinds(", ; : stop open close quote change_verb factor_verb reach_verb say_verb"))
_IDLE = frozenset(kinds("time modifier preposition at"))


def by_count(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Give claims the number or share that the words before their verb belong to."""
    others = amounts_of(found)
    for claim in found:
        if claim.metric_by in _POSITIONS and claim.metric is not None and claim.metric[1] < claim.cue:
            count = _count(sentence, claim, others)
            if count is not None and not _overlap(count, claim.metric):
                claim.metric = count
    return found


def _overlap(count: Bounds, near: Bounds) -> bool:
    """The phrase found near the verb has the head of the count in it."""
    return near[0] <= count[0] <= near[1]


def _count(sentence: Sentence, claim: Claim, others: set[int]) -> Bounds | None:
    """The count whose words reach up to the verb of a claim; None if there is none, or it ends before."""
    end = min(claim.first, claim.cue)
    found = verb_of(sentence, end)
    verb = end if found is None else found
    for i in range(verb - 1, max(-1, verb - REACH), -1):
        if sentence.codes[i] in _BORDERS or i in others:
            return None
        if sentence.items[i].word in _HEADS and sentence.codes[i + 1] == kinds("of"):
            several = i > 0 and sentence.items[i - 1].word in ("a", "an")  # a number of companies
            return None if several else _bounds(sentence, i, verb)
    return None


def _bounds(sentence: Sentence, head: int, verb: int) -> Bounds | None:
    """From the words before the head to a relative clause or the verb; None if another verb is before it."""
    relative = next((i for i in range(head + 2, verb) if sentence.items[i].word in _RELATIVES), None)
    last = verb - 1 if relative is None else relative - 1
    for i in range(head + 2, last + 1):
        if is_finite(sentence.items[i]) and not is_participle(sentence, i, verb):
            return None
    while last > head and sentence.codes[last] in _IDLE:
        last -= 1
    first = head
    while (
        first
        and sentence.items[first - 1].tag.startswith(("JJ", "NN"))
        and not sentence.items[first - 1].named
    ):
        first -= 1
    return phrases.trimmed(sentence, first, last)
