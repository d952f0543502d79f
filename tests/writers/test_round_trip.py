"""All facts of the corpus, written in each format and read back, value by value."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.records import Fact, Money
from extract.writers import WRITERS, Found, open_writer
from extract.writers.tables import ARTICLES, Column, Row, rows, tables
from tests.samples import ARTICLE, FACTS

Tables = Mapping[str, Sequence[Row]]
TEXTS = [
    "a\rb",
    "a\nb",
    "\r\n",
    "nul \0 inside",
    'a,b "c"\r\nd\te',
    "'quoted'",
    "1e5",
    "NULL",
    "😀 ﬀ \u202e",
    "x" * 100_000,
]


def texts(column: Column, cell: str) -> Any:
    """A value from a text, which an empty one is not."""
    made: Mapping[type, Callable[[str], Any]] = {date: date.fromisoformat, str: str}
    return made.get(column.type, column.type)(cell) if cell else None


def of_jsonl(output: Path) -> Tables:
    made: dict[str, list[Row]] = {table: [] for table in tables()}
    for line in output.read_text(encoding="utf-8").split("\n")[:-1]:
        record = json.loads(line, parse_float=Decimal)
        made[record["kind"]].append(row_of(record["kind"], record))
    return made


def of_csv(output: Path) -> Tables:
    made = {}
    for table, columns in tables().items():
        with (output / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            _, *lines = csv.reader(stream)
        made[table] = [tuple(texts(*pair) for pair in zip(columns, cells, strict=True)) for cells in lines]
    return made


def of_parquet(output: Path) -> Tables:
    read = pytest.importorskip("pyarrow.parquet").read_table
    return {
        table: [row_of(table, record) for record in read(output / f"{table}.parquet").to_pylist()]
        for table in tables()
    }


def of_arrow(output: Path) -> Tables:
    made: dict[str, list[Row]] = {table: [] for table in tables()}
    with pytest.importorskip("pyarrow").ipc.open_stream(output) as stream:
        for record in stream.read_all().to_pylist():
            made[record["kind"]].append(row_of(record["kind"], record))
    return made


def of_sqlite(output: Path) -> Tables:
    with closing(sqlite3.connect(output)) as base:
        return {
            table: [
                row_of(table, dict(zip((c.name for c in columns), cells, strict=True)))
                for cells in base.execute(f'SELECT * FROM "{table}"')
            ]
            for table, columns in tables().items()
        }


def of_duckdb(output: Path) -> Tables:
    with pytest.importorskip("duckdb").connect(str(output), read_only=True) as base:
        return {table: base.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables()}


def row_of(table: str, record: Mapping[str, Any]) -> Row:
    """The row of a record, with dates that are text and numbers that are binary made what they were."""
    cells = [(column, record[column.name]) for column in tables()[table]]
    return tuple(
        texts(column, str(cell))
        if cell is not None and not isinstance(cell, str | date)
        else texts(column, cell)
        if column.type is date and isinstance(cell, str)
        else cell
        for column, cell in cells
    )


READ = {
    "jsonl": of_jsonl,
    "csv-exact": of_csv,
    "parquet": of_parquet,
    "arrow": of_arrow,
    "sqlite": of_sqlite,
    "duckdb": of_duckdb,
}


def test_every_format_is_read_back() -> None:
    assert READ.keys() | {"csv"} == WRITERS.keys()


@pytest.mark.parametrize("format", READ)
def test_the_facts_of_the_corpus_come_back(tmp_path: Path, format: str, found: list[Found]) -> None:
    hold(tmp_path / "facts", format, found)


@pytest.mark.parametrize("format", READ)
def test_any_text_comes_back(tmp_path: Path, format: str) -> None:
    facts: list[Fact] = [
        replace(FACTS[0], source=replace(FACTS[0].source, start=number, text=text), name=text)  # type: ignore[call-arg]
        for number, text in enumerate(TEXTS)
    ]
    hold(tmp_path / "facts", format, [(replace(ARTICLE, title="=1+1\n", source="\0"), facts)])


@pytest.mark.parametrize("format", READ)
def test_a_run_without_facts_has_all_columns(tmp_path: Path, format: str) -> None:
    hold(tmp_path / "facts", format, [])


def test_what_decimals_of_38_digits_cannot_hold(tmp_path: Path) -> None:
    """Text is exact; a decimal that would be nothing or does not fit is null; SQLite has 15 digits of any."""
    amounts = [Decimal("123456789012345678901234567890.5"), Decimal("0.00000000000049"), Decimal("-0.1")]
    facts = [
        Money(source=replace(FACTS[2].source, start=number), amount=amount)
        for number, amount in enumerate(amounts)
    ]
    held = {}
    for format in READ:
        with open_writer(str(tmp_path / format), format=format) as writer:
            writer.write([(ARTICLE, facts)])
        held[format] = [row[11] for row in READ[format](tmp_path / format)["money"]]
    assert held["jsonl"] == held["csv-exact"] == amounts
    assert held["parquet"] == held["arrow"] == held["duckdb"] == [None, None, Decimal("-0.1")]
    assert held["sqlite"] == [Decimal("1.2345678901234568e+29"), Decimal("4.9e-13"), Decimal("-0.1")]


def hold(output: Path, format: str, found: list[Found]) -> None:
    """Write, read and compare."""
    with open_writer(str(output), format=format) as writer:
        for article in found:
            writer.write([article])
    wanted = rows(found) | ({ARTICLES: []} if format in ("jsonl", "arrow") else {})
    held = READ[format](output)
    for table in tables():
        assert by_key(held[table]) == by_key(wanted[table])


def by_key(rows: Iterable[Row]) -> list[Row]:
    """A database gives its rows in an order of its own."""
    return sorted(rows, key=lambda row: (str(row[0]), str(row[1])))
