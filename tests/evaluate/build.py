"""Short ways to make the records that the tests compare."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from extract.records import KINDS, Fact, Source

_LEAST: dict[str, dict[str, Any]] = {
    "entity": {"label": "ORG", "name": "Acme", "entity_id": "e1"},
    "date": {"timex_type": "DATE", "value": "2024"},
    "money": {"amount": Decimal(5), "currency": "USD"},
    "quantity": {"amount": Decimal(5), "unit": "percent"},
    "growth": {
        "metric": "sales",
        "direction": "increase",
        "change_value": Decimal(5),
        "change_unit": "percent",
        "status": "actual",
    },
}


def fact(kind: str, start: int, end: int, *, doc: str = "a.txt", text: str = "x", **values: Any) -> Fact:
    """A fact with the least that its kind needs, changed by `values`."""
    place = {"start": start, "end": end, "sentence_start": start, "sentence_end": end}
    source = Source(doc_id=doc, text=text, sentence=text, rule="test.rule", **place)
    return KINDS[kind](source=source, **(_LEAST[kind] | values))
