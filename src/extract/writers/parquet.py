"""Parquet: one file per table, such as `money.parquet`, in a folder. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.errors import OptionError
from extract.writers.columnar import Columnar
from extract.writers.output import Found, written
from extract.writers.tables import Row, rows, tables

ROWS = 20_000  # of a row group; a run that is killed leaves no file, for its end is missing


class ParquetWriter:
    """Writes the rows of each table to a file of their own, which is there when the writer has closed."""

    def __init__(self, output: str | None = None) -> None:
        """Make the folder and open its files.

        Raises:
            OptionError: no folder is given, a file cannot be written, or pyarrow is not installed.
        """
        if output is None:
            raise OptionError("parquet is one file per kind of fact; name a folder with -o FOLDER")
        self._output = output
        self._columnar = {
            table: Columnar(columns, needed_by="parquet") for table, columns in tables().items()
        }
        self._rows: dict[str, list[Row]] = {table: [] for table in self._columnar}
        self._files: dict[str, Any] = {}
        from pyarrow.parquet import ParquetWriter as File

        try:
            with written(output):
                Path(output).mkdir(parents=True, exist_ok=True)
                for table, columnar in self._columnar.items():
                    self._files[table] = File(self._part(table), columnar.schema)
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
            OptionError: the output takes no more.
        """
        for table, more in rows(found).items():
            self._rows[table] += more
        with written(self._output):
            for table, waiting in self._rows.items():
                if len(waiting) >= ROWS:
                    self._put(table)

    def _put(self, table: str) -> None:
        self._files[table].write_batch(self._columnar[table].batch(self._rows[table]))
        self._rows[table].clear()

    def _keep(self) -> None:
        """Finish all files, then put them in the place of those of an earlier run."""
        for table, file in self._files.items():
            if self._rows[table]:
                self._put(table)
            file.close()
        for table in self._files:
            self._part(table).replace(Path(self._output, f"{table}.parquet"))

    def _discard(self) -> None:
        """Leave nothing that is not finished."""
        for table, file in self._files.items():
            with suppress(OSError):
                file.close()
            self._part(table).unlink(missing_ok=True)

    def _part(self, table: str) -> Path:
        """The file while it is written."""
        return Path(self._output, f".{table}.parquet.part")
