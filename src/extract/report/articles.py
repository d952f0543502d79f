"""The pages of single articles: chooses the articles, loads their texts and renders the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from extract.articles import Article
from extract.errors import OptionError, shortened
from extract.flat import restored
from extract.records import KINDS, Fact
from extract.report.base import fact_columns, ident, rows_of, type_of
from extract.view import articles_page

_BATCH = 500  # articles inserted at a time
_SOURCE = ("doc_id", "text", "start", "end", "sentence", "sentence_start", "sentence_end", "rule")
_TYPES = {column.name: type_of(column) for column in fact_columns()}

# Most relevant articles first: with inconsistent facts, then with the largest changes, then with most claims.
_CHOSEN = """SELECT doc_id FROM facts GROUP BY doc_id
ORDER BY coalesce(max("check" = 'inconsistent'), false) DESC,
    max(abs(TRY_CAST(percent_change AS DOUBLE))) FILTER (status = 'actual') DESC NULLS LAST,
    count(*) FILTER (kind = 'growth') DESC, count(*) DESC, doc_id
LIMIT ?"""


def choose(base: Any, most: int) -> dict[str, str]:
    """Choose at most `most` articles that get pages; returns the name of the page by article id."""
    _, rows = rows_of(base, _CHOSEN, [most])
    base.execute("CREATE TABLE paged (doc_id VARCHAR)")
    if rows:
        base.executemany("INSERT INTO paged VALUES (?)", rows)
    return {doc_id: f"{blake2b(doc_id.encode(), digest_size=8).hexdigest()}.html" for (doc_id,) in rows}


def take(base: Any, articles: Iterable[Article], paged: Mapping[str, str]) -> str | None:
    """Load the metadata of articles, and the texts of those that get pages.

    Returns:
        The id of one of the articles, if none of them has facts in the database (their ids may have been made
        with other options); None otherwise, or if there are no articles.
    """
    known: list[tuple[Any, ...]] = []
    for article in articles:
        known.append((article.id, article.title, article.published, article.source, article.url))
        if article.id in paged:
            base.execute("INSERT INTO texts VALUES (?, ?, ?)", [article.id, article.text, article.author])
        if len(known) == _BATCH:
            _add(base, known)
            known.clear()
    _add(base, known)
    base.execute("INSERT INTO known FROM given")
    query = "SELECT min(doc_id), bool_or(doc_id IN (SELECT doc_id FROM facts)) FROM given"
    _, ((one, matches),) = rows_of(base, query)
    return None if matches else one


def pages(base: Any, paged: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names and contents of the pages of articles, rendered one at a time.

    If the text of an article is missing, its page shows the sentences of its facts.
    """
    for doc_id, name in paged.items():
        yield name, articles_page([(_article(base, doc_id), _facts(base, doc_id))])


def _add(base: Any, known: Sequence[tuple[Any, ...]]) -> None:
    if known:
        base.executemany("INSERT INTO given VALUES (?, ?, ?, ?, ?)", known)


def _article(base: Any, doc_id: str) -> Article | None:
    query = """SELECT text, title, published, source, url, author
        FROM texts JOIN articles USING (doc_id) WHERE doc_id = ? LIMIT 1"""
    _, rows = rows_of(base, query, [doc_id])
    if not rows:
        return None
    text, title, published, source, url, author = rows[0]
    return Article(
        id=doc_id, text=text, title=title, published=published, source=source, url=url, author=author
    )


def _plain(name: str) -> str:
    """A column in the form that `restored` expects: dates as text; amounts are stored as text already."""
    return f"{ident(name)}::VARCHAR" if _TYPES[name] == "DATE" else ident(name)


def _facts(base: Any, doc_id: str) -> list[Fact]:
    made: list[Fact] = []
    for kind, cls in KINDS.items():
        own = [field.name for field in fields(cls) if field.name != "source"]
        names = ", ".join([*map(ident, _SOURCE), *(_plain(name) for name in own)])
        query = f'SELECT {names} FROM facts WHERE doc_id = ? AND kind = ? ORDER BY start, "end"'
        _, rows = rows_of(base, query, [doc_id, kind])
        try:
            made += [restored(kind, row[: len(_SOURCE)], row[len(_SOURCE) :]) for row in rows]
        except (ArithmeticError, TypeError, ValueError) as error:  # not written by a run
            reason = f"{shortened(doc_id)}: a fact of the kind {kind} has a value that cannot be read"
            raise OptionError(f"{reason}; extract this article again") from error
    return made
