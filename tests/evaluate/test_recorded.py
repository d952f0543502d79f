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
    assert (recorded.unknown, recorded.by_name) == (("b.txt",), 1)


@pytest.mark.parametrize(
    ("articles", "documents", "found"),
    [
        ("a.txt", "news/a.txt", {"news/a.txt": "a.txt"}),
        ("news/a.v2.txt", "a.v2", {"a.v2": "news/a.v2.txt"}),
        ("a.txt a.html", "news/a.txt", {"news/a.txt": "a.txt"}),  # by its name, though the stem is shared
        ("a.txt a.html", "a", {}),
        ("x/a.txt y/a.txt", "a.txt", {}),
        ("a.txt", "x/a.txt y/a.txt", {}),
        ("a.txt", "a.txt old/a.txt", {"a.txt": "a.txt"}),
        ("a.txt", "a.txt old/a.html", {"a.txt": "a.txt"}),
    ],
)
def test_a_name_that_several_share_finds_none(
    tmp_path: Path, articles: str, documents: str, found: dict[str, str]
) -> None:
    records = [json.dumps(MONEY | {"doc_id": name}) for name in documents.split()]
    (tmp_path / "facts.jsonl").write_text("\n".join(records))
    recorded = load_records(
        tmp_path / "facts.jsonl", [Article(id=name, text=TEXT) for name in articles.split()]
    )
    assert [fact.doc_id for fact in recorded.facts] == list(found.values())
    assert recorded.ambiguous == tuple(name for name in documents.split() if name not in found)
    assert (recorded.unknown, recorded.by_name) == ((), sum(a != b for a, b in found.items()))


def test_unknown_kinds_are_counted(tmp_path: Path) -> None:
    records = [MONEY, MONEY | {"kind": "Money"}, MONEY | {"kind": ["money"]}, {"doc_id": "a.txt"}]
    (tmp_path / "facts.jsonl").write_text("\n".join(map(json.dumps, records)))
    recorded = load_records(tmp_path / "facts.jsonl", [ARTICLE])
    assert (len(recorded.facts), recorded.kinds) == (1, {"Money": 1, "['money']": 1})


@pytest.mark.parametrize("name", ["money.csv", "money.jsonl"])
def test_files_of_a_folder_may_have_a_byte_order_mark(tmp_path: Path, name: str) -> None:
    line = json.dumps(MONEY) if name.endswith("jsonl") else "doc_id,kind,start,end\na.txt,money,17.0,27\n"
    (tmp_path / name).write_text(line, encoding="utf-8-sig")
    (one,) = load_records(tmp_path, [ARTICLE]).facts
    assert one.text == "$3 million"


def test_records_that_quote_another_text_are_counted(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(json.dumps(MONEY | {"text": "$4 million"}))
    assert load_records(tmp_path / "facts.jsonl", [ARTICLE]).misplaced == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "facts.jsonl, line 1: is not JSON"),
        ("\n3", "facts.jsonl, line 2: is not a record; each line must be a JSON object"),
        (json.dumps(MONEY | {"start": None}), "facts.jsonl, line 1: lacks start; every record has them"),
        (json.dumps(MONEY | {"amount": "3m"}), "line 1, amount: '3m' is no number; correct the file"),
        (json.dumps(MONEY | {"amount": "NaN"}), "line 1, amount: 'NaN' is no number"),
        (json.dumps(MONEY | {"end": "x"}), "line 1, end: 'x' is no whole number from 0"),
        (json.dumps(MONEY | {"start": [1]}), "line 1, start: [1] is no whole number"),
        (json.dumps(MONEY | {"start": True}), "line 1, start: True is no whole number"),
        (json.dumps(MONEY | {"start": "1.5"}), "line 1, start: '1.5' is no whole number"),
        (json.dumps(MONEY | {"start": -3}), "line 1, start: -3 is no whole number from 0"),
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
        ("facts.sqlite", "is not a file of records; name one that ends in .jsonl .ndjson .csv .parquet"),
        ("missing.jsonl", "cannot be read"),
        ("empty", "holds no .jsonl .ndjson .csv .parquet file"),
        ("both", "holds .csv and .parquet files, whose facts would count twice"),
        ("bad.parquet", "is no Parquet file"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "both").mkdir()
    for suffix in ("csv", "parquet"):
        (tmp_path / "both" / f"money.{suffix}").touch()
    (tmp_path / "bad.parquet").write_text("PAR2")
    with pytest.raises(OptionError) as error:
        load_records(tmp_path / name, [ARTICLE])
    assert reason in str(error.value)
