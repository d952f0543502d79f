"""SQLite: a table per kind of fact, one of the articles, and a view that tells each claim of growth in full.

An article that the database has already is replaced with its facts, so runs may be repeated. SQLite has no
decimals: amounts are numbers with 15 significant digits. Dates are text, as ISO 8601.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from types import TracebackType
from typing import Any, Self, get_args

from extract.articles import Article
from extract.errors import OptionError
from extract.records import KINDS, Fact, Value, columns, row
from extract.writers.output import Found, plain
from extract.writers.schema import types

_ARTICLES = """CREATE TABLE IF NOT EXISTS articles (
    doc_id TEXT PRIMARY KEY, digest TEXT NOT NULL, title TEXT, published TEXT, source TEXT
)"""

# The owner and the speaker by name, the period by its first and last day.
_VIEW = """CREATE VIEW IF NOT EXISTS claims AS
SELECT g.doc_id, a.title, a.published, g.fact_id, g.metric, g.direction,
    g.change_value, g.change_max, g.change_unit, g.percent_change,
    g.from_value, g.from_unit, g.to_value, g.to_unit, g.status, g.period, g.period_value,
    (SELECT min(d.date_start) FROM date d
        WHERE d.doc_id = g.doc_id AND d.value = g.period_value) AS period_start,
    (SELECT max(d.date_end) FROM date d
        WHERE d.doc_id = g.doc_id AND d.value = g.period_value) AS period_end,
    (SELECT min(e.name) FROM entity e
        WHERE e.doc_id = g.doc_id AND e.entity_id = g.subject) AS subject_name,
    (SELECT min(e.name) FROM entity e
        WHERE e.doc_id = g.doc_id AND e.entity_id = g.speaker) AS speaker_name
FROM growth g JOIN articles a ON a.doc_id = g.doc_id"""


class SqliteWriter:
    """Writes to a database file; what others keep in it stays."""

    def __init__(self, output: str | None = None) -> None:
        """Open the database, and make the tables that it lacks.

        Raises:
            OptionError: no file is given, or it cannot be written or holds something else.
        """
        if output is None:
            raise OptionError("sqlite needs a file; name it with -o FILE.sqlite")
        self._output = output
        with self._told():
            self._base = sqlite3.connect(output)
        try:
            with self._told(), self._base:
                self._base.execute(_ARTICLES)
                for kind in KINDS:
                    self._base.execute(_table(kind))
                self._base.execute(_VIEW)
        except OptionError:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles, all or none, in place of what the database has of the articles.

        Raises:
            OptionError: the output takes no more.
        """
        with self._told(), self._base:
            for article, facts in found:
                self._replace(article)
                for fact in facts:
                    self._base.execute(_insertion(fact), tuple(map(_cell, row(fact).values())))

    def _replace(self, article: Article) -> None:
        for kind in KINDS:
            self._base.execute(f"DELETE FROM {kind} WHERE doc_id = ?", (article.id,))
        values = (article.id, article.digest, article.title, _cell(article.published), article.source)
        self._base.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)", values)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn an error of SQLite into an `OptionError`."""
        try:
            yield
        except sqlite3.Error as error:
            raise OptionError(f"{self._output}: cannot be written ({error}); choose another -o") from error


def _table(kind: str) -> str:
    """The statement that makes the table of a kind."""
    made = [f'"{name}" {_type(hint)}' for name, hint in types(KINDS[kind]).items()]
    keys = ["PRIMARY KEY (doc_id, fact_id)", "FOREIGN KEY (doc_id) REFERENCES articles (doc_id)"]
    return f"CREATE TABLE IF NOT EXISTS {kind} ({', '.join(made + keys)}) WITHOUT ROWID"


def _type(hint: Any) -> str:
    choices = {hint, *get_args(hint)}
    name = "NUMERIC" if Decimal in choices else "INTEGER" if int in choices else "TEXT"
    return name if type(None) in choices else f"{name} NOT NULL"


def _insertion(fact: Fact) -> str:
    return f"INSERT INTO {fact.kind} VALUES ({', '.join('?' * len(columns(type(fact))))})"


def _cell(value: Value) -> str | int | None:
    if isinstance(value, Decimal):
        return plain(value)  # the column's affinity makes it a number
    return value.isoformat() if isinstance(value, date) else value
