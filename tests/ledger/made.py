"""Claims as `extract run` writes them, for tests: only what differs from a plain claim is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extract import ledger
from extract.ledger.store import claim_columns

Claim = dict[str, Any]
Tables = dict[str, list[tuple[Any, ...]]]  # the rows of each, in order

PLAIN = {
    "kind": "growth",
    "rule": "made",
    "metric": "exports",
    "metric_id": "exports",
    "direction": "increase",
    "period": "2023",
    "period_value": "2023",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "status": "actual",
    "check": "unchecked",
    "subject": "country:KZ",
    "subject_name": "Kazakhstan",
    "subject_country": "KZ",
    "published": "2024-02-14",
    "source": "Steppe Wire",
    "title": None,
}


def claim(doc: str, text: str, sentence: str, **fields: Any) -> Claim:
    """A claim whose size is `text` in `sentence`; of its number in per cent where no value is named."""
    start = sentence.index(text)
    made: Claim = {column.name: None for column in claim_columns()}
    made |= PLAIN | {
        "doc_id": doc,
        "text": text,
        "start": start,
        "end": start + len(text),
        "sentence": sentence,
    }
    made |= {
        "sentence_start": 0,
        "sentence_end": len(sentence),
        "fact_id": f"growth:{start}-{start + len(text)}",
    }
    made |= {"metric_start": 0, "metric_end": 7}
    return made | fields


def percent(doc: str, text: str, value: float, sentence: str = "", **fields: Any) -> Claim:
    """A claim of a change in per cent."""
    sign = -1 if fields.get("direction") == "decrease" else 1
    made = {"change_value": value, "change_unit": "percent", "percent_change": sign * value}
    return claim(doc, text, sentence or f"Exports rose {text} in 2023.", **made | fields)


def write(path: Path, claims: Iterable[Mapping[str, Any]]) -> str:
    """JSON Lines of claims."""
    path.write_text("".join(json.dumps(made) + "\n" for made in claims), encoding="utf-8")
    return str(path)


def tables(path: Path) -> Tables:
    """All rows of all tables of a ledger, in order."""
    with ledger.opened(str(path)) as base:
        return {name: base.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in ledger.TABLES}


def built(folder: Path, *claims: Mapping[str, Any], name: str = "ledger.duckdb") -> Tables:
    """The tables of a ledger of claims."""
    ledger.build([write(folder / "facts.jsonl", claims)], str(folder / name))
    return tables(folder / name)
