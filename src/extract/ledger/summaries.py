"""Short rows of a ledger for display: the most important columns, formatted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

Row = Mapping[str, Any]
_SCALES = ((Decimal(10**12), " trillion"), (Decimal(10**9), " billion"), (Decimal(10**6), " million"))
_DAY = timedelta(days=1)


def period(start: date, end: date) -> str:
    """A short name of a period.

    >>> period(date(2024, 7, 1), date(2024, 9, 30)), period(date(2023, 1, 1), date(2023, 12, 31))
    ('2024-Q3', '2023')
    """
    after = end + _DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    if start.day == after.day == 1:
        if months == 12 and start.month == 1:
            return f"{start.year}"
        if months == 3 and start.month % 3 == 1:
            return f"{start.year}-Q{start.month // 3 + 1}"
        if months == 6 and start.month in (1, 7):
            return f"{start.year}-H{start.month // 6 + 1}"
        if months == 1:
            return f"{start:%Y-%m}"
    return f"{start}" if start == end else f"{start} to {end}"


def figure(value: Decimal | None, unit: str | None) -> str:
    """A level or change with its unit, such as `71.6 billion USD`; empty if it is None."""
    if value is None:
        return ""
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{_short(value / scale)}{name} {_unit(unit)}".rstrip()
    return f"{_short(value)} {_unit(unit)}".rstrip()


def percent(value: Decimal | None) -> str:
    """A change in per cent with its sign; empty if it is None."""
    return "" if value is None else f"{float(value):+.4g} %"


def _short(value: Decimal) -> str:
    return f"{float(value):.6g}" if abs(value) < 10**6 else f"{value:,.0f}"


def _unit(unit: str | None) -> str:
    return {"percent": "%", "percentage_point": "points", "count": ""}.get(unit or "", unit or "")


def _thing(row: Row) -> tuple[str, str]:
    metric = ", ".join(filter(None, (row["metric"].replace("_", " "), row["qualifier"])))
    return row["owner_name"] or row["owner"], metric


def _series(row: Row) -> tuple[Any, ...]:
    change = percent(row["percent"]) or figure(row["change"], row["change_unit"])
    status = row["status"] if row["is_current"] or row["status"] == "projected" else "other report"
    when = period(row["period_start"], row["period_end"])
    return (
        *_thing(row),
        when,
        figure(row["value"], row["unit"]),
        change,
        status,
        row["as_of"],
        row["articles"],
    )


def _forecast(row: Row) -> tuple[Any, ...]:
    when = period(row["period_start"], row["period_end"])
    ahead = percent(row["forecast_percent"]) or figure(row["forecast_value"], row["unit"])
    came = percent(row["outcome_percent"]) if row["forecast_percent"] is not None else ""
    came = came or figure(row["outcome_value"], row["unit"])
    error = "" if row["error_points"] is None else f"{float(row['error_points']):+.4g} points"
    error = error or figure(row["error_value"], row["unit"])
    who = ", ".join(speaker.partition(":")[2] for speaker in row["speakers"] or ())
    return (*_thing(row), when, ahead, who, row["forecast_date"], came, row["outcome_date"], error)


def _contradiction(row: Row) -> tuple[Any, ...]:
    when = period(row["period_start"], row["period_end"])
    first = f"{row['first_date'] or ''} ({row['first_articles']}) {row['first_wording']}"
    second = f"{row['second_date'] or ''} ({row['second_articles']}) {row['second_wording']}"
    return (*_thing(row), when, first.strip(), second.strip(), "yes" if row["is_revision"] else "")


Summary = tuple[tuple[str, ...], Callable[[Row], tuple[Any, ...]]]

SUMMARIES: Mapping[str, Summary] = MappingProxyType(
    {
        "series": (
            ("subject", "metric", "period", "level", "change", "status", "as of", "articles"),
            _series,
        ),
        "forecasts": (
            ("subject", "metric", "period", "forecast", "by", "made", "outcome", "reported", "error"),
            _forecast,
        ),
        "contradictions": (("subject", "metric", "period", "first", "second", "revision"), _contradiction),
    }
)
