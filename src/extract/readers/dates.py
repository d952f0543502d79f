"""The article's date as sources write it: a value, a dateline, metadata, a file's name. Never today's."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WRITTEN = (
    rf"(?i:{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}\d{{4}}|{_DAY}\.?\s{{1,3}}{_MONTH},?\s{{1,3}}\d{{4}})(?!\d)"
)
_WEEKDAY = r"(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)"
_VALUE = re.compile(rf"{_WEEKDAY}?({_WRITTEN})")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")

# Places: all in capitals (`LONDON, England`), or in any case where an agency follows the date.
_WORDS = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4}"
_CAPITALS = rf"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,4}}(?:, {_WORDS})?"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)"
_END = r"\s*(?:[-–—:]|$)"
_DASH = r"\s?(?:--|[-–—])\s?"
_DATELINES = (
    re.compile(
        rf"{_CAPITALS}(?:(?: {_AGENCY})?, |{_DASH}(?:{_AGENCY}{_DASH})?|,? {_AGENCY}{_DASH})"
        rf"{_WEEKDAY}?({_WRITTEN})(?: {_AGENCY})?{_END}"
    ),
    re.compile(rf"(?:{_WORDS}, ){{0,2}}({_WRITTEN}) {_AGENCY}{_END}"),
    re.compile(  # a line of its own above the text
        rf"(?i:(?:first\s)?(?:published|posted|issued|released|dated?|publication date)\b(?:\son)?\s?:?\s+)"
        rf"{_WEEKDAY}?({_WRITTEN}|\d{{4}}-\d\d-\d\d)"
    ),
)
_LINES = 3  # in which a dateline stands; a headline and a byline may stand before it
_METADATA = re.compile(  # how pages state their date, in the order of what a page says of itself
    r"""(?i:<meta\b[^<>]{0,200}?\b(?:property|name|itemprop)\s*=\s*["']?"""
    r"""(?:article:published_time|datePublished|og:published_time|DC\.date\.issued|pubdate|publish-?date|parsely-pub-date)["']?"""
    r"""[^<>]{0,200}?\bcontent\s*=\s*["']([^"'<>]{8,40})["']|["']datePublished["']\s*:\s*["']([^"'<>]{8,40})["'])"""
)
_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")


def parse(value: object) -> date | None:
    """The day that a date or timestamp names; None for an absent one (null, an empty string).

    Read are ISO 8601 dates and timestamps (the day as written, whatever the zone), `20240609`, `2024/06/09`,
    RFC 2822, English dates that name the month, and `datetime` objects.

    Raises:
        ValueError: the value is no date, or one that could be read in two ways (`09/06/2024`).
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise ValueError(f"{value!r} is not a date")
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    day = _iso(text) or _slashed(text) or _written(text) or _rfc(text)
    if day is None:
        raise ValueError(f"{value!r} is not a date")
    return day


def of_dateline(text: str) -> date | None:
    """The date of a dateline with a year, or after `Published:`, in one of the first three lines.

    A headline may stand before it.

    >>> of_dateline("LONDON, June 9, 2024 (Agency) - Prices rose.")
    datetime.date(2024, 6, 9)
    """
    lines = [line.strip() for line in text[:1000].splitlines() if line.strip()]
    found = (pattern.match(line) for line in lines[:_LINES] for pattern in _DATELINES)
    return next((_written(match[1]) or _iso(match[1]) for match in found if match), None)


def of_metadata(page: str) -> date | None:
    """The date of publication that a page's source states in its metadata, or None.

    >>> of_metadata('<meta property="article:published_time" content="2024-06-09T08:00:00Z">')
    datetime.date(2024, 6, 9)
    """
    for found in _METADATA.finditer(page):
        try:
            return parse(found[1] or found[2])
        except ValueError:
            continue
    return None


def of_name(name: str) -> date | None:
    """The one date in a file's name: 2024-06-09, 20240609, ABC19980108.1830.0711."""
    days = {_date(found[1], found[3], found[4]) for found in _NAME.finditer(name)} - {None}
    return days.pop() if len(days) == 1 else None


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _slashed(text: str) -> date | None:
    found = _SLASHED.match(text)
    return _date(found[1], found[2], found[3]) if found else None


def _written(text: str) -> date | None:
    """The day of a date that names its month, in either order."""
    found = _VALUE.match(text)
    if not found:
        return None
    first, second, year = re.findall(r"[A-Za-z]{3,}|\d+", found[1])
    month, day = (first, second) if first.isalpha() else (second, first)
    return _date(year, str(_MONTHS.index(month[:3].lower()) + 1), day)


def _rfc(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError):
        return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
