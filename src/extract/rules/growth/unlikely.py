"""Phrases that no claim is about: the metric is then the one spoken of before.

fell to [14.3 million], down 5 %                    an amount
the [drop] was less than the 15-point decline       a change, with no word of what changed
less than [analysts] had forecast, and down from 3  who says it
"""

from __future__ import annotations

from dataclasses import replace

from extract.rules.growth.claim import Claim
from extract.rules.growth.items import AMOUNTS
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.metric import Bounds
from extract.rules.growth.symbols import Sentence

_COUNTING = frozenset({"growth.stock_change", "growth.stock_noun", "growth.stock_changed"})
_HEAD_ENDS = kinds("of preposition from to at")
_BEFORE_AGENT = matcher(r"{forecast_verb raising} by {article determiner modifier}* $")


def without_unlikely(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Take from the claims the metrics that cannot be meant, so that one told before takes their place."""
    return [
        replace(claim, metric=None) if claim.metric and _is_unlikely(sentence, claim, claim.metric) else claim
        for claim in found
    ]


def _is_unlikely(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    if claim.rule in _COUNTING:
        return False
    return _is_amount(sentence, phrase) or _is_bare_change(sentence, claim, phrase) or _says(sentence, phrase)


def _head(sentence: Sentence, phrase: Bounds) -> int:
    """The item of the phrase that its first preposition follows."""
    first, last = phrase
    return next((i - 1 for i in range(first + 1, last + 1) if sentence.codes[i] in _HEAD_ENDS), last)


def _is_amount(sentence: Sentence, phrase: Bounds) -> bool:
    """`14.3 million`, `the 1.5 billion including textiles`; not `300 jobs`."""
    head = _head(sentence, phrase)
    return sentence.codes[head] in AMOUNTS and not sentence.items[head].noun


def _is_bare_change(sentence: Sentence, claim: Claim, phrase: Bounds) -> bool:
    """`the drop`, `the 7.6 percent gain`; but `growth` is a metric, as is what no other change is told of."""
    head = sentence.items[_head(sentence, phrase)]
    before = sentence.codes[phrase[0] : _head(sentence, phrase)]
    return (
        head.code == kinds("change_noun")
        and head.word not in word_group("rates_of_change")
        and phrase[1] == _head(sentence, phrase)
        and not before.strip(AMOUNTS + kinds("article determiner modifier time"))
    )


def _says(sentence: Sentence, phrase: Bounds) -> bool:
    """`analysts` in `forecast by analysts`."""
    return _BEFORE_AGENT.search(sentence.codes[: phrase[0]]) is not None
