"""The sections of a report: the results of the queries in `sections.toml`, as tables and charts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from extract.decimals import stripped
from extract.report import charts
from extract.report.base import rows_of

CHARTED = 15  # maximum number of bars in a chart; the table has all rows
_OF_ALL = "of_all"
EMPTY = "There are none."
_DAYS = 100  # maximum days between first and last article for counts by day
_MONTHS = 2000  # maximum days for counts by month


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, its sort value if it is a number, and the target of its link."""

    text: str
    value: str = ""
    href: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return bool(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report.

    Attributes:
        id: The anchor of the section.
        title: The heading.
        note: An explanation for the reader.
        names: The column headings of the table.
        rows: The rows of the table.
        total: Number of all rows, if not all are shown; else None.
        chart: The chart as SVG, shown before the table; None: no chart.
        empty: The text to show if there are no rows.
    """

    id: str
    title: str
    note: str = ""
    names: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    total: int | None = None
    chart: Markup | None = None
    empty: str = EMPTY


class Links:
    """Makes cells of articles: their titles, linked to their pages."""

    def __init__(self, base: Any, paged: Mapping[str, str], folder: str) -> None:
        """Set the database, the names of the pages by article id, and their folder relative to the report."""
        self._base, self._paged, self._folder = base, paged, folder

    def of(self, ids: Sequence[str]) -> Mapping[str, Cell]:
        """The cells of articles, by id."""
        query = "SELECT doc_id, title FROM articles WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))"
        titles = dict(rows_of(self._base, query, [list(ids)])[1])
        return {name: Cell(titles.get(name) or name, href=self._href(name)) for name in ids}

    def _href(self, doc_id: str) -> str | None:
        return f"{self._folder}/{self._paged[doc_id]}" if doc_id in self._paged else None


def sections(base: Any, links: Links) -> Iterator[Section]:
    """The sections of a report, from its database."""
    unit = _unit(base)
    for question in asked("section"):
        names, rows = rows_of(base, question["query"].replace("{unit}", unit))
        chart = question.get("chart") if rows else None
        yield section(
            names,
            rows,
            links=links,
            id=question["id"],
            title=question["title"].replace("{unit}", unit),
            note=question.get("note", ""),
            empty=question.get("empty", EMPTY),
            drawn=_chart(names, rows, {"unit": unit, **chart}) if chart else None,
        )


def section(
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    links: Links | None = None,
    drawn: Markup | None = None,
    **texts: str,
) -> Section:
    """Make a section of the rows of a query.

    Args:
        names: The names of the columns; a last column `of_all` has the total number of rows.
        rows: The rows.
        links: Makes the cells of a column `article`; with a column `fact_id`, they link to the fact.
        drawn: The chart.
        texts: The other attributes of the section: `id`, `title`, `note`, `empty`.
    """
    total: int | None = rows[0][-1] if rows and names[-1] == _OF_ALL else None
    width = len(names) - (names[-1] == _OF_ALL)
    article = names.index("article") if "article" in names else None
    fact = names.index("fact_id") if "fact_id" in names else None
    places = [
        place for place in range(width) if place != fact and any(row[place] is not None for row in rows)
    ]
    known = links.of([row[article] for row in rows]) if links and article is not None else {}
    cells = []
    for row in rows:
        shown = [cell(row[place]) for place in places]
        if article is not None and known:
            shown[places.index(article)] = _at(known[row[article]], row[fact] if fact is not None else None)
        cells.append(shown)
    return Section(
        names=tuple(names[place] for place in places),
        rows=cells,
        total=total if total is not None and total > len(rows) else None,
        chart=drawn,
        **texts,
    )


def _at(article: Cell, fact_id: str | None) -> Cell:
    """The cell of an article, linked to one of its facts if it has a page."""
    return replace(article, href=f"{article.href}#{fact_id}") if article.href and fact_id else article


def cell(value: Any) -> Cell:
    """The cell of a value, formatted by type."""
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int):
        return Cell(f"{value:,}", str(value))
    if isinstance(value, float | Decimal):
        digits = stripped(f"{value:,.2f}") if abs(float(value)) < 1e15 else f"{value:.6g}"
        return Cell(digits, f"{value:f}")
    if isinstance(value, list):
        return Cell(", ".join(map(str, value)))
    return Cell(value.isoformat() if isinstance(value, date) else str(value))


def _chart(names: Sequence[str], rows: Sequence[Sequence[Any]], wanted: Mapping[str, Any]) -> Markup:
    points = [dict(zip(names, row, strict=True)) for row in rows]
    label, value = wanted["label"], wanted["value"]
    if wanted["form"] == "times":
        return Markup(charts.times(points, time=label, value=value, unit=wanted["unit"]))
    parts = wanted.get("parts")
    if not parts:
        shown = [{label: point[label], value: point[value]} for point in points[:CHARTED]]
        return Markup(charts.bars(shown, label=label, value=value))
    shown = [
        {label: point[label], value: point[part], "part": part}
        for point in points[:CHARTED]
        for part in parts
    ]
    return Markup(charts.bars(shown, label=label, value=value, part="part"))


def _unit(base: Any) -> str:
    """The unit by which articles are counted (day, month or year), chosen to limit the number of bars."""
    _, ((days,),) = rows_of(base, "SELECT coalesce(max(published) - min(published), 0) FROM articles")
    return "day" if days <= _DAYS else "month" if days <= _MONTHS else "year"


@cache
def asked(what: str) -> tuple[Mapping[str, Any], ...]:
    """The entries of `sections.toml` in the array `what`: `section` (on facts) or `ledger`."""
    text = files(__package__ or "").joinpath("sections.toml").read_text(encoding="utf-8")
    return tuple(MappingProxyType(question) for question in tomllib.loads(text)[what])
