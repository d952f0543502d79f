"""DuckDB: the tables of `database` in one file. Requires the extra `duckdb`.

Amounts are decimals with 38 digits, 12 of them after the point; finer ones are rounded, larger ones null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from extract.errors import OptionError
from extract.writers.columnar import PRECISION, SCALE, Columnar
from extract.writers.database import DatabaseWriter, tables_of
from extract.writers.tables import Layout, Row


class DuckdbWriter(DatabaseWriter):
    """Writes to a file of DuckDB."""

    format = "duckdb"
    types: ClassVar[Mapping[type, str]] = MappingProxyType(
        {
            Decimal: f"DECIMAL({PRECISION}, {SCALE})",
            int: "INTEGER",
            float: "DOUBLE",
            str: "VARCHAR",
            date: "DATE",
        }
    )

    def __init__(self, output: str | None, layout: Layout) -> None:
        """Open the database, as `DatabaseWriter`; OptionError also if duckdb or pyarrow is not installed."""
        try:
            import duckdb
        except ImportError as error:
            raise OptionError("duckdb is not installed; pip install duckdb pyarrow") from error
        self._duckdb = duckdb
        self._columnar = {
            table: Columnar(columns, needed_by="duckdb") for table, columns in tables_of(layout).items()
        }
        super().__init__(output, layout)

    def _connect(self, output: str) -> Any:
        # never download an extension to read the file of another database
        return self._duckdb.connect(output, config={"autoinstall_known_extensions": "false"})

    def _error(self) -> type[Exception]:
        return self._duckdb.Error

    def _remove(self, table: str, ids: Sequence[str]) -> None:
        self._base.execute(f'DELETE FROM "{table}" WHERE doc_id IN (SELECT unnest(?))', [list(ids)])

    def _add(self, table: str, rows: Sequence[Row], conflict: str = "") -> None:
        self._base.register("added", self._columnar[table].batch(rows))
        self._base.execute(f'INSERT INTO "{table}" SELECT * FROM added {conflict}')
        self._base.unregister("added")
