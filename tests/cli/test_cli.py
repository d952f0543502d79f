from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import spacy
from click.testing import CliRunner, Result
from pytest_regressions.file_regression import FileRegressionFixture
from spacy.tokens import Doc

from extract import __version__, pipeline, run
from extract.articles import Article
from extract.cli import main
from extract.cli.options import KINDS as OFFERED
from extract.errors import ModelError
from extract.records import KINDS, Fact
from extract.writers.schema import schema
from tests.samples import FACTS, dollars, load_dollars

Extract = Callable[..., Result]


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two good articles in a folder, and a pipeline that knows dollars only."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/a.txt").write_text("It cost $5 or $6.")
    Path("news/b.md").write_text("---\ndate: 2024-06-09\ntitle: Prices\n---\nNow it is $8.")
    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (dollars,))
    monkeypatch.setattr(pipeline, "load", lambda **options: spacy.blank("en"))
    monkeypatch.setattr(pipeline, "check", lambda nlp: None)


@pytest.fixture
def extract() -> Extract:
    def run(*arguments: str, given: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, arguments, input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def texts(lines: str) -> list[str]:
    return [json.loads(line)["text"] for line in lines.splitlines()]


def read_articles(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """The articles that reach the rules from now on."""
    seen: list[Article] = []

    def spy(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        seen.append(article)
        yield from ()

    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (spy,))
    return seen


COMMANDS = ["", "run", "show", "explain", "schema", "serve", "report", "evaluate", "draft", "agree"]
COMMANDS += ["rules", "rules check", "rules list", "rules new"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(extract: Extract, file_regression: FileRegressionFixture, command: str) -> None:
    result = extract(*command.split(), "--help")
    assert result.exit_code == 0
    file_regression.check(result.stdout)


def test_version(extract: Extract) -> None:
    assert extract("--version").stdout == f"extract, version {__version__}\n"


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


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("run", "Missing argument 'PATHS...'"),
        ("run news --format xml", "'xml' is not one of 'jsonl', 'csv', 'csv-exact', 'parquet', 'arrow',"),
        ("run news --date 09/06/2024", "error: '09/06/2024' is not a date; write it as 2024-06-09"),
        ("run news --metadata no.json", "error: no.json: cannot be read"),
        ("run news -o news/a.txt/x.jsonl", "error: news/a.txt/x.jsonl.journal: cannot be written (file"),
        ("run news -o news --format jsonl", "error: news: cannot be written (is a directory"),
        (
            "run news --format csv",
            "error: csv is one file per kind of fact; choose one with --kind, or name a folder",
        ),
        (
            "run news -o x.parquet",
            "choose one with --kind, or write a folder of them with -o x --format parquet",
        ),
        ("run news --kind price", "'price' is not one of 'entity', 'date', 'money', 'quantity', 'growth'"),
        (
            "run news --keep Amount",
            "error: a column of the output is named 'amount'; rename the field to keep",
        ),
        ("run news --numbers float", "error: jsonl writes numbers in one way; --numbers float is for csv,"),
        ("run news/a.txt -o news/a.txt --format jsonl", "error: news/a.txt: is among the articles to read"),
        ("run news --resume", "error: --resume needs the output of the run to resume; name it with -o"),
        ("run news --timeout 0", "0.0 is not in the range x>0"),
        ("run news --fiscal-start 13", "13 is not in the range 1<=x<=12"),
        (
            "schema price",
            "error: unknown kind 'price'; choose one of entity, date, money, quantity, growth, metrics",
        ),
        ("show", "Missing argument 'FILE'"),
        ("sing", "No such command 'sing'"),
    ],
)
def test_wrong_usage(extract: Extract, arguments: str, message: str) -> None:
    result = extract(*arguments.split())
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert Path("news/a.txt").read_text() == "It cost $5 or $6."


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
    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (dollars, lambda *_: FACTS))
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
    assert "or say what it is by --input-format" in extract("run", "news/feed").stderr
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


def test_an_interruption_keeps_what_was_done(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        if "STOP" in article.text:
            raise KeyboardInterrupt
        return dollars(doc, article, known)

    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (interrupted,))
    lines = [json.dumps({"text": "It cost $5."})] * 40 + [json.dumps({"text": "STOP"})]
    Path("x.jsonl").write_text("\n".join(lines))
    result = extract("run", "x.jsonl", "-o", "facts.jsonl")
    assert result.exit_code == 130
    assert "interrupted: the facts of" in result.stderr
    assert len(texts(Path("facts.jsonl").read_text())) == 32


def interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write thirty articles to `x.jsonl`, the twentieth of which interrupts a run."""

    def interrupted(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        if article.id == "x.jsonl:20":
            raise KeyboardInterrupt
        return dollars(doc, article, known)

    Path("x.jsonl").write_text("\n".join(json.dumps({"text": f"It cost ${n}."}) for n in range(30)))
    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (interrupted,))


def test_an_interrupted_run_goes_on(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(monkeypatch)
    stopped = extract("run", "x.jsonl", "-o", "new/facts.jsonl", "--resume")
    assert (
        "new/facts.jsonl.journal: not found, so there is no run to resume; starting a new one"
        in stopped.stderr
    )
    assert "were written; continue with --resume" in stopped.stderr
    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (dollars,))
    forgotten = extract("run", "x.jsonl", "-o", "new/facts.jsonl")
    assert (forgotten.exit_code, "continue it with --resume, or delete" in forgotten.stderr) == (2, True)
    refused = extract("run", "x.jsonl", "-o", "new/facts.jsonl", "--resume", "--fiscal-start", "4")
    assert (
        refused.exit_code,
        "had other options or another program (fiscal_start None, now 4)" in refused.stderr,
    ) == (
        2,
        True,
    )
    assert len(texts(Path("new/facts.jsonl").read_text())) == 16  # neither touched it
    assert extract("run", "x.jsonl", "-o", "new/facts.jsonl", "--resume").exit_code == 0
    assert texts(Path("new/facts.jsonl").read_text()) == [f"${n}" for n in range(30)]
    assert [path.name for path in Path("new").iterdir()] == ["facts.jsonl"]


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


def test_a_run_that_goes_on_has_the_currency_that_it_began_with(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch)
    extract("run", "x.jsonl", "-o", "facts.jsonl", "--convert-to", "EUR")
    monkeypatch.setattr(pipeline, "RECORD_BUILDERS", (dollars,))
    for options in (["--convert-to", "USD"], []):
        refused = extract("run", "x.jsonl", "-o", "facts.jsonl", "--resume", *options)
        assert (
            refused.exit_code,
            "had other options or another program (convert_to 'EUR, rates until" in refused.stderr,
        ) == (
            2,
            True,
        )
    assert extract("run", "x.jsonl", "-o", "facts.jsonl", "--resume", "--convert-to", "EUR").exit_code == 0
    assert len(texts(Path("facts.jsonl").read_text())) == 30


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


def test_show(extract: Extract) -> None:
    result = extract("show", "news/b.md")
    assert result.exit_code == 0
    assert result.stdout.startswith("news/b.md · Prices · 2024-06-09\n\nNow it is $8.\n")
    assert "amount=8 currency=USD" in result.stdout
    missing = extract("show", "no.txt")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr.startswith("error: no.txt: cannot be read")


def test_schema(extract: Extract) -> None:
    assert json.loads(extract("schema").stdout) == schema()
    for kind in KINDS:
        assert json.loads(extract("schema", kind).stdout) == schema(kind)


def test_schema_of_metrics_lists_the_concepts_with_codes(extract: Extract) -> None:
    concepts = {row["metric_id"]: row for row in json.loads(extract("schema", "metrics").stdout)}
    assert concepts["gdp"]["world_bank"] == "NY.GDP.MKTP.CD"
    assert concepts["revenue"]["xbrl"] == "Revenues"
    assert concepts["turnout"]["world_bank"] is None


@pytest.fixture
def _gold() -> None:
    Path("gold").mkdir()
    entry = '[[money]]\ntext = "${}"\namount = {}\ncurrency = "USD"\n'
    Path("gold/a.toml").write_text(entry.format(5, 5) + entry.format(6, 7))
    Path("gold/b.toml").write_text(entry.format(8, 8))


@pytest.mark.usefixtures("_gold")
def test_evaluate(extract: Extract) -> None:
    table = extract("evaluate", "--corpus", "news", "--errors")
    assert table.exit_code == 0
    assert table.stdout.startswith("WRONG money a.txt:14")
    assert "Scores in per cent" in table.stdout
    data = json.loads(extract("evaluate", "--corpus", "news", "--json").stdout)
    (amount,) = (s for s in data["scores"] if (s["kind"], s["row"]) == ("money", "amount"))
    assert (amount["hits"], amount["gold"], amount["found"]) == (2, 3, 3)
    Path("gold/b.toml").unlink()
    assert extract("evaluate", "--corpus", "news").stderr == "skipped, no gold: b.md\n"


@pytest.mark.usefixtures("_gold")
def test_evaluate_records(extract: Extract) -> None:
    for output in ("facts.jsonl", "facts.parquet", "facts.csv"):
        assert extract("run", "news", "--kind", "money", "-o", output).exit_code == 0
    assert extract("run", "news", "--format", "csv", "-o", "tables").exit_code == 0
    scored = [
        json.loads(extract("evaluate", "--corpus", "news", "--records", path, "--json").stdout)["scores"]
        for path in ("facts.jsonl", "facts.parquet", "facts.csv", "tables")
    ]
    money = [[s for s in scores if s["kind"] == "money"] for scores in scored]
    assert money[0][0]["hits"] == 3
    assert money[1:] == money[:1] * 3
    result = extract("evaluate", "--corpus", "news", "--records", "facts.csv", "--per-article", "by.csv")
    assert result.exit_code == 0
    assert "95 %" in result.stdout
    assert Path("by.csv").read_text().splitlines()[:2] == [
        "doc_id,kind,row,precision,recall,f1,hits,gold,found",
        "a.txt,money,found,1.0,1.0,1.0,2,2,2",
    ]
    markdown = extract("evaluate", "--corpus", "news", "--records", "facts.csv", "--markdown").stdout
    assert markdown.startswith("| kind | row | F1 | 95 % | P | R | gold | found |\n")


@pytest.mark.usefixtures("_gold")
def test_evaluate_tells_what_does_not_fit(extract: Extract) -> None:
    records = [
        {"doc_id": "b.md", "kind": "money", "start": 10, "end": 12, "text": "$8", "amount": 8},
        {"doc_id": "elsewhere/b.md", "kind": "money", "start": 10, "end": 12, "text": "$8", "amount": 8},
        {"doc_id": "elsewhere/a.txt", "kind": "money", "start": 8, "end": 10, "text": "$5", "amount": 5},
        {"doc_id": "a.txt", "kind": "Money", "start": 8, "end": 10},
        {"doc_id": "b.md", "kind": "money", "start": 0, "end": 3, "text": "$8", "amount": "8.5"},
        {"doc_id": "x.txt", "kind": "money", "start": 0, "end": 3},
    ]
    Path("other.jsonl").write_text("\n".join(map(json.dumps, records)))
    result = extract("evaluate", "--corpus", "news", "--records", "other.jsonl", "--json")
    found = json.loads(result.stdout)["scores"][0]
    assert (found["row"], found["hits"], found["found"]) == ("found", 2, 3)
    assert result.stderr.splitlines() == [
        "other.jsonl: skipped, no such articles: x.txt",
        "other.jsonl: skipped, several articles have this name: elsewhere/b.md; "
        "use the ids of the articles as doc_id",
        "other.jsonl: 1 documents were matched to articles by file name, not by id",
        "other.jsonl: skipped: 1 records of unknown kinds, Money; "
        "known kinds are entity date money quantity growth",
        "other.jsonl: 1 records have a text that differs from the article at their offsets; "
        "offsets count Unicode code points of the article's text",
    ]


def test_draft(extract: Extract) -> None:
    Path("gold").mkdir()
    draft = extract("draft", "news/a.txt", "-o", "gold/a.toml")
    assert (draft.exit_code, draft.stdout) == (0, "")
    assert draft.stderr == "gold/a.toml: compare it with news/a.txt, correct it, then remove `draft = true`\n"
    refused = extract("evaluate", "--corpus", "news")
    assert refused.exit_code == 1
    assert "gold/a.toml: is a draft; read it against the article" in refused.stderr
    content = Path("gold/a.toml").read_text()
    assert extract("draft", "news/a.txt").stdout == content
    Path("gold/a.toml").write_text(content.replace("draft = true\n", ""))
    scores = json.loads(extract("evaluate", "--corpus", "news", "--json").stdout)["scores"]
    assert scores
    assert all(score["f1"] == 1 for score in scores)
    assert "already exists" in extract("draft", "news/a.txt", "-o", "gold/a.toml").stderr
    assert "contains 2 articles" in extract("draft", "news").stderr
    assert "cannot be written" in extract("draft", "news/a.txt", "-o", "no/a.toml").stderr


@pytest.mark.usefixtures("_gold")
def test_agree(extract: Extract) -> None:
    Path("other").mkdir()
    Path("other/a.toml").write_text('[[money]]\ntext = "$5"\namount = 5\ncurrency = "USD"\n')
    result = extract("agree", "gold", "other", "--corpus", "news", "--errors")
    assert result.exit_code == 0
    assert result.stderr == "skipped, only one has gold for them: b.md\n"
    assert result.stdout.startswith("MISSED money a.txt:14")
    assert "Agreement in per cent" in result.stdout
    found, *_ = json.loads(extract("agree", "gold", "other", "--corpus", "news", "--json").stdout)["scores"]
    assert (found["hits"], found["gold"], found["found"]) == (1, 2, 1)


def test_gold_of_another_format(extract: Extract) -> None:
    labels = [[9, 11, "MONEY"], [0, 3, "FOOD"], [4, 8, "PET"]]
    Path("set.jsonl").write_text(json.dumps({"id": "x", "text": "Ann paid $5.", "label": labels}))
    said = ("evaluate", "--gold", "set.jsonl", "--gold-format", "doccano")
    result = extract(*said, "--json")
    assert result.stderr == "skipped: 2 spans with unknown labels FOOD, PET\n"
    found, *_ = json.loads(result.stdout)["scores"]
    assert (found["kind"], found["row"], found["hits"]) == ("money", "found", 1)
    assert "--gold-format cannot be combined with --gate; remove one" in extract(*said, "--gate").stderr
    assert "remove --errors" in extract("evaluate", "--gold-format", "newsquant", "--errors").stderr


@pytest.mark.usefixtures("_gold")
def test_compare(extract: Extract) -> None:
    assert extract("run", "news", "-o", "a.jsonl").exit_code == 0
    Path("b.jsonl").write_text("")
    result = extract("evaluate", "--corpus", "news", "--compare", "a.jsonl", "b.jsonl")
    assert result.exit_code == 0
    assert "F1 in per cent: A is a.jsonl, B is b.jsonl" in result.stdout
    data = json.loads(
        extract("evaluate", "--corpus", "news", "--compare", "a.jsonl", "b.jsonl", "--json").stdout
    )
    first = data["differences"][0]
    assert (first["row"], first["f1"], first["difference"]) == ("found", [1.0, 0.0], -1.0)


@pytest.mark.usefixtures("_gold")
def test_pages_of_scores_and_of_changes(extract: Extract) -> None:
    assert extract("run", "news", "-o", "a.jsonl").exit_code == 0
    Path("b.jsonl").write_text("")
    to_page = extract("evaluate", "--corpus", "news", "--html", "scores.html")
    assert "Scores in per cent" in to_page.stdout
    assert Path("scores.html").read_text().count('data-outcome="wrong"') == 1
    changed = extract("evaluate", "--corpus", "news", "--compare", "a.jsonl", "b.jsonl", "--html", "-")
    assert changed.stdout.startswith("<!doctype html>")
    assert changed.stdout.count('data-change="broken"') == 2
    refused = extract("evaluate", "--corpus", "news", "--html", "news/a.txt")
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            "--compare a b --errors --model x",
            "--compare cannot be combined with --model --errors; remove one",
        ),
        ("--records a --model x", "--records cannot be combined with --model; remove one"),
        ("--records a --fiscal-start 4", "--records cannot be combined with --fiscal-start; remove one"),
        ("--records a --update-floors", "--records cannot be combined with --update-floors; remove one"),
        ("--json --markdown", "--json cannot be combined with --markdown; remove one"),
        ("--gate --update-floors", "--gate cannot be combined with --update-floors; remove one"),
        ("--allow-lower", "--allow-lower requires --update-floors; add it"),
        ("--kind bogus", "'bogus' is not one of 'entity', 'date', 'money', 'quantity', 'growth'"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(extract: Extract, options: str, told: str) -> None:
    result = extract("evaluate", "--corpus", "news", *options.split())
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_kinds_are_those_of_the_records() -> None:
    assert list(OFFERED) == list(KINDS)


@pytest.mark.usefixtures("_gold")
def test_errors_are_part_of_the_json(extract: Extract) -> None:
    Path("other").mkdir()
    Path("other/a.toml").write_text('[[money]]\ntext = "$5"\namount = 5\ncurrency = "USD"\n')
    for command in (("evaluate",), ("agree", "gold", "other")):
        data = json.loads(extract(*command, "--corpus", "news", "--errors", "--json").stdout)
        assert [" money a.txt:14" in error for error in data["errors"]] == [True]
        assert "errors" not in json.loads(extract(*command, "--corpus", "news", "--json").stdout)


@pytest.mark.usefixtures("_gold")
def test_scores_of_articles_replace_no_other_file(extract: Extract) -> None:
    before = Path("gold/a.toml").read_text()
    result = extract("evaluate", "--corpus", "news", "--per-article", "gold/a.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert Path("gold/a.toml").read_text() == before


@pytest.mark.usefixtures("_gold")
def test_the_gate(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    assert extract("evaluate", "--corpus", "news", "--gate").exit_code == 1
    assert extract("evaluate", "--corpus", "news", "--update-floors").exit_code == 0
    assert extract("evaluate", "--corpus", "news", "--gate").exit_code == 0
    read_articles(monkeypatch)
    fallen = extract("evaluate", "--corpus", "news", "--gate")
    assert fallen.exit_code == 1
    assert "is below its floor" in fallen.stderr
    assert extract("evaluate", "--corpus", "news", "--update-floors").exit_code == 1
    assert extract("evaluate", "--corpus", "news", "--update-floors", "--allow-lower").exit_code == 0


def test_evaluate_refuses_what_it_cannot_trust(extract: Extract) -> None:
    missing = extract("evaluate", "--corpus", "news")
    assert missing.exit_code == 1
    assert "gold: holds no gold of any of these articles; name its files after theirs" in missing.stderr
    Path("news/empty.txt").write_text("")
    assert "news/empty.txt: is empty" in extract("evaluate", "--corpus", "news").stderr


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from extract.cli import main; main(['--help'], standalone_mode=False)"
    code += "; print(*sys.modules)"
    loaded = set(in_a_process(code).stdout.split())
    assert "click" in loaded
    assert not loaded & {
        "spacy",
        "rich",
        "numpy",
        "trafilatura",
        "simplejson",
        "extract.pipeline",
        "extract.rules",
    }


def test_a_closed_pipe_ends_quietly() -> None:
    Path("x.jsonl").write_text((json.dumps({"text": "It cost $5 million. " * 20}) + "\n") * 100)
    command = f"{sys.executable} -c 'from extract.cli import main; main()' run x.jsonl | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_explain_prints_a_sentence_for_people_or_json_for_programs(extract: Extract) -> None:
    assert "money:" in extract("explain", "news/a.txt").stdout
    (line,) = extract("explain", "-", "--json", given=b"It cost $5.").stdout.splitlines()
    assert [fact["text"] for fact in json.loads(line)["facts"]] == ["$5"]


@pytest.mark.parametrize("arguments", [["money:1-2"], ["--at", "nowhere"], ["money:1-2", "--at", "cost"]])
def test_explain_names_what_it_cannot_do(extract: Extract, arguments: list[str]) -> None:
    result = extract("explain", "news/a.txt", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
