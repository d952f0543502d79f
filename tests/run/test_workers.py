from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
import spacy
from spacy.language import Language

from extract import record_builders
from extract.articles import Article, Page
from extract.errors import ArticleError, ExtractError, ModelError
from extract.run import Item, MemorySink, Summary, in_process, run
from extract.run.workers import AHEAD, Workers
from tests.samples import dollars, load_dollars

BROKEN = ArticleError("b.txt", "is empty", "fill it")


def no_model() -> Language:
    raise ModelError("xx is not installed; install it")


def dies() -> Language:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def notes_its_load(folder: Path) -> Language:
    (folder / str(os.getpid())).touch()
    return load_dollars()


def items(texts: str) -> list[Item]:
    return [Article(id=str(n), text=text) for n, text in enumerate(texts.split(), 1)]


def test_the_order_is_that_of_the_articles_and_each_failure_is_alone(tmp_path: Path) -> None:
    given = [*items("$1 DIE $3 BUG $5 $6 $7 $8"), BROKEN, Article(id="9", text="$9")]
    sink = MemorySink()
    work = Workers(partial(notes_its_load, tmp_path), count=2)
    summary = run(work, given, sink, batch_size=3)
    assert [fact.text for fact in sink.facts] == ["$1", "$3", "$5", "$6", "$7", "$8", "$9"]
    assert list(map(str, summary.failures)) == [
        "2: its worker process died (SIGKILL, perhaps out of memory); "
        "split the article, or use fewer --workers",
        "4: extraction failed (ZeroDivisionError: division by zero); report it with the article as a bug",
        "b.txt: is empty; fill it",
    ]
    assert 2 <= len(list(tmp_path.iterdir())) <= 3  # each loads once; the one that died was replaced
    for process in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(process.name), 0)


def test_an_article_has_its_time(tmp_path: Path) -> None:
    sink = MemorySink()
    begun = monotonic()
    summary = run(Workers(load_dollars, timeout=1), items("$1 SLEEP $3"), sink)
    assert monotonic() - begun < 30
    assert [fact.text for fact in sink.facts] == ["$1", "$3"]
    assert list(map(str, summary.failures)) == [
        "2: took longer than 1 s; raise --timeout or split the article"
    ]


def test_a_worker_that_is_stopped_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("extract.run.workers._LOOK", 0.05)
    sink = MemorySink()
    summary = run(Workers(load_dollars), items(f"$1 STOP$2 {'STOP' * 9} $4"), sink)
    assert [fact.text for fact in sink.facts] == ["$1", "$2", "$4"]
    (error,) = summary.failures
    assert str(error).startswith("3: its worker process died (stopped by a signal more than 3 times); ")
    assert caplog.messages[0] == "a worker process was stopped by a signal; continuing it"


def test_a_pipeline_that_does_not_load() -> None:
    with pytest.raises(ModelError, match="xx is not installed; install it"):
        run(Workers(no_model, count=2), items("$1 $2"), MemorySink(), batch_size=1)


def test_workers_that_die_as_they_start() -> None:
    with pytest.raises(ExtractError, match=r"worker processes die as they start .*; use fewer --workers"):
        run(Workers(dies), items("$1"), MemorySink())


def test_what_is_settled_needs_no_worker() -> None:
    known: Item = (Article(id="1", text="$1"), [])
    assert run(Workers(no_model), [known, BROKEN], MemorySink()).articles == 1


def test_articles_are_read_as_they_are_needed(tmp_path: Path) -> None:
    """However many there are, only some are held; an interruption ends the workers."""
    read = 0

    def many() -> Iterator[Article]:
        nonlocal read
        for n in range(10_000):
            read += 1
            yield Article(id=str(n), text=f"${n}")

    def stop(summary: Summary) -> None:
        if summary.articles >= 10:
            raise KeyboardInterrupt

    summary = run(
        Workers(partial(notes_its_load, tmp_path), count=1), many(), MemorySink(), batch_size=2, progress=stop
    )
    assert summary.stopped_by == signal.SIGINT
    assert read <= 10 + 2 * (AHEAD + 1)
    for process in tmp_path.iterdir():
        with suppress(ProcessLookupError):
            os.kill(int(process.name), 0)
            pytest.fail("a worker lives on")


def draw(data: bytes) -> Article:
    if data == b"none":
        raise ArticleError("p.html", "no main text found in the page", "save it as text")
    return Article(id=f"by {os.getpid()}", text=data.decode())


def test_articles_are_drawn_from_pages_by_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))
    given: list[Item] = [Page(id=str(n), data=data, draw=draw) for n, data in enumerate([b"$1", b"none"])]
    for work, same in ((in_process(spacy.blank("en")), True), (Workers(load_dollars), False)):
        sink = MemorySink()
        summary = run(work, given, sink)
        assert [fact.text for fact in sink.facts] == ["$1"]
        assert (sink.facts[0].doc_id == f"by {os.getpid()}") is same
        assert [str(error) for error in summary.failures] == [
            "p.html: no main text found in the page; save it as text"
        ]
