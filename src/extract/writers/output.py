"""Shared by the writers: output streams, their errors, and exact numbers in plain notation."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from extract.articles import Article
from extract.errors import OptionError
from extract.records import Fact

_FULL = re.compile("no space left|disk is full|quota", re.IGNORECASE)
_CLASS = re.compile(r"^\w+ Error: ")  # the prefix of error messages of databases

Found = tuple[Article, Sequence[Fact]]  # an article with its facts


class Stream:
    """A file or standard output, to which bytes are written without buffering.

    An existing file is truncated at the first write, so a run that fails before that leaves it unchanged.
    """

    def __init__(self, output: str | None, *, head: bytes = b"") -> None:
        """Open the output; `head` is written before the first data. OptionError if it cannot be written."""
        self._name, self._head, self._begun = output or "standard output", head, False
        self._stream: BinaryIO = opened(Path(output), keep=True) if output else sys.stdout.buffer
        self._is_file = output is not None and S_ISREG(os.fstat(self._stream.fileno()).st_mode)

    def put(self, data: bytes) -> None:
        """Write and flush.

        Raises:
            OptionError: the output cannot be written.
            BrokenPipeError: the pipe is closed.
        """
        with written(self._name):
            if not self._begun:
                self._begin()
            self._write(data)

    def close(self, *, whole: bool = True) -> None:
        """Close a file; standard output stays open. `whole`: write the head even if there was no data."""
        try:
            if whole and not self._begun:
                self.put(b"")
        finally:
            if self._stream is not sys.stdout.buffer:
                with suppress(OSError):  # everything is flushed; an error here repeats that of `put`
                    self._stream.close()

    def _begin(self) -> None:
        if self._is_file:
            self._stream.truncate(0)
        self._write(self._head)
        self._begun = True

    def _write(self, data: bytes) -> None:
        """Write all of the data; if the disk is full, remove the part that was written."""
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
    """A file opened for writing, truncated unless `keep` is true. Its folder must exist.

    Raises:
        OptionError: the file cannot be written.
    """
    with written(str(path)):
        return path.open("ab" if keep else "wb")


@contextmanager
def written(name: str) -> Iterator[None]:
    """Convert an `OSError` to an `OptionError`, except for a broken pipe."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(name, error.strerror or str(error)) from error


def unwritable(name: str, reason: str) -> OptionError:
    """The error of an output that cannot be written."""
    shown = _CLASS.sub("", reason.partition("\n")[0]).rstrip(".!")
    remedy = "make room, or choose" if _FULL.search(reason) else "choose"
    return OptionError(
        f"{name}: cannot be written ({shown[:1].lower()}{shown[1:]}); {remedy} another output with -o"
    )
