"""What the databases have in common: a table per kind of fact, one of the articles, and a view of the claims.

An article that is already in the database is replaced with its facts, so runs can be repeated. A database has
the tables of all kinds; those of kinds that are not wanted stay empty.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, ClassVar, Self

from extract.errors import OptionError
from extract.records import KINDS
from extract.writers.output import Found, unwritable
from extract.writers.tables import ARTICLES, Column, Layout, Row, rows, tables

LETTERS = 16 * 2**20  # code points of articles in a transaction
ROWS = 20_000  # in a transaction; if a run is killed, the last ones are written by --resume

CLAIMS = "claims"
_NAME = "coalesce(min(CASE WHEN e.label <> 'NORP' THEN e.name END), min(e.name))"  # Kazakhstan, not Kazakh
_SPEAKER = (
    f"g.speaker, (SELECT {_NAME} FROM entity e WHERE e.doc_id = g.doc_id AND e.entity_id = g.speaker)"
    " AS speaker_name"
)
# For readers of claims: the article, the text of the claim, its values, and the names of its entities.
_VIEW = f"""CREATE VIEW {CLAIMS} AS
SELECT g.doc_id, a.title, a.published, a.source, a.url,
    g.fact_id, g.text, g.sentence, g.rule, g.confidence,
    g.metric, g.metric_id, g.metric_qualifier, g.direction,
    g.change_value, g.change_max, g.change_unit, g.percent_change, g.point_change,
    g.from_value, g.from_unit, g.to_value, g.to_unit, g.expected_value, g.expected_unit,
    g.status, g."check",
    g.period, g.period_value, g.period_start, g.period_end,
    g.baseline, g.baseline_value, g.baseline_start, g.baseline_end,
    g.subject, g.subject_name, g.subject_country, g.subject_source,
    g.partner, g.partner_name, g.partner_country, {_SPEAKER}
FROM growth g JOIN articles a ON a.doc_id = g.doc_id"""


class DatabaseWriter(ABC):
    """Writes to a database file; other tables in it are not changed."""

    format: ClassVar[str]
    types: ClassVar[Mapping[type, str]]  # of columns, by their type in Python
    table_options: ClassVar[str] = ""

    def __init__(self, output: str | None, layout: Layout) -> None:
        """Open the database, and create missing tables.

        Args:
            output: The file.
            layout: The columns, and the kinds of facts that are written.

        Raises:
            OptionError: no file is given, it cannot be written or is not a database, or it has tables of our
                names with other columns.
        """
        if output is None:
            raise OptionError(f"{self.format} needs a file; name it with -o FILE.{self.format}")
        self._output, self._layout, self._tables = output, layout, tables_of(layout)
        self._waiting: dict[str, dict[str, list[Row]]] = {}  # by the article's id, and the table
        self._facts = self._letters = 0  # of the articles to be written
        with self._errors_converted():
            self._base = self._connect(output)
        try:
            with self._transaction():
                self._prepare()
        except OptionError:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._flush()
            else:
                with suppress(OptionError):  # maybe the one that is being raised
                    self._flush()
        finally:
            with suppress(self._error()):  # everything is committed
                self._base.close()

    def write(self, found: Iterable[Found]) -> None:
        """Add the facts of articles, to be written in transactions; they replace those in the database.

        Raises:
            OptionError: the database cannot be written.
        """
        for article, facts in found:
            self._waiting[article.id] = rows([(article, facts)], self._layout)
            self._facts += len(facts)
            self._letters += len(article.text)
        if self._facts + len(self._waiting) >= ROWS or self._letters >= LETTERS:
            self._flush()

    @abstractmethod
    def _connect(self, output: str) -> Any:
        """The connection, with transactions controlled by this class."""

    @abstractmethod
    def _error(self) -> type[Exception]:
        """The class of the database's errors."""

    @abstractmethod
    def _remove(self, table: str, ids: Sequence[str]) -> None:
        """Delete the rows of articles."""

    @abstractmethod
    def _add(self, table: str, rows: Sequence[Row], conflict: str = "") -> None:
        """Insert rows, with a clause of SQL for keys that exist."""

    def _flush(self) -> None:
        """Write all pending rows, or nothing."""
        if not self._waiting:
            return
        with self._transaction():
            for table, columns in self._tables.items():
                added = [row for made in self._waiting.values() for row in made.get(table, ())]
                if table == ARTICLES:
                    self._add(table, added, _update(columns))
                    continue
                self._remove(table, list(self._waiting))
                if added:
                    self._add(table, added)
        self._waiting.clear()
        self._facts = self._letters = 0

    def _prepare(self) -> None:
        query = "SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view')"  # DuckDB has it too
        present = {name for (name,) in self._base.execute(query).fetchall()}
        for table, columns in self._tables.items():
            if table in present:
                self._check(table, [column.name for column in columns])
            else:
                self._base.execute(self._definition(table, columns))
        if CLAIMS not in present:
            self._base.execute(_VIEW)

    def _check(self, table: str, wanted: Sequence[str]) -> None:
        """Raise an error for a table of the same name with other columns."""
        found = [name for name, *_ in self._base.execute(f'SELECT * FROM "{table}" LIMIT 0').description]
        if found != wanted:
            lacking, more = [n for n in wanted if n not in found], [n for n in found if n not in wanted]
            differences = [f"lacks {', '.join(lacking)}"] * bool(lacking)
            differences += [f"has {', '.join(more)}"] * bool(more)
            reason = " and ".join(differences) or "the order of its columns differs"
            raise OptionError(
                f"{self._output}: its table {table} is not of this version ({reason}); "
                "choose another output with -o"
            )

    def _definition(self, table: str, columns: Sequence[Column]) -> str:
        """The statement that makes a table."""
        made = [
            f"{_quoted(column.name)} {self.types[column.type]}{'' if column.nullable else ' NOT NULL'}"
            for column in columns
        ]
        keys = ["PRIMARY KEY (doc_id, fact_id)", f"FOREIGN KEY (doc_id) REFERENCES {ARTICLES} (doc_id)"]
        made += ["PRIMARY KEY (doc_id)"] if table == ARTICLES else keys
        return f'CREATE TABLE "{table}" ({", ".join(made)}) {self.table_options}'

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """A transaction, rolled back after an error."""
        with self._errors_converted():
            self._base.execute("BEGIN")
            try:
                yield
            except BaseException:
                with suppress(self._error()):  # the database may already have rolled back
                    self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    @contextmanager
    def _errors_converted(self) -> Iterator[None]:
        """Turn an error of the database into an `OptionError`."""
        try:
            yield
        except self._error() as error:
            raise unwritable(self._output, str(error)) from error


def tables_of(layout: Layout) -> Mapping[str, tuple[Column, ...]]:
    """The tables of a database: those of all kinds."""
    return tables(replace(layout, kinds=tuple(KINDS)))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _update(columns: Iterable[Column]) -> str:
    """The clause for the row of an existing article: replace all but its key."""
    names = [_quoted(column.name) for column in columns if column.name != "doc_id"]
    return f"ON CONFLICT (doc_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}"
