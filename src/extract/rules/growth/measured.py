"""`metric_id` and `metric_qualifier` of the claims of an article, from their metrics and amounts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from extract.lexicons.metrics import metrics
from extract.records import Date, Entity, Fact, Growth, Money
from extract.rules.growth.concepts import resolve, resolve_short
from extract.rules.growth.evidence import Evidence, evidence
from extract.rules.growth.metric_words import Outside

_SHARE_PRICE = "share_price"
_OWNERS = ("'s", "’s")
_NEAR = 3  # code points between a sentence and the next
_COUNTRY = "country:"
_PLACE = (" in", " in the", " at", " at the")  # where it is measured, not whose it is
_MARKET = frozenset({_SHARE_PRICE, "stock_index"})  # claims of these tell a report on shares

Around = Sequence[Date | Entity | Money]  # in order


def measured(claims: Iterable[Growth], known: Iterable[Fact]) -> Iterator[Growth]:
    """The claims with what they measure; `known` holds the dates, names and money of their article."""
    around = sorted((fact for fact in known if isinstance(fact, Date | Entity | Money)), key=_start)
    named = [_by_phrase(claim, around) for claim in claims]
    stated = frozenset(claim.metric_id for claim in named if claim.metric_id)
    last: Growth | None = None
    on_country = _on_a_country(stated)
    for claim in named:
        if claim.metric_id is None:
            claim = _by_others(claim, last, around, stated)
        elif on_country and claim.subject is None and metrics().concepts[claim.metric_id].of_country:
            claim = _by_phrase(claim, around, of_country=True)
        yield claim
        last = claim


def _on_a_country(stated: Set[str]) -> bool:
    """Claims of these concepts are those of an article on a country."""
    words = metrics().words
    return not words["of_countries"].isdisjoint(stated) and words["of_companies"].isdisjoint(stated)


def _by_phrase(
    claim: Growth, around: Around, before: str | None = None, *, of_country: bool = False
) -> Growth:
    """The claim with the concept that its metric names, or `before` for what its first word stands for."""
    if claim.metric is None:
        return claim
    outside, by_owner = _outside(claim, around)
    metric_id, qualifier = resolve(
        claim.metric, _evidence(claim), outside, of_country=of_country or by_owner, before=before
    )
    return replace(claim, metric_id=metric_id, metric_qualifier=qualifier)


def _by_others(claim: Growth, last: Growth | None, around: Around, stated: Set[str]) -> Growth:
    """The claim with a concept that another claim of the article names; unchanged without one."""
    if last is not None and last.metric_id is not None and _points_back(claim, last):
        return _by_phrase(claim, around, last.metric_id)
    outside, _ = _outside(claim, around)
    short = resolve_short(claim.metric or "", _evidence(claim), outside, stated)
    return replace(claim, metric_id=short or _share_price(claim, around, stated))


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
            if fact.entity_id != claim.subject:
                continue
            placed |= (claim.metric or "")[: fact.start - start].rstrip().endswith(_PLACE)
        elif isinstance(fact, Date) and fact.timex_type != "DATE":
            continue
        parts.append(Outside(fact.start - start, fact.end - start, isinstance(fact, Entity)))
    return parts, not placed and _of_country(claim, around)


def _of_country(claim: Growth, around: Around) -> bool:
    """The claim is of a country, by its owner or, without one, by the country that it trades with."""
    if claim.subject is not None:
        return claim.subject.startswith(_COUNTRY)
    return claim.partner is not None and any(
        isinstance(fact, Entity) and fact.entity_id == claim.partner and fact.country is not None
        for fact in _inside(claim, around)
    )


def _share_price(claim: Growth, around: Around, stated: Set[str]) -> str | None:
    """The share price, where the metric is a company's name, beside a price or in a report on shares."""
    sort = _evidence(claim).sort
    if not (sort == "price" or (sort is None and _MARKET & stated)):
        return None
    prepositions = metrics().words["prepositions"]  # their offer for Acme
    named = prepositions.isdisjoint((claim.metric or "").lower().split()) and any(
        isinstance(fact, Entity)
        and fact.end == claim.metric_end
        and fact.country is None
        and fact.label in ("ORG", "PERSON")  # the model takes some companies for persons
        for fact in _inside(claim, around)
    )
    return _SHARE_PRICE if named else None


def _points_back(claim: Growth, last: Growth) -> bool:
    """The claim's metric stands for that of the claim before: `and those to Uzbekistan`, `Vietnam's rose`."""
    first = (claim.metric or "").partition(" ")[0].lower()
    if (claim.metric or "").endswith(_OWNERS):
        return claim.source.sentence_start - last.source.sentence_end < _NEAR
    same = claim.source.sentence_start == last.source.sentence_start
    return same and first in metrics().words["pointing"]
