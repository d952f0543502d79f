"""What holds for each database: its tables, the second run, the view, and what it refuses."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.errors import OptionError
from extract.records import KINDS
from extract.writers import database, open_writer
from extract.writers.tables import tables
from tests.samples import ARTICLE, FACTS


@pytest.fixture(params=["sqlite", "duckdb"])
def output(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
    return str(tmp_path / f"facts.{request.param}")


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("duckdb", "duckdb is not installed; pip install duckdb pyarrow"),
        ("pyarrow", "duckdb needs pyarrow; pip install pyarrow"),
    ],
)
def test_without_duckdb(monkeypatch: pytest.MonkeyPatch, module: str, message: str) -> None:
    duckdb()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(OptionError, match=f"^{message}$"):
        open_writer("facts.duckdb")


def connect(output: str) -> Any:
    return closing(sqlite3.connect(output) if output.endswith("sqlite") else duckdb().connect(output))


def duckdb() -> Any:
    return pytest.importorskip("duckdb")


def select(output: str, query: str) -> list[Any]:
    with connect(output) as base:
        return base.execute(query).fetchall()  # type: ignore[no-any-return]


def test_a_table_for_each_kind(output: str) -> None:
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
    for table, columns in tables().items():
        with connect(output) as base:
            described = base.execute(f'SELECT * FROM "{table}"').description
        assert [name for name, *_ in described] == [column.name for column in columns]


def test_types(output: str) -> None:
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
    values: Any = [(1000, "EUR", None)], [(5.5, 1e-7)], [("2024-06-09",)]
    if output.endswith("duckdb"):
        values = [(Decimal(1000), "EUR", None)], [(Decimal("5.5"), Decimal("1E-7"))], [(date(2024, 6, 9),)]
        assert select(output, "SELECT typeof(amount) FROM money") == [("DECIMAL(38,12)",)]
    else:
        assert select(output, "SELECT typeof(amount) FROM money") == [("integer",)]
    assert select(output, "SELECT amount, currency, per FROM money") == values[0]
    assert select(output, "SELECT change_value, to_value FROM growth") == values[1]
    assert select(output, 'SELECT date_start FROM "date"') == values[2]
    assert select(output, "SELECT doc_id, digest, title FROM articles") == [
        (ARTICLE.id, ARTICLE.digest, None)
    ]


def test_a_second_run_replaces_an_article(output: str) -> None:
    other = replace(ARTICLE, id="b")
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS), (other, [])])
    changed = replace(ARTICLE, title="Sales")
    for _ in range(2):
        with open_writer(output) as writer:
            writer.write([(changed, FACTS[:3])])
    assert [select(output, f'SELECT count(*) FROM "{kind}"') for kind in KINDS] == [
        [(count,)] for count in (1, 1, 1, 0, 0)
    ]
    assert sorted(select(output, "SELECT doc_id, digest, title FROM articles")) == [
        (ARTICLE.id, changed.digest, "Sales"),
        ("b", other.digest, None),
    ]


def test_rows_wait_for_a_transaction(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ROWS", 7)
    articles = [replace(ARTICLE, id=str(number)) for number in range(6)]
    with open_writer(output) as writer:
        for article in articles:
            facts = [replace(fact, source=replace(fact.source, doc_id=article.id)) for fact in FACTS[:3]]
            writer.write([(article, facts)])
        writer.write([(articles[0], [])])  # the last that is said of an article counts
    assert select(output, "SELECT count(*) FROM articles") == [(6,)]
    assert select(output, "SELECT count(*) FROM money") == [(5,)]


def test_what_breaks_off_keeps_what_it_had(output: str) -> None:
    with pytest.raises(KeyError), open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
        raise KeyError
    assert select(output, "SELECT count(*) FROM growth") == [(1,)]


def test_all_or_nothing(output: str) -> None:
    """Facts that the database refuses leave those of earlier runs as they were."""
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
    with pytest.raises(OptionError, match="cannot be written"), open_writer(output) as writer:
        writer.write([(ARTICLE, [FACTS[2], FACTS[2]])])
    assert select(output, "SELECT count(*) FROM growth") == [(1,)]


def test_claims_in_full(output: str) -> None:
    growth = replace(FACTS[4], subject="e1", speaker="e1", period="9 June", period_value="2024-06-09")  # type: ignore[call-arg]  # a growth fact
    with open_writer(output) as writer:
        writer.write([(ARTICLE, [*FACTS[:4], growth])])
    query = "SELECT subject_name, speaker_name, metric, period_start, period_end, change_value FROM claims"
    ((*names, start, end, size),) = select(output, query)
    assert (names, str(start), str(end), float(size)) == (
        ["Müller AG", "Müller AG", "sales"],
        "2024-06-09",
        "2024-06-09",
        5.5,
    )


def test_what_others_keep_stays(output: str) -> None:
    with connect(output) as base:
        base.execute("CREATE TABLE notes AS SELECT 1 AS n")
        base.execute("CREATE TABLE claims AS SELECT 2 AS n")
        base.commit()
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
    assert select(output, "SELECT n FROM notes") == [(1,)]
    assert select(output, "SELECT n FROM claims") == [(2,)]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("CREATE TABLE money (doc_id TEXT)", r"its table money is not of this version \(lacks fact_id, .*\)"),
        (
            "CREATE TABLE Articles (doc_id INT, digest INT, title INT, published INT, source INT, n INT)",
            r"its table articles is not of this version \(has n\)",
        ),
        (
            "CREATE TABLE articles (digest TEXT, doc_id TEXT, title TEXT, published TEXT, source TEXT)",
            "the order of its columns differs",
        ),
    ],
)
def test_a_table_of_another_shape(output: str, made: str, reason: str) -> None:
    with connect(output) as base:
        base.execute(made)
        base.commit()
    with pytest.raises(OptionError, match=reason + ".*; choose another output with -o"):
        open_writer(output)
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
    assert select(output, query) == [(1,)]  # nothing was made


def test_what_cannot_be_written(output: str, tmp_path: Path) -> None:
    diary = Path(output)
    diary.write_text("Dear diary, today was long." * 50)
    (tmp_path / "folder").mkdir()
    for place in (output, f"no/{diary.name}", str(tmp_path / "folder")):
        with pytest.raises(
            OptionError, match=r"cannot be written \([a-z].*\); choose another output with -o"
        ):
            open_writer(place, format=diary.suffix[1:])
    assert diary.read_text().startswith("Dear diary")
    with pytest.raises(OptionError, match="name it with -o"):
        open_writer(format=diary.suffix[1:])


def test_a_database_of_another_kind(tmp_path: Path) -> None:
    duckdb()
    for format, other in (("sqlite", "duckdb"), ("duckdb", "sqlite")):
        output = str(tmp_path / format)
        with open_writer(output, format=format) as writer:
            writer.write([(ARTICLE, FACTS)])
        with pytest.raises(OptionError, match="cannot be written"):
            open_writer(output, format=other)
