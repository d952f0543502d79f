"""The day of a holiday in a year. Imported only when a text names a holiday: the library is slow to load."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays


def day_of(entry: Mapping[str, str], year: int, country: str | None) -> date | None:
    """The day in a year of a holiday as the lexicon describes it; None when it is not known.

    An entry holds a fixed `day` (`12-25`), or the `name` of a day that the library lists for its `country`
    and how many days `after` that one it falls. Without a country it is a day of the one given here, the
    article's (ISO 3166-1 alpha-2).
    """
    if not 1900 <= year <= 2100:
        return None
    if "day" in entry:
        return date.fromisoformat(f"{year}-{entry['day']}")
    country = entry.get("country", country)
    days = _listed(country, year) if country in holidays.list_supported_countries() else []
    listed = next((day for name, day in days if name.startswith(entry["name"])), None)
    return listed + timedelta(days=int(entry.get("after", 0))) if listed else None


@lru_cache(maxsize=64)
def _listed(country: str, year: int) -> list[tuple[str, date]]:
    """The names and days of a country's holidays, in the order of the year."""
    listed = sorted(holidays.country_holidays(country, years=year, language="en_US").items())
    return [(name, day) for day, names in listed for name in names.split("; ")]
