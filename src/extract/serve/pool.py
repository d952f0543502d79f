"""The worker processes of the server. A worker that dies or takes too long is replaced."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from extract.errors import ExtractError
from extract.run import Load
from extract.run.process import STARTS, Process
from extract.serve.jobs import Answer, Job, answers
from extract.serve.refusals import Refusal

logger = logging.getLogger(__name__)

TRIES = 2  # of a job whose worker dies, as another process may have taken the memory
_START = 120.0  # seconds for a worker to load the pipeline
_PAUSE = 1.0  # seconds between failed starts

Result = TypeVar("Result")


@dataclass(slots=True)
class _Waiting:
    """A queued job, the future of its answer, and the number of workers that it killed."""

    job: Job
    answer: asyncio.Future[Answer]
    deaths: int = 0

    def refuse(self, code: str, reason: str, remedy: str) -> None:
        if not self.answer.done():
            self.answer.set_exception(Refusal(code, reason, remedy))

    def resolve(self, given: Answer | Refusal) -> None:
        if self.answer.done():
            return
        if isinstance(given, Refusal):
            self.answer.set_exception(given)
        else:
            self.answer.set_result(given)


class _DiedError(Exception):
    """A process ended; the message says why."""


class _SlowError(Exception):
    """A process did not answer in time."""


class Pool:
    """The workers. Jobs start in the order in which they arrive, each on the first free worker.

    Attributes:
        workers: Configured number of workers.
        ready: Number of workers that are ready or busy.
        busy: Number of workers that are busy.
        stopping: Whether the server is stopping and only finishes accepted requests.
    """

    def __init__(self, load: Load, *, workers: int, timeout: float) -> None:
        """Set the options; `start` starts the processes.

        Args:
            load: Builds the pipeline, in each worker.
            workers: Number of processes.
            timeout: Time limit for a job in seconds, from when a worker starts it.
        """
        self.workers, self.ready, self.busy = workers, 0, 0
        self.stopping = False
        self._load, self._timeout = load, timeout
        self._jobs = asyncio.Queue[_Waiting | None]()  # None stops the worker that takes it
        self._threads = ThreadPoolExecutor(
            workers, thread_name_prefix="worker"
        )  # one thread per process waits for it
        self._processes = set[Process]()
        self._tasks = list[asyncio.Task[None]]()
        self._closing = False

    @property
    def waiting(self) -> int:
        """Number of jobs that wait for a worker."""
        return self._jobs.qsize()

    async def start(self) -> None:
        """Start the workers, and wait until all are ready.

        Raises:
            ExtractError: the pipeline cannot be loaded, or workers die as they start.
        """
        starts = [asyncio.create_task(self._started(tries=STARTS)) for _ in range(self.workers)]
        try:
            processes = await asyncio.gather(*starts)
        except ExtractError:
            await self.close()
            await asyncio.gather(*starts, return_exceptions=True)
            raise
        self._tasks = [asyncio.create_task(self._tend(process)) for process in processes]

    async def answer(self, job: Job) -> Answer:
        """The answer to a job. A job that is cancelled while it waits is not started.

        Raises:
            Refusal: the job took too long, its worker died, or the article is unreadable.
        """
        waiting = _Waiting(job, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(waiting)
        return await waiting.answer

    async def close(self) -> None:
        """Stop all workers; waiting jobs are refused."""
        self._closing = True
        while not self._jobs.empty():
            if waiting := self._jobs.get_nowait():
                waiting.refuse("not_ready", "the server is stopping", "try again later")
        for process in self._processes:
            process.kill()
        for _ in self._tasks:
            self._jobs.put_nowait(None)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown(wait=False)

    async def _tend(self, process: Process) -> None:
        """Pass jobs to a worker, and to its replacements."""
        while True:
            self.ready += 1
            try:
                await self._work(process)
            finally:
                self.ready -= 1
                self._discard(process)
            if self._closing:
                return
            process = await self._started()

    async def _work(self, process: Process) -> None:
        """Pass jobs to a worker until it dies or the pool closes."""
        while waiting := await self._jobs.get():
            if waiting.answer.done():  # the client has left
                continue
            self.busy += 1
            try:
                waiting.resolve(await self._in_thread(partial(_asked, process, waiting.job, self._timeout)))
            except _SlowError:
                logger.warning("a worker took longer than %g s; replacing it", self._timeout)
                reason = f"the extraction took longer than {self._timeout:g} s"
                waiting.refuse("took_too_long", reason, "split the text into articles")
                return
            except _DiedError as died:
                self._again(waiting, str(died))
                return
            finally:
                self.busy -= 1

    def _again(self, waiting: _Waiting, cause: str) -> None:
        """Retry a job whose worker died, a limited number of times."""
        logger.warning("a worker died (%s); replacing it", cause)
        waiting.deaths += 1
        if waiting.deaths < TRIES and not self._closing:
            self._jobs.put_nowait(waiting)
        else:
            waiting.refuse(
                "worker_died", f"its worker process died ({cause})", "split the text into articles"
            )

    async def _started(self, *, tries: int | None = None) -> Process:
        """Start a worker, and wait until it is ready.

        Args:
            tries: Maximum number of attempts; None: no limit.

        Raises:
            ExtractError: the pipeline cannot be loaded, all attempts failed, or the pool closes.
        """
        failed = 0
        while not self._closing:
            process = Process(self._load, answers)
            self._processes.add(process)
            try:
                await self._in_thread(partial(_made_ready, process))
                return process
            except (_DiedError, _SlowError, ExtractError) as error:
                self._discard(process)
                failed += 1
                if tries is not None and (failed == tries or isinstance(error, ExtractError)):
                    raise _not_started(error) from error
                logger.warning("a worker failed to start (%s)", error)
            await asyncio.sleep(_PAUSE)
        raise ExtractError("the server is stopping")

    def _discard(self, process: Process) -> None:
        self._processes.discard(process)
        process.stop()

    async def _in_thread(self, do: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, do)


def _not_started(error: Exception) -> ExtractError:
    if isinstance(error, ExtractError):
        return error
    return ExtractError(f"worker processes die as they start ({error}); use fewer --workers")


def _made_ready(process: Process) -> None:
    """Wait until a process has loaded the pipeline; the `ExtractError` for which it has not is raised."""
    answer = _received(process, _START)
    if isinstance(answer, ExtractError):
        raise answer


def _asked(process: Process, job: Job, timeout: float) -> Answer | Refusal:
    """What a process answers to a job."""
    try:
        process.line.send([job])
    except OSError as error:
        raise _DiedError(process.cause()) from error
    answer: Answer | Refusal = _received(process, timeout)
    return answer


def _received(process: Process, timeout: float) -> Any:
    try:
        if not process.line.poll(timeout):
            raise _SlowError(f"no answer in {timeout:g} s")
        return process.line.recv()
    except (EOFError, OSError) as error:
        raise _DiedError(process.cause()) from error
