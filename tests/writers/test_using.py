"""`docs/using-the-records.md`: each example runs on the output of the commands that it shows.

`pytest tests/writers/test_using.py --force-regen` writes what they print today.
"""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from spacy.language import Language

from extract import pipeline
from extract.cli import main
from tests.documents import BLOCK, ROOT, blocks, hold_block

DOCUMENT = ROOT / "docs" / "using-the-records.md"
EXAMPLES = [
    (found[1], found[2])
    for found in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8"))
    if found[1] in ("python", "sql")
]
NEEDED = re.compile(r"^(?:import|from) (pandas|polars|duckdb|pyarrow|datasets)\b", re.MULTILINE)
LIBRARIES = {
    "parquet": "pyarrow",
    "duckdb": "duckdb",
    "--convert-to": "currency_converter",
}  # by word of a command
BASE = "corpus.duckdb"  # of the queries in SQL
TABLES = ("indicators.csv", "reports.csv")  # as the document shows them, in its order


@pytest.fixture(scope="module")
def folder(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles, and the outputs of the commands that the document shows."""
    made = tmp_path_factory.mktemp("using")
    (articles,) = blocks(DOCUMENT, "json")
    (made / "feed.jsonl").write_text(articles, encoding="utf-8")
    (made / "corpus").symlink_to(ROOT / "corpus")
    for name, table in zip(TABLES, blocks(DOCUMENT, "csv"), strict=True):
        (made / name).write_text(table, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        own = pipeline.load  # what is loaded already has no options
        patch.setattr(pipeline, "load", lambda **options: own(**options) if any(options.values()) else nlp)
        for line in "".join(blocks(DOCUMENT, "sh")).splitlines():
            for word, module in LIBRARIES.items():
                if word in line:
                    pytest.importorskip(module)
            command, _, output = line.partition(" > ")
            name, *arguments = command.split()
            assert name == "extract"
            done = CliRunner().invoke(main, arguments)
            assert done.exit_code == 0, line
            if output:
                (made / output).write_text(done.stdout, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, Any]:
    """The names that the examples without imports of their own take from the one that opens the database."""
    (code,) = (code for language, code in EXAMPLES if language == "python" and f'"{BASE}"' in code)
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        patch.chdir(folder)
        exec(compile(code, "tables", "exec"), names)
    return names


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example(
    number: int,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    language, code = EXAMPLES[number]
    needed = NEEDED.findall(code)
    for module in needed:
        pytest.importorskip(module)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if language == "sql":
        print(rows_of(code))
    else:
        names = (
            {}
            if re.search("^(import|from) ", code, re.MULTILINE)
            else dict(request.getfixturevalue("tables"))
        )
        exec(compile(code, f"example {number}", "exec"), names)
    hold_block(DOCUMENT, "text", number, capfd.readouterr().out, request)


def rows_of(query: str) -> str:
    """The rows that a query has, in columns."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(BASE, read_only=True) as base:
        found = base.execute(query)
        rows = [[column for column, *_ in found.description]]
        rows += [["" if value is None else str(value) for value in row] for row in found.fetchall()]
    assert len(rows) > 1, "a query without rows shows nothing"
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)
