"""Reads outputs of `extract run` as DuckDB relations: JSON Lines, Parquet, DuckDB and SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import OptionError, first_line, listed
from extract.ledger.store import OF_ARTICLE, Column, claim_columns, columns_of, ident, quoted
from extract.records import Growth
from extract.writers.tables import of_kind

KIND = Growth.kind  # the only kind of fact in a ledger
_LONGEST = 64 * 2**20  # maximum bytes of a line
_ROWS = 50_000  # rows read from SQLite at a time
_AGAIN = "extract the articles again with this version: `extract run ... -o facts.parquet --kind growth`"
_FORMATS = "a ledger reads what `extract run` writes as JSON Lines, Parquet, DuckDB or SQLite"


@dataclass(frozen=True, slots=True)
class Source:
    """The relations from which claims and their articles are read.

    Attributes:
        path: The file or folder, for messages.
        claims: An SQL relation of facts, with a column `kind`.
        articles: An SQL relation of articles; None if the columns of articles, if any, are in `claims`.
        types: The types of the columns of `claims`.
    """

    path: str
    claims: str
    articles: str | None = None
    types: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def source(base: Any, path: str) -> Iterator[Source | None]:
    """The facts of a file or folder; None for an empty file, which a run without facts leaves.

    Raises:
        OptionError: it cannot be read, its format is unknown, or its facts are from another version.
    """
    import duckdb

    try:
        with _found(base, Path(path)) as found:
            if found is not None:
                found = _checked(base, found)
            yield found
    except duckdb.Error as error:
        raise OptionError(
            f"{path}: cannot be read as facts ({first_line(error)}); {_FORMATS}: extract them again"
        ) from error
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OptionError(
            f"{path}: cannot be read ({reason}); name a file of facts that can be read"
        ) from error


@contextmanager
def _found(base: Any, path: Path) -> Iterator[Source | None]:
    """The relations of a path; its format is detected from its first bytes."""
    name = str(path)
    if path.is_dir():
        yield _folder(path)
        return
    with path.open("rb") as stream:
        head = stream.read(16)
    if not head:
        yield None
    elif head[:4] == b"PAR1":
        yield _parquet(path)
    elif head[8:12] == b"DUCK":
        with _database(base, name) as found:
            yield found
    elif head.startswith(b"SQLite format 3"):
        with _sqlite(base, name) as found:
            yield found
    elif head.lstrip().startswith(b"{") or head[:2] == b"\x1f\x8b":
        yield _lines(base, name)
    else:
        raise OptionError(f"{path}: is not a file of facts; {_FORMATS}, with all columns of growth")


def _folder(path: Path) -> Source:
    claims = path / f"{KIND}.parquet"
    if not claims.is_file():
        raise OptionError(
            f"{path}: has no {claims.name}; {_FORMATS}: name such a file, or a folder of Parquet"
        )
    return _parquet(claims)


def _parquet(path: Path) -> Source:
    """The file of claims, with `articles.parquet` next to it if there is one."""
    articles = path.with_name("articles.parquet")
    beside = path.stem == KIND and articles.is_file()
    return Source(
        str(path),
        f"read_parquet({quoted(str(path))})",
        f"read_parquet({quoted(str(articles))})" if beside else None,
    )


@contextmanager
def _database(base: Any, path: str) -> Iterator[Source]:
    base.execute(f"ATTACH {quoted(path)} AS facts (READ_ONLY)")
    try:
        query = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'facts'"
        names = {name for (name,) in base.execute(query).fetchall()}
        if "about" in names and "claims" in names:
            raise OptionError(
                f"{path}: is a ledger, not facts; it keeps what it has when it is the output, -o {path}"
            )
        if KIND not in names:
            raise OptionError(f"{path}: has no table {KIND}; {_FORMATS}")
        yield Source(path, f"facts.{KIND}", "facts.articles" if "articles" in names else None)
    finally:
        base.execute("DETACH facts")


@contextmanager
def _sqlite(base: Any, path: str) -> Iterator[Source]:
    """The tables of an SQLite database, copied in parts, as DuckDB needs an extension to read SQLite."""
    with closing(sqlite3.connect(f"file:{Path(path).absolute()}?mode=ro", uri=True)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if KIND not in names:
            raise OptionError(f"{path}: has no table {KIND}; {_FORMATS}")
        present = {table: f"sqlite_{table}" for table in (KIND, "articles") if table in names}
        for table, copy in present.items():
            _copy(base, database, table, copy)
    try:
        yield Source(path, present[KIND], present.get("articles"))
    finally:
        for copy in present.values():
            base.execute(f"DROP TABLE {copy}")


def _copy(base: Any, database: sqlite3.Connection, table: str, copy: str) -> None:
    import pyarrow

    wanted = {column.name: column.type for column in _columns()}
    have = [
        name for name, *_ in database.execute(f"SELECT * FROM {table} LIMIT 0").description if name in wanted
    ]
    types = {name: "DOUBLE" if wanted[name].startswith("DECIMAL") else wanted[name] for name in have}
    base.execute(f"CREATE TEMP TABLE {copy} ({', '.join(f'{ident(n)} {types[n]}' for n in have)})")
    rows = database.execute(f"SELECT {', '.join(map(ident, have))} FROM {table}")
    casts = ", ".join(f"CAST({ident(name)} AS {types[name]})" for name in have)
    while part := rows.fetchmany(_ROWS):
        columns = [
            [None if cell is None else float(cell) for cell in cells]
            if types[name] == "DOUBLE"
            else list(cells)
            for name, cells in zip(have, zip(*part, strict=True), strict=True)
        ]
        base.register("part", pyarrow.table(columns, names=have))
        base.execute(f"INSERT INTO {copy} SELECT {casts} FROM part")
        base.unregister("part")


def _lines(base: Any, path: str) -> Source:
    """JSON Lines; only known columns that the first claim has are read, as others may have any type."""
    options = f"maximum_object_size = {_LONGEST}"
    objects = f"read_ndjson_objects({quoted(path)}, {options})"
    row = base.execute(
        f"SELECT json_keys(json) FROM {objects} WHERE json->>'kind' = '{KIND}' LIMIT 1"
    ).fetchone()
    if row is None:
        row = base.execute(f"SELECT json_keys(json) FROM {objects} LIMIT 1").fetchone()
        if row and not {"doc_id", "fact_id", "kind"} <= set(row[0]):
            raise OptionError(f"{path}: has JSON, but no facts; {_FORMATS}")
        return Source(path, f"(SELECT {_nothing()} LIMIT 0)")
    types = {column.name: column.type for column in _columns() if column.name in row[0]}
    columns = ", ".join(f"{quoted(name)}: {quoted(type)}" for name, type in types.items())
    return Source(
        path,
        f"read_json({quoted(path)}, format = 'newline_delimited', {options}, columns = {{{columns}}})",
    )


def _nothing() -> str:
    return ", ".join(f"NULL::{column.type} AS {ident(column.name)}" for column in claim_columns())


def _columns() -> Sequence[Column]:
    of_article = [Column(name, "DATE" if name == "published" else "VARCHAR", "") for name in OF_ARTICLE]
    return (*claim_columns(), *of_article)


def _checked(base: Any, found: Source) -> Source:
    """A source checked to have the columns and the values of this version, with the types of its columns.

    Raises:
        OptionError: it lacks columns, or has unknown values.
    """
    described = base.execute(f"DESCRIBE SELECT * FROM {found.claims}").fetchall()
    types = {name: type for name, type, *_ in described}
    lacking = tuple(column.name for column in claim_columns() if column.name not in types)
    if {"doc_id", "fact_id", "kind"} & set(lacking):
        raise OptionError(f"{found.path}: has no facts ({listed(lacking)} missing); {_FORMATS}")
    if lacking:
        raise OptionError(f"{found.path}: has facts of another version, without {listed(lacking)}; {_AGAIN}")
    for column in of_kind(Growth):
        if not column.words or column.name == "kind":
            continue
        name, known = f"{ident(column.name)}::VARCHAR", ", ".join(map(quoted, column.words))
        query = (
            f"SELECT {name} FROM {found.claims} WHERE kind::VARCHAR = '{KIND}' AND {name} NOT IN ({known})"
        )
        row = base.execute(f"{query} LIMIT 1").fetchone()
        if row:
            value = f"{column.name} {row[0]!r}"
            raise OptionError(f"{found.path}: has facts of another version, with {value}; {_AGAIN}")
    if found.articles and "doc_id" not in columns_of(base, found.articles):
        raise OptionError(f"{found.path}: its table of articles has no doc_id; {_AGAIN}")
    return Source(found.path, found.claims, found.articles, types)


def claims_of(found: Source) -> str:
    """The query for a source's claims: `mention_id`, then the columns of growth with the ledger's types."""
    columns = claim_columns()
    made = ", ".join(
        f"{_cast(column, found.types[column.name])} AS {ident(column.name)}" for column in columns
    )
    texts = ", ".join(_text(column) for column in columns)
    return (
        f"SELECT substr(md5(concat_ws('|', {texts})), 1, 16) AS mention_id, * "
        f"FROM (SELECT {made} FROM {found.claims} WHERE kind::VARCHAR = '{KIND}')"
    )


def articles_of(base: Any, found: Source) -> str:
    """The query for a source's articles: `doc_id`, then the columns `OF_ARTICLE`, null if absent."""
    relation = found.articles or f"(SELECT * FROM {found.claims} WHERE kind::VARCHAR = '{KIND}')"
    have = set(columns_of(base, relation))
    made = ", ".join(
        f"{f'TRY_CAST(max({name}) AS DATE)' if name == 'published' else f'max({name})'} AS {name}"
        if name in have
        else f"NULL AS {name}"
        for name in OF_ARTICLE
    )
    return f"SELECT doc_id, {made} FROM {relation} GROUP BY doc_id"


def _cast(column: Column, type: str) -> str:
    """A column cast to its type in the ledger; floats via text, to avoid binary rounding errors."""
    name = ident(column.name)
    if column.type.startswith("DECIMAL") and type in ("DOUBLE", "FLOAT"):
        return f"TRY_CAST(CAST({name} AS VARCHAR) AS {column.type})"
    return f"CAST({name} AS {column.type})"


def _text(column: Column) -> str:
    """A column as text for the id of a mention, which is the same for all input formats."""
    name = ident(column.name)
    text = f"CAST({name} AS DOUBLE)::VARCHAR" if column.type.startswith("DECIMAL") else f"{name}::VARCHAR"
    return f"coalesce({text}, '')"
