"""A child process that loads the pipeline once, then answers the lists of items that it receives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import ModuleType
from typing import TYPE_CHECKING, Any

from extract.articles import Article
from extract.errors import ExtractError
from extract.run.outcomes import Load, outcomes
from extract.run.signals import ignored

if TYPE_CHECKING:  # the parent process of workers does not import spaCy
    from spacy.language import Language

STARTS = 3  # consecutive processes that may die before they are ready
CONTINUED = 3  # times that a process stopped by a signal is continued

Answer = Callable[["Language", Iterable[Any]], Iterator[object]]  # yields an answer per item; picklable

_WARM_UP = Article(id="", text="Acme said on Monday that sales rose 5% to $3 million.")
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy locks and threads


class Process:
    """A child process with the pipeline.

    Attributes:
        line: The connection to the process. It first sends None when the pipeline is loaded, or the
            `ExtractError` that prevents it. Then it sends an answer per item of each list that it receives,
            in order. It closes when the process ends.
    """

    def __init__(self, load: Load, answer: Answer = outcomes) -> None:
        """Start the process.

        Args:
            load: Builds the pipeline.
            answer: Yields the answers; by default the outcomes of articles.
        """
        self._continued = 0
        self.line, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(load, answer, other), daemon=True)
        if os.name == "posix":
            resource_tracker.ensure_running()  # else the first process would start it without the mask
        # a signal may reach every process of a terminal; only this one handles it
        with ignored(), _without_script(load):
            self._process.start()
        other.close()  # so that the line closes with the process

    def kill(self) -> None:
        """Kill the process; waiting on its line then ends."""
        self._process.kill()

    def stop(self) -> None:
        """Kill the process, wait for its end, and close the line."""
        self.kill()
        self._process.join()
        self.line.close()

    def is_stopped(self) -> bool:
        """Whether the process is stopped, as by SIGSTOP; False where the system cannot tell."""
        with suppress(AttributeError, ChildProcessError):  # not on this system; the process has ended
            how = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
            return self._process.pid is not None and os.waitid(os.P_PID, self._process.pid, how) is not None
        return False

    def go_on(self) -> None:
        """Continue a stopped process; kill it if it is stopped repeatedly."""
        self._continued += 1
        if self._continued > CONTINUED:
            self.kill()
        elif self._process.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGCONT)

    def cause(self) -> str:
        """The reason why the process ended; call it when the line is closed."""
        self._process.join()
        if self._continued > CONTINUED:
            return f"stopped by a signal more than {CONTINUED} times"
        return _cause(self._process.exitcode)


@contextmanager
def _without_script(load: Load) -> Iterator[None]:
    """Processes started within the block do not import the main script, unless it defines `load`.

    So a script that starts workers needs no `if __name__ == "__main__":`.
    """
    script = sys.modules["__main__"]
    if getattr(load, "func", load).__module__ == script.__name__:
        yield
        return
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _serve(load: Load, answer: Answer, line: Connection) -> None:
    """The main function of the process: load, send None, then answer until the line closes."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # there is one worker per core already
    with suppress(EOFError, OSError):  # the parent has ended
        try:
            nlp = load()
            list(outcomes(nlp, [_WARM_UP]))  # lazy loading must not count as the first article's time
        except ExtractError as error:
            line.send(error)
            return
        line.send(None)
        while True:
            for answered in answer(nlp, line.recv()):
                line.send(answered)


def _cause(exitcode: int | None) -> str:
    """The reason why a process ended, by its exit code."""
    if exitcode is None or exitcode >= 0:
        return f"exit code {exitcode}"
    with suppress(ValueError):
        if -exitcode == signal.Signals["SIGKILL"]:
            return "SIGKILL, perhaps out of memory"
        return signal.Signals(-exitcode).name
    return f"signal {-exitcode}"
