"""The sections of a report: what `sections.toml` asks, as tables and charts."""

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

CHARTED = 15  # bars of a chart; the table has all rows
_OF_ALL = "of_all"
EMPTY = "There are none."
_DAYS = 100  # of publication, up to which a report goes by days
_MONTHS = 2000  # days up to which it goes by months


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table: as it is shown, what it sorts by, and where it leads."""

    text: str
    value: str = ""
    href: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is shown as a figure."""
        return bool(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report.

    Attributes:
        id: Its anchor.
        title: Its heading.
        note: What the reader should know.
        names: The heads of its table.
        rows: Of its table.
        total: How many rows there are, when not all are shown.
        chart: As SVG; the table is then behind it.
        empty: What to say when there are no rows.
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
    """What articles are called, and the pages that they have."""

    def __init__(self, base: Any, paged: Mapping[str, str], folder: str) -> None:
        """Take the pages, which are in a folder beside the report."""
        self._base, self._paged, self._folder = base, paged, folder

    def of(self, ids: Sequence[str]) -> Mapping[str, Cell]:
        """The cell of each article."""
        query = "SELECT doc_id, title FROM articles WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))"
        titles = dict(rows_of(self._base, query, [list(ids)])[1])
        return {name: Cell(titles.get(name) or name, href=self._href(name)) for name in ids}

    def _href(self, doc_id: str) -> str | None:
        return f"{self._folder}/{self._paged[doc_id]}" if doc_id in self._paged else None


def sections(base: Any, links: Links) -> Iterator[Section]:
    """The sections of the report of a database."""
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
    """A section of the rows of a query.

    Args:
        names: The names of its columns; `of_all` at the end says how many rows there are.
        rows: The rows.
        links: Where articles lead, for a column `article`; at the fact of a column `fact_id`.
        drawn: Its chart.
        texts: What else the section says.
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
    """The cell of an article, which leads to a fact of it."""
    return replace(article, href=f"{article.href}#{fact_id}") if article.href and fact_id else article


def cell(value: Any) -> Cell:
    """A value as a table shows it."""
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
    """What articles are counted by: days, months or years, so that there are not too many."""
    _, ((days,),) = rows_of(base, "SELECT coalesce(max(published) - min(published), 0) FROM articles")
    return "day" if days <= _DAYS else "month" if days <= _MONTHS else "year"


@cache
def asked(what: str) -> tuple[Mapping[str, Any], ...]:
    """The questions of `sections.toml`: each `section` of facts, or of a `ledger`."""
    text = files(__package__ or "").joinpath("sections.toml").read_text(encoding="utf-8")
    return tuple(MappingProxyType(question) for question in tomllib.loads(text)[what])
