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
from extract.records import KINDS, Fact
from extract.writers import Layout, database, open_writer
from extract.writers.tables import tables
from tests.samples import ARTICLE, FACTS

NAMES = [column.name for column in tables()["articles"]]


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


def test_kinds_that_are_not_wanted_stay_empty(output: str) -> None:
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS), (replace(ARTICLE, id="b"), [])])
    with open_writer(output, layout=Layout(kinds=("growth",), text=False)) as writer:
        writer.write([(ARTICLE, FACTS)])
    assert [select(output, f'SELECT count(*) FROM "{kind}"') for kind in KINDS] == [
        [(count,)] for count in (0, 0, 0, 0, 1)
    ]
    assert select(output, "SELECT subject_name FROM claims") == [(None,)]
    assert select(output, "SELECT text FROM articles ORDER BY doc_id") == [(None,), (ARTICLE.text,)]


def test_long_texts_do_not_wait(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LETTERS", 2 * len(ARTICLE.text))
    flushed = []
    with open_writer(output) as writer:
        monkeypatch.setattr(writer, "_add", lambda table, rows, *_: flushed.append((table, len(rows))))
        for n in range(5):
            writer.write([(replace(ARTICLE, id=str(n)), [])])
        assert flushed == [("articles", 2)] * 2


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


def test_claims_lack_offsets_alone(output: str) -> None:
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
    with connect(output) as base:
        view, growth = (
            {name for name, *_ in base.execute(f"SELECT * FROM {table}").description}
            for table in ("claims", "growth")
        )
    assert growth - view == {
        *("kind", "start", "end", "sentence_start", "sentence_end", "metric_start", "metric_end")
    }


def test_claims_in_full(output: str) -> None:
    growth = replace(
        FACTS[4],
        subject="e1",
        subject_name="Müller AG",
        subject_source="article",
        speaker="e1",
        period="9 June",
        period_value="2024-06-09",
        period_start=date(2024, 6, 9),
        period_end=date(2024, 6, 9),
        baseline="May",
        baseline_value="2024-05",
        baseline_start=date(2024, 5, 1),
        baseline_end=date(2024, 5, 31),
    )  # type: ignore[call-arg]  # a growth fact
    with open_writer(output) as writer:
        writer.write([(ARTICLE, [*FACTS[:4], growth])])
    query = """
        SELECT doc_id, text, sentence, rule, "check", metric, subject, subject_name, speaker, speaker_name,
            partner_name, period_start, period_end, baseline, baseline_start, baseline_end, change_value
        FROM claims"""
    ((*texts, _), *none) = select(output, query)
    assert not none
    assert [text and str(text) for text in texts] == [
        "a/müller.txt",
        "5.50%\nto",
        ARTICLE.text,
        "growth.verb",
        "unchecked",
        "sales",
        "e1",
        "Müller AG",
        "e1",
        "Müller AG",
        None,
        "2024-06-09",
        "2024-06-09",
        "May",
        "2024-05-01",
        "2024-05-31",
    ]


def test_claims_of_one_value_have_their_own_days(output: str) -> None:
    """The fiscal year 2024 of India and of Japan are two times; no claim takes the other's days."""
    days = [(date(2024, 4, 1), date(2025, 3, 31)), (date(2023, 7, 1), date(2024, 6, 30))]
    found: list[Fact] = [
        replace(
            fact,
            source=replace(fact.source, start=place, end=place + 1),
            period_value="FY2024",
            period_start=first,
            period_end=last,
        )  # type: ignore[call-arg]
        for place, (fact, (first, last)) in enumerate(zip([FACTS[4]] * 2, days, strict=True))
    ]
    times = [
        replace(
            FACTS[1],
            source=replace(FACTS[1].source, start=place, end=place + 1),
            value="FY2024",
            date_start=first,
            date_end=last,
        )  # type: ignore[call-arg]
        for place, (first, last) in enumerate(days)
    ]
    with open_writer(output) as writer:
        writer.write([(ARTICLE, [*times, *found])])
    held = select(output, "SELECT period_start, period_end FROM claims ORDER BY fact_id")
    assert [(str(first), str(last)) for first, last in held] == [(str(a), str(b)) for a, b in days]


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
            f"CREATE TABLE Articles ({', '.join(f'{name} INT' for name in (*NAMES, 'n'))})",
            r"its table articles is not of this version \(has n\)",
        ),
        (
            f"CREATE TABLE articles ({', '.join(f'{name} TEXT' for name in reversed(NAMES))})",
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
