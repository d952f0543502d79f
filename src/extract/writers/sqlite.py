"""SQLite: the tables of `database` in one file. Requires only Python.

SQLite has no decimals: amounts are numbers with 15 significant digits. Dates are ISO 8601 text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from extract.decimals import plain
from extract.writers.database import DatabaseWriter
from extract.writers.tables import Cell, Row


class SqliteWriter(DatabaseWriter):
    """Writes to a file of SQLite."""

    format = "sqlite"
    types: ClassVar[Mapping[type, str]] = MappingProxyType(
        {Decimal: "NUMERIC", int: "INTEGER", float: "REAL", str: "TEXT", date: "TEXT"}
    )
    table_options = "WITHOUT ROWID"

    def _connect(self, output: str) -> Any:
        return sqlite3.connect(output, isolation_level=None)

    def _error(self) -> type[Exception]:
        return sqlite3.Error

    def _remove(self, table: str, ids: Sequence[str]) -> None:
        self._base.executemany(f'DELETE FROM "{table}" WHERE doc_id = ?', [(name,) for name in ids])

    def _add(self, table: str, rows: Sequence[Row], conflict: str = "") -> None:
        places = ", ".join("?" * len(rows[0]))
        cells = (tuple(map(_cell, row)) for row in rows)
        self._base.executemany(f'INSERT INTO "{table}" VALUES ({places}) {conflict}', cells)


def _cell(value: Cell) -> str | int | float | None:
    if isinstance(value, Decimal):
        return plain(value)  # the column's affinity makes it a number
    return value.isoformat() if isinstance(value, date) else value
