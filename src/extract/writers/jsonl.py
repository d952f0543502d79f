"""JSON Lines: one fact per line, with every column of its kind. Amounts are exact, in plain notation."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import simplejson

from extract.records import Fact, row
from extract.writers.output import Found, opened, plain, written


class JsonlWriter:
    """Writes facts to a file, or to standard output. The encoding is UTF-8, unescaped."""

    def __init__(self, output: str | None = None) -> None:
        """Open the output; OptionError when it cannot be written."""
        self._name = output or "standard output"
        self._stream: BinaryIO = opened(Path(output)) if output else sys.stdout.buffer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not sys.stdout.buffer:
            with suppress(OSError):  # all is flushed already, so it could only repeat what `write` told
                self._stream.close()

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles and flush them.

        Raises:
            OptionError: the output takes no more.
            BrokenPipeError: nobody reads the pipe any more.
        """
        lines = "".join(line(fact) + "\n" for _, facts in found for fact in facts)
        with written(self._name):
            self._stream.write(lines.encode())
            self._stream.flush()


def line(fact: Fact) -> str:
    """One fact as a JSON object, without the newline."""
    return simplejson.dumps(row(fact), default=_encoded, use_decimal=False, ensure_ascii=False)


def _encoded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return simplejson.RawJSON(plain(value))
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
