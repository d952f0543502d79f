"""What writers share: opening an output, its errors, and exact numbers in plain notation."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from extract.articles import Article
from extract.errors import OptionError
from extract.records import Fact

_FULL = re.compile("no space left|disk is full|quota", re.IGNORECASE)
_CLASS = re.compile(r"^\w+ Error: ")  # which databases put before what is wrong

Found = tuple[Article, Sequence[Fact]]  # an article and its facts: what writers take


class Stream:
    """Bytes to a file, or to standard output. What was put is written when `put` returns.

    What the file held stays until there is something to put in its place, so that a run that cannot begin
    costs nothing.
    """

    def __init__(self, output: str | None, *, head: bytes = b"") -> None:
        """Open the output; OptionError when it cannot be written. The head comes before what is put first."""
        self._name, self._head, self._begun = output or "standard output", head, False
        self._stream: BinaryIO = opened(Path(output), keep=True) if output else sys.stdout.buffer
        self._is_file = output is not None and S_ISREG(os.fstat(self._stream.fileno()).st_mode)

    def put(self, data: bytes) -> None:
        """Write and flush.

        Raises:
            OptionError: the output takes no more.
            BrokenPipeError: nobody reads the pipe any more.
        """
        with written(self._name):
            if not self._begun:
                self._begin()
            self._write(data)

    def close(self, *, whole: bool = True) -> None:
        """Close a file; standard output stays open. A whole output has its head, though nothing was put."""
        try:
            if whole and not self._begun:
                self.put(b"")
        finally:
            if self._stream is not sys.stdout.buffer:
                with suppress(OSError):  # all is flushed already, so it could only repeat what `put` told
                    self._stream.close()

    def _begin(self) -> None:
        if self._is_file:
            self._stream.truncate(0)
        self._write(self._head)
        self._begun = True

    def _write(self, data: bytes) -> None:
        """Write all; of what a file has no room for nothing is left in it."""
        if not self._is_file:
            self._stream.write(data)
            self._stream.flush()
            return
        whole, left = os.fstat(self._stream.fileno()).st_size, memoryview(data)
        try:
            while left:
                left = left[os.write(self._stream.fileno(), left) :]
        except OSError:
            os.ftruncate(self._stream.fileno(), whole)
            raise


def opened(path: Path, *, keep: bool = False) -> BinaryIO:
    """A file opened for writing; what it held is replaced, or else kept for now. Its folder must exist.

    Raises:
        OptionError: the file cannot be written.
    """
    with written(str(path)):
        return path.open("ab" if keep else "wb")


@contextmanager
def written(name: str) -> Iterator[None]:
    """Turn an error of the operating system into an `OptionError`; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(name, error.strerror or str(error)) from error


def unwritable(name: str, reason: str) -> OptionError:
    """The error of an output that takes nothing (more)."""
    shown = _CLASS.sub("", reason.partition("\n")[0]).rstrip(".!")
    remedy = "make room, or choose" if _FULL.search(reason) else "choose"
    return OptionError(
        f"{name}: cannot be written ({shown[:1].lower()}{shown[1:]}); {remedy} another output with -o"
    )


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing: 1E+3 is `1000`, 5.50 is `5.5`."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
