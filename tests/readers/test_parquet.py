from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def items(
    columns: Mapping[str, Any] | None = None, name: str = "news.parquet", options: Options | None = None
) -> list[Article | ArticleError]:
    if columns is not None:
        pq.write_table(pa.table(dict(columns)), name, row_group_size=2)
    return list(read(find([name]), options or Options()))


def test_rows() -> None:
    one, two, bad, three = items(
        {
            "id": [1, 2, 3, None],
            "text": ["One.", "Two.", None, "Three."],
            "title": ["T", None, None, None],
            "date": [date(2024, 6, 9), None, None, date(2024, 6, 10)],
        }
    )
    assert one == Article(id="1", text="One.", title="T", published=date(2024, 6, 9))
    assert two == Article(id="2", text="Two.")
    assert str(bad).startswith("news.parquet row 3: the field 'text' holds no text")
    assert three == Article(id="news.parquet:4", text="Three.", published=date(2024, 6, 10))


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["2024-06-09"]),
        pa.array(["2024-06-09"]).dictionary_encode(),
        pa.array([datetime(2024, 6, 9, 23, 30)], pa.timestamp("ns")),
        pa.array([1717975800123456789], pa.timestamp("ns")),
        pa.array([datetime(2024, 6, 9, 8, tzinfo=UTC)], pa.timestamp("ms", tz="UTC")),
        pa.array([date(2024, 6, 9)], pa.date64()),
    ],
)
def test_dates_of_any_type(column: Any) -> None:
    (article,) = items({"text": pa.array(["One."], pa.large_string()), "date": column})
    assert isinstance(article, Article)
    assert article.published == date(2024, 6, 9)


def test_values_that_cannot_be_read_cost_their_row() -> None:
    text = pa.array([b"One.", b"Caf\xe9.", b"Three."], pa.binary()).view(pa.string())
    one, bad, three = items({"text": text, "date": pa.array([0, 0, 2**55], pa.timestamp("ms"))})
    assert isinstance(one, Article)
    assert str(bad).startswith("news.parquet row 2: holds a value that cannot be read")
    assert str(three).startswith("news.parquet row 3: holds a value that cannot be read")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"id": ["a"], "body": ["b"]},
            "has no column 'text'; choose one of its columns with --text-field ('id', 'body')",
        ),
        ({"text": [1]}, "the field 'text' holds no text"),
        ({"text": pa.array([], pa.string())}, "news.parquet: contains no rows; remove it, or fill it"),
        ({"text": ["a"], "id": [1.5]}, "the field 'id' is not an id; give a text or a whole number"),
        ({"text": ["a"], "date": [1.5]}, "the field 'date': 1.5 is not a date"),
    ],
)
def test_no_articles(columns: Mapping[str, Any], message: str) -> None:
    (error,) = items(columns)
    assert message in str(error)


def test_no_parquet() -> None:
    for content in (b"PAR1", b"", b"id,text\n", b"PAR1" + bytes(100) + b"PAR1"):
        Path("a.parquet").write_bytes(content)
        (error,) = items(name="a.parquet")
        assert str(error).startswith("a.parquet: is not a Parquet file, or damaged (")


def test_damage_costs_what_is_damaged() -> None:
    texts = [f"Text {n}." for n in range(200)]
    pq.write_table(pa.table({"text": texts}), "a.parquet", row_group_size=100, use_dictionary=False)
    place = pq.ParquetFile("a.parquet").metadata.row_group(1).column(0).data_page_offset
    whole = bytearray(Path("a.parquet").read_bytes())
    whole[place : place + 50] = b"\xff" * 50
    Path("a.parquet").write_bytes(whole)
    *good, error = items(name="a.parquet")
    assert len(good) >= 64
    assert "the articles before are extracted" in str(error)


def test_rows_are_read_as_they_are_needed() -> None:
    pq.write_table(pa.table({"text": ["One."] * 100_000, "more": ["x"] * 100_000}), "a.parquet")
    assert isinstance(next(read(find(["a.parquet"]), Options())), Article)


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"text": ["One."]}), "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (error,) = items(name="a.parquet")
    assert str(error) == "a.parquet: Parquet files need pyarrow; pip install pyarrow"
