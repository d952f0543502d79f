"""`docs/using-the-records.md`: each example runs on the output of the commands that it shows.

`pytest tests/writers/test_using.py --force-regen` writes what they print today.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from spacy.language import Language

from extract import pipeline
from extract.cli import main
from tests.documents import ROOT, blocks, hold_block

DOCUMENT = ROOT / "docs" / "using-the-records.md"
EXAMPLES = blocks(DOCUMENT, "python")
NEEDED = re.compile(r"^(?:import|from) (pandas|polars|duckdb|pyarrow|datasets)\b", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles, and the outputs of the commands that the document shows."""
    made = tmp_path_factory.mktemp("using")
    (articles,), (commands,) = blocks(DOCUMENT, "json"), blocks(DOCUMENT, "sh")
    (made / "feed.jsonl").write_text(articles, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        patch.setattr(pipeline, "load", lambda **options: nlp)
        for command in commands.splitlines():
            if "parquet" in command:
                pytest.importorskip("pyarrow")
            if "duckdb" in command:
                pytest.importorskip("duckdb")
            name, *arguments = command.split()
            assert name == "extract"
            assert CliRunner().invoke(main, arguments).exit_code == 0, command
    return made


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example(
    number: int,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    for module in NEEDED.findall(EXAMPLES[number]):
        pytest.importorskip(module)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    exec(compile(EXAMPLES[number], f"example {number}", "exec"), {})
    hold_block(DOCUMENT, "text", number, capfd.readouterr().out, request)
