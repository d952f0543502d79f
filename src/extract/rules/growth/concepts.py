"""The concept of a claim's metric, and the words that narrow it: `metric_id` and `metric_qualifier`.

Brazil's beef exports to Japan       -> exports; beef; to Japan
average price of apples              -> crop_price; average; apples
GDP growth of 4 %                    -> gdp; slowed from 4 % to 3 %: gdp_growth_rate

The concept is that of the longest name in `metrics.toml` that covers the head of the phrase, if the
claim's amounts fit it. Names in modifiers and after prepositions belong to other concepts.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from extract.lexicons.metrics import Metrics, Name, Sort, metrics
from extract.rules.growth.evidence import Evidence
from extract.rules.growth.kinds import word_group
from extract.rules.growth.metric_names import Found, find
from extract.rules.growth.metric_qualifier import qualifier
from extract.rules.growth.metric_words import OWNER, Outside, Word, words_of

_JOINTS = frozenset({"and", "or", "&"})
_PLACING = word_group("concepts_placing")
_NO_NAME = (None, None)


def resolve(
    metric: str,
    evidence: Evidence,
    outside: Sequence[Outside] = (),
    *,
    of_country: bool = False,
    before: str | None = None,
) -> tuple[str | None, str | None]:
    """The concept of a metric and the words that narrow it.

    Args:
        metric: The phrase of what changed.
        evidence: What the claim's amounts are.
        outside: The parts of the phrase that are its owner, times and amounts.
        of_country: The owner is a country.
        before: The concept that the first word refers to, as `those` in `those to Japan`.

    Returns:
        `metric_id`, and `metric_qualifier`: the stretches of words that narrow it, joined by `; `. None for
        an unknown concept, and for no such words.
    """
    lexicon = metrics()
    words = words_of(metric, outside)
    if before is None:
        found = find(words, tuple(range(len(words))), frozenset(), evidence, lexicon)
    else:
        found = Found(Name(before, "names", (False,)), (0,), frozenset())
    if found is None or found.name.metric_id is None:
        return _NO_NAME
    head = words[found.covered[-1]].text if of_country else ""
    metric_id = _of_amounts(found.name, evidence, lexicon, of_country=head)
    if metric_id is None or not _means_it(words, found, evidence, lexicon):
        return _NO_NAME
    return metric_id, qualifier(metric, words, found, lexicon)


def resolve_short(
    metric: str, evidence: Evidence, outside: Sequence[Outside], stated: Set[str]
) -> tuple[str | None, str | None]:
    """The concept of a short metric (`the deficit`) in an article that names one in full.

    Args:
        metric: The phrase of what changed.
        evidence: What the claim's amounts are.
        outside: The parts of the phrase that are its owner, times and amounts.
        stated: The concepts that the article's other claims name.

    Returns:
        Its id and what narrows it (`average`); None where the metric is not such a word, or the article
        names several concepts by it.
    """
    lexicon = metrics()
    idle = lexicon.words["empty"] | lexicon.words["statistical"] | lexicon.words["times"]
    known = words_of(metric, outside)
    words = [word.text for word in known if not word.outside and word.text not in idle]
    if len(words) == 2 and words[1] in _PLACING:  # `values in Sydney`
        words = words[:1]
    if len(words) != 1:
        return _NO_NAME
    meant = [
        metric_id
        for metric_id in sorted(lexicon.short.get(words[0], frozenset()))
        if metric_id in stated or lexicon.concepts[metric_id].short_with & stated
    ]
    metric_id = (
        _of_amounts(Name(meant[0], "names", ()), evidence, lexicon, of_country="")
        if len(meant) == 1
        else None
    )
    if metric_id is None:
        return _NO_NAME
    narrowing = (lexicon.words["statistical"] | lexicon.words["foreseeing"]) - lexicon.words["empty"]
    return metric_id, " ".join(
        metric[word.start : word.end] for word in known if not word.outside and word.text in narrowing
    ) or None


def _of_amounts(name: Name, evidence: Evidence, lexicon: Metrics, *, of_country: str) -> str | None:
    """The concept that a name means with these amounts; None if they are of another sort.

    `of_country` is the last word of the metric if the owner is a country, else empty.
    """
    assert name.metric_id is not None
    concept = lexicon.concepts[name.metric_id]
    if of_country in concept.of_country:
        concept = lexicon.concepts[concept.of_country[of_country]]
    if evidence.sort is not None and evidence.sort in concept.instead:
        return concept.instead[evidence.sort]
    if concept.rate_of and evidence.growth == "increase":
        return concept.rate_of
    if evidence.sort is not None and not any(
        _agrees(sort, evidence.sort) for sort in (concept.sort, *concept.also)
    ):
        return None
    return concept.metric_id


def _agrees(sort: Sort, stated: str) -> bool:
    """Amounts of the sort `stated` are possible for a concept of this sort."""
    moneys = ("money", "price")
    return (
        sort == stated
        or (sort in moneys and stated in moneys)
        or (sort in ("rate", "price") and stated == "index")
    )


def _means_it(words: Sequence[Word], found: Found, evidence: Evidence, lexicon: Metrics) -> bool:
    """The words around the name do not change its meaning, as its use requires."""
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
    return first > 0 and words[last].outside and words[first - 1].outside and words[first - 1].text != OWNER


def _counts(name: Name, lexicon: Metrics) -> bool:
    """What is named can be counted; shares with a price cannot."""
    concept = lexicon.concepts[name.metric_id or ""]
    return "count" in (concept.sort, *concept.also, *concept.instead)


def _joined(words: Sequence[Word], first: int, lexicon: Metrics) -> bool:
    """Another name or noun is joined to this one: `deposits and loans`, `hotels and restaurants`."""
    if first > 1 and words[first - 1].text in _JOINTS and not words[first - 2].outside:
        return True
    joint = next((i for i in range(first - 1, 0, -1) if words[i].text in _JOINTS), 0)
    name = lexicon.names.get(words[joint - 1].text) if joint else None
    return name is not None and name.use == "names"
