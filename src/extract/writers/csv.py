"""CSV: one file per table, such as `money.csv`, in a folder; or a file of one kind. Absent values are empty.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or the end of a line as a formula, and an
article may hold one. Such a cell gets an apostrophe before it, unless it is plainly a number; the format
`csv-exact`, for programs, leaves all as it is. (https://owasp.org/www-community/attacks/CSV_Injection)
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.errors import OptionError
from extract.writers.output import Found, Stream, plain, written
from extract.writers.tables import Cell, Layout, rows, tables

# What a spreadsheet runs, unless it is a number; as the expressions of DuckDB have it too.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
NUMBER = r"^[+-][0-9.,]*[0-9]%?$"
_FORMULA, _NUMBER = re.compile(FORMULA), re.compile(NUMBER)

_ENDS = "\r\n"  # cells with either of these are quoted; lines end with the second alone


class CsvWriter:
    """Writes the rows of each table to a file of their own: UTF-8, comma, a first line of column names."""

    def __init__(self, output: str | None, layout: Layout, *, exact: bool = False) -> None:
        """Make the folder and open its files.

        Args:
            output: A folder. A name such as `facts.csv` is the file of one kind of facts; of several kinds,
                it gives `facts.money.csv` and so on. None is standard output, for one kind.
            layout: The tables.
            exact: Leave a text that a spreadsheet would run as it is.

        Raises:
            OptionError: no folder is given for several kinds, or a file cannot be written.
        """
        self._cell = _exact if exact else _safe
        self._layout = layout
        self._streams: dict[str, Stream] = {}
        self._alone = _is_alone(output, layout)
        if output is None and not self._alone:
            raise OptionError(
                "csv is one file per kind of fact; choose one with --kind, or name a folder with -o"
            )
        if output is not None:
            with written(output):
                path_of(output, "money").parent.mkdir(parents=True, exist_ok=True)
        for table, columns in tables(layout, alone=self._alone).items():
            path = output if self._alone or output is None else str(path_of(output, table))
            self._streams[table] = Stream(path, head=_encoded([[column.name for column in columns]]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as all_of_them:
            for stream in self._streams.values():
                all_of_them.callback(stream.close, whole=error is None)

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles and flush them.

        Raises:
            OptionError: the output takes no more.
        """
        for table, lines in rows(found, self._layout, alone=self._alone).items():
            self._streams[table].put(_encoded(map(self._cell, line) for line in lines))


def files(output: str, layout: Layout) -> list[str]:
    """The files that are written to an output."""
    if _is_alone(output, layout):
        return [output]
    return [str(path_of(output, table)) for table in tables(layout)]


def path_of(output: str, table: str) -> Path:
    """The file of one table."""
    path = Path(output)
    return path.with_suffix(f".{table}.csv") if _is_file(output) else path / f"{table}.csv"


def _is_alone(output: str | None, layout: Layout) -> bool:
    """All is one file: that of one kind of facts."""
    return len(layout.kinds) == 1 and (output is None or _is_file(output))


def _is_file(output: str) -> bool:
    return Path(output).suffix.lower() == ".csv"


class _Lines(list[str]):
    write = list.append


def _encoded(lines: Iterable[Iterable[str]]) -> bytes:
    made = _Lines()
    csv.writer(made, lineterminator=_ENDS).writerows(lines)
    return "".join(line.removesuffix(_ENDS) + "\n" for line in made).encode()


def _exact(value: Cell) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _safe(value: Cell) -> str:
    return no_formula(value) if isinstance(value, str) else _exact(value)


def no_formula(text: str) -> str:
    """A text that no spreadsheet runs: with an apostrophe before it where one would."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
