"""What writers share: opening an output, its errors, and exact numbers in plain notation."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from extract.articles import Article
from extract.errors import OptionError
from extract.records import Fact

_CLASS = re.compile(r"^\w+ Error: ")  # which databases put before what is wrong

Found = tuple[Article, Sequence[Fact]]  # an article and its facts: what writers take


class Stream:
    """Bytes to a file, or to standard output. What was put is written when `put` returns."""

    def __init__(self, output: str | None) -> None:
        """Open the output; OptionError when it cannot be written."""
        self._name = output or "standard output"
        self._stream: BinaryIO = opened(Path(output)) if output else sys.stdout.buffer

    def put(self, data: bytes) -> None:
        """Write and flush.

        Raises:
            OptionError: the output takes no more.
            BrokenPipeError: nobody reads the pipe any more.
        """
        with written(self._name):
            self._stream.write(data)
            self._stream.flush()

    def close(self) -> None:
        """Close a file; standard output stays open."""
        if self._stream is not sys.stdout.buffer:
            with suppress(OSError):  # all is flushed already, so it could only repeat what `put` told
                self._stream.close()


def opened(path: Path) -> BinaryIO:
    """A file opened for writing; what it held is replaced. Its folder must exist.

    Raises:
        OptionError: the file cannot be written.
    """
    with written(str(path)):
        return path.open("wb")


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
    return OptionError(
        f"{name}: cannot be written ({shown[:1].lower()}{shown[1:]}); choose another output with -o"
    )


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing: 1E+3 is `1000`, 5.50 is `5.5`."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
