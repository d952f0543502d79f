"""A process of its own for the pipeline: it loads it once, then answers what comes over its line."""

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

if TYPE_CHECKING:  # a process that leaves the work to others does without spaCy
    from spacy.language import Language

STARTS = 3  # processes in a row that may die before they are ready
CONTINUED = 3  # times that a process may be stopped by a signal

Answer = Callable[["Language", Iterable[Any]], Iterator[object]]  # an answer for each item; picklable

_WARM_UP = Article(id="", text="Acme said on Monday that sales rose 5% to $3 million.")
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the locks and threads of this process


class Process:
    """A process that has the pipeline.

    Attributes:
        line: First comes None, when the pipeline is loaded, or the `ExtractError` for which it is not. Then
            each list of items that is sent gives an answer per item, in order. It ends with the process.
    """

    def __init__(self, load: Load, answer: Answer = outcomes) -> None:
        """Start the process.

        Args:
            load: Builds the pipeline.
            answer: Makes the answers; by default the outcomes of articles.
        """
        self._continued = 0
        self.line, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(load, answer, other), daemon=True)
        if os.name == "posix":
            resource_tracker.ensure_running()  # the first process would start it, and so let signals through
        # a signal may reach every process of a terminal; only this one is to act on it
        with ignored(), _without_script(load):
            self._process.start()
        other.close()  # so that the line ends when the process does

    def kill(self) -> None:
        """End the process, whatever it is at; who waits at its line hears of it."""
        self._process.kill()

    def stop(self) -> None:
        """End the process, and close the line."""
        self.kill()
        self._process.join()
        self.line.close()

    def is_stopped(self) -> bool:
        """Whether a signal, such as SIGSTOP, keeps the process from going on; False where none can tell."""
        with suppress(AttributeError, ChildProcessError):  # of systems without it; when the process has ended
            how = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
            return self._process.pid is not None and os.waitid(os.P_PID, self._process.pid, how) is not None
        return False

    def go_on(self) -> None:
        """Continue the process where it was stopped; end one that is stopped time and again."""
        self._continued += 1
        if self._continued > CONTINUED:
            self.kill()
        elif self._process.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGCONT)

    def cause(self) -> str:
        """Why the process ended, when its line has."""
        self._process.join()
        if self._continued > CONTINUED:
            return f"stopped by a signal more than {CONTINUED} times"
        return _cause(self._process.exitcode)


@contextmanager
def _without_script(load: Load) -> Iterator[None]:
    """Start a process that does not import the script of this one, unless `load` is defined in it.

    So a script needs no `if __name__ == "__main__":` around what starts workers.
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
    """What the process does: load, say that it is ready, then answer until the line ends."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the workers are what there is of it for each core
    with suppress(EOFError, OSError):  # the run has ended, or was killed
        try:
            nlp = load()
            list(outcomes(nlp, [_WARM_UP]))  # what is loaded when first used is no article's time
        except ExtractError as error:
            line.send(error)
            return
        line.send(None)
        while True:
            for answered in answer(nlp, line.recv()):
                line.send(answered)


def _cause(exitcode: int | None) -> str:
    """Why a process ended, from its exit code."""
    if exitcode is None or exitcode >= 0:
        return f"exit code {exitcode}"
    with suppress(ValueError):
        if -exitcode == signal.Signals["SIGKILL"]:
            return "SIGKILL, perhaps for lack of memory"
        return signal.Signals(-exitcode).name
    return f"signal {-exitcode}"
