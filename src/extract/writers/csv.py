"""CSV: one file per table, such as `money.csv`, in a folder; or one file for one kind. Null is empty.

A spreadsheet evaluates a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end as a formula, and an
article may contain such text. These cells are prefixed with an apostrophe unless they are numbers; the format
`csv-exact`, for programs, writes them unchanged. (https://owasp.org/www-community/attacks/CSV_Injection)
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

from extract.decimals import plain
from extract.errors import OptionError
from extract.writers.output import Found, Stream, written
from extract.writers.tables import Cell, Layout, rows, tables

# What a spreadsheet runs, unless it is a number; as the expressions of DuckDB have it too.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
NUMBER = r"^[+-][0-9.,]*[0-9]%?$"
_FORMULA, _NUMBER = re.compile(FORMULA), re.compile(NUMBER)

_ENDS = "\r\n"  # cells with one of these are quoted; lines end with the second only


class CsvWriter:
    """Writes each table to a file: UTF-8, commas, column names in the first line."""

    def __init__(self, output: str | None, layout: Layout, *, exact: bool = False) -> None:
        """Create the folder and open its files.

        Args:
            output: A folder. A name such as `facts.csv` is the file for one kind; for several kinds the files
                are `facts.money.csv` and so on. None is standard output, for one kind.
            layout: The tables.
            exact: Do not prefix cells that a spreadsheet would evaluate.

        Raises:
            OptionError: there are several kinds but no folder, or a file cannot be written.
        """
        self._cell = _exact if exact else _safe
        self._layout = layout
        self._streams: dict[str, Stream] = {}
        self._alone = _is_alone(output, layout)
        if output is None and not self._alone:
            raise OptionError(
                "csv has one file per kind of fact; choose one with --kind, or name a folder with -o"
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
            OptionError: the output cannot be written.
        """
        for table, lines in rows(found, self._layout, alone=self._alone).items():
            self._streams[table].put(_encoded(map(self._cell, line) for line in lines))


def files(output: str, layout: Layout) -> list[str]:
    """The files of an output."""
    if _is_alone(output, layout):
        return [output]
    return [str(path_of(output, table)) for table in tables(layout)]


def path_of(output: str, table: str) -> Path:
    """The file of one table."""
    path = Path(output)
    return path.with_suffix(f".{table}.csv") if _is_file(output) else path / f"{table}.csv"


def _is_alone(output: str | None, layout: Layout) -> bool:
    """Whether the output is one file, of one kind of fact."""
    return len(layout.kinds) == 1 and (output is None or _is_file(output))


def _is_file(output: str) -> bool:
    return Path(output).suffix.lower() == ".csv"


class _Lines(list[str]):
    write = list.append


def _encoded(lines: Iterable[Iterable[str]]) -> bytes:
    written = _Lines()
    csv.writer(written, lineterminator=_ENDS).writerows(lines)
    return "".join(line.removesuffix(_ENDS) + "\n" for line in written).encode()


def _exact(value: Cell) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _safe(value: Cell) -> str:
    return no_formula(value) if isinstance(value, str) else _exact(value)


def no_formula(text: str) -> str:
    """A text that no spreadsheet runs: with an apostrophe before it where one would."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
