"""The times of a claim: its period, and the baseline that it is compared with.

Sales rose 5 % in [May] from [a year earlier]      -> period May, baseline a year earlier
"""

from __future__ import annotations

from extract.rules.growth.baselines import is_baseline
from extract.rules.growth.claim import ALTERNATIVE, Claim
from extract.rules.growth.clauses import VERBS, clause, segment
from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds, matcher
from extract.rules.growth.periods import is_period
from extract.rules.growth.symbols import Sentence

_UNTIL = frozenset({"ended", "ending", "to", "through"})
_FROM = frozenset({"from", "between"})
_PAIR = matcher(
    r"from {time} to {time} | {preposition modifier} {time} and {time}"
)  # from March to May, between 2019 and 2023


def set_times(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Give the claims of a sentence their periods and baselines.

    Each is looked for in the claim's clause. A period stated once holds for the clauses that follow it.
    """
    dates = [_dates(sentence, claim) for claim in found]
    beside = [found[max(0, k - REACH) : k + REACH] for k in range(len(found))]
    compared: set[int] = set()
    for claim, others, near in zip(found, beside, dates, strict=True):
        baselines = [i for i in near if is_baseline(sentence, claim, i)]
        own = [i for i in baselines if not _of_another_change(sentence, claim, others, i)]
        pair = _pair(sentence, claim, near)
        stated_before = claim.baseline
        claim.baseline, claim.period = pair or (next(iter(own), stated_before), None)
        if stated_before is not None:
            compared.add(stated_before)
        compared.update(pair[:1] if pair else baselines)
    stated: int | None = None
    for claim, others, near in zip(found, beside, dates, strict=True):
        if stated is not None and kinds("semicolon") in sentence.codes[stated : claim.cue]:
            stated = None
        own = [i for i in near if i not in compared and is_period(sentence, claim, i)]
        nearer = [i for i in own if not _behind_another(claim, others, i)]
        claim.period = claim.period or next(iter(nearer or own), stated)
        if claim.period is not None and sentence.items[claim.period].word != "now":
            stated = claim.period
    return found


def _pair(sentence: Sentence, claim: Claim, dates: list[int]) -> tuple[int, int] | None:
    """Both ends of the time that a change took: `from March to May`, `between 2019 and 2023`."""
    for i in dates:
        if i > claim.cue and _PAIR.match(sentence.codes, i - 1) and sentence.items[i - 1].word in _FROM:
            return i, i + 2
    return None


def time_end(sentence: Sentence, i: int) -> int:
    """The last item of a period: `the quarter ended Sept. 30`, `the year to July 7`."""
    ends = sentence.codes[i + 2 : i + 3] == kinds("time") and sentence.items[i + 1].word in _UNTIL
    return i + 2 if ends else i


def _dates(sentence: Sentence, claim: Claim) -> list[int]:
    """The dates of the claim's clause, nearest to the claim first, those behind it before those ahead."""
    first, last = clause(sentence, claim)
    dates = [
        i
        for i in range(first, last + 1)
        if sentence.codes[i] == kinds("time") and not _of_another_verb(sentence, claim, i)
    ]
    rates = [i for i in dates if sentence.items[i].timex_type == "SET"]  # a year: only where no time is told
    return sorted(
        dates,
        key=lambda i: (i in rates, claim.first - i + 3 if i < claim.first else max(0, i - claim.last)),
    )


def _of_another_verb(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date ahead has a verb of its own: `where it was two years ago, | growth would be halved`."""
    if claim.metric is None or i >= min(claim.first, claim.metric[0]):
        return False
    first, last = segment(sentence, i)
    return last < min(claim.first, claim.metric[0]) and not VERBS.isdisjoint(sentence.codes[first:i])


def _behind_another(claim: Claim, found: list[Claim], i: int) -> bool:
    """Another claim stands between the claim and the date behind it."""
    return any(
        claim.magnitude < c.magnitude < i and c.cue >= claim.cue and c.rule != ALTERNATIVE for c in found
    )


def _of_another_change(sentence: Sentence, claim: Claim, found: list[Claim], i: int) -> bool:
    """The baseline at item `i` is that of another change, told by another word."""
    others = [c for c in found if c.cue != claim.cue]
    if any(c.magnitude < i < claim.cue and c.cue < i for c in others):
        return True
    between = [c.cue for c in others if claim.magnitude < c.cue < i]
    return bool(between) and kinds("time") in sentence.codes[claim.last + 1 : min(between)]
