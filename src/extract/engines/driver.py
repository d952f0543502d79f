"""The loop of a run on a cluster: parts of the articles go to the cluster, results to the output."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Protocol

from extract.engines.parts import Cluster, PartResult, Parts, add, digest
from extract.errors import ArticleError
from extract.run import Item, Log, Summary
from extract.run.outcomes import batches
from extract.run.signals import Stopped, held_back
from extract.writers.tables import Layout

PART = 1_000  # articles per part: about 40 s of a core for articles of 400 words
LENGTH = 16 * 2**20  # code points of a part, or bytes of its pages: limits the memory of a worker


class Store(Protocol):
    """The output of a run: writes parts, and knows the parts of an earlier run."""

    def known(self, number: int, digest: str, /) -> Summary | None:
        """The summary of a part that an earlier run has done, with the same articles; otherwise None."""
        ...

    def write(self, number: int, digest: str, done: PartResult, /) -> None:
        """Write a part."""
        ...

    def complete(self, parts: int, summary: Summary, /) -> None:
        """Mark the output as complete."""
        ...


def run_parts(
    cluster: Cluster,
    items: Iterable[Item],
    store: Store,
    *,
    layout: Layout,
    size: int = PART,
    logs: Sequence[Log] = (),
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Extract the facts of articles on a cluster and write them, part by part.

    Args:
        cluster: Does the work.
        items: What the readers yield: articles, and errors, which are counted as failures.
        store: Takes the parts; parts that it knows are not done again.
        layout: The layout of the parts.
        size: Articles per part.
        logs: Take the failures of each part, in the order of the parts.
        progress: Called with the current summary after each part.

    Returns:
        The summary, as of `extract.run.run`.
    """
    totals, parts, number = _Totals(logs, progress), Parts(cluster, layout), 0
    try:
        for batch in batches(items, size, length=LENGTH):
            own = digest(batch)
            known = store.known(number, own)
            if known is not None:
                totals.add(number, known)
            else:
                while parts.full():
                    _take(parts, store, totals)
                parts.add(number, own, batch)
            number += 1
        while parts:
            _take(parts, store, totals)
        with held_back():
            store.complete(number, totals.summary)
    except KeyboardInterrupt as stop:
        totals.summary.stopped_by = stop.number if isinstance(stop, Stopped) else signal.SIGINT
    return totals.end()


def _take(parts: Parts, store: Store, totals: _Totals) -> None:
    for number, own, done in parts.take():
        with held_back():
            store.write(number, own, done)
            totals.add(number, done.summary)


class _Totals:
    """The summary of all parts. Failures are logged in the order of the parts."""

    def __init__(self, logs: Sequence[Log], progress: Callable[[Summary], None] | None) -> None:
        self.summary = Summary()
        self._logs, self._progress, self._begun = logs, progress, perf_counter()
        self._waiting: dict[int, list[ArticleError]] = {}
        self._next = 0

    def add(self, number: int, part: Summary) -> None:
        """Add the summary of a part."""
        self._waiting[number], part.failures = part.failures, []
        add(self.summary, part)
        while self._next in self._waiting:
            self._log(self._next)
            self._next += 1
        self.summary.seconds = perf_counter() - self._begun
        if self._progress:
            self._progress(self.summary)

    def end(self) -> Summary:
        """The summary, including the failures of parts after one that was not done."""
        for number in sorted(self._waiting):
            self._log(number)
        self.summary.seconds = perf_counter() - self._begun
        return self.summary

    def _log(self, number: int) -> None:
        failures = self._waiting.pop(number)
        self.summary.failures += failures
        for log in self._logs:
            log.write(failures)
