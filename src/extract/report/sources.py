"""Loads outputs of `extract run`, files or folders in any format, into the database of a report."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import OptionError, first_line
from extract.records import KINDS
from extract.report.base import OF_ARTICLE, fact_columns, ident, quoted, type_of
from extract.writers.tables import ARTICLES, Column

_OF_FAILURE = ("where", "reason", "remedy")
_FAILURES = "name a file that `extract run` wrote for its failures"
_NEEDED = ("doc_id", "fact_id", "kind", "start", "end")
_LINE = 64 * 2**20  # maximum bytes of a line
_ROWS = 20_000  # rows read from SQLite at a time
_ESCAPED = "^'([=+@\\t\\r\\n＝＋－＠-])"  # formulas, as escaped in our CSV files
_FORMATS = (
    "name an output of `extract run`: JSON Lines, CSV, Parquet, Arrow, DuckDB, SQLite, or a folder of these"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """An SQL relation to load: its name or expression, its columns, and whether it is a CSV file."""

    sql: str
    names: tuple[str, ...]
    is_csv: bool = False


def load(base: Any, path: str) -> None:
    """Load the facts of a path, and the metadata of their articles.

    Raises:
        OptionError: the path cannot be read, or has no facts.
    """
    import duckdb
    import pyarrow

    try:
        found = False
        for table, relation in _relations(base, Path(path)):
            found = True
            if table != ARTICLES:
                _take_facts(base, relation, path)
            _take_articles(base, relation)
        if not found and not (Path(path).is_file() and Path(path).stat().st_size == 0):
            raise OptionError(f"{path}: contains no facts; {_FORMATS}")
    except (duckdb.Error, sqlite3.Error, pyarrow.ArrowException) as error:
        raise OptionError(f"{path}: cannot be read ({first_line(error)}); {_FORMATS}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OptionError(f"{path}: cannot be read ({reason}); check the path") from error


def take_texts(base: Any, path: str) -> None:
    """Load the texts of the articles that get pages, if the path has a table of articles with texts."""
    for table, relation in _relations(base, Path(path)):
        if table == ARTICLES and "text" in relation.names:
            text = _text("text", relation)
            author = _text("author", relation) if "author" in relation.names else "NULL"
            base.execute(
                f"INSERT INTO texts SELECT doc_id, {text}, {author} FROM {relation.sql} "
                f"WHERE doc_id IN (SELECT doc_id FROM paged) AND {text} IS NOT NULL"
            )


def complete(base: Any, *, several: bool) -> None:
    """Deduplicate the facts, and fill the table `articles`, after everything is loaded.

    Args:
        base: The database.
        several: Facts were loaded from several paths, so there may be duplicates.
    """
    if several:
        base.execute("CREATE TABLE one AS SELECT DISTINCT ON (doc_id, fact_id) * FROM facts")
        base.execute("DROP TABLE facts")
        base.execute("ALTER TABLE one RENAME TO facts")
    known = ", ".join(f"max({name}) AS {name}" for name in OF_ARTICLE)
    base.execute(f"""INSERT INTO articles
        SELECT doc_id, {", ".join(OF_ARTICLE)}, coalesce(facts, 0), coalesce(claims, 0)
        FROM (SELECT doc_id, {known} FROM known GROUP BY doc_id)
        FULL JOIN (
            SELECT doc_id, count(*) AS facts, count(*) FILTER (kind = 'growth') AS claims
            FROM facts GROUP BY doc_id
        ) USING (doc_id)""")


def failures(base: Any, paths: Iterable[str]) -> None:
    """Load files of failures.

    Raises:
        OptionError: a file does not exist, or is not a file of failures.
    """
    import duckdb

    types = ", ".join(f"'{name}': 'VARCHAR'" for name in _OF_FAILURE)
    for path in paths:
        _check_failures(path)
        try:
            base.execute(f"INSERT INTO failures SELECT * FROM {_json(path, types)}")
        except duckdb.Error as error:
            raise OptionError(f"{path}: is damaged ({first_line(error)}); {_FAILURES}") from error


def _check_failures(path: str) -> None:
    """Reject a path that is not a file of failures; an empty file is one.

    Raises:
        OptionError: there is no such file, or its first line is not a failure.
    """
    if not Path(path).is_file():
        raise OptionError(f"{path}: does not exist; {_FAILURES}")
    with Path(path).open("rb") as stream:
        line = stream.readline(_LINE)
    try:
        row = json.loads(line) if line else dict.fromkeys(_OF_FAILURE)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not set(_OF_FAILURE) <= row.keys():
        raise OptionError(f"{path}: is not a file of failures; {_FAILURES}")


def noted(base: Any, path: str) -> dict[str, Any]:
    """The options of the run that wrote a folder of parts; also loads its failures.

    Raises:
        OptionError: the manifest of the run is damaged.
    """
    import duckdb

    notes = Path(path, "_manifest")
    run = notes / "run.json"
    try:
        for note in sorted(notes.glob("part-*.json")):
            rows = json.loads(note.read_bytes()).get("failures", [])
            if rows:
                base.executemany("INSERT INTO failures VALUES (?, ?, ?)", rows)
        made = json.loads(run.read_bytes()).get("made", {}) if run.is_file() else {}
        return {name: value for name, value in made.items() if value is not None}
    except (ValueError, AttributeError, TypeError, RecursionError, duckdb.Error) as error:
        raise OptionError(f"{notes}: is damaged ({first_line(error)}); run with --resume again") from error


def _relations(base: Any, path: Path) -> Iterator[tuple[str, Relation]]:
    """The tables of a path with their names; a table of facts of any kind is named `facts`."""
    if path.is_dir():
        yield from _folder(base, path)
        return
    with path.open("rb") as stream:
        head = stream.read(16)
    if not head:
        return
    if head[:4] == b"PAR1":
        yield from _tables_beside(base, path, "parquet")
    elif head[8:12] == b"DUCK":
        yield from _database(base, path)
    elif head.startswith(b"SQLite format 3"):
        yield from _sqlite(base, path)
    elif head.startswith(b"\xff\xff\xff\xff"):
        yield from _arrow(base, path)
    elif path.suffix.lower() == ".csv":
        yield from _tables_beside(base, path, "csv")
    elif head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") or head[:2] == b"\x1f\x8b":
        yield "facts", _lines(base, str(path))
    else:
        raise OptionError(f"{path}: is not in a known format; {_FORMATS}")


def _folder(base: Any, path: Path) -> Iterator[tuple[str, Relation]]:
    """The tables in a folder: `money.parquet`, `money.csv`, or Parquet files in `money/`."""
    for table in (ARTICLES, *KINDS):
        for format in ("parquet", "csv"):
            if (file := path / f"{table}.{format}").is_file():
                yield table, _file(base, str(file), format)
        if any((path / table).glob("*.parquet")):
            yield table, _file(base, str(path / table / "*.parquet"), "parquet")


def _tables_beside(base: Any, path: Path, format: str) -> Iterator[tuple[str, Relation]]:
    """A table, and that of the articles next to it: `tables/articles.csv`, `facts.articles.csv`."""
    yield "facts", _file(base, str(path), format)
    kind = path.stem.rpartition(".")[2]
    articles = path.with_name(f"{path.stem.removesuffix(kind)}{ARTICLES}.{format}")
    if kind in KINDS and articles.is_file():
        yield ARTICLES, _file(base, str(articles), format)


def _file(base: Any, path: str, format: str) -> Relation:
    if format == "parquet":
        return _named(base, f"read_parquet({quoted(path)}, union_by_name = true)")
    options = f"all_varchar = true, header = true, delim = ',', quote = '\"', max_line_size = {_LINE}"
    return _named(base, f"read_csv({quoted(path)}, {options})", is_csv=True)


def _lines(base: Any, path: str) -> Relation:
    """JSON Lines; columns of articles are read if the first line has them."""
    options = f"maximum_object_size = {_LINE}"
    query = f"SELECT json_keys(json) FROM read_ndjson_objects({quoted(path)}, {options}) LIMIT 1"
    first = base.execute(query).fetchone()
    said = [name for name in OF_ARTICLE if first and name in first[0]]
    types = {column.name: type_of(column) for column in fact_columns()} | dict.fromkeys(said, "VARCHAR")
    columns = ", ".join(f"{quoted(name)}: {quoted(type)}" for name, type in types.items())
    return Relation(_json(path, columns), tuple(types))


def _json(path: str, columns: str) -> str:
    options = f"format = 'newline_delimited', maximum_object_size = {_LINE}"
    return f"read_json({quoted(path)}, {options}, columns = {{{columns}}})"


def _database(base: Any, path: Path) -> Iterator[tuple[str, Relation]]:
    base.execute(f"ATTACH {quoted(str(path))} AS given (READ_ONLY)")
    try:
        query = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'given'"
        names = {name for (name,) in base.execute(query).fetchall()}
        for table in (ARTICLES, *KINDS):
            if table in names:
                yield table, _named(base, f"given.{table}")
    finally:
        base.execute("DETACH given")


def _sqlite(base: Any, path: Path) -> Iterator[tuple[str, Relation]]:
    """The tables of an SQLite database, in parts, as DuckDB would need an extension to read SQLite."""
    import pyarrow

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in (one for one in (ARTICLES, *KINDS) if one in names):
            found = database.execute(f"SELECT * FROM {table}")
            columns = [name for name, *_ in found.description]
            while part := found.fetchmany(_ROWS):
                cells = zip(*part, strict=True)
                texts = [[None if cell is None else str(cell) for cell in column] for column in cells]
                base.register("part", pyarrow.table(dict(zip(columns, map(_strings, texts), strict=True))))
                yield table, Relation("part", tuple(columns))
                base.unregister("part")


def _strings(texts: list[str | None]) -> Any:
    import pyarrow

    return pyarrow.array(texts, pyarrow.string())


def _arrow(base: Any, path: Path) -> Iterator[tuple[str, Relation]]:
    import pyarrow

    with path.open("rb") as stream, pyarrow.ipc.open_stream(stream) as batches:
        for batch in batches:
            base.register("part", pyarrow.Table.from_batches([batch]))
            yield "facts", Relation("part", tuple(batches.schema.names))
            base.unregister("part")


def _named(base: Any, sql: str, *, is_csv: bool = False) -> Relation:
    found = base.execute(f"SELECT * FROM {sql} LIMIT 0").description
    return Relation(sql, tuple(name for name, *_ in found), is_csv)


def _take_facts(base: Any, relation: Relation, path: str) -> None:
    if lacking := [name for name in _NEEDED if name not in relation.names]:
        raise OptionError(f"{path}: has no facts ({', '.join(lacking)} missing); {_FORMATS}")
    made = ", ".join(_cell(column, relation) for column in fact_columns())
    kinds = ", ".join(map(quoted, KINDS))
    base.execute(f"INSERT INTO facts SELECT {made} FROM {relation.sql} WHERE kind::VARCHAR IN ({kinds})")


def _cell(column: Column, relation: Relation) -> str:
    """The SQL expression of a column with its type in `facts`; NULL if the relation lacks it."""
    if column.name not in relation.names:
        return "NULL"
    text = _text(column.name, relation)
    if type_of(column) != "VARCHAR":
        return f"TRY_CAST({text} AS {type_of(column)})"
    if column.type is str:
        return text
    return f"CASE WHEN contains({text}, '.') THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END"


def _text(name: str, relation: Relation) -> str:
    """The SQL expression of a column as text; in CSV, without the escape of formulas."""
    text = f"{ident(name)}::VARCHAR"
    if not relation.is_csv:
        return text
    return f"nullif(regexp_replace({text}, {quoted(_ESCAPED)}, '\\1'), '')"


def _take_articles(base: Any, relation: Relation) -> None:
    """Load the metadata of articles from a relation, one row per article; nothing if it has none."""
    have = [name for name in OF_ARTICLE if name in relation.names]
    if not have or "doc_id" not in relation.names:
        return
    made = ", ".join(
        f"max(TRY_CAST({name}::VARCHAR AS DATE))"
        if name == "published"
        else f"nullif(max({_text(name, relation)}), '')"
        for name in have
    )
    base.execute(
        f"INSERT INTO known (doc_id, {', '.join(have)}) SELECT doc_id::VARCHAR, {made} FROM {relation.sql} "
        "WHERE doc_id IS NOT NULL GROUP BY doc_id"
    )
