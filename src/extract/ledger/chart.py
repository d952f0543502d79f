"""Charts of the series of a ledger: reported figures over time, forecasts, and contradicting reports.

Altair defines the chart, and vl-convert renders it, with its own fonts and without network access.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from extract.errors import OptionError
from extract.ledger.ask import Rows
from extract.ledger.store import EXTRA
from extract.writers.output import written

FORMATS = ("svg", "png")
KINDS = {"reported": "#1f5fa8", "other report": "#c0392b", "forecast": "#b07d1a"}
_BASES = {"year": " on the year", "previous": " on the period before"}
MOST = 6  # maximum number of series in a chart; those with the most figures are shown
_WIDTH, _HEIGHT = 620, 220


def chart(series: Rows) -> Any:
    """The Altair chart of rows of the table `series`, with a panel for each series.

    Raises:
        OptionError: Altair is not installed, or no row has a figure.
    """
    try:
        import altair
    except ImportError as error:
        raise OptionError(f"a chart needs altair; {EXTRA}") from error
    panels: dict[str, list[dict[str, Any]]] = {}
    for row in series.rows:
        point = _point(dict(zip(series.names, row, strict=True)))
        if point is not None:
            panels.setdefault(point["series"], []).append(point)
    if not panels:
        raise OptionError("no figures to draw; ask for another --subject or --metric")
    shown = sorted(sorted(panels), key=lambda name: -len(panels[name]))[:MOST]
    drawn = [_panel(altair, name, panels[name]) for name in sorted(shown)]
    return altair.vconcat(*drawn).configure_view(stroke="#dddddd").configure_axis(gridColor="#eeeeee")


def save(drawn: Any, path: str) -> None:
    """Write a chart to a file: .svg or .png.

    Raises:
        OptionError: the suffix is unknown, the file cannot be written, or vl-convert is not installed.
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise OptionError(f"{path}: a chart is written as .svg or .png; name such a file")
    with written(path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        with written(path):
            drawn.save(path, format=suffix, scale_factor=2 if suffix == "png" else 1)
    except (ImportError, ValueError) as error:
        if "vl" not in str(error):
            raise
        raise OptionError(f"a chart needs vl-convert-python; {EXTRA}") from error


def _point(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The point of a row: its level if it has one, else its change in per cent; None if it has neither."""
    value, unit = row["value"], row["unit"]
    if value is None:
        value, unit = row["percent"], f"change{_BASES.get(row['basis'], '')}, %"
    if value is None:
        return None
    kind = "forecast" if row["status"] == "projected" else "reported" if row["is_current"] else "other report"
    names = [row["owner_name"] or row["owner"], row["metric"].replace("_", " "), row["qualifier"]]
    length = _length(row["period_start"], row["period_end"])
    return {
        "series": f"{', '.join(filter(None, names))} ({unit}; {length})",
        "period": row["period_start"].isoformat(),
        "label": f"{row['period_start']} to {row['period_end']}",
        "value": float(value),
        "kind": kind,
        "articles": row["articles"],
    }


def _length(start: date, end: date) -> str:
    """The name of the length of a period, by which monthly and yearly figures become separate series."""
    days = (end - start).days + 1
    for most, name in (
        (1, "days"),
        (7, "weeks"),
        (31, "months"),
        (92, "quarters"),
        (184, "half-years"),
        (366, "years"),
    ):
        if days <= most:
            return name
    return f"{round(days / 365.25)} years"


def _panel(altair: Any, name: str, points: Iterable[Mapping[str, Any]]) -> Any:
    """The panel of a series: a line through the reported figures, and a point for each figure."""
    data = altair.Data(values=list(points))
    base = altair.Chart(data).encode(
        x=altair.X("period:T", title=None, axis=altair.Axis(format="%b %Y", labelOverlap=True)),
        y=altair.Y(
            "value:Q", title=None, scale=altair.Scale(zero=False, padding=16), axis=altair.Axis(tickCount=5)
        ),
    )
    colour = altair.Color(
        "kind:N", title=None, scale=altair.Scale(domain=list(KINDS), range=list(KINDS.values()))
    )
    line = base.transform_filter("datum.kind == 'reported'").mark_line(color=KINDS["reported"])
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(
        color=colour, shape=altair.Shape("kind:N", title=None, scale=altair.Scale(domain=list(KINDS)))
    )
    return (line + dots).properties(title=name, width=_WIDTH, height=_HEIGHT)
