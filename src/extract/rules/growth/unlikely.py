"""Phrases that cannot be a metric: the metric is then an earlier one.

fell to [14.3 million], down 5 %                    an amount
less than [analysts] had forecast, and down from 3  who says it
"""

from __future__ import annotations

from dataclasses import replace

from extract.rules.growth.claim import Claim
from extract.rules.growth.items import AMOUNTS
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.phrases import Bounds, head_of
from extract.rules.growth.symbols import Sentence

_COUNTING = frozenset({"growth.stock_change", "growth.stock_noun", "growth.stock_changed"})
_BEFORE_AGENT = matcher(r"{forecast_verb raising} by {article determiner modifier}* $")


def without_unlikely(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Remove metrics that cannot be right, so that an earlier one is used."""
    return [
        replace(claim, metric=None) if claim.metric and _is_unlikely(sentence, claim, claim.metric) else claim
        for claim in found
    ]


def _is_unlikely(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    if claim.rule in _COUNTING:
        return False
    tests = (_is_amount, _is_verbal, _is_day, _says, _is_quoted, _reports)
    return any(test(sentence, claim, phrase) for test in tests)


def _is_amount(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`14.3 million`, `the 1.5 billion including textiles`; not `300 jobs`, `S&P 500`."""
    _, head = head_of(sentence, phrase)
    named = sentence.codes[head] == kinds("number") and kinds("word") in sentence.codes[phrase[0] : head]
    return sentence.codes[head] in AMOUNTS and not sentence.items[head].noun and not named


def _is_day(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`the index closed | the day | 16 points lower`."""
    return phrase[0] == phrase[1] and sentence.items[phrase[0]].word in ("day", "session", "week")


def _is_verbal(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`turn out` in `is likely to turn out at 3 %`."""
    first, last = sentence.items[phrase[0]], sentence.items[phrase[1]]
    if phrase[0] == phrase[1] and first.tag in ("VBN", "VBD") and not first.named:
        return sentence.codes[phrase[0] - 1 : phrase[0]] == kinds("auxiliary")  # has | fallen
    return (
        claim.metric_by != "pattern"
        and first.tag == "VB"
        and last.tag in ("VB", "RP", "RB")
        and not first.named
    )


def _reports(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`statistics showed a decline`: a report of a change does not change."""
    head = sentence.items[head_of(sentence, phrase)[1]]
    telling = sentence.codes[phrase[1] + 1 : phrase[1] + 2] == kinds("say_verb")
    return claim.metric_by == "clause" and telling and head.word in word_group("documents")


def _is_quoted(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`, the agency said on Friday, above the 0.4 % rise of May`: who says it, in an insertion."""
    verb = phrase[1] + 1
    if claim.cue <= verb or sentence.items[verb].word not in word_group("sayings"):
        return False
    opened = kinds("comma") in sentence.codes[max(0, phrase[0] - 2) : phrase[0]]
    return opened and kinds("comma") in sentence.codes[verb : claim.cue]


def _says(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`analysts` in `forecast by analysts`."""
    return _BEFORE_AGENT.search(sentence.codes[: phrase[0]]) is not None
