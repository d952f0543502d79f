"""The temporary database of a report: `facts` with the columns of all kinds, `articles`, `failures`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from extract.errors import OptionError
from extract.records import KINDS
from extract.writers.tables import Column, combined, of_kind

EXTRA = "pip install duckdb pyarrow vl-convert-python"
OF_ARTICLE = ("title", "published", "source", "url")  # metadata of an article in a report

# Amounts are stored as text, exactly as written, for the pages of articles; queries cast them.
_TYPES: Mapping[type, str] = MappingProxyType(
    {str: "VARCHAR", Decimal: "VARCHAR", float: "DOUBLE", int: "INTEGER", date: "DATE"}
)
_MEMORY = "1GB"  # memory limit of DuckDB; beyond it, data is spilled to files


@contextmanager
def counting() -> Iterator[Any]:
    """A database in a temporary folder, which is removed at the end.

    Raises:
        OptionError: DuckDB is not installed.
    """
    try:
        import duckdb
        import pyarrow  # noqa: F401 (passes data to DuckDB that it cannot read itself)
    except ImportError as error:
        raise OptionError(f"a report needs {error.name}; {EXTRA}") from error
    with TemporaryDirectory(prefix="extract-report-") as folder:
        config: dict[str, Any] = {
            "memory_limit": _MEMORY,
            "temp_directory": f"{folder}/more",
            "autoinstall_known_extensions": "false",
            "preserve_insertion_order": "false",
        }
        base = duckdb.connect(str(Path(folder, "facts.duckdb")), config=config)
        try:
            _create(base)
            yield base
        finally:
            base.close()


@cache
def fact_columns() -> tuple[Column, ...]:
    """The combined columns of all kinds of facts."""
    return combined(of_kind(kind) for kind in KINDS.values())


def type_of(column: Column) -> str:
    """The DuckDB type of a column in the table `facts`."""
    return _TYPES[column.type]


def ident(name: str) -> str:
    """A name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """A text quoted for SQL."""
    return "'" + text.replace("'", "''") + "'"


def rows_of(
    base: Any, query: str, values: Sequence[Any] = ()
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Run a query; returns the names of its columns, and its rows."""
    found = base.execute(query, list(values))
    return tuple(name for name, *_ in found.description), found.fetchall()


def value_of(base: Any, query: str) -> Any:
    """Run a query that has a single value, and return it."""
    return base.execute(query).fetchone()[0]


def _create(base: Any) -> None:
    columns = ", ".join(f"{ident(column.name)} {type_of(column)}" for column in fact_columns())
    known = "doc_id VARCHAR, title VARCHAR, published DATE, source VARCHAR, url VARCHAR"
    base.execute(f"CREATE TABLE facts ({columns})")
    base.execute(f"CREATE TABLE known ({known})")  # metadata of articles from the facts, with duplicates
    base.execute(f"CREATE TABLE given ({known})")  # the same, from articles that are given separately
    base.execute(f"CREATE TABLE articles ({known}, facts BIGINT, claims BIGINT)")
    base.execute("CREATE TABLE texts (doc_id VARCHAR, text VARCHAR, author VARCHAR)")
    base.execute('CREATE TABLE failures ("where" VARCHAR, reason VARCHAR, remedy VARCHAR)')
