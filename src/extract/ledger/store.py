"""The database file of a ledger: its tables, its format version, and functions that open and check it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from extract.errors import OptionError, first_line
from extract.records import Growth
from extract.writers.columnar import PRECISION, SCALE
from extract.writers.tables import of_kind

FORMAT = 2  # version of the tables; ledgers of other versions are rejected
EXTRA = "pip install duckdb pyarrow altair vl-convert-python"
MENTIONS = "mentions"
_NAME = "extract ledger"
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "Decimal": f"DECIMAL({PRECISION}, {SCALE})",
        "int": "INTEGER",
        "float": "DOUBLE",
        "str": "VARCHAR",
        "date": "DATE",
    }
)
_BASE = {
    "about": ["name VARCHAR NOT NULL", "format INTEGER NOT NULL", "version VARCHAR NOT NULL"],
    "articles": [
        "doc_id VARCHAR NOT NULL",
        "published DATE",
        "source VARCHAR",
        "title VARCHAR",
        "url VARCHAR",
    ],
    "members": ["mention_id VARCHAR NOT NULL", "statement_id VARCHAR NOT NULL"],
}
OF_ARTICLE = ("published", "source", "title", "url")


class Column(NamedTuple):
    """A column of a table: its name, its type in DuckDB, and its meaning."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A public table of a ledger: its description and its columns."""

    what: str
    columns: tuple[Column, ...]


@cache
def _tables() -> Mapping[str, Table]:
    text = files(__package__ or "").joinpath("tables.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: Table(table["what"], tuple(Column(*column) for column in table["columns"]))
            for name, table in tomllib.loads(text).items()
        }
    )


TABLES: Mapping[str, Table] = _tables()


@cache
def claim_columns() -> tuple[Column, ...]:
    """The columns of the table `claims`: those of growth records, with their types in DuckDB."""
    return tuple(Column(c.name, _TYPES[c.type.__name__], c.meaning) for c in of_kind(Growth))


def connect(path: str | None = None, *, read_only: bool = False, **config: str) -> Any:
    """Connect to a DuckDB file, or to memory. DuckDB never downloads extensions.

    Raises:
        OptionError: duckdb is not installed.
        duckdb.Error: the file cannot be opened.
    """
    try:
        import duckdb
        import pyarrow  # noqa: F401 (passes data to DuckDB that it cannot read itself)
    except ImportError as error:
        raise OptionError(f"a ledger needs duckdb and pyarrow; {EXTRA}") from error
    settings: dict[str, Any] = {"autoinstall_known_extensions": "false", **config}
    return duckdb.connect(path or ":memory:", read_only=read_only, config=settings)


@contextmanager
def opened(path: str, *, writes: bool = False) -> Iterator[Any]:
    """Open a ledger read-only, as a DuckDB connection.

    Args:
        path: The file of the ledger.
        writes: Allow access to other files, such as to export tables.

    Raises:
        OptionError: the file does not exist, cannot be read, or is not a ledger of this version.
    """
    check_file(path)
    base = connect()
    try:
        attach(base, path, "ledger")
        base.execute("USE ledger")
        if not writes:
            base.execute("SET enable_external_access = false")
        base.execute("SET lock_configuration = true")
        yield base
    finally:
        base.close()


def attach(base: Any, path: str, name: str) -> None:
    """Attach a ledger to a connection, read-only.

    Raises:
        OptionError: the file cannot be read, or is not a ledger of this version.
    """
    import duckdb

    try:
        base.execute(f"ATTACH {quoted(path)} AS {name} (READ_ONLY)")
    except duckdb.Error as error:
        if _is_duckdb(path):
            reason, remedy = f"is damaged ({first_line(error)})", "build it again from the facts"
        else:
            reason, remedy = "is not a ledger", "build one with `extract ledger FACTS... -o LEDGER.duckdb`"
        raise OptionError(f"{path}: {reason}; {remedy}") from error
    check(base, path, name)


def _is_duckdb(path: str) -> bool:
    """Whether a file has the signature of DuckDB."""
    with Path(path).open("rb") as stream:
        return stream.read(12)[8:] == b"DUCK"


def check_file(path: str) -> None:
    """Reject a path that is not a file, with an OptionError."""
    if not Path(path).is_file():
        what = "is a folder" if Path(path).is_dir() else "does not exist"
        raise OptionError(f"{path}: {what}; build a ledger with `extract ledger FACTS... -o {path}`")


def check(base: Any, path: str, name: str) -> None:
    """Reject an attached database that is not a ledger of this version, with an OptionError."""
    query = "SELECT list(column_name) FROM duckdb_columns() WHERE database_name = ? AND table_name = 'about'"
    present = set(base.execute(query, [name]).fetchone()[0] or ()) >= {"name", "format", "version"}
    row = base.execute(f"SELECT name, format, version FROM {name}.about").fetchone() if present else None
    if row is None or row[0] != _NAME:
        raise OptionError(
            f"{path}: is a DuckDB file, but no ledger; name one of `extract ledger`, or another output"
        )
    if row[1] != FORMAT:
        raise OptionError(
            f"{path}: is a ledger of format {row[1]}, written by version {row[2]}; this version knows "
            f"format {FORMAT}: build it again from the facts, or use version {row[2]}"
        )


def create(base: Any, version: str) -> None:
    """Create the tables of an empty ledger in the current database."""
    claims = ["mention_id VARCHAR NOT NULL", *(f"{ident(c.name)} {c.type}" for c in claim_columns())]
    for name, columns in {**_BASE, "claims": claims}.items():
        base.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    for name, table in TABLES.items():
        if name != MENTIONS:
            made = ", ".join(f"{ident(column.name)} {column.type}" for column in table.columns)
            base.execute(f"CREATE TABLE {name} ({made})")
    own = [f"c.{ident(column.name)}" for column in claim_columns() if column.name != "doc_id"]
    base.execute(
        f"CREATE VIEW {MENTIONS} AS SELECT c.mention_id, m.statement_id, c.doc_id, "
        f"{', '.join(f'a.{name}' for name in OF_ARTICLE)}, {', '.join(own)} "
        "FROM claims c JOIN members m USING (mention_id) LEFT JOIN articles a USING (doc_id)"
    )
    base.execute("INSERT INTO about VALUES (?, ?, ?)", [_NAME, FORMAT, version])


def columns_of(base: Any, relation: str) -> Sequence[str]:
    """The names of the columns of a table or query."""
    return [name for name, *_ in base.execute(f"SELECT * FROM {relation} LIMIT 0").description]


def ident(name: str) -> str:
    """A name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """A text quoted for SQL."""
    return "'" + text.replace("'", "''") + "'"
