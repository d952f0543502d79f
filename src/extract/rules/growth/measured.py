"""`metric_id` and `metric_qualifier` of the claims of an article, from their metrics and amounts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from extract.lexicons.metrics import metrics
from extract.records import Date, Entity, Fact, Growth, Money, changed
from extract.rules.growth.concepts import resolve, resolve_short
from extract.rules.growth.context_concepts import (
    is_bare_growth,
    of_company,
    of_counted,
    of_growth,
    of_rate,
    of_sales,
)
from extract.rules.growth.evidence import Evidence, evidence
from extract.rules.growth.kinds import word_group
from extract.rules.growth.metric_words import Outside
from extract.rules.growth.row_concepts import NEAR, of_row

_OWNERS = ("'s", "’s")
_COUNTRY = "country:"
_PARTIES = frozenset({"ORG", "PERSON", "NORP"})
_OWNING = word_group("measured_owning")
_PLACE = (" in", " in the", " at", " at the")  # where it is measured, not whose it is

Around = Sequence[Date | Entity | Money]  # in order


def measured(claims: Iterable[Growth], known: Iterable[Fact]) -> Iterator[Growth]:
    """The claims with what they measure; `known` holds the dates, names and money of their article."""
    around = sorted((fact for fact in known if isinstance(fact, Date | Entity | Money)), key=_start)
    named = [_by_phrase(claim, around) for claim in claims]
    stated = frozenset(claim.metric_id for claim in named if claim.metric_id)
    by_name = frozenset(claim.metric_id for claim in named if claim.metric_id and not is_bare_growth(claim))
    before = _Before()
    on_country = _on_a_country(stated)
    for claim in named:
        named_id = claim.metric_id
        if claim.metric_id is not None and is_bare_growth(claim):
            metric_id, qualifier = of_growth(claim, before.claim, by_name)
            claim = changed(claim, metric_id=metric_id, metric_qualifier=qualifier)
        elif claim.metric_id is None:
            claim = _by_others(claim, before, around, stated)
        elif on_country and claim.subject is None and metrics().concepts[claim.metric_id].of_country:
            claim = _by_phrase(claim, around, of_country=True)
        sales = of_sales(claim, stated)
        claim = changed(claim, metric_id=sales) if sales else claim
        yield claim
        before = before.then(claim, listed=claim.metric_id is not None and named_id is None)


class _Before(NamedTuple):
    """The previous claim, the last one with a concept, and the last one on something called a rate."""

    claim: Growth | None = None
    head: Growth | None = None
    rate: Growth | None = None
    listed: bool = False  # the head does not name its concept

    def then(self, claim: Growth, *, listed: bool) -> _Before:
        """The state for the next claim."""
        head = claim if claim.metric_id else self.head
        rate = claim if claim.metric_id in metrics().words["rates"] else self.rate
        return _Before(claim, head, rate, listed if claim.metric_id else self.listed)


def _on_a_country(stated: Set[str]) -> bool:
    """Claims of these concepts are those of an article on a country."""
    words = metrics().words
    return not words["of_countries"].isdisjoint(stated) and words["of_companies"].isdisjoint(stated)


def _by_phrase(
    claim: Growth, around: Around, before: str | None = None, *, of_country: bool = False
) -> Growth:
    """The claim with the concept that its metric names, or `before` if its first word refers to that."""
    if claim.metric is None:
        return claim
    outside, by_owner = _outside(claim, around)
    metric_id, qualifier = resolve(
        claim.metric, _evidence(claim), outside, of_country=of_country or by_owner, before=before
    )
    return changed(claim, metric_id=metric_id, metric_qualifier=qualifier)


def _by_others(claim: Growth, before: _Before, around: Around, stated: Set[str]) -> Growth:
    """The claim with a concept by other claims, its owner or its unit; unchanged if there is none."""
    last = before.claim
    if last is not None and last.metric_id is not None and _points_back(claim, last):
        return _by_phrase(claim, around, last.metric_id)
    outside, _ = _outside(claim, around)
    amounts, inside = _evidence(claim), _inside(claim, around)
    metric_id, qualifier = resolve_short(claim.metric or "", amounts, outside, stated)
    metric_id = (
        metric_id
        or of_rate(claim, before.rate, amounts, stated)
        or of_counted(claim, inside)
        or of_company(claim, before.head, inside, amounts, stated)
    )
    if metric_id is not None:
        return changed(claim, metric_id=metric_id, metric_qualifier=qualifier)
    metric_id, qualifier = of_row(claim, before.head, inside, amounts, listed=before.listed)
    return changed(claim, metric_id=metric_id, metric_qualifier=qualifier)


def _start(fact: Fact) -> int:
    return fact.start


def _evidence(claim: Growth) -> Evidence:
    levels = (claim.to_value, claim.to_unit), (claim.from_value, claim.from_unit)
    return evidence(claim.direction, claim.change_unit, *levels)


def _inside(claim: Growth, around: Around) -> Around:
    """The facts within the claim's metric."""
    first = bisect_left(around, claim.metric_start or 0, key=_start)
    return around[first : bisect_left(around, claim.metric_end or 0, key=_start)]


def _outside(claim: Growth, around: Around) -> tuple[list[Outside], bool]:
    """The owner, days and amounts within the metric, and whether the owner is a country."""
    parts: list[Outside] = []
    start, placed = claim.metric_start or 0, False
    for fact in _inside(claim, around):
        if isinstance(fact, Entity):
            if fact.entity_id != claim.subject and not _owns(fact, claim, start):
                continue
            placed |= (claim.metric or "")[: fact.start - start].rstrip().endswith(_PLACE)
        elif isinstance(fact, Date) and fact.timex_type != "DATE":
            continue
        parts.append(Outside(fact.start - start, fact.end - start, isinstance(fact, Entity)))
    return parts, not placed and _of_country(claim, around)


def _owns(fact: Entity, claim: Growth, start: int) -> bool:
    """The name is an owner, though not of the claim: `shares of jeweller Suvarna`, `U.S. prices`."""
    before = (claim.metric or "")[: fact.start - start].lower()
    if fact.country is None and fact.label in _PARTIES:
        return fact.end == claim.metric_end and not _OWNING.isdisjoint(before.split())
    return claim.subject is None and fact.country is not None and not before.strip()


def _of_country(claim: Growth, around: Around) -> bool:
    """The claim is about a country: its owner or, without one, its partner is a country."""
    if claim.subject is not None:
        return claim.subject.startswith(_COUNTRY)
    return claim.partner is not None and any(
        isinstance(fact, Entity) and fact.entity_id == claim.partner and fact.country is not None
        for fact in _inside(claim, around)
    )


def _points_back(claim: Growth, last: Growth) -> bool:
    """The metric refers to that of the previous claim: `and those to Uzbekistan`, `Vietnam's rose`."""
    first = (claim.metric or "").partition(" ")[0].lower()
    if (claim.metric or "").endswith(_OWNERS):
        return claim.source.sentence_start - last.source.sentence_end < NEAR
    same = claim.source.sentence_start == last.source.sentence_start
    return same and first in metrics().words["pointing"]
