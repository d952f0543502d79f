"""Outputs from the command line: what stands in the way, what is there already, and runs without a fact."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from click.testing import CliRunner, Result

from extract import pipeline, record_builders
from extract.cli import main
from extract.errors import ModelError, OptionError
from extract.writers import WRITERS, open_writer
from tests.samples import ARTICLE, FACTS, dollars
from tests.writers.test_round_trip import READ, of_csv

Extract = Callable[..., Result]
FULL = Path("/dev/full")
FOLDERS = {"csv", "csv-exact", "parquet"}


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles in a folder, and a pipeline that knows dollars only."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/a.txt").write_text("It cost $5 or $6.")
    Path("news/b.txt").write_text("Now it is $8.")
    Path("none.txt").write_text("It cost nothing.")
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))
    monkeypatch.setattr(pipeline, "load", lambda **options: spacy.blank("en"))


@pytest.fixture
def extract() -> Extract:
    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture(params=WRITERS)
def format(request: pytest.FixtureRequest) -> str:
    for module in {"duckdb": ["duckdb", "pyarrow"], "parquet": ["pyarrow"], "arrow": ["pyarrow"]}.get(
        request.param, []
    ):
        pytest.importorskip(module)
    return str(request.param)


def money(format: str) -> list[Any]:
    """The texts of the amounts in the output."""
    return sorted(row[3] for row in (READ | {"csv": of_csv})[format](Path("out"))["money"])


def test_each_format(extract: Extract, format: str) -> None:
    for _ in range(2):  # the second run finds the output of the first
        result = extract("run", "news", "-o", "out", "--format", format)
        assert (result.exit_code, result.stdout) == (0, "")
        assert money(format) == ["$5", "$6", "$8"]
    assert not list(Path().glob("out.*"))


def test_a_run_without_facts(extract: Extract, format: str) -> None:
    assert extract("run", "none.txt", "-o", "out", "--format", format).exit_code == 0
    assert money(format) == []


def test_a_run_that_cannot_begin_costs_nothing(
    extract: Extract, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract("run", "news", "-o", "out", "--format", format)

    def broken(**options: object) -> None:
        raise ModelError("no such model; install it")

    monkeypatch.setattr(pipeline, "load", broken)
    assert extract("run", "news", "-o", "out", "--format", format).exit_code == 1
    assert money(format) == ["$5", "$6", "$8"]


def test_an_output_of_another_kind(extract: Extract, format: str) -> None:
    """A folder where a file should be, or the other way round."""
    if format in FOLDERS:
        Path("out").write_text("a file")
    else:
        Path("out").mkdir()
    refused(extract("run", "news", "-o", "out", "--format", format), "out: cannot be written (")
    assert Path("out").is_dir() or Path("out").read_text() == "a file"


def test_a_place_where_nothing_can_be(extract: Extract, format: str) -> None:
    refused(extract("run", "news", "-o", "none.txt/out", "--format", format), "none.txt")
    assert Path("none.txt").read_text() == "It cost nothing."


@pytest.mark.skipif(not FULL.exists(), reason="no full device here")
def test_a_full_disk(extract: Extract, format: str) -> None:
    refused(extract("run", "news", "-o", str(FULL), "--format", format), f"{FULL}: cannot be written (")


def write(format: str, count: int) -> None:
    """So many articles with a fact of each kind."""
    with open_writer("out", format=format) as writer:
        for number in range(count):
            name = str(number)
            facts = [replace(fact, source=replace(fact.source, doc_id=name)) for fact in FACTS]
            writer.write([(replace(ARTICLE, id=name), facts)])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no limits of files there")
def test_a_disk_that_fills_up(format: str) -> None:
    """A limit of a few kilobytes per file stands for it; what an earlier run wrote to Parquet stays."""
    import resource

    with tempfile.TemporaryFile() as told:
        child = os.fork()  # the limit is for good
        if not child:
            with suppress(BaseException):
                write(format, 1)
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
                try:
                    write(format, 6000)
                except OptionError as error:
                    os.write(told.fileno(), str(error).encode())
            os._exit(0)
        os.waitpid(child, 0)
        told.seek(0)
        assert b"cannot be written" in told.read()
    if format == "parquet":
        assert money(format) == ["€1,000"]


def test_an_article_of_no_text_that_can_be_written(extract: Extract, format: str) -> None:
    """Half of a surrogate pair has no place in any output: its article is refused, the rest goes on."""
    Path("news/c.jsonl").write_text('{"text": "\\ud800 $9"}\n{"text": "Then $7."}\n')
    result = extract("run", "news", "-o", "out", "--format", format)
    assert result.exit_code == 1
    assert "line 1: holds half of a surrogate pair" in " ".join(result.stderr.split())
    assert money(format) == ["$5", "$6", "$7", "$8"]


def refused(result: Result, message: str) -> None:
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error: {message}" in result.stderr
    assert "another output with -o" in result.stderr
    assert "Traceback" not in result.stderr
