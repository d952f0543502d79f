"""A user's holidays and fiscal years, laid over `dates.toml` and `fiscal.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extract.errors import PatternError
from extract.lexicons.own.files import words


def with_holidays(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Take holidays away, then add days of the year, or days that the holidays library lists for a country.

    Raises:
        PatternError: a holiday has neither month and day nor a name.
    """
    days: dict[str, Any] = tables["holidays"]
    for name in words(section.get("remove")):
        days.pop(name, None)
    for name, entry in section.items():
        if name == "remove":
            continue
        if "month" in entry and "day" in entry:
            days[name] = {"day": f"{entry['month']:02}-{entry['day']:02}"}
        elif "name" in entry:
            days[name] = {key: entry[key] for key in ("country", "name") if key in entry}
        else:
            raise PatternError(
                ("holidays", name), "needs month and day, or name as the holidays library has it"
            )


def with_fiscal_years(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """The months in which the fiscal years of countries and companies start."""
    tables["starts"] |= section.get("countries", {})
    tables["of_companies"] = tables.get("of_companies", {}) | section.get("companies", {})
