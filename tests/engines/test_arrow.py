"""The seam: a batch of articles in, a table of facts out, whatever is in the batch."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
import spacy
from spacy.language import Language

import extract
from extract.engines import arrow
from extract.errors import ModelError, OptionError
from tests.engines.news import news

TEXT = "Sales rose 5.5% to $3 million last year."


def batch(**columns: Any) -> pa.Table:
    return pa.table({"id": ["a"], "text": [TEXT], **columns})


def failures(table: pa.Table) -> list[tuple[str, str]]:
    return [(row["doc_id"], row["reason"]) for row in table.to_pylist() if row["kind"] == "failure"]


def test_the_facts_are_those_of_the_library() -> None:
    table = arrow.facts(batch(date=["2024-06-11"]))
    facts = extract.facts(extract.Article(id="a", text=TEXT, published=date(2024, 6, 11)))
    names = {"reason": None, "remedy": None} | dict.fromkeys(table.column_names)
    expected = [names | row for row in extract.to_dicts(facts)]
    assert [{**row, "sentence": None} for row in table.to_pylist()] == [
        {**row, "sentence": None} for row in expected
    ]
    assert table.schema == arrow.schema()
    assert {row["change_value"] for row in table.to_pylist()} == {None, Decimal("5.5")}


def test_it_is_picklable_with_its_options() -> None:
    function = pickle.loads(pickle.dumps(partial(arrow.facts, kinds=["money"], numbers="float")))
    (row,) = function(batch()).to_pylist()
    assert (row["kind"], row["amount"], "metric" in row) == ("money", 3_000_000.0, False)


def test_the_pipeline_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []

    def loads(**said: Any) -> Language:
        loaded.append(said)
        return spacy.blank("en")

    monkeypatch.setattr(extract.pipeline, "load", loads)
    monkeypatch.setattr(extract.record_builders, "RECORD_BUILDERS", ())
    for _ in range(3):
        arrow.facts(batch(), fiscal_start=7)
    assert [said["fiscal_start"] for said in loaded] == [7]


def test_failures_are_rows() -> None:
    texts = [TEXT, None, "  ", TEXT, TEXT, "x" * 1_000_001, "a\0b", TEXT, TEXT]
    ids = ["a", "b", "c", "a", None, "d", "e", "", "f"]
    dates = ["2024-06-11", *[None] * 7, "09/06/2024"]
    table = arrow.facts(pa.table({"id": ids, "text": texts, "date": dates}))
    assert failures(table) == [
        ("b", "the column 'text' holds no text"),
        ("c", "the column 'text' holds no text"),
        ("a", "an earlier article of the batch has the same id"),
        ("row 5 of the batch", "the column 'id' holds no id"),
        ("d", "is longer than 1,000,000 characters"),
        ("e", "holds a null character"),
        ("row 8 of the batch", "the column 'id' holds no id"),
        ("f", "the field 'date': '09/06/2024' is not a date"),
    ]
    assert set(table.filter(pa.compute.field("kind") != "failure")["doc_id"].to_pylist()) == {"a"}
    assert table.schema == arrow.schema()


def test_an_empty_batch_has_the_columns() -> None:
    table = arrow.facts(batch().slice(0, 0), keep=["title"])
    assert table.num_rows == 0
    assert table.schema == arrow.schema(keep=["title"])


def test_texts_of_any_string_type() -> None:
    expected = arrow.facts(batch())
    for type_ in ("large_string", pa.string_view(), pa.dictionary(pa.int8(), pa.string())):
        columns = {name: batch()[name].cast(type_) for name in ("id", "text")}
        assert arrow.facts(pa.table(columns)) == expected
    assert failures(arrow.facts(pa.table({"id": ["a"], "text": pa.nulls(1)})))
    numbered = arrow.facts(batch().set_column(0, "id", pa.array([7])))
    assert numbered["doc_id"].to_pylist()[0] == "7"


def test_dates_of_any_type() -> None:
    moment = datetime(2024, 6, 11, 23, tzinfo=UTC)
    given = (
        pa.array([date(2024, 6, 11)]),
        pa.array([moment]).cast(pa.timestamp("ns", "UTC")),
        pa.array([moment]).cast(pa.timestamp("s", "UTC")),
        pa.array(["2024-06-11T23:00:00Z"]),
        pa.array([20240611]),
    )
    for dates in given:
        rows = arrow.facts(batch(date=dates), kinds=["date"]).to_pylist()
        assert [row["value"] for row in rows] == ["2023"], dates.type


def test_columns_of_other_names() -> None:
    table = pa.table({"url": ["u"], "body": [TEXT], "section": ["markets"], "title": ["T"]})
    rows = arrow.facts(
        table, columns={"id": "url", "text": "body"}, keep=["section", "title"], kinds=["money"]
    ).to_pylist()
    assert [(row["doc_id"], row["section"], row["title"]) for row in rows] == [("u", "markets", "T")]


def test_tables_of_others() -> None:
    expected = arrow.facts(batch())
    for table in (batch().to_batches()[0], batch().to_pandas(), pl.from_arrow(batch())):
        assert arrow.facts(table).equals(expected), type(table)


def test_split_gives_each_kind_its_columns() -> None:
    table = arrow.facts(
        pa.table({"id": ["a", "b"], "text": [TEXT, None], "paper": ["p", "q"]}), keep=["paper"]
    )
    parts = arrow.split(table)
    assert {kind: part.num_rows for kind, part in parts.items()} == {
        "entity": 0,
        "date": 1,
        "money": 1,
        "quantity": 1,
        "growth": 1,
        "failure": 1,
    }
    assert parts["money"].column_names == [*extract.records.columns(extract.records.Money), "paper"]
    assert parts["failure"].column_names == ["doc_id", "kind", "reason", "remedy", "paper"]
    assert list(arrow.split(arrow.facts(batch(), kinds=["date"]))) == ["date", "failure"]


def test_a_process_beside_gives_the_same() -> None:
    table = pa.Table.from_pylist(news(9))
    assert arrow.facts(table, isolated=True, timeout=60).equals(arrow.facts(table))


@pytest.mark.parametrize(
    ("columns", "options", "told"),
    [
        (
            {"text": None},
            {},
            r"no column 'text'; name one of its columns with columns={'text': \.\.\.} \('id'",
        ),
        ({"id": None}, {}, "no column 'id'"),
        ({"text": [5]}, {}, "the column 'text' holds int64, no texts; name another"),
        ({"id": [[1]]}, {}, "the column 'id' holds list<.*>, no texts"),
        ({}, {"columns": {"body": "text"}}, "unknown field 'body'; choose one of text, id, title"),
        ({}, {"columns": {"date": "day"}}, "no column 'day'"),
        ({}, {"keep": ["section"]}, "no column 'section' to keep; it has 'id', 'text'"),
        ({"reason": ["r"]}, {"keep": ["reason"]}, "keep: a column of the output is named 'reason'; rename"),
        ({}, {"kinds": ["gold"]}, "unknown kind 'gold'; known are entity"),
        ({}, {"numbers": "roman"}, "numbers: 'roman' is not known"),
        ({}, {"timeout": 5}, "timeout: requires a separate process; add isolated=True"),
        ({}, {"timeout": -1, "isolated": True}, "timeout: -1 is not positive"),
        ({}, {"fiscal_start": 13}, "fiscal_start"),
    ],
)
def test_what_cannot_be_meant(columns: dict[str, Any], options: dict[str, Any], told: str) -> None:
    given = {name: values for name, values in {"id": ["a"], "text": [TEXT], **columns}.items() if values}
    with pytest.raises(OptionError, match=told):
        arrow.facts(pa.table(given), **options)


def test_what_is_no_table() -> None:
    with pytest.raises(OptionError, match="a batch must be an Arrow table, not list"):
        arrow.facts([{"id": "a", "text": TEXT}])
    with pytest.raises(OptionError, match="the batch has the column 'text' twice"):
        arrow.facts(pa.Table.from_arrays([pa.array(["a"])] * 3, names=["id", "text", "text"]))


def test_a_model_that_is_missing_is_no_failure_of_the_articles() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        arrow.facts(batch(), model="no_such_model")
