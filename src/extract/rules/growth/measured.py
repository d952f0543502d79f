"""`metric_id` and `metric_qualifier` of the claims of an article, from their metrics and amounts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.lexicons.metrics import metrics
from extract.records import Date, Entity, Fact, Growth, Money
from extract.rules.growth.concepts import resolve
from extract.rules.growth.evidence import evidence

_OF_A_COMPANY = "share_price"  # what a company's name stands for beside a price


def measured(claims: Iterable[Growth], known: Iterable[Fact]) -> Iterator[Growth]:
    """The claims with what they measure; `known` holds the dates, names and money of their article."""
    around = sorted((fact for fact in known if isinstance(fact, Date | Entity | Money)), key=_start)
    last: Growth | None = None
    for claim in claims:
        last = _measured(claim, last, around)
        yield last


def _start(fact: Fact) -> int:
    return fact.start


def _measured(claim: Growth, last: Growth | None, around: Sequence[Date | Entity | Money]) -> Growth:
    if claim.metric is None or claim.metric_start is None or claim.metric_end is None:
        return claim
    stated = evidence(
        claim.direction,
        claim.change_unit,
        (claim.to_value, claim.to_unit),
        (claim.from_value, claim.from_unit),
    )
    outside: list[tuple[int, int]] = []
    of_country = False
    first = bisect_left(around, claim.metric_start, key=_start)
    inside = around[first : bisect_left(around, claim.metric_end, key=_start)]
    for fact in inside:
        if isinstance(fact, Entity) and fact.entity_id == claim.subject:
            of_country |= fact.country is not None
        elif not isinstance(fact, Money) and not (isinstance(fact, Date) and fact.timex_type == "DATE"):
            continue
        outside.append((fact.start - claim.metric_start, fact.end - claim.metric_start))
    before = last.metric_id if last is not None and _points_back(claim, last) else None
    metric_id, qualifier = resolve(claim.metric, stated, outside, of_country=of_country, before=before)
    if metric_id is None and stated.sort == "price" and any(_is_company(fact, claim) for fact in inside):
        metric_id = _OF_A_COMPANY
    return replace(claim, metric_id=metric_id, metric_qualifier=qualifier)


def _is_company(fact: Fact, claim: Growth) -> bool:
    """The metric is the name of a company, which may be taken for a person's: `Acme fell 2 % to $11`."""
    assert claim.metric is not None
    if not isinstance(fact, Entity) or fact.end != claim.metric_end or fact.country is not None:
        return False
    prepositions = metrics().words["prepositions"]  # their offer for Acme
    return fact.label in ("ORG", "PERSON") and prepositions.isdisjoint(claim.metric.lower().split())


def _points_back(claim: Growth, last: Growth) -> bool:
    """The claim's metric stands for that of the claim before, in one sentence: `and those to Uzbekistan`."""
    assert claim.metric is not None
    same = claim.source.sentence_start == last.source.sentence_start
    return same and claim.metric.split(maxsplit=1)[0].lower() in metrics().words["pointing"]
