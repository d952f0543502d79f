"""Which dates a change is compared with: `from a year earlier`, `than in May`, `since 2019`."""

from __future__ import annotations

import re

from extract.rules.growth.claim import CONTINUED, Claim
from extract.rules.growth.kinds import COMPARING, kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence

_BASELINE = re.compile(
    r"""(?:an?|one|the)?\s*(?:\w+\s)?(?:year|month|week|quarter|day|period|decade|season|session)s?[\s-](?:earlier|ago|before|prior)\b"""
    r"|\b(?:previous|prior|preceding|year-earlier|year-ago|same|corresponding|comparable)\b",
    re.IGNORECASE,
)
_NEAR = 5
_LEADING = frozenset(kinds("from comparator"))
_SINCE = frozenset({"since", "than", "against"})
_ONE_BEFORE = re.compile(r"(?:last|previous|prior)\s+\w+|\d{4}|.*quarter", re.IGNORECASE)
_BESIDE_LEVEL = matcher(
    r"""({article of} {word}{1,2} | {preposition} {word})? (and {article modifier}*
        {money quantity percent})? \,? {preposition at of modifier word}? $"""
)  # `a share, in` between a level and its time


def is_baseline(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date is what the change is compared with."""
    item = sentence.items[i]
    if item.timex_type == COMPARING:
        return True
    before = [sentence.items[k] for k in range(max(0, i - 2), i)]
    if item.timex_type == "DURATION" and before and before[-1].word in ("in", "within"):
        return False  # from 120 shillings in three months
    if 0 < i - claim.cue <= _NEAR and sentence.items[claim.cue].word in ("below", "above"):
        return True  # a quarter below their peak of 2021
    if (
        claim.rule == CONTINUED
        and sentence.codes[claim.magnitude + 1 : i] in ("", kinds("preposition"))
        and i > claim.magnitude
    ):
        return False  # rose 4 %, after 3 % in the previous month
    if (
        claim.rule in ("growth.times_as", "growth.times_level", "growth.times_time", "growth.half_of")
        and i > claim.cue
    ):
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
        fronted = i < claim.cue and (not before or before[-1].code == kinds("preposition"))
        return not (fronted and item.word.startswith("the year-"))  # for the year-earlier nine months
    if any(item.word in _SINCE for item in before):
        return not of_a_record(sentence, i)
    if any(
        item.code == kinds("direction") and item.word.endswith(("than", "ahead of", "behind"))
        for item in before
    ):
        return True
    if before and before[-1].word == "over":
        return bool(_ONE_BEFORE.fullmatch(item.word))
    return bool(before) and before[-1].code in _LEADING


def of_a_record(sentence: Sentence, i: int) -> bool:
    """The date tells how far back a record goes: `the highest in 32 years`."""
    return any(item.word in word_group("superlatives") for item in sentence.items[max(0, i - 4) : i])
