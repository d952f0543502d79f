"""The words of a metric that narrow its concept: `beef; to Japan` of Brazil's beef exports to Japan."""

from __future__ import annotations

from collections.abc import Sequence

from extract.lexicons.metrics import Metrics
from extract.rules.growth.kinds import word_group
from extract.rules.growth.metric_names import Found
from extract.rules.growth.metric_words import MARKS, Word

_OWNING = word_group("metric_qualifier_owning")


def qualifier(metric: str, words: Sequence[Word], found: Found, lexicon: Metrics) -> str | None:
    """The stretches of words that narrow the concept, joined by `; `; None without one."""
    narrowing = _narrowing(words, found, lexicon)
    idle = {*found.covered, *found.leading} - narrowing
    first, last = min(found.covered), max(found.covered)
    inside = _of_phrases(words, last, lexicon, shares=found.name.metric_id == "share_price")
    stretches: list[list[Word]] = [[]]
    for i, word in enumerate(words):
        if i > last:
            kept = i in inside
        else:
            kept = i in narrowing or not (word.outside or (i < first and word.text in lexicon.words["times"]))
        if kept and i not in idle and word.text not in MARKS:
            stretches[-1].append(word)
        else:
            stretches.append([])
    texts = [_trimmed(metric, stretch, lexicon) for stretch in stretches]
    return "; ".join(text for text in texts if text) or None


def _narrowing(words: Sequence[Word], found: Found, lexicon: Metrics) -> set[int]:
    """The words of the name that narrow, and `forecast`."""
    parts = dict(zip(found.covered, found.name.narrows, strict=True))
    own = {place for place, narrows in parts.items() if narrows}
    return own | {i for i in found.leading if words[i].text in lexicon.words["foreseeing"]}


def _of_phrases(words: Sequence[Word], last: int, lexicon: Metrics, *, shares: bool) -> set[int]:
    """The words after the name that narrow it, phrase by phrase; the company of shares is their owner."""
    phrases: list[list[int]] = [[]]
    prepositions = lexicon.words["prepositions"]
    for i in range(last + 1, len(words)):
        leads = (
            words[i].text in prepositions and words[i - 1].text not in prepositions
        )  # not `to` of `due to`
        if leads or words[i].text in MARKS:
            phrases.append([])
        phrases[-1].append(i)
    if shares:
        phrases = [p for p in phrases if not p or words[p[0]].text != "of" or not words[p[-1]].capital]
    return {i for phrase in phrases for i in _of_phrase(words, phrase, lexicon)}


def _of_phrase(words: Sequence[Word], phrase: Sequence[int], lexicon: Metrics) -> Sequence[int]:
    """The words of a phrase that narrow: `for May delivery`, `warehouses` of `in Shanghai warehouses`.

    A phrase that ends with an owner has none, nor one that is only a time or an amount.
    """
    idle = lexicon.words["prepositions"] | lexicon.words["empty"]
    if all(words[i].outside or words[i].text in idle for i in phrase):
        return ()
    end = words[phrase[-1]]
    if end.text in lexicon.words["parts"] and any(words[i].owner for i in phrase):
        return ()
    if end.owner or (end.text in lexicon.words["owners"] and words[phrase[0]].text in _OWNING):
        return ()
    if any(words[i].owner for i in phrase) and words[phrase[0]].text != "between":
        return [i for i in phrase if not words[i].owner and words[i].text not in idle]
    return phrase


def _trimmed(metric: str, stretch: list[Word], lexicon: Metrics) -> str | None:
    """The text of a stretch without function words at its ends; None if nothing is left."""
    empty, prepositions = lexicon.words["empty"], lexicon.words["prepositions"]
    while stretch and (stretch[-1].text in empty or stretch[-1].text in prepositions):
        stretch = stretch[:-1]
    while stretch and stretch[0].text in empty:
        stretch = stretch[1:]
    return metric[stretch[0].start : stretch[-1].end] if stretch else None
