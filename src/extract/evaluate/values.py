"""Parses the values of a gold entry. Each function raises a GoldError that names the key and the fix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from extract.errors import GoldError
from extract.evaluate.texts import nearest

_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?")
_DAY = r"(?:BC|FY)?[\dX]{2,4}(?:-[\dXA-Z]{1,3})*(?:T[\dXA-Z:.+-]+)?"
_COUNTRY = (re.compile(r"[A-Z]{2}"), "an ISO 3166-1 code of two capitals")
_TIMEX = (
    re.compile(
        r"(?:PRESENT|PAST|FUTURE)_REF|P(?=[\dXT])(?:[\dX.]+[A-WYZ]{1,2})*(?:T(?:[\dX.]+[HMS])+)?"
        rf"|{_DAY}(?:/{_DAY})?|T[\dXA-Z:.+-]+"
    ),
    "a TIMEX3 value",
)
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        "currency": (re.compile(r"[A-Z]{3,5}"), "an ISO 4217 code of three capitals"),
        "country": _COUNTRY,
        "subject_country": _COUNTRY,
        "partner_country": _COUNTRY,
        "value": _TIMEX,
        "period_value": _TIMEX,
        "baseline_value": _TIMEX,
        "metric_id": (re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"), "an id such as retail_sales"),
        "subject_source": (re.compile("stated|article"), "one of stated article"),
        "mod": (
            re.compile(
                "BEFORE|AFTER|ON_OR_BEFORE|ON_OR_AFTER|LESS_THAN|MORE_THAN|EQUAL_OR_LESS|EQUAL_OR_MORE"
                "|START|MID|END|APPROX|FISCAL"
            ),
            "a TIMEX3 mod",
        ),
    }
)
_UNITS: Mapping[str, str] = MappingProxyType(  # variants of unit names, which are rejected with a hint
    {
        **dict.fromkeys(("%", "pct", "percents", "per cent", "per_cent", "percentage"), "percent"),
        **dict.fromkeys(("bp", "bps", "basis point", "basis points", "basis_points"), "basis_point"),
        **dict.fromkeys(("pp", "ppt", "percentage point", "percentage points"), "percentage_point"),
        **dict.fromkeys(("percentage_points", "%-point"), "percentage_point"),
        **dict.fromkeys(("x", "fold", "times", "factors"), "factor"),
        **dict.fromkeys(("$", "US$", "dollar", "dollars", "usd"), "USD"),
        **dict.fromkeys(("€", "euro", "euros", "eur"), "EUR"),
        **dict.fromkeys(("£", "gbp"), "GBP"),
        **dict.fromkeys(("¥", "yen", "jpy"), "JPY"),
        **dict.fromkeys(("people", "persons"), "person"),
    }
)
_UNIT = re.compile(r"[^\W\d_].*")


def one_of(key: str, value: Any, choices: tuple[str, ...]) -> Any:
    """A value that must be one of the choices."""
    if value not in choices:
        near = nearest(str(value), choices)
        raise GoldError(f"{key} is {value!r}, not one of {' '.join(choices)}{near}")
    return value


def amount(key: str, value: Any) -> Decimal:
    """An exact decimal number."""
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return Decimal(value)
    raise GoldError(f'{key} is {value!r}, not a number or a quoted decimal such as "0.5"')


def day(key: str, value: Any) -> date:
    """A date in ISO 8601."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise GoldError(f'{key} is {value!r}, not an ISO date such as "2024-06-09"') from None


def string(key: str, value: Any) -> str:
    """A text without surrounding spaces, in the format that its key requires."""
    if not isinstance(value, str) or not value.strip() or value != value.strip():
        raise GoldError(f"{key} is {value!r}, not a text without spaces around it")
    if key in _FORMS and not _FORMS[key][0].fullmatch(value):
        raise GoldError(f"{key} is {value!r}, not {_FORMS[key][1]}")
    if key == "unit" or key.endswith("_unit"):
        if value in _UNITS:
            raise GoldError(f"{key} is {value!r}; write {_UNITS[value]!r}")
        if not _UNIT.fullmatch(value):
            raise GoldError(f"{key} is {value!r}, not percent, an ISO 4217 code, or the noun that is counted")
    return value
