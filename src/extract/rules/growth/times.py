"""The times of a claim: its period, and the baseline that it is compared with.

Sales rose 5 % in [May] from [a year earlier]      -> period May, baseline a year earlier
"""

from __future__ import annotations

import re
from functools import cache

from extract import lexicons
from extract.rules.growth.claim import ALTERNATIVE, CONTINUED, Claim
from extract.rules.growth.clauses import VERBS, clause, segment
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.words import COMPARING, REACH

_BASELINE = re.compile(
    r"(?:an?|one|the)?\s*(?:\w+\s)?(?:year|month|week|quarter|day|period|decade|season|session)s?[\s-](?:earlier|ago|before|prior)\b"
    r"|\b(?:previous|prior|preceding|year-earlier|year-ago|same|corresponding|comparable)\b",
    re.IGNORECASE,
)
_UNTIL = frozenset({"ended", "ending", "to", "through"})
_NEAR = 5
_RATE = re.compile(r"(?:an?|per|each|every)\s")
_LEADING = frozenset("fC")
_SINCE = frozenset({"since", "than", "against"})
_ONE_BEFORE = re.compile(r"(?:last|previous|prior)\s+\w+|\d{4}|.*quarter", re.IGNORECASE)
_BESIDE_LEVEL = re.compile(
    r"(?:[do]w{1,2}|iw)?(?:&[dm]*[MQP])?,?[iaomw]?$"
)  # `a share, in` between a level and its time
_INSERTING = frozenset({"which", "who", "whose", "opened", "founded", "built"})
_THE = ("the ", "past ", "last ")
_IN = frozenset({"in", "over", "within", "for", "during", "by", "through", "across"})
_ADJECTIVE = re.compile(r",w[ia]D")
_REPORTING = frozenset("sjr")
_FROM = frozenset({"from", "between"})
_PAIR = re.compile(r"fDtD|[im]D&D")  # from March to May, between 2019 and 2023


def set_times(sentence: Sentence, found: list[Claim]) -> None:
    """Give the claims of a sentence their periods and baselines.

    Each is looked for in the claim's clause. A period stated once holds for the clauses that follow it.
    """
    dates = [_dates(sentence, claim) for claim in found]
    beside = [found[max(0, k - REACH) : k + REACH] for k in range(len(found))]
    compared: set[int] = set()
    for claim, others, near in zip(found, beside, dates, strict=True):
        baselines = [i for i in near if _is_baseline(sentence, claim, i)]
        own = [i for i in baselines if not _of_another_change(sentence, claim, others, i)]
        pair = _pair(sentence, claim, near)
        stated_before = claim.baseline
        claim.baseline, claim.period = pair or (next(iter(own), stated_before), None)
        if stated_before is not None:
            compared.add(stated_before)
        compared.update(pair[:1] if pair else baselines)
    stated: int | None = None
    for claim, others, near in zip(found, beside, dates, strict=True):
        if stated is not None and ";" in sentence.codes[stated : claim.cue]:
            stated = None
        own = [i for i in near if i not in compared and _is_period(sentence, claim, i)]
        nearer = [i for i in own if not _behind_another(claim, others, i)]
        claim.period = claim.period or next(iter(nearer or own), stated)
        if claim.period is not None and sentence.items[claim.period].word != "now":
            stated = claim.period


def _pair(sentence: Sentence, claim: Claim, dates: list[int]) -> tuple[int, int] | None:
    """Both ends of the time that a change took: `from March to May`, `between 2019 and 2023`."""
    for i in dates:
        if i > claim.cue and _PAIR.match(sentence.codes, i - 1) and sentence.items[i - 1].word in _FROM:
            return i, i + 2
    return None


def time_end(sentence: Sentence, i: int) -> int:
    """The last item of a period: `the quarter ended Sept. 30`, `the year to July 7`."""
    ends = sentence.codes[i + 2 : i + 3] == "D" and sentence.items[i + 1].word in _UNTIL
    return i + 2 if ends else i


def _dates(sentence: Sentence, claim: Claim) -> list[int]:
    """The dates of the claim's clause, nearest to the claim first, those behind it before those ahead."""
    first, last = clause(sentence, claim)
    dates = [
        i
        for i in range(first, last + 1)
        if sentence.codes[i] == "D" and not _of_another_verb(sentence, claim, i)
    ]
    rates = [i for i in dates if sentence.items[i].direction == "SET"]  # a year: only where no time is told
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
    return bool(between) and "D" in sentence.codes[claim.last + 1 : min(between)]


def _is_baseline(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date is what the change is compared with."""
    item = sentence.items[i]
    if item.direction == COMPARING:
        return True
    before = [sentence.items[k] for k in range(max(0, i - 2), i)]
    if item.direction == "DURATION" and before and before[-1].word in ("in", "within"):
        return False  # from 120 shillings in three months
    if 0 < i - claim.cue <= _NEAR and sentence.items[claim.cue].word in ("below", "above"):
        return True  # a quarter below their peak of 2021
    if (
        claim.rule == CONTINUED
        and sentence.codes[claim.magnitude + 1 : i] in ("", "i")
        and i > claim.magnitude
    ):
        return False  # rose 4 %, after 3 % in the previous month
    if claim.rule in ("growth.times_as", "growth.times_the") and i > claim.cue:
        return True
    if claim.rule == "growth.lower_than" and claim.from_ is not None and i > claim.from_:
        return True  # lower than the 16 cents it earned last year
    if (
        claim.from_ is not None
        and claim.from_ < i
        and _BESIDE_LEVEL.fullmatch(sentence.codes[claim.from_ + 1 : i])
    ):
        return True
    if _BASELINE.search(item.word):
        fronted = i < claim.cue and (not before or before[-1].code == "i")
        return not (fronted and item.word.startswith("the year-"))  # for the year-earlier nine months
    if any(item.word in _SINCE for item in before):
        return not _of_a_record(sentence, i)
    if any(item.code == "U" and item.word.endswith(("than", "ahead of", "behind")) for item in before):
        return True
    if before and before[-1].word == "over":
        return bool(_ONE_BEFORE.fullmatch(item.word))
    return bool(before) and before[-1].code in _LEADING


def _is_period(sentence: Sentence, claim: Claim, i: int) -> bool:
    """Nothing says that the date is not the claim's period."""
    if any(test(sentence, i) for test in _NO_PERIODS) or any(test(sentence, claim, i) for test in _NOT_ITS):
        return False
    if claim.metric is not None and claim.metric[0] <= i <= claim.metric[1]:
        return sentence.items[i].direction != "DURATION"  # two-year bond yields
    return not (_of_the_saying(sentence, i) or _of_a_record(sentence, i))


def _attributive(sentence: Sentence, i: int) -> bool:
    """`May` in `the May figures`."""
    return sentence.codes[i + 1 : i + 2] in ("w", "N")


def _repeated(sentence: Sentence, i: int) -> bool:
    """`quarterly`."""
    item = sentence.items[i]
    return item.direction == "SET" and " " not in item.word


def _rate(sentence: Sentence, i: int) -> bool:
    """`$75 a month`."""
    return sentence.codes[i - 1] in "MQ" and bool(_RATE.match(sentence.items[i].word))


def _end_of_another(sentence: Sentence, i: int) -> bool:
    """`the six months ended | Oct. 1`."""
    return sentence.items[i - 1].word in _UNTIL and sentence.codes[max(0, i - 2)] == "D"


def _length_of_thing(sentence: Sentence, i: int) -> bool:
    """`a 17-year high`."""
    item = sentence.items[i]
    return item.direction == "DURATION" and "-" in item.word and _attributive(sentence, i)


def _mere_length(sentence: Sentence, i: int) -> bool:
    """`after ten years of service`, `after hours`, `waiting four hours`: how long something else lasts."""
    item = sentence.items[i]
    if item.direction != "DURATION" or not i or item.word.startswith(_THE):
        return False
    return " " not in item.word or sentence.items[i - 1].word not in _IN


def _of_an_adjective(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`raised the dividend to 3 cents, payable on May 3 to holders of May 1`."""
    return bool(_ADJECTIVE.search(sentence.codes, claim.last + 1, i + 1))


def _kind_of_thing(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`crude for August delivery`: the time tells what sort of thing it is."""
    within = claim.metric is not None and claim.metric[0] < i <= claim.metric[1]
    return within and _attributive(sentence, i) and sentence.codes[i - 1] == "i"


def _of_a_participle(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date goes with a verb behind the claim: `rose 5 %, reflecting a purchase in May`."""
    between = sentence.codes[claim.last + 1 : i].rstrip("iadem")
    return not _REPORTING.isdisjoint(between) and not between.endswith(",")


def _now(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`now` that does not stand within the claim, or with the verb of its level."""
    if sentence.items[i].word != "now" or claim.first <= i <= claim.magnitude:
        return False
    return not re.fullmatch("[xmvRU]*", sentence.codes[i + 1 : claim.first]) or i > claim.first


def _in_the_figures(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`the May figures`, unless it is the metric's or stands ahead of the claim."""
    in_metric = claim.metric is not None and claim.metric[0] <= i <= claim.metric[1]
    return not in_metric and i > claim.first and _attributive(sentence, i)


def _in_an_insertion(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date stands in an insertion ahead of the cue: `The plant, which opened in 2015, raised output`."""
    if i > claim.cue:
        return False
    start = sentence.codes.rfind(",", max(0, i - REACH), i)
    inserted = start > 0 and "," in sentence.codes[i : claim.cue]
    return inserted and sentence.items[start + 1].word in _INSERTING


def _of_the_saying(sentence: Sentence, i: int) -> bool:
    """The date tells when it was said: `said on Monday`, `in a report on Wednesday`."""
    before = sentence.codes[max(0, i - 5) : i]
    said = bool(re.search(r"s[dew\"]{0,4}[ia]?$", before)) and not _attributive(sentence, i)
    return said or "according" in sentence.items[max(0, i - 5)].word


_NO_PERIODS = (_repeated, _rate, _end_of_another, _length_of_thing, _mere_length)
_NOT_ITS = (_now, _in_the_figures, _kind_of_thing, _in_an_insertion, _of_a_participle, _of_an_adjective)


def _of_a_record(sentence: Sentence, i: int) -> bool:
    """The date tells how far back a record goes: `the highest in 32 years`."""
    return any(item.word in _superlatives() for item in sentence.items[max(0, i - 4) : i])


@cache
def _superlatives() -> frozenset[str]:
    return frozenset(lexicons.load("growth")["words"]["superlatives"].split())
