from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.errors import ArticleError, OptionError
from extract.run.failures import Failures, path_beside
from tests.samples import ARTICLE


def test_each_failure_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "failures.jsonl"
    with Failures(str(path)) as failures:
        failures.write([(ARTICLE, []), ArticleError("b.txt", "is empty", "fill it")])
        told = json.loads(path.read_text())  # on disk before it closes
    assert told == {"where": "b.txt", "reason": "is empty", "remedy": "fill it"}
    with Failures(str(path)) as failures:
        failures.write([(ARTICLE, [])])
    assert not path.exists()


def test_the_place() -> None:
    assert path_beside("out/facts.jsonl") == "out/facts.jsonl.failures.jsonl"
    assert path_beside("news.2024") != path_beside("news.2025")
    assert path_beside("f2.sqlite") == "f2.sqlite.failures.jsonl"
    assert path_beside("tables/") == "tables.failures.jsonl"


def test_unwritable(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be written"):
        Failures(str(tmp_path / "no" / "failures.jsonl"))
