"""The words of a metric that narrow its concept: `beef; to Japan` of Brazil's beef exports to Japan."""

from __future__ import annotations

from collections.abc import Sequence

from extract.lexicons.metrics import Metrics
from extract.rules.growth.metric_names import Found
from extract.rules.growth.metric_words import MARKS, Word


def qualifier(metric: str, words: Sequence[Word], found: Found, lexicon: Metrics) -> str | None:
    """The stretches of words that narrow the concept, joined by `; `; None without one."""
    narrowing = {place for place, narrows in zip(found.covered, found.name.narrows, strict=True) if narrows}
    idle = {*found.covered, *found.leading} - narrowing
    whole = _phrases_behind(words, max(found.covered), lexicon)
    stretches: list[list[Word]] = [[]]
    for i, word in enumerate(words):
        if i in idle or word.text in MARKS or (word.outside and i not in whole):
            stretches.append([])
        else:
            stretches[-1].append(word)
    texts = [_trimmed(metric, stretch, lexicon) for stretch in stretches]
    return "; ".join(text for text in texts if text) or None


def _phrases_behind(words: Sequence[Word], last: int, lexicon: Metrics) -> set[int]:
    """The places behind the name in phrases with words of their own: `for May delivery`, not `in May`."""
    prepositions, empty = lexicon.words["prepositions"], lexicon.words["empty"]
    phrases: list[list[int]] = [[]]
    for i in range(last + 1, len(words)):
        if words[i].text in prepositions:
            phrases.append([])
        phrases[-1].append(i)
    own = prepositions | empty
    return {
        i
        for phrase in phrases
        if any(not words[j].outside and words[j].text not in own for j in phrase)
        for i in phrase
    }


def _trimmed(metric: str, stretch: list[Word], lexicon: Metrics) -> str | None:
    """The text of a stretch without empty words at its ends; None when nothing is left."""
    empty, prepositions = lexicon.words["empty"], lexicon.words["prepositions"]
    while stretch and (stretch[-1].text in empty or stretch[-1].text in prepositions):
        stretch = stretch[:-1]
    while stretch and stretch[0].text in empty:
        stretch = stretch[1:]
    return metric[stretch[0].start : stretch[-1].end] if stretch else None
