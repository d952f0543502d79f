from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence

import pytest
import spacy
from spacy.language import Language

from extract import pipeline, record_builders
from extract.articles import Article
from extract.errors import ArticleError
from extract.records import Fact
from extract.run import MemorySink, Summary, in_process, outcomes, run
from extract.run.outcomes import BATCH_LENGTH, batches
from tests.samples import dollars

BROKEN = ArticleError("b.txt", "is empty", "fill it")


@pytest.fixture
def blank() -> Language:
    return spacy.blank("en")


@pytest.fixture
def _only_dollars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))


def article(name: str, text: str) -> Article:
    return Article(id=name, text=text)


@pytest.mark.usefixtures("_only_dollars")
@pytest.mark.parametrize("batch_size", [1, 2, 16])
def test_what_fails_is_counted_and_the_rest_is_kept(blank: Language, batch_size: int) -> None:
    sink = MemorySink()
    items: list[Article | ArticleError] = [
        article("a", "It cost $5 or $6."),
        BROKEN,
        article("c", "A BUG for $7."),
        article("d", "Now $8."),
    ]
    summary = run(in_process(blank), items, sink, batch_size=batch_size)
    assert [(fact.doc_id, fact.text) for fact in sink.facts] == [("a", "$5"), ("a", "$6"), ("d", "$8")]
    assert (summary.articles, summary.words, summary.facts) == (2, 7, {"money": 3})
    assert sorted(map(str, summary.failures)) == [
        "b.txt: is empty; fill it",
        "c: extraction failed (ZeroDivisionError: division by zero); report it with the article as a bug",
    ]
    assert summary.words_per_second > 0
    assert summary.stopped_by is None


@pytest.mark.usefixtures("_only_dollars")
def test_an_interruption_keeps_what_was_done(blank: Language) -> None:
    def items() -> Iterator[Article]:
        yield article("a", "It cost $5.")
        yield article("b", "It cost $6.")
        raise KeyboardInterrupt

    sink = MemorySink()
    summary = run(in_process(blank), items(), sink, batch_size=1)
    assert summary.stopped_by == signal.SIGINT
    assert [fact.text for fact in sink.facts] == ["$5", "$6"]
    assert summary.articles == 2


@pytest.mark.usefixtures("_only_dollars")
def test_facts_are_written_batch_by_batch(blank: Language) -> None:
    class Sizes:
        def __init__(self) -> None:
            self.sizes: list[int] = []

        def write(self, found: Sequence[tuple[Article, Sequence[Fact]]], /) -> None:
            self.sizes.append(len(found))

    sink, seen = Sizes(), list[int]()

    def progress(summary: Summary) -> None:
        seen.append(summary.articles)

    run(in_process(blank), (article(str(n), "$1") for n in range(5)), sink, batch_size=2, progress=progress)
    assert sink.sizes == [2, 2, 1]
    assert seen == [2, 4, 5]


@pytest.mark.usefixtures("_only_dollars")
def test_an_article_that_is_too_long_is_refused(blank: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank, "max_length", 10)
    long, short = outcomes(blank, [article("long", "x" * 11), article("short", "$5")])
    assert str(long) == "long: is longer than 10 characters; split it into articles"
    assert isinstance(short, tuple)


@pytest.mark.usefixtures("_only_dollars")
def test_records_outlive_the_memory_of_their_batch(blank: Language) -> None:
    (found,) = outcomes(blank, [article("a", "Zyzzyva costs $5.")])
    for n in range(50):
        list(outcomes(blank, [article("b", f"Other words {n}abc {n}def cost $6.")]))
    assert isinstance(found, tuple)
    assert [(fact.text, fact.rule) for fact in found[1]] == [("$5", "money.dollars")]


@pytest.mark.usefixtures("_only_dollars")
def test_nothing_to_do(blank: Language) -> None:
    summary = run(in_process(blank), [], MemorySink())
    assert (summary.articles, summary.words_per_second, summary.failures) == (0, 0.0, [])


def test_batches_give_the_facts_of_single_articles(nlp: Language) -> None:
    texts = [f"Acme of Ruritania said sales rose {n}% to ${n} million in June {2000 + n}." for n in range(20)]
    articles = [article(str(n), text) for n, text in enumerate(texts)]
    sink = MemorySink()
    run(in_process(nlp), articles, sink, batch_size=3)
    assert sink.facts == [fact for item in articles for fact in pipeline.facts(nlp, item)]
    assert len(sink.facts) >= len(articles)


def test_long_articles_make_small_batches() -> None:
    items = [article(str(n), "x" * length) for n, length in enumerate([BATCH_LENGTH, 5, BATCH_LENGTH, 5])]
    assert [len(batch) for batch in batches([*items, BROKEN])] == [1, 2, 2]


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Ctrl-C interrupts, also where the tests were started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_only_dollars", "_interruptible")
def test_an_interruption_waits_until_a_batch_is_written(blank: Language) -> None:
    class Interrupted(MemorySink):
        def write(self, found: Sequence[tuple[Article, Sequence[Fact]]], /) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)  # the signal comes here
            super().write(found)

    sink = Interrupted()
    summary = run(in_process(blank), [article("a", "$1"), article("b", "$2")], sink, batch_size=1)
    assert summary.stopped_by == signal.SIGINT
    assert [fact.text for fact in sink.facts] == ["$1"]
