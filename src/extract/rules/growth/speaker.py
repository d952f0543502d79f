"""Who says it: the person or organisation that a claim is ascribed to in its own sentence.

"Exports rose 5 %," said Trade Minister [Ana Costa]
Growth reached 4 %, according to the [IMF]
The [World Bank] expects prices to fall 3 %
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span

from extract.rules.growth.claim import Claim
from extract.rules.growth.items import AMOUNTS, REACH
from extract.rules.growth.kinds import kinds, verb_forms, word_group
from extract.rules.growth.symbols import Sentence

_SPEAKERS = frozenset({"PERSON", "ORG", "GPE"})
_SOURCE = "according to"
_FAR = 10  # items between the saying and who says it: `said the bank's chief economist for Asia, X`


def speaker(sentence: Sentence, claim: Claim, names: dict[int, Span]) -> Span | None:
    """The named entity that says or expects the claim; `names` are the entities by their first token."""
    near = range(max(0, claim.cue - REACH), min(len(sentence.items), claim.cue + REACH))
    sayings = [
        i
        for i in near
        if sentence.codes[i] in kinds("say_verb forecast_verb") and sentence.items[i].word in _saying_words()
    ]
    for i in sorted(sayings, key=lambda i: (_looks_ahead(sentence.items[i].word), abs(i - claim.cue))):
        for step in (1, -1):
            if step > 0 and not _is_inverted(sentence, i, claim):
                continue  # behind `they say that` comes what they say
            found = _beside(sentence, i, step, names)
            if found is not None and not _in_metric(sentence, claim, found):
                return found
    return None


def _is_inverted(sentence: Sentence, saying: int, claim: Claim) -> bool:
    """Who says it stands behind the verb: `sales rose 5%, said Ana Costa`, `according to the IMF`."""
    word = sentence.items[saying].word
    after_claim = saying > claim.cue and sentence.codes[saying - 1] in ',"'
    return word == _SOURCE or (after_claim and not _looks_ahead(word))


def _beside(sentence: Sentence, saying: int, step: int, names: dict[int, Span]) -> Span | None:
    """The first speaker before (step -1) or behind (1) the saying, with no other verb or amount between.

    A place speaks only when it stands at the verb itself: in `its Zhengzhou plant said` it does not.
    """
    before = step < 0 and sentence.items[saying].word == _SOURCE
    for k in range(1, _FAR):
        i = saying + step * k
        if (
            before
            or not 0 <= i < len(sentence.items)
            or sentence.codes[i]
            in AMOUNTS
            + kinds(
                "change_verb factor_verb reach_verb verb auxiliary forecast_verb say_verb "
                "subordinator semicolon colon"
            )
        ):
            return None
        if sentence.codes[i] == kinds("comma") and (step > 0 or k > 1):
            return None
        span = names.get(sentence.items[i].start)
        if span is None or span.label_ not in _SPEAKERS:
            continue
        if step > 0 or span.label_ != "GPE" or span.end == sentence.items[saying].start:
            return span
    return None


def _in_metric(sentence: Sentence, claim: Claim, span: Span) -> bool:
    if claim.metric is None:
        return False
    metric = sentence.span(*claim.metric)
    return metric.start <= span.start < metric.end


@cache
def _saying_words() -> frozenset[str]:
    return word_group("sayings") | verb_forms("forecast_verb") | {_SOURCE}


def _looks_ahead(word: str) -> bool:
    return word in verb_forms("forecast_verb")
