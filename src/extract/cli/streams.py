"""The standard streams, as other programs treat them: closed, full, pipes that nobody reads any more."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from extract.errors import OptionError, printable

_STREAMS = 3


class _Printable(logging.Formatter):
    """A warning as a line for a terminal, whatever is in the names that it tells."""

    def format(self, record: logging.LogRecord) -> str:
        """The message without its commands to the terminal."""
        return printable(super().format(record))


def prepare() -> None:
    """Give the place of closed streams to the null device, so that no file that is opened gets it.

    Words for a closed standard error go nowhere; closed standard input and output stay None.
    """
    if logging.lastResort:
        logging.lastResort.setFormatter(_Printable())
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    place = os.open(os.devnull, os.O_RDWR)
    while place < _STREAMS:
        place = os.open(os.devnull, os.O_RDWR)
    os.close(place)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 (until the end)


def require_output() -> None:
    """Refuse to print where nothing can be printed. OptionError where standard output is closed."""
    if sys.stdout is None:
        raise OptionError("standard output is closed; leave it open, or give it to a file or program")


@contextmanager
def guarded() -> Iterator[None]:
    """Within the block, a pipe that nobody reads ends the program as the system would; a full output is told.

    Raises:
        OptionError: standard output takes no more.
    """
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _leave_output()
        if hasattr(signal, "SIGPIPE"):
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGPIPE)
        raise
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        from extract.writers.output import unwritable

        _leave_output()
        raise unwritable("standard output", error.strerror or str(error)) from error


def _leave_output() -> None:
    """What waits to be printed is dropped: at the end it could only fail again."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
