from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.articles import Article
from extract.errors import OptionError
from extract.evaluate import load_records
from extract.records import Fact, row
from tests.evaluate.build import fact

TEXT = "Sales rose 5% to $3 million in 2024, Acme said."
ARTICLE = Article(id="a.txt", text=TEXT)
MONEY = {"doc_id": "a.txt", "kind": "money", "start": 17, "end": 27, "amount": 3, "currency": "USD"}


def at(kind: str, quote: str, **values: Any) -> Fact:
    start = TEXT.index(quote)
    return fact(kind, start, start + len(quote), text=quote, **values)


FACTS = [
    at("money", "$3 million", amount=Decimal("3000000.10"), modifier="approx"),
    at("date", "2024", date_start=date(2024, 1, 1), date_end=date(2024, 12, 31)),
    at("entity", "Acme", name="=Acme"),
    at("growth", "5%", metric="Sales", metric_start=0, metric_end=5, to_value=Decimal(3), check="consistent"),
]


def load(folder: Path, *records: object, name: str = "facts.jsonl") -> tuple[Fact, ...]:
    (folder / name).write_text("\n".join(json.dumps(record, default=str) for record in records))
    return load_records(folder / name, [ARTICLE]).facts


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, *map(row, FACTS)) == tuple(FACTS)


def test_columns_may_lack_and_others_are_ignored(tmp_path: Path) -> None:
    (one,) = load(tmp_path, MONEY | {"colour": "red"})
    assert one.text == "$3 million"
    assert (row(one)["amount"], row(one)["modifier"]) == (Decimal(3), None)


def test_other_tables_and_empty_lines_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text('\n{"doc_id": "a.txt", "text": "the article"}\n')
    assert load_records(tmp_path / "facts.jsonl", [ARTICLE]).facts == ()


def test_a_text_made_safe_for_spreadsheets_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "entity.csv").write_text(
        "doc_id,kind,start,end,label,name,country\na.txt,entity,36,40,ORG,'=Acme,\n"
    )
    (one,) = load_records(tmp_path, [ARTICLE]).facts
    assert (row(one)["name"], row(one)["country"], one.text) == ("=Acme", None, TEXT[36:40])


def test_articles_are_found_by_their_stem(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(
        json.dumps(MONEY | {"doc_id": "/data/news/a"}) + "\n" + json.dumps(MONEY | {"doc_id": "b.txt"})
    )
    recorded = load_records(tmp_path / "facts.jsonl", [ARTICLE])
    assert [fact.doc_id for fact in recorded.facts] == ["a.txt"]
    assert recorded.unknown == ("b.txt",)


def test_records_that_quote_another_text_are_counted(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(json.dumps(MONEY | {"text": "$4 million"}))
    assert load_records(tmp_path / "facts.jsonl", [ARTICLE]).misplaced == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "facts.jsonl, line 1: is not JSON"),
        ("\n3", "facts.jsonl, line 2: is no record; each line is one JSON object"),
        (json.dumps(MONEY | {"start": None}), "facts.jsonl, line 1: lacks start; every record has them"),
        (json.dumps(MONEY | {"amount": "3m"}), "line 1, amount: '3m' is no Decimal; correct the file"),
        (json.dumps(MONEY | {"end": "x"}), "line 1, end: 'x' is no int"),
    ],
)
def test_what_has_no_meaning_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "facts.jsonl").write_text(content)
    with pytest.raises(OptionError) as error:
        load_records(tmp_path / "facts.jsonl", [ARTICLE])
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("facts.sqlite", "is no file of records; give one that ends in .jsonl .ndjson .csv .parquet"),
        ("missing.jsonl", "cannot be read"),
        ("empty", "holds no .csv or .parquet file"),
        ("bad.parquet", "is no Parquet file"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.parquet").write_text("PAR2")
    with pytest.raises(OptionError) as error:
        load_records(tmp_path / name, [ARTICLE])
    assert reason in str(error.value)
