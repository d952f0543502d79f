"""Queries on a ledger: rows by subject or metric, SQL queries, and export of its tables to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extract.errors import OptionError, first_line
from extract.ledger.store import TABLES, quoted
from extract.writers.csv import FORMULA, NUMBER
from extract.writers.output import written

PARQUET, CSV = "parquet", "csv"
_ORDERS = {"mentions": "doc_id, start, fact_id, mention_id"}  # other tables: by all columns, from the first


class Rows(NamedTuple):
    """The result of a query: the names of its columns, and its rows."""

    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def select(
    base: Any, table: str, *, subject: str | None = None, metric: str | None = None, limit: int | None = None
) -> Rows:
    """The rows of a table of a ledger, in a fixed order.

    Args:
        base: An open ledger.
        table: `statements`, `series`, `forecasts` or `contradictions`.
        subject: Id, name or part of the name of the owner; case is ignored.
        metric: Id or part of the name of the metric; case is ignored.
        limit: Maximum number of rows; None: all rows.

    Raises:
        OptionError: the table is unknown.
    """
    if table not in TABLES or table == "mentions":
        raise OptionError(
            f"unknown table {table!r}; known are {', '.join(name for name in TABLES if name != 'mentions')}"
        )
    query = f"SELECT * FROM {table} WHERE {_filter(subject, metric)} ORDER BY ALL"
    found = base.execute(query + (f" LIMIT {limit}" if limit is not None else ""), _values(subject, metric))
    return Rows(tuple(name for name, *_ in found.description), found.fetchall())


def query(base: Any, sql: str) -> Rows:
    """Run an SQL query. The ledger is open read-only, so the query cannot change it.

    Raises:
        OptionError: it is not a single valid query with rows.
    """
    import duckdb

    try:
        statements = base.extract_statements(sql)
        if len(statements) != 1:
            raise OptionError(f"{len(statements)} statements of SQL; give one query")
        found = base.execute(statements[0])
        if found.description is None:
            raise OptionError("the statement has no rows; give a query, such as SELECT * FROM series")
        return Rows(tuple(name for name, *_ in found.description), found.fetchall())
    except duckdb.Error as error:
        raise OptionError(
            f"the query cannot be answered ({first_line(error)}); the tables are {', '.join(TABLES)}"
        ) from error


def export(base: Any, folder: str, format: str, *, overwrite: bool = False) -> list[str]:
    """Write each table of a ledger to its own file, with rows in a fixed order.

    Args:
        base: A connection to a ledger that may write files: `opened(path, writes=True)`.
        folder: The output folder; it is created if needed.
        format: `parquet`, or `csv`, in which texts that a spreadsheet would run as formulas are escaped by an
            apostrophe.
        overwrite: Replace existing files.

    Returns:
        The paths of the files.

    Raises:
        OptionError: a file exists and `overwrite` is not set, or a file cannot be written.
    """
    import duckdb

    files = []
    with written(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    if not overwrite:
        for table in TABLES:
            refuse_existing(str(Path(folder, f"{table}.{format}")))
    for table in TABLES:
        path = Path(folder, f"{table}.{format}")
        part = path.with_name(f".{path.name}.part")
        options = "FORMAT parquet, COMPRESSION zstd" if format == PARQUET else "FORMAT csv, HEADER"
        cells = "*" if format == PARQUET else _cells(base, table)
        order = _ORDERS.get(table, "ALL")
        try:
            base.execute(
                f"COPY (SELECT {cells} FROM {table} ORDER BY {order}) TO {quoted(str(part))} ({options})"
            )
        except duckdb.IOException as error:
            part.unlink(missing_ok=True)
            raise OptionError(
                f"{path}: cannot be written ({first_line(error)}); choose another folder with -o"
            ) from error
        part.replace(path)
        files.append(str(path))
    return files


def _cells(base: Any, table: str) -> str:
    """The select list of a table for CSV, with formulas escaped."""
    columns = base.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()
    runs = f"regexp_matches({{0}}, {quoted(FORMULA)}) AND NOT regexp_matches({{0}}, {quoted(NUMBER)})"
    safe = f"CASE WHEN {runs} THEN concat(chr(39), {{0}}) ELSE {{0}} END AS {{0}}"
    return ", ".join(safe.format(f'"{name}"') if type == "VARCHAR" else f'"{name}"' for name, type in columns)


def refuse_existing(path: str) -> None:
    """Reject a path that exists.

    Raises:
        OptionError: the file exists.
    """
    if Path(path).exists():
        raise OptionError(f"{path}: is there already; name another, or replace it by --overwrite")


def _filter(subject: str | None, metric: str | None) -> str:
    conditions = ["true"]
    if subject is not None:
        conditions.append(
            "(lower(owner) = lower(?) OR owner = ? "
            "OR contains(lower(coalesce(owner_name, owner, '')), lower(?)))"
        )
    if metric is not None:
        conditions.append(
            "(lower(metric) = lower(replace(?, ' ', '_')) "
            "OR contains(lower(concat_ws(' ', metric, qualifier)), lower(?)))"
        )
    return " AND ".join(conditions)


def _values(subject: str | None, metric: str | None) -> list[str]:
    of_subject = [] if subject is None else [subject, _country_id(subject), subject]
    return of_subject + ([] if metric is None else [metric, metric])


def _country_id(name: str) -> str:
    """The owner id of a country: `country:CN` for China; the name unchanged if it is not a country."""
    import pycountry

    try:
        return f"country:{pycountry.countries.lookup(name).alpha_2}"
    except LookupError:
        return name
