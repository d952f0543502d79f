"""Runs over many articles: batches go through the pipeline; facts and failures go to a sink and logs."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from extract.articles import Article
from extract.confidence import at_least
from extract.errors import ArticleError
from extract.records import Fact
from extract.run.outcomes import (
    BATCH,
    Item,
    Load,
    Outcome,
    Work,
    batches,
    in_process,
    outcomes,
    pipeline_loader,
)
from extract.run.signals import Stopped, held_back

__all__ = [
    "Item",
    "Load",
    "Log",
    "MemorySink",
    "Outcome",
    "Sink",
    "Summary",
    "Work",
    "in_process",
    "outcomes",
    "pipeline_loader",
    "run",
]


class Sink(Protocol):
    """Takes facts: any writer is one."""

    def write(self, found: Sequence[tuple[Article, Sequence[Fact]]], /) -> None:
        """Write the facts of articles and flush them."""
        ...


class Log(Protocol):
    """Takes the outcomes of a batch: facts of articles, and failures."""

    def write(self, outcomes: Sequence[Outcome], /) -> None:
        """Record outcomes and flush them."""
        ...


@dataclass(slots=True)
class MemorySink:
    """A sink that collects the facts in memory."""

    facts: list[Fact] = field(default_factory=list)

    def write(self, found: Sequence[tuple[Article, Sequence[Fact]]], /) -> None:
        """Append the facts."""
        for _, facts in found:
            self.facts += facts


@dataclass(slots=True, kw_only=True)
class Summary:
    """Counts and failures of a run.

    Attributes:
        articles: Number of articles processed, with or without facts.
        words: Number of their words, split at white space.
        facts: Number of facts, by kind.
        left_out: Number of facts omitted for their low confidence, by kind.
        failures: The inputs that could not be read or extracted, each with a remedy.
        seconds: Time since the run started.
        stopped_by: The signal that stopped the run, if any; the batches before it were written.
    """

    articles: int = 0
    words: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    failures: list[ArticleError] = field(default_factory=list)
    seconds: float = 0.0
    stopped_by: int | None = None

    @property
    def words_per_second(self) -> float:
        """Words per second, including the time to read and write."""
        return self.words / self.seconds if self.seconds else 0.0


def run(
    work: Work,
    items: Iterable[Item],
    sink: Sink,
    *,
    logs: Iterable[Log] = (),
    batch_size: int = BATCH,
    progress: Callable[[Summary], None] | None = None,
    lowest: float | None = None,
) -> Summary:
    """Extract the facts of articles and write them, batch by batch, in the order of the articles.

    Args:
        work: Extracts the facts: `in_process(nlp)` or `Workers`.
        items: What the readers yield: articles, and errors, which are counted as failures.
        sink: Takes the facts of each batch.
        logs: Take the outcomes of each batch before the sink takes its facts.
        batch_size: Articles per batch.
        progress: Called with the current summary after each batch.
        lowest: Omit facts with a lower confidence, see `confidence.at_least`.

    Returns:
        The summary. An article whose extraction fails is among its failures; the others are not affected.
    """
    summary, begun, logs = Summary(), perf_counter(), tuple(logs)
    try:
        with closing(work(batches(items, batch_size))) as results:
            for done in results:
                with held_back():
                    for log in logs:
                        log.write(done)
                    sink.write(_count(summary, done, lowest))
                summary.seconds = perf_counter() - begun
                if progress:
                    progress(summary)
    except KeyboardInterrupt as stop:
        summary.stopped_by = stop.number if isinstance(stop, Stopped) else signal.SIGINT
    summary.seconds = perf_counter() - begun
    return summary


def _count(
    summary: Summary, done: Iterable[Outcome], lowest: float | None
) -> list[tuple[Article, list[Fact]]]:
    """Add the outcomes of a batch to the summary, and return the facts to write."""
    found: list[tuple[Article, list[Fact]]] = []
    for outcome in done:
        if isinstance(outcome, ArticleError):
            summary.failures.append(outcome)
            continue
        article, facts = outcome
        if lowest is not None:
            before = Counter(fact.kind for fact in facts)
            facts = at_least(facts, lowest)
            summary.left_out += before - Counter(fact.kind for fact in facts)
        found.append((article, facts))
        summary.articles += 1
        summary.words += len(article.text.split())
        summary.facts.update(fact.kind for fact in facts)
    return found
