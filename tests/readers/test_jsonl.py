from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_regressions.data_regression import DataRegressionFixture

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options
from extract.readers.files import File
from extract.readers.jsonl import read

BAD_LINES = r"""{"id": "a", "text": "Sales rose.\r\n", "title": "T", "date": "2024-06-09T10:00:00Z"}
{"id": "b", "text":

{"text": "No id.", "title": null, "date": ""}
{"id": 12, "text": "A number for an id."}
["no", "object"]
{"id": "c", "body": "No text."}
{"id": "d", "text": "  "}
{"id": "e", "text": 5}
{"id": ["f"], "text": "An odd id."}
{"id": "g", "text": "An odd title.", "title": 7}
{"id": "h", "text": "An odd date.", "date": "09/06/2024"}
{"id": "i", "text": "Half a pair: \ud83d"}
{"id": "j", "text": "A whole pair: \ud83d\ude00"}
{}
"""


def file_of(path: Path, content: str | bytes) -> File:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return File(path=path.name, id=path.name)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def plain(items: Iterator[Article | ArticleError]) -> list[object]:
    return [
        str(item)
        if isinstance(item, ArticleError)
        else {"id": item.id, "text": item.text, "title": item.title, "published": item.published}
        for item in items
    ]


def test_every_line_stands_alone(tmp_path: Path, data_regression: DataRegressionFixture) -> None:
    file = file_of(tmp_path / "news.jsonl", BAD_LINES)
    data_regression.check({"items": plain(read(file, Options()))})


def test_fields_by_name(tmp_path: Path) -> None:
    line = {"body": "Sales rose.", "guid": "x", "headline": "T", "day": 20240609}
    options = Options(text_field="body", id_field="guid", title_field="headline", date_field="day")
    (article,) = read(file_of(tmp_path / "a.jsonl", json.dumps(line)), options)
    assert isinstance(article, Article)
    assert (article.text, article.id, article.title) == ("Sales rose.", "x", "T")
    assert str(article.published) == "2024-06-09"


def test_a_broken_encoding_and_a_deep_nest_cost_their_lines(tmp_path: Path) -> None:
    content = (
        b'\xef\xbb\xbf{"text": "One."}\r\n{"text": "caf\xe9"}\r\n' + b"[" * 100_000 + b'\r\n{"text": "Four."}'
    )
    one, two, three, four = read(file_of(tmp_path / "a.jsonl", content), Options())
    assert isinstance(one, Article)
    assert one.id == "a.jsonl:1"
    assert str(two) == "a.jsonl line 2: is not UTF-8; save the file as UTF-8"
    assert str(three) == "a.jsonl line 3: is nested too deeply; write one JSON object a line"
    assert isinstance(four, Article)
    assert four.id == "a.jsonl:4"


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    lines = json.dumps({"text": "word " * 1000}) + "\n"
    stream = read(file_of(tmp_path / "a.jsonl", lines * 2000), Options())
    first = next(stream)
    assert isinstance(first, Article)
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.jsonl: is empty"):
        list(read(file_of(tmp_path / "a.jsonl", content), Options()))


def test_missing() -> None:
    with pytest.raises(ArticleError, match=r"no\.jsonl: cannot be read \(no such file or directory\)"):
        list(read(File(path="no.jsonl", id="no.jsonl"), Options()))
