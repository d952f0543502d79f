"""No input is written over, under whatever name; and no file that something else wrote is replaced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import pathname2url

import pytest
from click.testing import CliRunner, Result

from extract import record_builders, run
from extract.cli import main
from tests import samples
from tests.readers.test_hostile import table_of

LINE = json.dumps({"id": "a", "text": "It cost $5."}) + "\n"
ROW = "id,text\na,It cost $5.\n"


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "pipeline_loader", lambda **_: samples.load_dollars)
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (samples.dollars,))
    for folder in ("csv", "pq", "lines"):
        Path(folder).mkdir()
    Path("csv/articles.csv").write_text(ROW)
    Path("csv/facts.articles.csv").write_text(ROW)
    Path("csv/facts.csv").write_text(ROW)
    Path("pq/money.parquet").write_bytes(table_of([{"id": "a", "text": "It cost $5."}]))
    Path("lines/in.jsonl").write_text(LINE)
    os.link("lines/in.jsonl", "lines/hard.jsonl")
    Path("lines/soft.jsonl").symlink_to("in.jsonl")
    Path("dates.json").write_text('{"a": "2024-06-09"}')
    Path("in.jsonl.failures.jsonl").write_text(LINE)


def extract(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["run", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def state() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        "csv -o csv --format csv",
        "csv/articles.csv -o csv/ --overwrite",
        "csv/facts.articles.csv -o csv/facts.csv",
        "csv/facts.csv -o csv/facts.csv --kind money",
        "pq -o pq --format parquet",
        "pq/money.parquet -o pq/money.parquet --kind money",
        "lines/in.jsonl -o lines/in.jsonl --overwrite",
        "lines/in.jsonl -o lines/hard.jsonl",
        "lines/in.jsonl -o lines/soft.jsonl",
        "lines/in.jsonl -o out.jsonl --failures lines/hard.jsonl",
        "in.jsonl.failures.jsonl -o in.jsonl",
        "lines/in.jsonl --metadata dates.json -o dates.json --format jsonl --overwrite",
        "lines/in.jsonl --metadata dates.json -o out.jsonl --failures dates.json",
        "ADDRESS -o lines/in.jsonl",
        "simplecache::ADDRESS -o lines/in.jsonl",
        "lines/in.jsonl -o out.jsonl --failures out.jsonl",
        "lines/in.jsonl -o out.jsonl --failures out.jsonl.journal",
    ],
)
def test_what_is_read_is_not_written(arguments: str) -> None:
    before = state()
    address = "file://" + pathname2url(str(Path("lines/in.jsonl").resolve()))
    result = extract(*arguments.replace("ADDRESS", address).split())
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "choose another name" in result.stderr or "choose another output with -o" in result.stderr
    assert state() == before


@pytest.mark.parametrize(
    "command",
    [
        "run - --input-format jsonl -o in.jsonl < in.jsonl",
        "run in.jsonl >> in.jsonl",
        "run in.jsonl -o /dev/stdout >> in.jsonl",
        "run /dev/stdin --input-format jsonl -o in.jsonl < in.jsonl",
    ],
)
def test_the_streams_are_files_too(command: str) -> None:
    program = f"{sys.executable} -c 'from extract.cli import main; main()' {command}"
    result = subprocess.run(program, shell=True, cwd="lines", capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "is among the articles to read" in result.stderr
    assert Path("lines/in.jsonl").read_text() == LINE


@pytest.mark.parametrize("output", ["nosuch://b/out.jsonl", "s3://b/out.csv", "file://out", "memory://a"])
def test_an_address_is_no_output(output: str) -> None:
    before = sorted(Path().iterdir())
    for more in ([], ["--format", "parquet"], ["--failures", "out.jsonl"]):
        result = extract("lines/in.jsonl", "-o", output, *more)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"error: {output}: is an address")
    assert sorted(Path().iterdir()) == before


BY_HAND = '{"doc_id": "a", "fact_id": "b", "kind": "money", "start": 1, "end": 2, "my_notes": "keep"}\n'


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ("-o notes.jsonl", "notes.jsonl"),
        ("-o facts --format csv", "facts/money.csv"),
        ("-o facts --format parquet", "facts/date.parquet"),
        ("-o notes.arrow", "notes.arrow"),
        ("-o notes", "notes"),
        ("-o notes.txt --format jsonl", "notes.txt"),
        ("-o out.jsonl", "out.jsonl.failures.jsonl"),
        ("-o out.jsonl --failures notes.md", "notes.md"),
        ("-o out.jsonl", "out.jsonl.journal"),
    ],
)
def test_what_something_else_wrote_is_not_replaced(arguments: str, name: str) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    for content in ("Dear diary\n", "Dear diary", '{"text": "It cost $5."}\n', BY_HAND):
        Path(name).write_text(content)
        result = extract("lines/in.jsonl", *arguments.split())
        assert result.exit_code == 2
        assert result.stderr.startswith(f"error: {name}: ")
        assert "--overwrite" in result.stderr or "move or delete it" in result.stderr
        assert Path(name).read_text() == content
    if not name.endswith(".journal"):
        assert extract("lines/in.jsonl", *arguments.split(), "--overwrite").exit_code == 0
        assert not Path(name).exists() or Path(name).read_bytes() != content.encode()


@pytest.mark.parametrize(
    "arguments",
    [
        "-o out.jsonl",
        "-o out.csv",
        "-o out.csv --kind money",
        "-o out --format csv-exact",
        "-o out --format parquet",
        "-o out.parquet --kind money",
        "-o out.arrow",
        "-o out.arrow --keep section --numbers float",
        "-o out.sqlite",
        "-o out.duckdb",
        "-o /dev/null --failures /dev/null",
    ],
)
def test_what_extract_wrote_is_replaced(arguments: str) -> None:
    Path("lines/bad.jsonl").write_text("{\n")
    for _ in range(2):
        result = extract("lines", *arguments.split())
        assert result.exit_code == 1, result.stderr


def test_what_a_run_with_other_columns_wrote_is_not_replaced() -> None:
    for arguments in ("-o out.jsonl --keep section", "-o out.csv --kind money", "-o out --format csv"):
        assert extract("lines/in.jsonl", *arguments.split()).exit_code == 0
        assert extract("lines/in.jsonl", *arguments.split()).exit_code == 0
    with_notes = [
        json.loads(line) | {"my_notes": "keep"} for line in Path("out.jsonl").read_text().splitlines()
    ]
    Path("out.jsonl").write_text("".join(json.dumps(row) + "\n" for row in with_notes))
    result = extract("lines/in.jsonl", "-o", "out.jsonl", "--keep", "section")
    assert result.exit_code == 2
    assert "out.jsonl: was not written by extract, or has other columns" in result.stderr
