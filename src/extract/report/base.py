"""The database in which a report counts: `facts` with the columns of all kinds, `articles`, `failures`."""

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
OF_ARTICLE = ("title", "published", "source", "url")  # what a report says of an article

# Amounts are kept as they are written, for the pages of articles; queries cast them.
_TYPES: Mapping[type, str] = MappingProxyType(
    {str: "VARCHAR", Decimal: "VARCHAR", float: "DOUBLE", int: "INTEGER", date: "DATE"}
)
_MEMORY = "1GB"  # beyond which DuckDB goes on in files


@contextmanager
def counting() -> Iterator[Any]:
    """A database in a folder that is removed afterwards.

    Raises:
        OptionError: DuckDB is not installed.
    """
    try:
        import duckdb
        import pyarrow  # noqa: F401 (hands over what DuckDB does not read itself)
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
    """The columns of all kinds of facts together."""
    return combined(of_kind(kind) for kind in KINDS.values())


def type_of(column: Column) -> str:
    """The type of a column in the table `facts`."""
    return _TYPES[column.type]


def ident(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """A text as SQL quotes it."""
    return "'" + text.replace("'", "''") + "'"


def rows_of(
    base: Any, query: str, values: Sequence[Any] = ()
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The names of the columns of a query, and its rows."""
    found = base.execute(query, list(values))
    return tuple(name for name, *_ in found.description), found.fetchall()


def value_of(base: Any, query: str) -> Any:
    """The one value of a query."""
    return base.execute(query).fetchone()[0]


def _create(base: Any) -> None:
    columns = ", ".join(f"{ident(column.name)} {type_of(column)}" for column in fact_columns())
    known = "doc_id VARCHAR, title VARCHAR, published DATE, source VARCHAR, url VARCHAR"
    base.execute(f"CREATE TABLE facts ({columns})")
    base.execute(f"CREATE TABLE known ({known})")  # what sources say of articles, before it is one row each
    base.execute(f"CREATE TABLE given ({known})")  # the same of articles that are given beside the facts
    base.execute(f"CREATE TABLE articles ({known}, facts BIGINT, claims BIGINT)")
    base.execute("CREATE TABLE texts (doc_id VARCHAR, text VARCHAR, author VARCHAR)")
    base.execute('CREATE TABLE failures ("where" VARCHAR, reason VARCHAR, remedy VARCHAR)')
