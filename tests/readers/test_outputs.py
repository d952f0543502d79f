from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import File, Options, find, is_output, read
from extract.records import KINDS
from extract.run.failures import Failures
from extract.writers import Layout, open_writer
from tests.readers.test_html import PAGE, PARAGRAPHS
from tests.samples import ARTICLE, FACTS


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("output", "format", "kinds"),
    [
        ("news/facts.jsonl", None, tuple(KINDS)),
        ("news/facts.csv", None, tuple(KINDS)),
        ("news/tables/", None, tuple(KINDS)),
        ("news/facts", "parquet", tuple(KINDS)),
        ("news/money.csv", None, ("money",)),
        ("news/money.parquet", None, ("money",)),
    ],
)
def test_what_was_written_is_not_read_again(
    output: str, format: str | None, kinds: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text("Sales rose.")
    layout = Layout(kinds=kinds, keep=("section",))
    with (
        open_writer(output, format=format, layout=layout) as writer,
        Failures("news/facts.failures.jsonl") as failures,
    ):
        writer.write([(ARTICLE, FACTS)])
        failures.write([ArticleError("b.txt", "is empty", "fill it")])
    assert [item.id for item in read(find(["news"]), Options()) if isinstance(item, Article)] == [
        "news/a.txt"
    ]
    assert len(list(read(find(["news"]), Options()))) == 1
    assert "skipped, as extract wrote it; it has no articles" in caplog.text


def test_what_may_be_replaced() -> None:
    with open_writer("facts.jsonl") as writer:
        writer.write([(ARTICLE, FACTS)])
    Path("empty.jsonl").touch()
    Path("feed.jsonl").write_text(json.dumps({"text": "Sales rose.", "kind": "news"}))
    Path("page.html").write_text(PAGE.format(*PARAGRAPHS, head="", byline=""))
    Path("broken.jsonl").write_text("{")
    names = ("facts.jsonl", "empty.jsonl", "feed.jsonl", "page.html", "broken.jsonl")
    assert [is_output(File(path=name, id=name)) for name in names] == [True, True, False, False, False]
