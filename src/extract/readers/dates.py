"""The article's date as sources write it: one value, a dateline, a file's name. Never today's."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<%s>{'|'.join(_MONTHS)})\.?"
_DATE = (
    rf"(?:{_MONTH % 'm1'}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH % 'm2'},?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})[-/](?P<m3>\d{1,2})[-/](?P<d3>\d{1,2}))(?!\d)"
)
_VALUE = re.compile(rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?{_DATE}", re.IGNORECASE)

# LONDON, June 9, 2024 (Agency) -   |   Kyiv, Ukraine, 9 June 2024 (Agency):  |  PARIS (Agency), June 9, 2024 -
_AGENCY = r"\([^()\n]{2,40}\)"
_CAPITALS = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4}(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})?"
_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4}(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})?"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}(?: {_AGENCY})?, {{0,2}}(?i:{_DATE})(?: ?{_AGENCY})?"
    rf"|(?:{_PLACE}, )?(?i:{_DATE.replace('1>', '4>').replace('2>', '5>').replace('3>', '6>')}) ?{_AGENCY})"
    r"\s*(?:[-–—:]|$)"
)
_NAME = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?!\d)")


def parse(value: object) -> date | None:
    """The day that a date or timestamp names; None for an absent one (null, an empty string).

    Read are ISO 8601 dates and timestamps (the day as written, whatever the zone), `20240609`, RFC 2822, and
    English dates with the month's name.

    Raises:
        ValueError: the value is no date, or one that could be read in two ways (`09/06/2024`).
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"{value!r} is not a date")
    text = str(value).strip()
    day = _iso(text) or _english(text) or _rfc(text)
    if day is None and text:
        raise ValueError(f"{value!r} is not a date")
    return day


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _english(text: str) -> date | None:
    found = _VALUE.match(text)
    return _day(found) if found else None


def _rfc(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None


def of_dateline(text: str) -> date | None:
    """The date of a dateline with a year in one of the first three lines (a headline may stand before it)."""
    lines = [line.strip() for line in text[:1000].splitlines() if line.strip()]
    for line in lines[:3]:
        found = _DATELINE.match(line)
        if found:
            return _day(found)
    return None


def of_name(name: str) -> date | None:
    """The one date in a file's name: 2024-06-09, 20240609, ABC19980108.1830.0711."""
    days = {_date(found["y"], found["m"], found["d"]) for found in _NAME.finditer(name)} - {None}
    return days.pop() if len(days) == 1 else None


def _day(found: re.Match[str]) -> date | None:
    """The day of a match of `_DATE`: whichever of its alternatives stands there."""
    groups = {name: value for name, value in found.groupdict().items() if value is not None}
    parts = {name[0]: value for name, value in groups.items()}
    return _date(parts["y"], str(_MONTHS.get(parts["m"].lower(), parts["m"])), parts["d"])


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
