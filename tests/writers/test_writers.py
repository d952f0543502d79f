from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import OptionError
from extract.writers import open_writer
from extract.writers.csv import CsvWriter
from extract.writers.jsonl import JsonlWriter
from extract.writers.sqlite import SqliteWriter


@pytest.mark.parametrize(
    ("output", "format", "writer"),
    [
        (None, None, JsonlWriter),
        ("-", None, JsonlWriter),
        ("facts.jsonl", None, JsonlWriter),
        ("facts.JSONL", None, JsonlWriter),
        ("facts", None, JsonlWriter),
        ("facts.csv", None, CsvWriter),
        ("facts/", None, CsvWriter),
        ("folder", None, CsvWriter),
        ("facts", "csv", CsvWriter),
        ("facts.csv", "jsonl", JsonlWriter),
        ("facts", "csv-exact", CsvWriter),
        ("facts.sqlite3", None, SqliteWriter),
        ("facts.db", None, SqliteWriter),
        ("facts.ndjson", None, JsonlWriter),
        ("facts.txt", "jsonl", JsonlWriter),
    ],
)
def test_the_format_is_named_or_told_by_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str | None, format: str | None, writer: type
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    with open_writer(output, format=format) as opened:
        assert isinstance(opened, writer)


def test_unknown_format() -> None:
    with pytest.raises(
        OptionError, match="unknown format 'xml'; choose one of jsonl, csv, csv-exact, parquet"
    ):
        open_writer("facts.xml", format="xml")


@pytest.mark.parametrize("output", ["facts.jsonl.gz", "facts.xlsx", "facts.json"])
def test_a_suffix_that_tells_nothing(tmp_path: Path, output: str) -> None:
    with pytest.raises(OptionError, match=r"\.\w+ is not a known format; choose one with --format"):
        open_writer(str(tmp_path / output))
    assert not list(tmp_path.iterdir())
