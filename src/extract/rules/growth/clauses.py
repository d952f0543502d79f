"""The clause that contains a claim."""

from __future__ import annotations

from extract.rules.growth.claim import Claim
from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds
from extract.rules.growth.symbols import Sentence

VERBS = frozenset(kinds("change_verb factor_verb reach_verb verb say_verb auxiliary forecast_verb"))


def clause(sentence: Sentence, claim: Claim) -> tuple[int, int]:
    """First and last item of the claim's clause: between subordinators, semicolons, verbs of change."""
    codes = sentence.codes
    first, last = min(claim.first, claim.metric[0] if claim.metric else claim.first), claim.last
    floor, ceiling = max(0, first - REACH), min(len(codes), last + REACH)
    while first > floor and not _begins_a_clause(codes, first - 1):
        first -= 1
    while last + 1 < ceiling and (
        codes[last + 1] not in kinds("subordinator semicolon colon change_verb factor_verb")
        or codes[last + 1 : last + 3] == kinds("subordinator of")  # below | that of last year
        or sentence.items[last + 1].word == "than"  # smaller | than the record set in 2006
    ):
        last += 1
    return first, last


def _begins_a_clause(codes: str, i: int) -> bool:
    """A subordinator, a semicolon, or a colon; but `On the week: crude +3.8 %` is one clause."""
    if codes[i - 1 : i + 2] == kinds("comma subordinator auxiliary"):
        return False  # over the past year, | that has gone up
    if codes[i] != kinds("colon"):
        return codes[i] in kinds("subordinator semicolon")
    heading = codes[max(0, i - REACH) : i]
    return kinds("time") not in heading or not VERBS.isdisjoint(heading)


def segment(sentence: Sentence, i: int) -> tuple[int, int]:
    """First and last item between the commas around item `i`."""
    codes = sentence.codes
    first, last = i, i
    while (
        first > 0
        and i - first < REACH
        and codes[first - 1] not in kinds("comma semicolon colon subordinator open")
    ):
        first -= 1
    while (
        last + 1 < len(codes)
        and last - i < REACH
        and codes[last + 1] not in kinds("comma semicolon colon subordinator close")
    ):
        last += 1
    return first, last
