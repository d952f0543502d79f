"""The figure that was expected: `rose 0.5 %, above the | 0.2 % | that economists expected`."""

from __future__ import annotations

from extract.rules.growth.claim import Claim, amounts_of
from extract.rules.growth.kinds import kinds, word_group
from extract.rules.growth.symbols import Sentence

_FAR = 16  # items from the end of a claim to its expected figure
_EARLIER = word_group("expected_earlier")
_BEHIND = 4  # items from the figure to the word that says it was expected


def take_expected(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Add to the claims the expected figures of their sentence, which are not earlier levels."""
    used = amounts_of(found)
    for claim in found:
        i = _expected(sentence, claim)
        if i is None or (i in used and i != claim.from_):
            continue
        claim.expected = i
        if claim.from_ == i:
            claim.from_ = None
    return [claim for claim in found if claim.amounts]


def _expected(sentence: Sentence, claim: Claim) -> int | None:
    """The item of the figure, after a word of comparison and next to a word of expectation."""
    compared = expecting = False
    wanted = {sentence.codes[i] for i in claim.amounts - {claim.from_}}
    for i in range(claim.magnitude + 1, min(len(sentence.items), claim.last + _FAR)):
        item = sentence.items[i]
        if i > claim.last and item.code in kinds("change_verb change_noun semicolon"):
            return None
        compared = compared or item.word in word_group("comparing") or item.code == kinds("comparator")
        expecting = expecting or item.word in word_group("expecting")
        if not compared or item.code not in wanted or i in claim.amounts - {claim.from_}:
            continue
        if not _EARLIER.isdisjoint(other.word for other in sentence.items[max(0, i - _BEHIND) : i]):
            return None  # raised its forecast to 5 % from its earlier forecast of 4 %
        behind = {other.word for other in sentence.items[i + 1 : i + 1 + _BEHIND]}
        return i if expecting or not behind.isdisjoint(word_group("expecting")) else None
    return None
