"""`extract` itself: help, version, wrong usage, what is imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from extract import __version__
from extract.cli.options import KINDS as OFFERED
from extract.records import KINDS
from tests.cli.commands import Extract

COMMANDS = ["", "run", "show", "explain", "schema", "serve", "report", "evaluate", "draft", "agree"]
COMMANDS += ["rules", "rules check", "rules list", "rules new"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(extract: Extract, file_regression: FileRegressionFixture, command: str) -> None:
    result = extract(*command.split(), "--help")
    assert result.exit_code == 0
    file_regression.check(result.stdout)


def test_version(extract: Extract) -> None:
    assert extract("--version").stdout == f"extract, version {__version__}\n"


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
            "error: csv has one file per kind of fact; choose one with --kind, or name a folder with -o",
        ),
        (
            "run news -o x.parquet",
            "choose one with --kind, or write a folder with -o x --format parquet",
        ),
        ("run news --kind price", "'price' is not one of 'entity', 'date', 'money', 'quantity', 'growth'"),
        (
            "run news --keep Amount",
            "error: keep 'Amount': the output already has a column 'amount'",
        ),
        (
            "run news --numbers float",
            "error: jsonl has no --numbers float; it is for csv, csv-exact, parquet, arrow",
        ),
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


def test_the_kinds_are_those_of_the_records() -> None:
    assert list(OFFERED) == list(KINDS)


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
