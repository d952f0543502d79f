"""Calibration of confidence: the counts it is computed from, and its reliability on held-out articles.

A record counts as right if its essential fields are right: span and label of an entity; value of a date;
amount and currency of money; amount and unit of a quantity; direction, size, unit, levels and metric (at
least half of its words) of growth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from extract.confidence import Evidence, Table
from extract.evaluate.align import aligned
from extract.evaluate.gold import Gold
from extract.evaluate.rows import RIGHT
from extract.records import KINDS, Fact

FOLDS = 10
_BANDS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A record with its evidence, and whether it is right."""

    article: str
    evidence: Evidence
    right: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """The kind and confidence of a record, and whether it is right."""

    kind: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well the confidence of some records matches their accuracy.

    Attributes:
        records: Number of records.
        right: The share of them that is right.
        confidence: The mean confidence.
        error: The expected calibration error: the mean difference between confidence and share of right
            records over ten bands of confidence, weighted by size.
        ranking: The probability that a right record has a higher confidence than a wrong one (area under the
            ROC curve): 0.5 is chance, 1 is perfect. None if all records are right, or all wrong.
    """

    records: int
    right: float
    confidence: float
    error: float
    ranking: float | None


def judged(gold: Gold, found: Sequence[tuple[Fact, Evidence | None]]) -> list[Judged]:
    """Judge the found records that the gold covers; records without evidence are omitted."""
    evidence = {(fact.doc_id, fact.fact_id): traits for fact, traits in found}
    facts = [fact for fact, _ in found]
    result = []
    for pair in aligned(gold, facts):
        if pair.found is not None:
            traits = evidence[pair.found.doc_id, pair.found.fact_id]
            right = pair.gold is not None and RIGHT[pair.found.kind](pair.gold, pair.found)
            if traits is not None:
                result.append(Judged(pair.found.doc_id, traits, right))
    return result


def table(records: Iterable[Judged], digest: str) -> Table:
    """Count the judged records and the right ones among them, by evidence.

    Args:
        records: The judged records.
        digest: The digest of their gold, see `gate.digest`.
    """
    counts: dict[Evidence, tuple[int, int]] = {}
    for one in records:
        right, of = counts.get(one.evidence, (0, 0))
        counts[one.evidence] = right + one.right, of + 1
    return Table(digest, counts)


def held_out(records: Sequence[Judged]) -> list[Graded]:
    """Grade each record with a table made from other articles, by tenfold cross-validation."""
    articles = sorted({one.article for one in records})
    part = {article: number % FOLDS for number, article in enumerate(articles)}
    result = []
    for fold in range(FOLDS):
        others = table((one for one in records if part[one.article] != fold), "")
        for one in records:
            if part[one.article] == fold:
                confidence = others.confidence(one.evidence)
                if confidence is not None:
                    result.append(Graded(one.evidence[0], confidence, one.right))
    return result


def bands(records: Iterable[Graded]) -> list[list[Graded]]:
    """The records grouped into ten bands of confidence, the lowest first: 0 to 0.1, and so on."""
    found: list[list[Graded]] = [[] for _ in range(_BANDS)]
    for one in records:
        found[min(_BANDS - 1, int(one.confidence * _BANDS))].append(one)
    return found


def reliability(records: Sequence[Graded]) -> Reliability:
    """The reliability of the confidence of records."""
    count = max(len(records), 1)
    gaps = (abs(sum(one.confidence - one.right for one in band)) for band in bands(records))
    return Reliability(
        records=len(records),
        right=sum(one.right for one in records) / count,
        confidence=sum(one.confidence for one in records) / count,
        error=sum(gaps) / count,
        ranking=_ranking(records),
    )


def _ranking(records: Iterable[Graded]) -> float | None:
    """The area under the ROC curve, in one pass by ascending confidence; ties count half."""
    right = wrong = 0
    won = 0.0
    for _, group in groupby(sorted(records, key=_confidence), key=_confidence):
        same = [one.right for one in group]
        hits = sum(same)
        won += hits * (wrong + (len(same) - hits) / 2)
        right, wrong = right + hits, wrong + len(same) - hits
    return won / (right * wrong) if right and wrong else None


def _confidence(one: Graded) -> float:
    return one.confidence


def as_markdown(records: Sequence[Graded]) -> str:
    """Two tables in Markdown: reliability by kind, and by band of confidence."""
    lines = ["| kind | records | right | mean confidence | calibration error | ranking (AUC) |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    kinds: Mapping[str, list[Graded]] = MappingProxyType(
        {kind: [one for one in records if one.kind == kind] for kind in KINDS} | {"all": list(records)}
    )
    for kind, of_kind in kinds.items():
        if of_kind:
            result = reliability(of_kind)
            ranking = "" if result.ranking is None else f"{result.ranking:.2f}"
            shares = f"{100 * result.right:.1f} | {100 * result.confidence:.1f} | {100 * result.error:.1f}"
            lines.append(f"| {kind} | {result.records:,} | {shares} | {ranking} |")
    lines += ["", "| confidence | records | right | mean confidence |", "| --- | --- | --- | --- |"]
    for number, band in enumerate(bands(records)):
        if band:
            result = reliability(band)
            span = f"{number / _BANDS:.1f} to {(number + 1) / _BANDS:.1f}"
            lines.append(
                f"| {span} | {result.records:,} | {100 * result.right:.1f} | {100 * result.confidence:.1f} |"
            )
    return "\n".join(lines)
