"""The sections that a ledger adds to a report: series, forecasts with outcomes, contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from extract.errors import OptionError
from extract.ledger import opened
from extract.ledger.ask import query, select
from extract.ledger.chart import chart
from extract.report.charts import svg
from extract.report.sections import Section, asked, section


def of_ledger(path: str | None) -> Iterator[Section]:
    """The sections of a ledger; none if `path` is None.

    Raises:
        OptionError: it is not a ledger, or a library for charts is not installed.
    """
    if path is None:
        return
    with opened(path) as base:
        for question in asked("ledger"):
            yield _section(base, question)


def _section(base: Any, question: Mapping[str, Any]) -> Section:
    names, rows = query(base, question["query"])
    drawn = _drawn(base) if rows and question.get("chart") == "series" else None
    texts = {name: question.get(name, "") for name in ("id", "title", "note", "empty")}
    return section(names, rows, drawn=drawn, **texts)


def _drawn(base: Any) -> Markup | None:
    """The chart of the series with the most figures, as in `extract ledger show`; None without figures."""
    series = select(base, "series")
    try:
        return Markup(svg(chart(series).to_dict()))
    except OptionError:
        if any(
            row[series.names.index(name)] is not None for row in series.rows for name in ("value", "percent")
        ):
            raise
        return None  # there are no figures
