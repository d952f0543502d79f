"""Parquet: one file per table, such as `money.parquet`, in a folder; or one file for one kind.

An output that ends in `.parquet` is always a file: readers would take a folder of that name for one table.
Requires the extra `parquet`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from errno import EISDIR
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.errors import OptionError
from extract.writers.columnar import Columnar
from extract.writers.output import Found, written
from extract.writers.tables import ARTICLES, Layout, Row, rows, tables

ROWS = 20_000  # of a row group; a run that is killed leaves no file
LETTERS = 16 * 2**20  # code points of the texts in a row group of articles


class ParquetWriter:
    """Writes each table to a file, which appears when the writer is closed."""

    def __init__(self, output: str | None, layout: Layout) -> None:
        """Create the folder and open its files.

        Args:
            output: A folder, or a name that ends in `.parquet` for the file of one kind.
            layout: The tables.

        Raises:
            OptionError: no folder is given, a file cannot be written, or pyarrow is not installed.
        """
        if output is None:
            raise OptionError("parquet has one file per kind of fact; name a folder with -o FOLDER")
        self._output, self._layout = output, layout
        self._alone = _is_alone(output)
        if self._alone and len(layout.kinds) != 1:
            raise OptionError(
                f"{output}: is one file, but each kind of fact is a separate table; choose one with "
                f"--kind, or write a folder with -o {Path(output).with_suffix('')} --format parquet"
            )
        self._columnar = {
            table: Columnar(columns, needed_by="parquet")
            for table, columns in tables(layout, alone=self._alone).items()
        }
        self._letters = 0  # of the articles that wait
        self._rows: dict[str, list[Row]] = {table: [] for table in self._columnar}
        self._files: dict[str, Any] = {}
        try:
            with written(output):
                self._open()
        except OptionError:
            self._discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                with written(self._output):
                    self._keep()
        finally:
            self._discard()

    def write(self, found: Iterable[Found]) -> None:
        """Take the facts of articles; they are on disk when the writer has closed.

        Raises:
            OptionError: the output cannot be written.
        """
        for pair in found:
            self._letters += len(pair[0].text)
            for table, more in rows([pair], self._layout, alone=self._alone).items():
                self._rows[table] += more
        with written(self._output):
            for table, waiting in self._rows.items():
                if len(waiting) >= ROWS or (table == ARTICLES and self._letters >= LETTERS):
                    self._put(table)

    def _open(self) -> None:
        from pyarrow.parquet import ParquetWriter as File

        if self._alone and Path(self._output).is_dir():
            raise IsADirectoryError(EISDIR, "is a directory")
        self._path(ARTICLES).parent.mkdir(parents=True, exist_ok=True)
        for table, columnar in self._columnar.items():
            self._files[table] = File(self._part(table), columnar.schema)

    def _put(self, table: str) -> None:
        self._files[table].write_batch(self._columnar[table].batch(self._rows[table]))
        self._rows[table].clear()
        self._letters = 0 if table == ARTICLES else self._letters

    def _keep(self) -> None:
        """Finish all files, then replace those of an earlier run."""
        for table, file in self._files.items():
            if self._rows[table]:
                self._put(table)
            file.close()
        for table in self._files:
            self._part(table).replace(self._path(table))

    def _discard(self) -> None:
        """Remove the unfinished files."""
        for table, file in self._files.items():
            with suppress(OSError):
                file.close()
            self._part(table).unlink(missing_ok=True)

    def _part(self, table: str) -> Path:
        """The temporary file of a table."""
        return _part_of(self._path(table))

    def _path(self, table: str) -> Path:
        return path_of(self._output, table)


def files(output: str, layout: Layout) -> list[str]:
    """The files of an output, with the temporary ones."""
    paths = [path_of(output, table) for table in tables(layout, alone=_is_alone(output))]
    return [str(path) for path in (*paths, *map(_part_of, paths))]


def path_of(output: str, table: str) -> Path:
    """The file of one table."""
    return Path(output) if _is_alone(output) else Path(output, f"{table}.parquet")


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _is_alone(output: str) -> bool:
    return Path(output).suffix.lower() == ".parquet"
