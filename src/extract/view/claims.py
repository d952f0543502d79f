"""The table of claims, in readable words and units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extract.records import Entity, Fact, Growth
from extract.view.texts import amount, size


def claim_rows(numbered: Iterable[tuple[int, Fact]]) -> list[dict[str, Any]]:
    """The claims among the facts of an article, each with its number, as the cells of a table.

    `order` is the sort key of the size: the change in percent if known, else the stated number.
    """
    numbered = list(numbered)
    names = {fact.entity_id: fact.name for _, fact in numbered if isinstance(fact, Entity)}
    return [_cells(n, fact, names) for n, fact in numbered if isinstance(fact, Growth)]


def _cells(n: int, claim: Growth, names: dict[str, str]) -> dict[str, Any]:
    signed = -1 if claim.direction == "decrease" else 1
    stated = None if claim.change_value is None else signed * claim.change_value
    return {
        "number": n,
        "id": claim.fact_id,
        "article": claim.doc_id,
        "metric": claim.metric or "not stated",
        "owner": claim.subject_name or names.get(claim.subject or "", ""),
        "size": size(claim),
        "order": claim.percent_change if claim.percent_change is not None else stated,
        "from": amount(claim.from_value, claim.from_unit),
        "from_order": claim.from_value,
        "to": amount(claim.to_value, claim.to_unit),
        "to_order": claim.to_value,
        "period": claim.period or "",
        "period_order": claim.period_start or claim.period_value or "",
        "baseline": claim.baseline or "",
        "baseline_order": claim.baseline_start or claim.baseline_value or "",
        "speaker": names.get(claim.speaker or "", claim.speaker or ""),
        "direction": claim.direction,
        "status": claim.status,
        "check": claim.check,
    }
