"""`extract run`: inputs and outputs."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import spacy

from extract import pipeline, record_builders, run
from extract.errors import ModelError
from extract.records import KINDS
from extract.writers.schema import schema
from tests.cli.commands import Extract, read_articles, texts
from tests.samples import FACTS, dollars, load_dollars


def test_records_on_stdout_words_on_stderr(extract: Extract) -> None:
    result = extract("run", "news")
    assert result.exit_code == 0
    assert texts(result.stdout) == ["$5", "$6", "$8"]
    for line in result.stdout.splitlines():
        jsonschema.validate(json.loads(line), schema(), jsonschema.Draft202012Validator)
    assert result.stderr.split()[:2] == ["articles", "2"]
    assert result.stderr.split()[-2:] == ["failures", "0"]


def test_standard_input(extract: Extract) -> None:
    result = extract("run", "-", given=b"It cost $5.\r\nOr $6.")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["doc_id"], r["start"], r["end"]) for r in records] == [("stdin", 8, 10), ("stdin", 16, 18)]


def test_a_quoted_glob(extract: Extract) -> None:
    assert texts(extract("run", "news/*.md").stdout) == ["$8"]


def test_output_files(extract: Extract) -> None:
    for arguments in ("-o facts.jsonl", "-o table --format csv", "-o facts.csv"):
        result = extract("run", "news", *arguments.split())
        assert (result.exit_code, result.stdout) == (0, "")
    assert texts(Path("facts.jsonl").read_text()) == ["$5", "$6", "$8"]
    assert len(Path("table/money.csv").read_text().splitlines()) == 4
    assert Path("table/money.csv").read_text() == Path("facts.money.csv").read_text()


def test_what_fails_is_told_and_the_rest_goes_on(extract: Extract) -> None:
    Path("news/bug.txt").write_text("A BUG.")
    Path("news/empty.txt").write_text("")
    Path("news/noise.txt").write_bytes(b"\x00\x01")
    Path("news/old.txt").write_bytes("Café: $1, £2 – and more.".encode("cp1252"))
    Path("news/x.jsonl").write_text('{"text": "Now $9."}\n{"text"\n')
    result = extract("run", "news", "missing.txt", "notes.pdf")
    assert result.exit_code == 1
    assert texts(result.stdout) == ["$5", "$6", "$8", "$1", "$9"]
    told = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert sorted(line.split(": ")[1] for line in told) == [
        "missing.txt",
        "news/bug.txt",
        "news/empty.txt",
        "news/noise.txt",
        "news/x.jsonl line 2",
        "notes.pdf",
    ]
    assert all("; " in line for line in told)


def test_options_of_reading(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = read_articles(monkeypatch)
    Path("dates.json").write_text('{"a": {"date": "2020-01-02", "title": "T"}, "b": null}')
    Path("x.jsonl").write_text('{"body": "One.", "guid": "g", "head": "H", "day": "2021-03-04"}')
    extract("run", "news", "--metadata", "dates.json")
    extract("run", "news/a.txt", "--metadata", "dates.json", "--date", "9 June 2024")
    fields = "--text-field body --id-field guid --title-field head --date-field day"
    extract("run", "x.jsonl", *fields.split())
    assert [(a.id, str(a.published), a.title) for a in seen] == [
        ("news/a.txt", "2020-01-02", "T"),
        ("news/b.md", "2024-06-09", "Prices"),
        ("news/a.txt", "2024-06-09", "T"),
        ("g", "2021-03-04", "H"),
    ]


def test_the_output_may_stand_among_the_articles(extract: Extract) -> None:
    Path("news/empty.txt").touch()
    for output in ("news/facts.jsonl", "news/facts.csv", "news/facts.jsonl", "news/date.parquet"):
        result = extract("run", "news", "-o", output, *["--kind", "date"] * output.endswith("parquet"))
        assert result.exit_code == 1
        assert [word for word in result.stderr.split() if word.isdigit()][:2] == ["2", "0"]
        assert result.stderr.split()[-2:] == ["failures", "1"]
    assert texts(Path("news/facts.jsonl").read_text()) == ["$5", "$6", "$8"]


def test_files_that_nothing_reads_are_counted_and_named(extract: Extract) -> None:
    Path("news/a.pdf").touch()
    Path("news/sub").mkdir()
    Path("news/sub/b.docx").touch()
    Path("news/facts.sqlite").touch()  # the output
    result = extract("run", "news", "-o", "news/facts.sqlite")
    assert result.exit_code == 0
    assert (
        "skipped, no reader for these files: 1 .pdf, 1 .docx (news/a.pdf, news/sub/b.docx)" in result.stderr
    )
    assert result.stderr.split()[-5:] == ["skipped", "files", "2", "failures", "0"]


def test_kinds(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars, lambda *_: FACTS))
    result = extract("run", "news/a.txt", "--kind", "growth", "--kind", "money")
    assert texts(result.stdout) == ["$5", "$6", "€1,000", "5.50%\nto"]
    assert [word for word in result.stderr.split() if word in KINDS] == ["money", "growth"]
    table = extract("run", "news/a.txt", "--kind", "growth", "--format", "csv").stdout
    assert [row["text"] for row in csv.DictReader(io.StringIO(table))] == ["5.50%\nto"]


def test_fields_that_are_kept(extract: Extract) -> None:
    row = {"text": "It cost $5.", "source": "Agency", "section": "Economy", "tags": ["a", "b"], "n": 7}
    Path("x.jsonl").write_text(json.dumps(row) + '\n{"text": "Or $6."}\n')
    keep = ["--keep", "section", "--keep", "tags", "--keep", "n", "--keep", "source", "--keep", "n"]
    first, second = map(json.loads, extract("run", "x.jsonl", *keep).stdout.splitlines())
    assert list(first)[-4:] == ["section", "tags", "n", "source"]
    assert [first[name] for name in ("section", "tags", "n", "source")] == ["Economy", "a, b", "7", "Agency"]
    assert [second[name] for name in ("section", "tags", "n", "source")] == [None] * 4
    extract("run", "x.jsonl", "-o", "out", "--format", "csv-exact", "--no-text", *keep)
    with Path("out/articles.csv").open(encoding="utf-8", newline="") as stream:
        articles = list(csv.DictReader(stream))
    assert [article["source"] for article in articles] == ["Agency", ""]
    assert [article["text"] for article in articles] == ["", ""]
    assert list(articles[0])[-4:] == ["text", "section", "tags", "n"]
    assert list(articles[0].values())[-3:] == ["Economy", "a, b", "7"]


@pytest.mark.parametrize("format", ["duckdb", "sqlite"])
def test_fields_of_any_name_are_kept_in_databases(extract: Extract, format: str) -> None:
    Path("x.csv").write_text('id,text,"the ""odd"" one, ü"\na,It cost $5.,one\n')
    for _ in range(2):
        assert extract("run", "x.csv", "-o", f"x.{format}", "--keep", 'the "odd" one, ü').exit_code == 0
    connect: Any = pytest.importorskip("duckdb").connect if format == "duckdb" else sqlite3.connect
    with closing(connect(f"x.{format}")) as base:
        assert base.execute('SELECT doc_id, "the ""odd"" one, ü" FROM articles').fetchall() == [("a", "one")]
    refused = extract("run", "x.csv", "-o", f"x.{format}")
    assert (refused.exit_code, '(has the "odd" one, ü)' in refused.stderr) == (2, True)


def test_a_daily_load_into_one_database_keeps_yesterdays_articles(extract: Extract) -> None:
    for day in ("monday", "tuesday"):
        Path(day).mkdir()
        Path(day, "x.txt").write_text("It cost $5.")
        assert extract("run", day, "-o", "facts.sqlite").exit_code == 0
    assert extract("run", "monday", "tuesday", "-o", "facts.sqlite").exit_code == 0
    with closing(sqlite3.connect("facts.sqlite")) as base:
        ids = base.execute("SELECT doc_id FROM money ORDER BY doc_id").fetchall()
    assert ids == [("monday/x.txt",), ("tuesday/x.txt",)]


@pytest.mark.parametrize(
    ("rule", "ids"),
    [
        ("path", ["news/a.txt", "news/b.md", "news/c.txt", "own", "news/feed.jsonl:2"]),
        ("name", ["a.txt", "b.md", "c.txt", "own", "feed.jsonl:2"]),
        ("url", ["news/a.txt", "news/b.md", "https://a.org/c", "https://a.org/1", "https://a.org/2"]),
    ],
)
def test_rules_of_ids(extract: Extract, monkeypatch: pytest.MonkeyPatch, rule: str, ids: list[str]) -> None:
    seen = read_articles(monkeypatch)
    Path("news/c.txt").write_text("---\nurl: https://a.org/c\n---\nIt cost $5.")
    rows = [
        {"id": "own", "text": "One.", "url": "https://a.org/1"},
        {"text": "Two.", "url": "https://a.org/2"},
    ]
    Path("news/feed.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert extract("run", "news", "--id", rule).exit_code == 0
    assert [article.id for article in seen] == ids
    assert extract("show", "news/c.txt", "--id", rule).stdout.startswith(ids[2])


def test_the_metadata_may_stand_among_the_articles(extract: Extract) -> None:
    Path("news/dates.csv").write_text("id,date\na,2020-01-02\n")
    assert extract("run", "news", "--metadata", "news/dates.csv").exit_code == 0
    assert "news/dates.csv: has no column 'text'" in extract("run", "news").stderr


def test_a_loop_of_links_stops_nothing(extract: Extract) -> None:
    Path("news/loop.txt").symlink_to("loop.txt")
    result = extract("run", "news", "-o", "facts.jsonl")
    assert "news/loop.txt: cannot be read (too many levels of symbolic links)" in result.stderr
    assert texts(Path("facts.jsonl").read_text()) == ["$5", "$6", "$8"]


def test_standard_input_in_other_formats(extract: Extract) -> None:
    assert texts(
        extract("run", "-", "--input-format", "jsonl", given=b'{"text": "It cost $5."}\n').stdout
    ) == ["$5"]
    table = extract("run", "-", "--input-format", "csv", given=b"id,text\na,It cost $5.\n,Or $6.\n")
    assert [json.loads(line)["doc_id"] for line in table.stdout.splitlines()] == ["a", "stdin:3"]
    Path("news/feed").write_text('{"text": "It cost $7."}')
    assert "or set its format with --input-format" in extract("run", "news/feed").stderr
    assert texts(extract("run", "news/feed", "--input-format", "jsonl").stdout) == ["$7"]


def test_model(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(**options: Any) -> Any:
        raise ModelError(f"{options['model']} is not installed; install it")

    monkeypatch.setattr(pipeline, "load", load)
    result = extract("run", "news", "--model", "xx_big")
    assert (result.exit_code, result.stderr) == (1, "error: xx_big is not installed; install it\n")


def test_the_start_of_fiscal_years(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("gold").mkdir()
    Path("gold/a.toml").write_text("")
    seen = []

    def load(**options: Any) -> Any:
        seen.append(options["fiscal_start"])
        return spacy.blank("en")

    monkeypatch.setattr(pipeline, "load", load)
    for command in ("run news", "show news/a.txt", "evaluate --corpus news"):
        extract(*command.split(), "--fiscal-start", "4")
    assert seen == [4, 4, 4]


def test_money_in_one_currency(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def load(**options: Any) -> Any:
        seen.append(options["convert_to"])
        return spacy.blank("en")

    monkeypatch.setattr(pipeline, "load", load)
    extract("run", "news", "--convert-to", "eur")
    assert seen == ["EUR"]
    refused = extract("run", "news", "-o", "facts.jsonl", "--convert-to", "XYZ")
    assert (refused.exit_code, "no rates of 'XYZ'; choose one of AUD, BGN" in refused.stderr) == (2, True)
    assert not Path("facts.jsonl").exists()
    assert seen == ["EUR"]  # it was refused before anything ran


def test_failures_have_a_file(extract: Extract) -> None:
    for n in range(25):
        Path(f"news/bug{n}.txt").write_text("A BUG.")
    told = extract("run", "news", "-o", "facts.jsonl").stderr
    assert "and 5 more, all in facts.jsonl.failures.jsonl" in told
    assert len(Path("facts.jsonl.failures.jsonl").read_text().splitlines()) == 25
    extract("run", "news", "--failures", "what.jsonl")
    assert Path("what.jsonl").read_text() == Path("facts.jsonl.failures.jsonl").read_text()


def test_workers(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "pipeline_loader", lambda **_: load_dollars)
    assert texts(extract("run", "news", "--workers", "1").stdout) == ["$5", "$6", "$8"]
