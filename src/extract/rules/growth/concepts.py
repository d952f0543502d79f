"""The concept that a claim's metric is of, and the words that narrow it: `metric_id` and `metric_qualifier`.

Brazil's beef exports to Japan       -> exports; beef; to Japan
average price of apples              -> crop_price; average; apples
GDP growth of 4 %                    -> gdp; slowed from 4 % to 3 %: gdp_growth_rate

The concept is that of the longest name in `metrics.toml` that covers the head of the phrase, where the
claim's amounts agree with it. Names in modifiers and behind prepositions are of something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.lexicons.metrics import Metrics, Name, Sort, metrics
from extract.lexicons.phrases import word_spans
from extract.rules.growth.evidence import Evidence
from extract.rules.nouns import singular

_MARKS = frozenset(",;:()[]")
_PASSING = frozenset({"of", "for", "in", "on"})  # `number of`, `forecast for`, `growth in`
_JOINTS = frozenset({"and", "or", "&"})
_OWNER = "'s"
_REACH = 9  # words of a name behind its head
_NO_NAME = (None, None)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a metric: in small letters, and its place in the phrase.

    `outside` is said of the words of the owner, of times and amounts, which narrow nothing; `capital` of one
    that is written with a capital letter.
    """

    text: str
    start: int
    end: int
    outside: bool
    capital: bool


class Found(NamedTuple):
    """A name, the words that it covers, and those that only led to it."""

    name: Name
    covered: tuple[int, ...]
    leading: frozenset[int]


def resolve(
    metric: str,
    evidence: Evidence,
    outside: Sequence[tuple[int, int]] = (),
    *,
    of_country: bool = False,
    before: str | None = None,
) -> tuple[str | None, str | None]:
    """The concept of a metric and the words that narrow it.

    Args:
        metric: The phrase of what changed.
        evidence: What the claim's amounts are.
        outside: The bounds, within the phrase, of its owner, times and amounts.
        of_country: The owner is a country.
        before: The concept that the first word stands for, as `those` in `those to Japan`.

    Returns:
        `metric_id`, and `metric_qualifier`: the stretches of words that narrow it, joined by `; `. None for
        an unknown concept, and for no such words.
    """
    lexicon = metrics()
    words = _words(metric, outside)
    if before is None:
        found = _find(words, tuple(range(len(words))), frozenset(), evidence, lexicon)
    else:
        found = Found(Name(before, "names", (False,)), (0,), frozenset())
    if found is None or found.name.metric_id is None:
        return _NO_NAME
    metric_id = _of_amounts(found.name, evidence, lexicon, of_country=of_country)
    if metric_id is None or not _means_it(words, found, evidence, lexicon):
        return _NO_NAME
    return metric_id, _qualifier(metric, words, found, lexicon)


def _words(metric: str, outside: Sequence[tuple[int, int]]) -> list[Word]:
    """The words of a metric; what stands before the last `'s` at its front is an owner."""
    found = list(word_spans(metric))
    texts = [m[0].lower().replace("’", "'") for m in found]
    head = _head(texts, range(len(texts)), metrics().words["prepositions"])
    owner = max((found[i].end() for i in range(head) if texts[i] == _OWNER), default=0)
    bounds = [(0, owner), *outside]
    return [
        Word(text, m.start(), m.end(), any(a <= m.start() < b for a, b in bounds), m[0][:1].isupper())
        for text, m in zip(texts, found, strict=True)
    ]


def _head(texts: Sequence[str], places: Sequence[int], prepositions: frozenset[str]) -> int:
    """The index in `places` of the word before the first preposition or mark, or else of the last word."""
    for i in range(1, len(places)):
        text, before = texts[places[i]], texts[places[i - 1]]
        if text in _MARKS or (text in prepositions and before != _OWNER):
            return i - 1
    return len(places) - 1


def _find(
    words: Sequence[Word],
    places: tuple[int, ...],
    leading: frozenset[int],
    evidence: Evidence,
    lexicon: Metrics,
) -> Found | None:
    """The name of the phrase that the words at `places` are, `leading` being those that led to it."""
    if not places:
        return None
    head = _head([word.text for word in words], places, lexicon.words["prepositions"])
    covering = _covering(words, places, head, lexicon)
    blocked = covering is not None and covering[0].metric_id is None
    named = covering if blocked else _turned(words, places, head, lexicon) or covering
    if named:
        return Found(*named, leading)
    word = words[places[head]].text
    passes = any(word in lexicon.words[group] for group in ("counting", "measuring", "foreseeing"))
    if not passes and not (evidence.growth and word in lexicon.words[evidence.growth]):
        return None
    behind = words[places[head + 1]].text if head + 1 < len(places) else ""
    before = head > 0, places[:head] + places[head + 1 :], leading | {places[head]}
    after = behind in _PASSING, places[head + 2 :], leading | {*places[: head + 2]}
    for open_, rest, passed in (after, before) if behind == "of" else (before, after):
        found = _find(words, rest, passed, evidence, lexicon) if open_ else None
        if found:
            return found
    return None


def _turned(
    words: Sequence[Word], places: tuple[int, ...], head: int, lexicon: Metrics
) -> tuple[Name, tuple[int, ...]] | None:
    """The name `oil price` in `price of oil`."""
    if head + 2 >= len(places) or words[places[head + 1]].text not in _PASSING:
        return None
    rest = [p for p in places[head + 2 :] if words[p].text not in lexicon.words["empty"]]
    last = _head([word.text for word in words], rest, lexicon.words["prepositions"]) if rest else -1
    noun = words[places[head]].text
    for first in range(max(0, last - lexicon.longest.get(noun, 0) + 2), last + 1):
        thing = rest[first : last + 1]
        before = [words[place].text for place in thing]
        for end in dict.fromkeys((before[-1], singular(before[-1]))):
            name = lexicon.names.get(" ".join([*before[:-1], end, noun]))
            if name:
                narrows = (*name.narrows[:-1], False, name.narrows[-1])
                return Name(name.metric_id, name.use, narrows), (*thing, places[head + 1], places[head])
    return None


def _covering(
    words: Sequence[Word], places: tuple[int, ...], head: int, lexicon: Metrics
) -> tuple[Name, tuple[int, ...]] | None:
    """The longest name that covers the head."""
    best: tuple[Name, tuple[int, ...]] | None = None
    for last in range(head, min(len(places), head + _REACH)):
        longest = lexicon.longest.get(words[places[last]].text, 0)
        for first in range(max(0, last - longest + 1), head + 1):
            covered = places[first : last + 1]
            if best and len(covered) <= len(best[1]):
                break
            name = lexicon.names.get(" ".join(words[place].text for place in covered))
            if name and (name.use != "alone" or _alone(words, places[:first], lexicon)):
                best = name, covered
                break
    return best


def _alone(words: Sequence[Word], before: Sequence[int], lexicon: Metrics) -> bool:
    """Nothing stands before a name but its owner, and words that say how a figure is made."""
    idle = lexicon.words["empty"] | lexicon.words["statistical"]
    return all(words[place].outside or words[place].text in idle for place in before)


def _of_amounts(name: Name, evidence: Evidence, lexicon: Metrics, *, of_country: bool) -> str | None:
    """The concept that a name means beside these amounts; None where they are of another sort."""
    assert name.metric_id is not None
    concept = lexicon.concepts[name.metric_id]
    if evidence.sort is not None and evidence.sort in concept.instead:
        return concept.instead[evidence.sort]
    if concept.rate_of and evidence.growth == "increase":
        return concept.rate_of
    if evidence.sort is not None and not any(
        _agrees(sort, evidence.sort) for sort in (concept.sort, *concept.also)
    ):
        return None
    return concept.of_country if of_country and concept.of_country else concept.metric_id


def _agrees(sort: Sort, stated: str) -> bool:
    """Amounts of the sort `stated` may be those of a concept of this sort."""
    moneys = ("money", "price")
    return (
        sort == stated
        or (sort in moneys and stated in moneys)
        or (sort in ("rate", "price") and stated == "index")
    )


def _means_it(words: Sequence[Word], found: Found, evidence: Evidence, lexicon: Metrics) -> bool:
    """The words around the name leave it its meaning, as its use asks."""
    first, last = min(found.covered), max(found.covered)
    after = words[last + 1].text if last + 1 < len(words) else ""
    if after in ("per", "as") or _joined(words, first, lexicon) or _part_of_name(words, first, last):
        return False
    if any(words[i].text in lexicon.words["counting"] for i in found.leading) and not _counts(
        found.name, lexicon
    ):
        return False
    use = found.name.use
    if use == "things":
        return evidence.sort is not None and (first == 0 or not words[first].capital)
    if use == "narrowed":
        idle = lexicon.words["empty"] | lexicon.words["statistical"] | lexicon.words["prepositions"]
        led = {*found.covered, *found.leading}
        return any(i not in led and not w.outside and w.text not in idle for i, w in enumerate(words))
    return True


def _part_of_name(words: Sequence[Word], first: int, last: int) -> bool:
    """The words of a concept end the name of the owner: `Nippon Steel`."""
    return first > 0 and words[last].outside and words[first - 1].outside and words[first - 1].text != _OWNER


def _counts(name: Name, lexicon: Metrics) -> bool:
    """There may be a number of what is named: not of shares by their price."""
    concept = lexicon.concepts[name.metric_id or ""]
    return "count" in (concept.sort, *concept.also, *concept.instead)


def _joined(words: Sequence[Word], first: int, lexicon: Metrics) -> bool:
    """Another name is joined to this one: `deposits and loans`."""
    joint = next((i for i in range(first - 1, 0, -1) if words[i].text in _JOINTS), 0)
    name = lexicon.names.get(words[joint - 1].text) if joint else None
    return name is not None and name.use == "names"


def _qualifier(metric: str, words: Sequence[Word], found: Found, lexicon: Metrics) -> str | None:
    """The stretches of words that narrow the concept, joined by `; `; None without one."""
    narrowing = {place for place, narrows in zip(found.covered, found.name.narrows, strict=True) if narrows}
    idle = set(found.covered) | found.leading
    stretches: list[list[Word]] = [[]]
    for i, word in enumerate(words):
        if word.outside or (i in idle and i not in narrowing) or word.text in _MARKS:
            stretches.append([])
        else:
            stretches[-1].append(word)
    texts = [_trimmed(metric, stretch, lexicon) for stretch in stretches]
    return "; ".join(text for text in texts if text) or None


def _trimmed(metric: str, stretch: list[Word], lexicon: Metrics) -> str | None:
    """The text of a stretch without empty words at its ends; None when nothing is left."""
    empty, prepositions = lexicon.words["empty"], lexicon.words["prepositions"]
    while stretch and (stretch[-1].text in empty or stretch[-1].text in prepositions):
        stretch = stretch[:-1]
    while stretch and stretch[0].text in empty:
        stretch = stretch[1:]
    return metric[stretch[0].start : stretch[-1].end] if stretch else None
