"""TIMEX3 values as calendar times: their grain, the days they span, steps from one to another.

>>> interval("2024-Q2"), shift("2024-Q2", -1), shift("2024-Q2", -1, "year")
((date(2024, 4, 1), date(2024, 6, 30)), '2024-Q1', '2023-Q2')
>>> of_day(date(2024, 6, 9), "week"), shift("XXXX-06", -1), interval("2024-02-30")
('2024-W23', 'XXXX-05', None)

A value is the string of ISO 8601 as TIMEX3 writes it; `X` stands for what is not known. All functions are
total: a value that names no time of the calendar has no interval, and a step from it leads to the unknown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Grain = Literal[
    "time", "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"
]
Interval = tuple[date, date]

UNKNOWN: dict[str, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}
_GRAINS: tuple[tuple[Grain, re.Pattern[str]], ...] = tuple(
    (grain, re.compile(pattern))  # type: ignore[misc]
    for grain, pattern in (
        ("time", r"[\dX-]{5,10}T\S+|XXXX-WXX-\dT\S+"),
        ("day", r"[\dX]{4}-[\dX]{2}-[\dX]{2}|XXXX-WXX-\d"),
        ("week", r"[\dX]{4}-W[\dX]{2}"),
        ("weekend", r"[\dX]{4}-W[\dX]{2}-WE"),
        ("month", r"[\dX]{4}-[\dX]{2}"),
        ("quarter", r"[\dX]{4}-Q[\dX]"),
        ("half", r"[\dX]{4}-H[\dX]"),
        ("season", r"[\dX]{4}-(?:SP|SU|FA|WI)"),
        ("year", r"[\dX]{4}"),
        ("decade", r"[\dX]{3}"),
        ("century", r"[\dX]{2}"),
    )
)
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}


def grain(value: str) -> Grain | None:
    """The grain of a value; None for durations, sets and references."""
    return next((name for name, pattern in _GRAINS if pattern.fullmatch(value)), None)


def interval(value: str) -> Interval | None:
    """First and last day of a known value, or None. `A/B` is from A to B; seasons have no fixed days."""
    if "/" in value:
        first, _, last = value.partition("/")
        ends = interval(first), interval(last)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] and ends[0][0] <= ends[1][1] else None
    value = value.partition("T")[0]
    name = grain(value)
    if name is None or "X" in value or name == "season":
        return None
    try:
        return _known_interval(name, value)
    except (ValueError, OverflowError):
        return None


def _known_interval(name: Grain, value: str) -> Interval:
    if name in ("century", "decade"):
        years = 100 if name == "century" else 10
        return date(int(value) * years, 1, 1), date(int(value) * years + years - 1, 12, 31)
    year = int(value[:4])
    if name == "day":
        day = date.fromisoformat(value)
        return day, day
    if name in ("week", "weekend"):
        monday = date.fromisocalendar(year, int(value[6:8]), 1)
        return monday + timedelta(days=5 if name == "weekend" else 0), monday + timedelta(days=6)
    if name == "year":
        return date(year, 1, 1), date(year, 12, 31)
    length = _MONTHS_IN[name]
    last = int(value[5:].strip("QH")) * length
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])


def of_day(day: date, name: str) -> str:
    """The value of the given grain that holds the day; late December may lie in week 1 of the next year."""
    year = f"{day.year:04}"
    if name in ("week", "weekend"):
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if name == "weekend" else "")
    if name == "season":
        seasons = ("WI", "SP", "SU", "FA")
        return f"{year}-{seasons[day.month % 12 // 3]}"
    parts = {
        "day": day.isoformat(),
        "month": day.isoformat()[:7],
        "quarter": f"{year}-Q{(day.month + 2) // 3}",
        "half": f"{year}-H{(day.month + 5) // 6}",
        "year": year,
        "decade": year[:3],
        "century": year[:2],
    }
    return parts[name]


def step(day: date, count: int, unit: str) -> date | None:
    """The day `count` units after a day (before it, when negative); the end of a shorter month is kept to."""
    try:
        if unit in _DAYS_IN:
            return day + timedelta(days=count * _DAYS_IN[unit])
        if unit not in _MONTHS_IN:
            return None
        months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def shift(value: str, count: int, unit: str | None = None) -> str:
    """The value of the same grain `count` units later; the unit is the value's own grain when not given."""
    if "/" in value:
        return "/".join(shift(end, count, unit) for end in value.split("/"))
    name = grain(value)
    if name == "time":
        day, _, clock = value.partition("T")
        return f"{shift(day, count, unit or 'day')}T{clock}"
    if name is None:
        return value
    if name == "season":
        return f"{_year_after(value[:4], count)}{value[4:]}"
    if unit == "year" and name != "week" and name != "weekend":
        return _years_later(value, count, name)
    days = interval(value)
    if days is None:
        return _shift_unknown(value, count, name) if unit in (None, name) else UNKNOWN[name]
    moved = step(days[0], count, unit or name)
    return of_day(moved, name) if moved else UNKNOWN[name]


def _years_later(value: str, count: int, name: Grain) -> str:
    """The same month, quarter or day of another year; 29 February becomes 28 February."""
    if name in ("decade", "century"):
        return UNKNOWN[name]
    moved = _year_after(value[:4], count) + value[4:]
    is_leap_day = name == "day" and moved.endswith("-02-29") and interval(moved) is None
    return moved[:-2] + "28" if is_leap_day else moved


def _shift_unknown(value: str, count: int, name: Grain) -> str:
    """A month, quarter or week of an unknown year moves within its year only."""
    match = re.fullmatch(r"(XXXX-[WQH]?)(\d+)", value)
    if not match:
        return UNKNOWN[name]
    number, last = int(match[2]) + count, {"month": 12, "quarter": 4, "half": 2, "week": 52}.get(name, 0)
    return f"{match[1]}{number:0{len(match[2])}}" if 1 <= number <= last else UNKNOWN[name]


def _year_after(year: str, count: int) -> str:
    if not year.isdigit() or not 0 < int(year) + count < 10000:
        return "XXXX"
    return f"{int(year) + count:04}"


def year_of(value: str) -> int | None:
    """The year that a value lies in, when known."""
    return int(value[:4]) if re.match(r"\d{4}(?:-|$)", value) else None


def day_value(year: int | None, month: int, day: int) -> str | None:
    """`2024-06-09`, or `XXXX-06-09` without a year; None when there is no such day."""
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return f"{year:04}-{month:02}-{day:02}" if year is not None else f"XXXX-{month:02}-{day:02}"
