"""The confidence of a record: how often records with the same evidence were right on gold.

Each record belongs to a cell of a table, by a few traits that predict correctness, the general ones first:

    entity     how certain the model is of the name, and what supports it: `sure; repeated`
    date       the rule, and whether the day of the article is known: `dates.ago; dated`
    money      the rule, and what gives the currency: `money.symbol_amount; stated`
    quantity   the rule: `quantities.percent`
    growth     the amounts stated, where the metric is, whether it is a known one: `size; near; known`

The table, `model/confidence.toml`, has the counts of right records and of all records of each cell, as
`extract evaluate --calibrate` counts them. A cell with few records is pooled with the cells that share
its first traits; the confidence is the lower end of the 95 % Wilson interval of the pooled share.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import sqrt

from extract.articles import Article
from extract.records import Date, Entity, Fact, Growth, Money, changed

Evidence = tuple[str, ...]  # the kind, then its traits
Certainty = Mapping[int, tuple[str, float]]  # the label and probability of the model's names, by their start

_POOLED = 10  # records of the parent cell with which each cell is pooled; of 3, 10 and 30 it ranks best
_Z = 1.96  # 95 %
_OWN = "mine."  # a user's own rules, which are not in gold
_LISTED = ("country:", "subdivision:")  # ids of names that are in our lists
_FAR = 5  # words between metric and change; with more, the metric is often that of another change
_SURE, _LIKELY = 0.99, 0.9  # probabilities: of 1,162 names, 98 %, 80 % and, below, 55 % were right
_AMOUNTS = {  # size, level after and level before, whether stated
    (True, False, False): "size",
    (False, True, False): "level",
    (True, True, False): "size and level",
    (False, True, True): "levels",
    (True, True, True): "size and levels",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of records that were right on gold.

    Attributes:
        digest: Of the gold files and articles that were counted, see `evaluate.digest`.
        counts: Right records and all records, by evidence.
    """

    digest: str
    counts: Mapping[Evidence, tuple[int, int]]
    _sums: dict[Evidence, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[Evidence, float | None] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for evidence, (right, of) in self.counts.items():
            for depth in range(1, len(evidence) + 1):
                before = self._sums.get(evidence[:depth], (0, 0))
                self._sums[evidence[:depth]] = before[0] + right, before[1] + of

    def confidence(self, evidence: Evidence | None) -> float | None:
        """The confidence of a record, 0 to 1; None without evidence, or for a kind that is not counted."""
        if evidence is None:
            return None
        if evidence not in self._known:
            self._known[evidence] = self._confidence(evidence)
        return self._known[evidence]

    def _confidence(self, evidence: Evidence) -> float | None:
        right, of = self._sums.get(evidence[:1], (0, 0))
        if not of:
            return None
        share, size = right / of, float(of)
        for depth in range(2, len(evidence) + 1):
            right, of = self._sums.get(evidence[:depth], (0, 0))
            size = float(of + _POOLED)
            share = (right + _POOLED * share) / size
        return round(_lowest(share, size), 3)


def _lowest(share: float, size: float) -> float:
    """The lower end of the Wilson interval of a share."""
    square = _Z * _Z
    spread = _Z * sqrt(share * (1 - share) / size + square / (4 * size * size))
    return max(0.0, (share + square / (2 * size) - spread) / (1 + square / size))


@cache
def shipped() -> Table:
    """The shipped table; empty if the package has none."""
    path = files("extract").joinpath("model", "confidence.toml")
    return parsed(path.read_text(encoding="utf-8")) if path.is_file() else Table("", {})


def parsed(text: str) -> Table:
    """The table in a file of counts, see `written`."""
    data = tomllib.loads(text)
    digest = str(data.pop("digest"))
    counts = {
        (kind, *cell.split("; ")): (int(right), int(of))
        for kind, cells in data.items()
        for cell, (right, of) in cells.items()
    }
    return Table(digest, counts)


def written(table: Table) -> str:
    """The file of a table: TOML with its digest and, by kind and traits, the records right and all."""
    lines = ["# Written by `extract evaluate --calibrate`: records that were right on gold, and all."]
    lines.append(f'digest = "{table.digest}"')
    kind = None
    for evidence, (right, of) in sorted(table.counts.items()):
        if evidence[0] != kind:
            kind = evidence[0]
            lines += ["", f"[{kind}]"]
        lines.append(f'"{"; ".join(evidence[1:])}" = [{right}, {of}]')
    return "\n".join(lines) + "\n"


def with_confidence(facts: Sequence[Fact], article: Article, certainty: Certainty) -> list[Fact]:
    """The facts of one article with their confidence.

    Args:
        facts: All facts of the article.
        article: The article; their offsets are of its text.
        certainty: The model's probabilities of the names that it found.
    """
    table = shipped()
    rated = zip(facts, evidence_of(facts, article, certainty), strict=True)
    return [changed(fact, confidence=table.confidence(evidence)) for fact, evidence in rated]


def evidence_of(facts: Sequence[Fact], article: Article, certainty: Certainty) -> Iterator[Evidence | None]:
    """The evidence of each fact; None if it is not measured on gold. Arguments as for `with_confidence`."""
    dated = "undated" if article.published is None else "dated"
    mentions = Counter(fact.entity_id for fact in facts if isinstance(fact, Entity))
    for fact in facts:
        if fact.rule.startswith(_OWN):
            yield None
        elif isinstance(fact, Entity):
            yield _of_entity(fact, mentions, certainty)
        elif isinstance(fact, Growth):
            known = "known" if fact.metric_id else "unknown"
            yield "growth", _amounts(fact), _metric(fact, article.text), known
        elif isinstance(fact, Money):
            yield "money", fact.rule, fact.currency_source or "no currency"
        elif isinstance(fact, Date):
            yield "date", fact.rule, dated
        else:
            yield fact.kind, fact.rule


def _of_entity(entity: Entity, mentions: Mapping[str, int], certainty: Certainty) -> Evidence | None:
    """How certain the model is, and what supports it; None if another model, or none, found the names."""
    if not certainty:
        return None
    label, chance = certainty.get(entity.start, ("", 0.0))
    sure = "sure" if chance >= _SURE else "likely" if chance >= _LIKELY else "unsure"
    if label != entity.label:
        sure = "by rule"
    if entity.entity_id.startswith(_LISTED):
        return "entity", sure, "listed"
    backed = "role" if entity.role else "repeated" if mentions[entity.entity_id] > 1 else "once"
    return "entity", sure, backed


def _amounts(claim: Growth) -> str:
    """Which amounts a claim states; their agreement is the strongest evidence."""
    if claim.check == "consistent":
        return "consistent"
    size, after, before = claim.change_value, claim.to_value, claim.from_value
    return _AMOUNTS.get((size is not None, after is not None, before is not None), "others")


def _metric(claim: Growth, text: str) -> str:
    """Where the metric of a claim is: near the change, far before it, or in another sentence."""
    source, start, end = claim.source, claim.metric_start, claim.metric_end
    if start is None or end is None or not source.sentence_start <= start < source.sentence_end:
        return "elsewhere"
    return "far" if len(text[end : claim.start].split()) > _FAR else "near"


def at_least(facts: Sequence[Fact], lowest: float) -> list[Fact]:
    """The facts whose confidence is not below a limit, and those that one of these refers to.

    A part of a sum, an amount that is restated and the first mention of a claim's subject, partner or
    speaker stay whatever their confidence, as do facts that have none.

    Args:
        facts: The facts of one article.
        lowest: The limit, from 0 to 1.
    """
    kept = {fact.fact_id for fact in facts if fact.confidence is None or fact.confidence >= lowest}
    by_id = {fact.fact_id: fact for fact in facts}
    mentioned = {fact.entity_id for fact in facts if isinstance(fact, Entity) and fact.fact_id in kept}
    first = {fact.entity_id: fact.fact_id for fact in reversed(facts) if isinstance(fact, Entity)}
    waiting = list(kept)
    while waiting:
        for name in _references(by_id[waiting.pop()]):
            fact_id = first.get(name, name) if name not in mentioned else None
            if fact_id in by_id and fact_id not in kept:
                kept.add(fact_id)
                waiting.append(fact_id)
    return [fact for fact in facts if fact.fact_id in kept]


def _references(fact: Fact) -> Iterable[str]:
    """The ids of facts and entities that a fact has in its fields."""
    if isinstance(fact, Growth):
        return filter(None, (fact.subject, fact.partner, fact.speaker))
    if isinstance(fact, Date | Entity):
        return ()
    restated = (fact.restates,) if isinstance(fact, Money) and fact.restates else ()
    return (*str(getattr(fact, "parts", None) or "").split(), *restated)
