"""Articles and a pipeline for the tests of commands."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner, Result

from extract import pipeline, record_builders
from extract.cli import main
from tests.cli.commands import Extract
from tests.samples import dollars


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two good articles in a folder, and a pipeline that knows dollars only."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/a.txt").write_text("It cost $5 or $6.")
    Path("news/b.md").write_text("---\ndate: 2024-06-09\ntitle: Prices\n---\nNow it is $8.")
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))
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
