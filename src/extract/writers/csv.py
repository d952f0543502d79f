"""CSV: one file per kind of fact, such as `money.csv`, in a folder. Absent values are empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from extract.errors import OptionError
from extract.records import KINDS, Value, columns, row
from extract.writers.output import Found, opened, plain, written


class CsvWriter:
    """Writes the facts of each kind to a file of their own: UTF-8, comma, a first line of column names."""

    def __init__(self, output: str | None = None) -> None:
        """Make the folder and open its files.

        Args:
            output: A folder. A name such as `facts.csv` gives `facts.money.csv` and so on instead.

        Raises:
            OptionError: no folder is given, or a file cannot be written.
        """
        if output is None:
            raise OptionError("csv is one file per kind of fact; name a folder with -o FOLDER")
        self._output = output
        self._open_files = ExitStack()
        self._streams: dict[str, BinaryIO] = {}
        with written(output):
            path_of(output, "money").parent.mkdir(parents=True, exist_ok=True)
        for kind, cls in KINDS.items():
            self._streams[kind] = self._open_files.enter_context(opened(path_of(output, kind)))
            self._put(kind, [columns(cls)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # all is flushed already, so it could only repeat what `write` told
            self._open_files.close()

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles and flush them.

        Raises:
            OptionError: the output takes no more.
        """
        rows: dict[str, list[list[str]]] = {}
        for fact in (fact for _, facts in found for fact in facts):
            rows.setdefault(fact.kind, []).append([_cell(value) for value in row(fact).values()])
        for kind, lines in rows.items():
            self._put(kind, lines)

    def _put(self, kind: str, lines: Iterable[Iterable[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(lines)
        with written(self._output):
            self._streams[kind].write(text.getvalue().encode())
            self._streams[kind].flush()


def path_of(output: str, kind: str) -> Path:
    """The file of one kind of fact."""
    path = Path(output)
    return path.with_suffix(f".{kind}.csv") if path.suffix.lower() == ".csv" else path / f"{kind}.csv"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)
