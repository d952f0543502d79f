"""The context of a claim: its period and baseline, and the word that makes it other than actual."""

from __future__ import annotations

import re
from functools import cache

from extract import lexicons
from extract.rules.growth.claim import ALTERNATIVE, Claim
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


def set_times(sentence: Sentence, found: list[Claim]) -> None:
    """Give the claims of a sentence their periods and baselines.

    Each is looked for in the claim's clause. A period stated once holds for the clauses that follow it.
    """
    dates = [_by_distance(sentence, claim, clause(sentence, claim)) for claim in found]
    compared: set[int] = set()
    for claim, near in zip(found, dates, strict=True):
        baselines = [i for i in near if _is_baseline(sentence, claim, i)]
        claim.baseline = next(iter(baselines), None)
        compared.update(baselines)
    stated: int | None = None
    for claim, near in zip(found, dates, strict=True):
        own = [i for i in near if i not in compared and _is_period(sentence, claim, i)]
        nearer = [i for i in own if not _belongs_to_another(claim, found, i)]
        claim.period = stated = next(iter(nearer or own), stated)


def _belongs_to_another(claim: Claim, found: list[Claim], i: int) -> bool:
    """Another claim stands between the claim and the date behind it."""
    return any(
        claim.magnitude < c.magnitude < i and c.cue >= claim.cue and c.rule != ALTERNATIVE for c in found
    )


def time_end(sentence: Sentence, i: int) -> int:
    """The last item of a period: `the quarter ended Sept. 30`, `the year to July 7`."""
    ends = sentence.codes[i + 2 : i + 3] == "D" and sentence.items[i + 1].word in _UNTIL
    return i + 2 if ends else i


def _is_period(sentence: Sentence, claim: Claim, i: int) -> bool:
    item = sentence.items[i]
    if item.direction == "SET" and " " not in item.word:
        return False  # quarterly
    if sentence.codes[i - 1] in "MQ" and _RATE.match(item.word):
        return False  # $75 a month
    if sentence.items[i - 1].word in _UNTIL and sentence.codes[max(0, i - 2)] == "D":
        return False  # the six months | ended Oct. 1
    in_metric = claim.metric is not None and claim.metric[0] <= i <= claim.metric[1]
    if in_metric and item.direction == "DURATION":
        return False  # two-year bond yields
    if item.word == "now" and not claim.first <= i <= claim.magnitude:
        return False
    attributive = sentence.codes[i + 1 : i + 2] in ("w", "N") and not in_metric and i > claim.first
    if i < claim.cue and _in_relative_clause(sentence, claim, i):
        return False
    return in_metric or not (attributive or _of_the_saying(sentence, i) or _of_a_record(sentence, i))


def _in_relative_clause(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date stands in an insertion ahead of the cue: `The plant, which opened in 2015, raised output`."""
    start = sentence.codes.rfind(",", max(0, i - REACH), i)
    inserted = start > 0 and "," in sentence.codes[i : claim.cue]
    return inserted and sentence.items[start + 1].word in (
        "which",
        "who",
        "whose",
        "opened",
        "founded",
        "built",
    )


def _by_distance(sentence: Sentence, claim: Claim, bounds: tuple[int, int]) -> list[int]:
    """The date items between the bounds, nearest to the claim first, those behind it before those ahead."""
    dates = [i for i in range(bounds[0], bounds[1] + 1) if sentence.codes[i] == "D"]
    rates = [i for i in dates if sentence.items[i].direction == "SET"]  # a year: only where no time is told
    return sorted(
        dates,
        key=lambda i: (i in rates, claim.first - i + 3 if i < claim.first else max(0, i - claim.last)),
    )


_BESIDE_LEVEL = re.compile(r"(?:[do]w{1,2}|iw)?,?[iaomw]?$")  # `a share, in` between a level and its time


def _is_baseline(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date is what the change is compared with."""
    item = sentence.items[i]
    if item.direction == COMPARING:
        return True
    if 0 < i - claim.cue <= _NEAR and sentence.items[claim.cue].word in ("below", "above"):
        return True  # a quarter below their peak of 2021
    if claim.rule == "growth.times_as" and i > claim.cue:
        return True
    if (
        claim.from_ is not None
        and claim.from_ < i
        and _BESIDE_LEVEL.fullmatch(sentence.codes[claim.from_ + 1 : i])
    ):
        return True
    before = [sentence.items[k] for k in range(max(0, i - 2), i)]
    if _BASELINE.search(item.word):
        fronted = i < claim.cue and (not before or before[-1].code == "i")
        return not (fronted and item.word.startswith("the year-"))  # for the year-earlier nine months
    if any(item.word in _SINCE for item in before):
        return not _of_a_record(sentence, i)
    if any(item.code == "U" and item.word.endswith("than") for item in before):
        return True
    if before and before[-1].word == "over":
        return bool(_ONE_BEFORE.fullmatch(item.word))
    return bool(before) and before[-1].code in _LEADING


def _of_the_saying(sentence: Sentence, i: int) -> bool:
    """The date tells when it was said: `said on Monday`, `in a report on Wednesday`."""
    before = sentence.codes[max(0, i - 5) : i]
    return (
        bool(re.search(r"s[dew\"]{0,4}[ia]?$", before)) or "according" in sentence.items[max(0, i - 5)].word
    )


def _of_a_record(sentence: Sentence, i: int) -> bool:
    """The date tells how far back a record goes: `the highest in 32 years`."""
    return any(item.word in _superlatives() for item in sentence.items[max(0, i - 4) : i])


@cache
def _superlatives() -> frozenset[str]:
    return frozenset(lexicons.load("growth")["words"]["superlatives"].split())


def clause(sentence: Sentence, claim: Claim) -> tuple[int, int]:
    """First and last item of the claim's clause: between subordinators, semicolons and other verbs."""
    codes = sentence.codes
    first, last = min(claim.first, claim.metric[0] if claim.metric else claim.first), claim.last
    floor, ceiling = max(0, first - REACH), min(len(codes), last + REACH)
    while first > floor and codes[first - 1] not in "k;:":
        first -= 1
    while last + 1 < ceiling and codes[last + 1] not in "k;:VX":
        last += 1
    return first, last


@cache
def _status_words() -> dict[str, str]:
    table = lexicons.load("growth")
    words = {w: status for status, group in table["status"].items() for w in group.split()}
    words |= {w: "projected" for forms in table["verbs"]["project"] for w in forms.split()}
    return words


_RANK = {"negated": 3, "hypothetical": 2, "projected": 1}


def status(sentence: Sentence, claim: Claim) -> tuple[str, int | None]:
    """The status of the claim and the item whose word gives it; (`actual`, None) by default."""
    best: tuple[str, int | None] = ("actual", None)
    for i in _status_items(sentence, claim):
        found = _status_of(sentence, i)
        if found == "negated" and min(claim.cue, claim.first) - i > 4 and not _denies(sentence, i):
            continue
        if _RANK.get(found, 0) > _RANK.get(best[0], 0):
            best = found, i
    return best


def _denies(sentence: Sentence, i: int) -> bool:
    """The word negates a whole clause that follows: `denied that`, `did not think that`."""
    return sentence.items[i].word.startswith("den") or sentence.codes[i + 1 : i + 2] in ("s", "j")


def _status_items(sentence: Sentence, claim: Claim) -> list[int]:
    """Where a word may stand that decides the status: before the cue, and right behind a noun of change."""
    first, _ = clause(sentence, claim)
    anchor = min(claim.cue, claim.first)
    floor = max(first - 1, anchor - 14, 0)
    joint = sentence.codes.rfind(",&", floor, anchor)  # , and the stock was down: another clause
    items = list(range(anchor - 1, max(floor, joint + 1) - 1, -1))
    if sentence.codes[claim.cue] == "N":
        behind = sentence.codes[claim.last + 1 : claim.last + 4]
        items += [claim.last + 1 + k for k, code in enumerate(behind) if code in "jr" and "x" in behind]
    return items


def _status_of(sentence: Sentence, i: int) -> str:
    item = sentence.items[i]
    if item.code in "DPpMQBFH":
        return "actual"
    if item.code == "r" and item.word == "due to":
        return "projected"
    if item.word in ("would", "'d") and _is_reported(sentence, i):
        return "projected"
    return _status_words().get(item.word, "actual")


def _is_reported(sentence: Sentence, i: int) -> bool:
    """`said it would halve output`: the future in the past; but `would`, if something happened, stays one."""
    near = range(max(0, i - REACH), min(len(sentence.items), i + REACH))
    said = any(sentence.codes[k] in "sj" for k in near if k < i)
    return said and not any(sentence.items[k].word in ("if", "unless", "were") for k in near)
