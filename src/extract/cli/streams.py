"""The standard streams when another program has closed them, or they are full or a broken pipe."""

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
    """Formats a warning for a terminal; names in it may contain control characters."""

    def format(self, record: logging.LogRecord) -> str:
        """The message with control characters escaped."""
        return printable(super().format(record))


def prepare() -> None:
    """Open the null device in place of closed streams, so that no other file gets their descriptors.

    A closed stderr becomes the null device; closed stdin and stdout stay None.
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
    """OptionError if standard output is closed."""
    if sys.stdout is None:
        raise OptionError("standard output is closed; redirect it to a file or a program")


@contextmanager
def guarded() -> Iterator[None]:
    """Within the block, a broken pipe ends the program with SIGPIPE, as the system would.

    Raises:
        OptionError: standard output cannot be written, as when the disk is full.
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
    """Discard buffered output: flushing it at exit would fail again."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
