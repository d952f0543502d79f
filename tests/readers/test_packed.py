from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Known, Options, find, read


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def items(*paths: str, options: Options | None = None) -> list[Article | ArticleError]:
    return list(read(find(paths), options or Options()))


def test_every_format_may_be_packed() -> None:
    lines = "".join(json.dumps({"text": f"Line {n}."}) + "\n" for n in range(2))
    Path("2024-06-09.txt.gz").write_bytes(gzip.compress(b"It cost $5."))
    Path("b.jsonl.GZ").write_bytes(gzip.compress(lines.encode()))
    Path("c.pdf.gz").write_bytes(gzip.compress(b"no article"))
    known = {"b": Known(), "2024-06-09": Known(title="Prices")}
    first, *others = items(".", options=Options(metadata=known))
    assert first == Article(
        id="2024-06-09.txt.gz", text="It cost $5.", title="Prices", published=date(2024, 6, 9)
    )
    assert [item.id for item in others if isinstance(item, Article)] == ["b.jsonl.GZ:1", "b.jsonl.GZ:2"]


def test_a_damaged_file_costs_what_is_damaged() -> None:
    whole = gzip.compress("".join(json.dumps({"text": f"Line {n}."}) + "\n" for n in range(5000)).encode())
    Path("a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    Path("b.txt.gz").write_bytes(gzip.compress(b"It cost $5.")[:-9])
    Path("c.txt.gz").write_bytes(b"It cost $5, unpacked.")
    found = items("a.jsonl.gz", "b.txt.gz", "c.txt.gz")
    failed = [item for item in found if isinstance(item, ArticleError)]
    assert [error.where for error in failed][-3:] == ["a.jsonl.gz", "b.txt.gz", "c.txt.gz"]
    assert all("is damaged" in error.reason for error in failed)
    assert len(found) > 100
