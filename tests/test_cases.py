"""Every rule case in `tests/cases/*.toml`: the text must give exactly the facts that are listed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from extract.articles import Article
from extract.pipeline import facts
from extract.records import KINDS, Fact, row

NOT_IN_CASES = {
    "doc_id",
    "fact_id",
    "kind",
    "start",
    "end",
    "sentence",
    "sentence_start",
    "sentence_end",
    "confidence",
    "metric_start",
    "metric_end",
}
CASES = Path(__file__).parent / "cases"
KIND_OF_FILE = {
    "entities": "entity",
    "dates": "date",
    "money": "money",
    "quantities": "quantity",
    "growth": "growth",
}


def load_cases() -> list[Any]:
    params = []
    for path in sorted(CASES.glob("*.toml")):
        kind = KIND_OF_FILE[path.stem.partition("_")[0]]
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            unknown = set(case) - {"text", "date", "facts", "fails", "note", "source"}
            assert not unknown, f"{path.name} case {number}: unknown keys {unknown}"
            marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            params.append(pytest.param(kind, case, id=f"{path.stem}-{number}", marks=marks))
    return params


@pytest.mark.parametrize(("kind", "case"), load_cases())
def test_case(nlp: Language, kind: str, case: dict[str, Any]) -> None:
    published = case.get("date")
    article = Article(
        id="case", text=case["text"], published=date.fromisoformat(str(published)) if published else None
    )
    found = [fact for fact in facts(nlp, article) if fact.kind == kind]
    expected = case.get("facts", [])
    wanted = [{key: plain(kind, key, value) for key, value in entry.items()} for entry in expected]
    got = [{key: row(fact)[key] for key in entry} for fact, entry in zip(found, wanted, strict=False)]
    assert [fact.text for fact in found] == [entry["text"] for entry in expected], describe(found)
    assert got == wanted, describe(found)


def plain(kind: str, key: str, value: Any) -> Any:
    """A TOML value as the record holds it; the string "null" stands for an absent one."""
    if value == "null":
        return None
    declared = {field.name: str(field.type) for field in fields(KINDS[kind])}.get(key, "")
    if "Decimal" in declared:
        return Decimal(str(value))
    return date.fromisoformat(str(value)) if declared.startswith("date") else value


def describe(found: list[Fact]) -> str:
    """What was found, as the lines of a case."""
    lines = "".join(f"  {{ {', '.join(entries(fact))} }},\n" for fact in found)
    return f"found:\nfacts = [\n{lines}]"


def entries(fact: Fact) -> Iterator[str]:
    """The fields of a fact that a case may state, as TOML."""
    for key, value in row(fact).items():
        if value is None or key in NOT_IN_CASES:
            continue
        written = format(value, "f") if isinstance(value, Decimal) else str(value)
        yield f"{key} = {written if written.isdecimal() else json.dumps(written, ensure_ascii=False)}"
