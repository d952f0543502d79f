"""JSON Lines: one fact per line, with every column of its kind. Amounts are exact, in plain notation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

import simplejson

from extract.decimals import plain
from extract.records import Fact, row
from extract.writers.output import Found, Stream
from extract.writers.tables import Layout, records


class JsonlWriter:
    """Writes facts to a file, or to standard output. The encoding is UTF-8, unescaped."""

    def __init__(self, output: str | None, layout: Layout) -> None:
        """Open the output; OptionError if it cannot be written."""
        self._stream, self._layout = Stream(output), layout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close(whole=error is None)

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles and flush them.

        Raises:
            OptionError: the output cannot be written.
            BrokenPipeError: the pipe is closed.
        """
        lines = "".join(_line(record) + "\n" for record in records(found, self._layout))
        self._stream.put(lines.encode())


def line(fact: Fact) -> str:
    """One fact as a JSON object, without the newline."""
    return _line(row(fact))


def _line(record: Mapping[str, Any]) -> str:
    return str(_ENCODER.encode(record))


def _encoded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return simplejson.RawJSON(plain(value))
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


_ENCODER = simplejson.JSONEncoder(default=_encoded, use_decimal=False, ensure_ascii=False)
