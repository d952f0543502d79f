"""Many articles: batches through the pipeline, what was found and what failed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter
from typing import Protocol

from spacy.language import Language

from extract.articles import Article
from extract.errors import ArticleError
from extract.pipeline import facts
from extract.records import Fact

logger = logging.getLogger(__name__)

BATCH = 16  # articles; what an interruption may cost


class Sink(Protocol):
    """Where facts go: any writer."""

    def write(self, facts: Iterable[Fact], /) -> None:
        """Write facts and flush them."""
        ...


@dataclass(slots=True)
class Kept:
    """A sink that keeps the facts in memory."""

    facts: list[Fact] = field(default_factory=list)

    def write(self, facts: Iterable[Fact], /) -> None:
        """Keep facts."""
        self.facts.extend(facts)


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a run has done so far.

    Attributes:
        articles: How many articles gave their facts (possibly none).
        words: Their words, split at white space.
        facts: How many facts, by kind.
        failures: What could not be read or extracted, each with its remedy.
        seconds: Time since the run began.
        interrupted: The run was stopped by the user; what it had done is kept.
    """

    articles: int = 0
    words: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    failures: list[ArticleError] = field(default_factory=list)
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def words_per_second(self) -> float:
        """Words of all articles by the time of the run, reading and writing included."""
        return self.words / self.seconds if self.seconds else 0.0


Extracted = tuple[Article, list[Fact] | ArticleError]


def run(
    nlp: Language,
    articles: Iterable[Article | ArticleError],
    sink: Sink,
    *,
    batch_size: int = BATCH,
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Extract the facts of articles and write them, batch by batch.

    Args:
        nlp: A pipeline from `extract.load`.
        articles: What the readers give; errors among them are counted and skipped.
        sink: Takes the facts of each batch; an interrupted run keeps them.
        batch_size: Articles per batch.
        progress: Called with the summary so far after each batch.

    Returns:
        The summary. An article whose extraction breaks is among its failures; the others are kept.
    """
    summary, begun = Summary(), perf_counter()
    try:
        for batch in _batches(articles, batch_size):
            summary.failures += [item for item in batch if isinstance(item, ArticleError)]
            _count(summary, facts_of_batch(nlp, [item for item in batch if isinstance(item, Article)]), sink)
            summary.seconds = perf_counter() - begun
            if progress:
                progress(summary)
    except KeyboardInterrupt:
        summary.interrupted = True
    summary.seconds = perf_counter() - begun
    return summary


def facts_of_batch(nlp: Language, articles: Sequence[Article]) -> list[Extracted]:
    """The facts of each article, or the error that its extraction ended with. Pure."""
    with nlp.memory_zone():  # the records are plain values, so nothing of the zone outlives it
        return [(article, _facts(nlp, article)) for article in articles]


def _facts(nlp: Language, article: Article) -> list[Fact] | ArticleError:
    if len(article.text) > nlp.max_length:
        reason = f"is longer than {nlp.max_length:,} characters"
        return ArticleError(article.id, reason, "split it into articles")
    try:
        return facts(nlp, article)
    except Exception as error:  # a bug in a rule must cost one article, not the run
        logger.debug("extraction of %s failed", article.id, exc_info=True)
        reason = f"extraction failed ({type(error).__name__}: {error})"
        return ArticleError(article.id, reason, "report it with the article as a bug")


def _batches(items: Iterable[Article | ArticleError], size: int) -> Iterator[list[Article | ArticleError]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _count(summary: Summary, batch: Iterable[Extracted], sink: Sink) -> None:
    """Write what was extracted from a batch, and count it."""
    kept: list[Fact] = []
    for article, found in batch:
        if isinstance(found, ArticleError):
            summary.failures.append(found)
            continue
        kept += found
        summary.articles += 1
        summary.words += len(article.text.split())
        summary.facts.update(fact.kind for fact in found)
    sink.write(kept)
