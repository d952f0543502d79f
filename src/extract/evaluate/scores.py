"""Scores: counts of matched, gold and found facts for each row, with precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import comb

from extract.evaluate.align import aligned
from extract.evaluate.gold import Gold
from extract.evaluate.keys import states
from extract.evaluate.match import Match
from extract.evaluate.rows import ROWS, Row
from extract.records import Entity, Fact

MISSED, FALSE = "missed", "false"
SAME = "same entity (pairs)"


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of a row. Precision, recall and F1 are between 0 and 1, and 0 if there are no facts.

    Attributes:
        kind: The kind of fact.
        row: The name of the row.
        hits: Number of found facts that are right.
        gold: Number of gold facts.
        found: Number of found facts.
        answered: Number of gold facts that were found, if it may differ from `hits`; else None.
    """

    kind: str
    row: str
    hits: int
    gold: int
    found: int
    answered: int | None = None

    @property
    def precision(self) -> float:
        """The share of the found facts that is right."""
        return self.hits / max(self.found, 1)

    @property
    def recall(self) -> float:
        """The share of the gold facts that was found correctly."""
        return (self.hits if self.answered is None else self.answered) / max(self.gold, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        if self.answered is None:
            return 2 * self.hits / max(self.gold + self.found, 1)
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def __add__(self, other: Score) -> Score:
        """The sum of the counts of two scores of the same row."""
        answered = None if self.answered is None else self.answered + (other.answered or 0)
        counts = (self.hits + other.hits, self.gold + other.gold, self.found + other.found, answered)
        return Score(self.kind, self.row, *counts)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one evaluation.

    Attributes:
        scores: One score per row, by kind, in the order of the table. Rows without facts are omitted.
        labels: The number of entities by gold label and found label. The found label is `missed` for
            entities that were not found; the gold label is `false` for those not in the gold.
        articles: The scores of each article, by its id.
    """

    scores: tuple[Score, ...]
    labels: Mapping[tuple[str, str], int]
    articles: Mapping[str, tuple[Score, ...]] = field(default_factory=dict)


def score(gold: Gold | Iterable[Fact], found: Iterable[Fact], *, labels: bool = False) -> Figures:
    """Score found facts against the gold, by article and kind, limited to what the gold covers.

    Args:
        gold: The gold.
        found: The facts to score.
        labels: Add a row for each entity label, scored by exact span and label as in CoNLL.
    """
    matches = aligned(gold, found)
    by_article: dict[str, list[Match]] = {}
    for pair in matches:
        by_article.setdefault(pair.fact.doc_id, []).append(pair)
    articles = {name: _scores(by_article[name]) for name in sorted(by_article)}
    if labels:
        articles = {name: (*scores, *_of_labels(by_article[name])) for name, scores in articles.items()}
    return Figures(summed(articles.values()), _confusion(matches), articles)


def _scores(matches: Iterable[Match]) -> tuple[Score, ...]:
    """The scores of one article."""
    scores = [_count(kind, row, matches) for kind, rows in ROWS.items() for row in rows]
    scores.insert(len(ROWS["entity"]), _coreference(matches))
    return tuple(s for s in scores if s.gold or s.found)


def _of_labels(matches: Iterable[Match]) -> Iterator[Score]:
    """A score for each entity label; an entity is right if its span and label are."""
    golds, founds, both = Counter[str](), Counter[str](), Counter[str]()
    for gold, found in _mentions(matches):
        golds.update([gold.label] if gold else [])
        founds.update([found.label] if found else [])
        if gold and found and (gold.start, gold.end, gold.label) == (found.start, found.end, found.label):
            both[gold.label] += 1
    for label in sorted(golds | founds):
        yield Score("entity", label, both[label], golds[label], founds[label])


def summed(articles: Iterable[Iterable[Score]]) -> tuple[Score, ...]:
    """The scores summed over articles, in the order of the table; rows not in the table come last."""
    sums: dict[tuple[str, str], Score | None] = dict.fromkeys(_order())
    for scores in articles:
        for one in scores:
            so_far = sums.get((one.kind, one.row))
            sums[one.kind, one.row] = so_far + one if so_far else one
    return tuple(one for one in sums.values() if one)


def _order() -> Iterator[tuple[str, str]]:
    """Kind and name of every row, in the order of the table."""
    for kind, rows in ROWS.items():
        yield from ((kind, row.name) for row in rows)
        if kind == "entity":
            yield kind, SAME


def _count(kind: str, row: Row, matches: Iterable[Match]) -> Score:
    hits = golds = founds = 0
    for pair in matches:
        if pair.fact.kind == kind:
            in_gold = _counts(row, pair.gold)
            in_found = _counts(row, pair.found) and (in_gold or not (row.optional and pair.gold))
            golds += in_gold
            founds += in_found
            hits += in_gold and in_found and row.test(pair.gold, pair.found)
    return Score(kind, row.name, hits, golds, founds)


def _counts(row: Row, fact: Fact | None) -> bool:
    return fact is not None and (row.slot is None or states(fact, row.slot))


def fails(pair: Match) -> list[str]:
    """The names of the rows whose tests a matched pair fails; empty if a side is missing."""
    if pair.gold is None or pair.found is None:
        return []
    return [row.name for row in ROWS[pair.gold.kind] if not _holds(row, pair.gold, pair.found)]


def _holds(row: Row, gold: Fact, found: Fact) -> bool:
    unasked = row.optional and not _counts(row, gold)
    return unasked or row.test(gold, found)


def _coreference(matches: Iterable[Match]) -> Score:
    """The score of pairs of mentions of the same entity.

    A country and its people share an id in records but are two entities in the gold; the label NORP
    distinguishes them.
    """
    golds: Counter[tuple[str, str]] = Counter()
    founds: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str, str]] = Counter()
    for gold, found in _mentions(matches):
        if gold and gold.entity_id:
            golds[gold.doc_id, gold.entity_id] += 1
        if found and found.entity_id:
            founds[found.doc_id, _thing(found)] += 1
        if gold and found and gold.entity_id:
            both[gold.doc_id, gold.entity_id, _thing(found)] += 1
    return Score("entity", SAME, _pairs(both), _pairs(golds), _pairs(founds))


def _thing(found: Entity) -> str:
    return f"{found.entity_id} {found.label == 'NORP'}"


def _pairs(clusters: Counter[tuple[str, str]] | Counter[tuple[str, str, str]]) -> int:
    return sum(comb(size, 2) for size in clusters.values())


def _mentions(matches: Iterable[Match]) -> Iterator[tuple[Entity | None, Entity | None]]:
    for pair in matches:
        gold = pair.gold if isinstance(pair.gold, Entity) else None
        found = pair.found if isinstance(pair.found, Entity) else None
        if gold or found:
            yield gold, found


def _confusion(matches: Iterable[Match]) -> dict[tuple[str, str], int]:
    return dict(
        Counter(
            (gold.label if gold else FALSE, found.label if found else MISSED)
            for gold, found in _mentions(matches)
        )
    )
