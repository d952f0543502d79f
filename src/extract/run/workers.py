"""Work in child processes. If a worker dies or an article takes too long, only that article fails.

Each worker loads the pipeline once, takes a batch of articles at a time and answers article by article, so
that the current article is known when it stops answering. The rest of its batch goes to another worker. A
worker that is stopped by a signal (SIGSTOP) is continued, as the run would wait for it forever.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import wait
from threading import Event, Thread
from time import monotonic

from extract.errors import ArticleError, ExtractError
from extract.run.outcomes import Item, Load, Outcome, Pending, Results
from extract.run.process import STARTS, Process

logger = logging.getLogger(__name__)

AHEAD = 4  # batches per worker in progress or waiting for an earlier batch: this limits memory
_LOOK = 2.0  # seconds between checks for stopped workers


class Workers:
    """Work in several processes; the outcomes are in the order of the articles."""

    def __init__(self, load: Load, *, count: int = 1, timeout: float | None = None) -> None:
        """Set the options; processes start with the first batch.

        Args:
            load: Builds the pipeline, in each worker.
            count: Number of processes.
            timeout: Time limit for an article, in seconds.
        """
        self._load, self._count, self._timeout = load, count, timeout

    def __call__(self, work: Iterable[list[Item]]) -> Results:
        """The outcomes of batches, in order.

        Raises:
            ExtractError: the pipeline cannot be loaded.
        """
        pool, batches, order = _Pool(self._load, self._count, self._timeout), iter(work), deque[_Job]()
        try:
            while True:
                while len(order) < AHEAD * self._count and (batch := next(batches, None)) is not None:
                    order.append(_Job(batch))
                    pool.add(order[-1])
                if not order:
                    return
                if order[0].pending:
                    pool.advance()
                while order and not order[0].pending:
                    yield order.popleft().outcomes()
        finally:
            pool.close()


class Isolated:
    """One worker process for a caller that has one batch at a time."""

    def __init__(self, load: Load, *, timeout: float | None = None) -> None:
        """Set the options, as for `Workers`."""
        self._pool = _Pool(load, 1, timeout)

    def __call__(self, items: list[Item]) -> list[Outcome]:
        """The outcomes of a batch. The process starts with the first batch, and again if it has died.

        Raises:
            ExtractError: the pipeline cannot be loaded.
        """
        job = _Job(list(items))
        self._pool.add(job)
        try:
            while job.pending:
                self._pool.advance()
        except BaseException:  # an abandoned batch must leave nothing for the next one
            self._pool.close()
            raise
        return job.outcomes()

    def close(self) -> None:
        """End the process."""
        self._pool.close()


class _Job:
    """A batch and its outcomes so far."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self.pending = deque(n for n, item in enumerate(items) if isinstance(item, Pending))

    def articles(self) -> list[Pending]:
        """The articles without an outcome, in order."""
        return [item for n in self.pending if isinstance(item := self._items[n], Pending)]

    def resolve(self, outcome: Outcome) -> None:
        """Set the outcome of the first pending article."""
        self._items[self.pending.popleft()] = outcome

    def outcomes(self) -> list[Outcome]:
        """The outcomes, when no article is pending."""
        return [item for item in self._items if not isinstance(item, Pending)]


class _Worker(Process):
    """A process and its current job."""

    def __init__(self, load: Load) -> None:
        super().__init__(load)
        self.ready = False
        self.job: _Job | None = None
        self.since = 0.0  # start time of its current article


class _Pool:
    """The workers and the queue of jobs. A worker that dies is replaced."""

    def __init__(self, load: Load, count: int, timeout: float | None) -> None:
        self._load, self._count, self._timeout = load, count, timeout
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()
        self._failed_starts = 0
        self._closed = Event()
        self._watch = Thread(target=self._continue, daemon=True)

    def add(self, job: _Job) -> None:
        """Queue a job, unless it has no pending articles."""
        if job.pending:
            self._waiting.append(job)

    def advance(self) -> None:
        """Hand out jobs, wait for answers or for the next time limit, and process what arrived."""
        self._hand_out()
        lines = {worker.line: worker for worker in self._workers}
        for line in wait(list(lines), timeout=self._next_limit()):
            self._listen(lines[line])  # type: ignore[index]  # wait returns what it was given
        for worker in list(self._workers):
            if self._seconds_left(worker) <= 0 and not worker.line.poll():
                self._drop(
                    worker, f"took longer than {self._timeout:g} s", "raise --timeout or split the article"
                )

    def close(self) -> None:
        """End all workers."""
        self._closed.set()
        for worker in self._workers:
            worker.stop()
        self._workers.clear()
        self._waiting.clear()

    def _continue(self) -> None:
        """Continue stopped workers; in a thread, as writing to a stopped worker may block the main one."""
        while not self._closed.wait(_LOOK):
            for worker in [worker for worker in self._workers if worker.is_stopped()]:
                logger.warning("a worker process was stopped by a signal; continuing it")
                worker.go_on()

    def _hand_out(self) -> None:
        free = [worker for worker in self._workers if worker.job is None]
        wanted = min(self._count - len(self._workers), len(self._waiting) - len(free))
        self._workers += [_Worker(self._load) for _ in range(wanted)]
        if not self._watch.is_alive() and self._workers:
            self._watch.start()
        for worker in free:
            if worker.ready and self._waiting:
                worker.job, worker.since = self._waiting.popleft(), monotonic()
                with suppress(OSError):  # `_listen` handles a worker that has died
                    worker.line.send(worker.job.articles())

    def _listen(self, worker: _Worker) -> None:
        try:
            answer = worker.line.recv()
        except (EOFError, OSError):
            self._handle_death(worker)
            return
        if isinstance(answer, ExtractError) and not worker.ready:
            raise answer
        if worker.job is None:
            worker.ready, self._failed_starts = True, 0
            return
        worker.since = monotonic()
        worker.job.resolve(answer)
        if not worker.job.pending:
            worker.job = None

    def _handle_death(self, worker: _Worker) -> None:
        cause = worker.cause()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts == STARTS:
                raise ExtractError(f"worker processes die as they start ({cause}); use fewer --workers")
        self._drop(worker, f"its worker process died ({cause})", "split the article, or use fewer --workers")

    def _drop(self, worker: _Worker, reason: str, remedy: str) -> None:
        """Remove a worker; its current article has failed."""
        worker.stop()
        self._workers.remove(worker)
        if worker.job is not None:
            worker.job.resolve(ArticleError(worker.job.articles()[0].id, reason, remedy))
            if worker.job.pending:
                self._waiting.appendleft(worker.job)

    def _seconds_left(self, worker: _Worker) -> float:
        """Seconds left for the current article of a worker."""
        if self._timeout is None or worker.job is None:
            return float("inf")
        return worker.since + self._timeout - monotonic()

    def _next_limit(self) -> float | None:
        left = min(map(self._seconds_left, self._workers))
        return None if left == float("inf") else max(0.0, left)
