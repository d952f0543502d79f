"""Arrow: one stream of all facts, in Arrow's IPC format, to a pipe or a file. Needs the extra `arrow`.

A stream has one schema, so it is one table with the columns of all kinds. The column `kind` is the kind of a
row; the columns of other kinds are null.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from extract.errors import OptionError
from extract.writers.columnar import Columnar
from extract.writers.output import Found, Stream
from extract.writers.tables import Layout, records, table_of_facts


class ArrowWriter:
    """Writes facts to a file or to standard output, one record batch per call."""

    def __init__(self, output: str | None, layout: Layout) -> None:
        """Open the output.

        Raises:
            OptionError: the output is a terminal or cannot be written, or pyarrow is not installed.
        """
        if output is None and sys.stdout.isatty():
            raise OptionError("arrow is a binary format; pipe it to a program, or name a file with -o")
        columns, self._layout = table_of_facts(layout), layout
        self._names = [column.name for column in columns]
        self._columnar = Columnar(columns, needed_by="arrow")
        from pyarrow.ipc import new_stream

        self._stream, self._buffer = Stream(output), io.BytesIO()
        self._arrow = new_stream(self._buffer, self._columnar.schema)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._arrow.close()
            if error is None:
                self._put()
        finally:
            self._stream.close(whole=error is None)

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles and flush them.

        Raises:
            OptionError: the output cannot be written.
            BrokenPipeError: the pipe is closed.
        """
        rows = [tuple(map(record.get, self._names)) for record in records(found, self._layout)]
        if rows:
            self._arrow.write_batch(self._columnar.batch(rows))
            self._put()

    def _put(self) -> None:
        """Write the bytes that Arrow has produced to the output."""
        self._stream.put(self._buffer.getvalue())
        self._buffer.seek(0)
        self._buffer.truncate()
