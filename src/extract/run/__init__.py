"""Many articles: batches through the pipeline, what was found and what failed."""

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
from extract.run.outcomes import BATCH, Item, Load, Outcome, Work, batches, here, loading, outcomes
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
    "here",
    "loading",
    "outcomes",
    "run",
]


class Sink(Protocol):
    """Where facts go: any writer."""

    def write(self, found: Sequence[tuple[Article, Sequence[Fact]]], /) -> None:
        """Write the facts of articles and flush them."""
        ...


class Log(Protocol):
    """Where outcomes are noted: those of articles and those that failed."""

    def write(self, outcomes: Sequence[Outcome], /) -> None:
        """Note outcomes and flush them."""
        ...


@dataclass(slots=True)
class MemorySink:
    """A sink that keeps the facts in memory."""

    facts: list[Fact] = field(default_factory=list)

    def write(self, found: Sequence[tuple[Article, Sequence[Fact]]], /) -> None:
        """Keep facts."""
        for _, facts in found:
            self.facts += facts


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a run has done so far.

    Attributes:
        articles: How many articles gave their facts (possibly none).
        words: Their words, split at white space.
        facts: How many facts, by kind.
        left_out: How many facts were left out for their confidence, by kind.
        failures: What could not be read or extracted, each with its remedy.
        seconds: Time since the run began.
        stopped_by: The signal that stopped the run, as Ctrl-C does; what it had done is kept.
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
        """Words of all articles by the time of the run, reading and writing included."""
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
        work: Who does it: `here(nlp)`, or `Workers`.
        items: What the readers give: articles, and errors, which are counted and skipped.
        sink: Takes the facts of each batch; a run that is stopped keeps them.
        logs: Take the outcomes of each batch, before the sink takes its facts.
        batch_size: Articles per batch.
        progress: Called with the summary so far after each batch.
        lowest: Leave out facts with less confidence, see `confidence.at_least`.

    Returns:
        The summary. An article whose extraction breaks is among its failures; the others are kept.
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
    """Count what became of a batch; what was found is returned."""
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
