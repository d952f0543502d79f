from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extract.readers.dates import of_dateline, of_name, parse

DAY = date(2024, 6, 9)


@pytest.mark.parametrize(
    "value",
    [
        "2024-06-09",
        " 2024-06-09 ",
        "20240609",
        20240609,
        "2024-06-09T23:30:00-05:00",
        "2024-06-09T08:00Z",
        "2024-06-09 08:00",
        "2024/06/09",
        "2024/6/9",
        "9 June 2024",
        "9th June, 2024",
        "June 9, 2024",
        "Sunday, June 9th, 2024",
        "jun. 9 2024",
        "Sun, 09 Jun 2024 08:00:00 GMT",
    ],
)
def test_a_day_in_many_forms(value: Any) -> None:
    assert parse(value) == DAY


@pytest.mark.parametrize("value", [None, "", "  "])
def test_absent(value: Any) -> None:
    assert parse(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "09/06/2024",
        "2024",
        "2024-06",
        "2024-02-30",
        "today",
        "now",
        "yesterday",
        True,
        1.5,
        1717891200,
        [2024],
        "June 31, 2024",
        "199980817",
        "June 9, 20245",
        "2024/06/091",
    ],
)
def test_no_date_or_one_of_two(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse(value)


@pytest.mark.parametrize(
    "text",
    [
        "LONDON, June 9, 2024 (Agency) - Prices rose.",
        "LONDON, June 9, 2024 (Agency) -- Prices rose.",
        "  KYIV, Ukraine, 9 June 2024 — Prices rose.",
        "WASHINGTON, D.C., Jun. 9, 2024: Prices rose.",
        "PARIS (Agency), June 9, 2024 – Prices rose.",
        "New York, June 9, 2024 /Newswire/ -- Prices rose.",
        "June 9, 2024 (Agency) - Prices rose.",
        "Prices rise again\n\nBy Ann Writer\n\nLONDON, 9 June 2024 - Prices rose.",
    ],
)
def test_dateline(text: str) -> None:
    assert of_dateline(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LONDON, June 9 (Agency) - Prices rose.",
        "LONDON, June 31, 2024 - Prices rose.",
        "LONDON, June 9, 2024, was the day when prices rose.",
        "Berlin, June 9, 1941 - the city slept.",
        "On June 9, 2024 - a Sunday - prices rose.",
        "Prices rose.\nThey did.\nThey did so.\nLONDON, June 9, 2024 (Agency) - Prices rose.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert of_dateline(text) is None


def test_a_dateline_takes_linear_time() -> None:
    assert of_dateline("A" * 1_000_000) is None
    assert of_dateline("AB " * 300_000) is None
    assert of_dateline("\n" * 1_000_000) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-06-09.txt", DAY),
        ("20240609_exports.txt", DAY),
        ("exports.2024.06.09.txt", DAY),
        ("exports_2024_06_09.txt", DAY),
        ("20240609-20240609.txt", DAY),
        ("ABC19980108.1830.0711.txt", date(1998, 1, 8)),
        ("20240609-20240610.txt", None),
        ("APW199980817.1193.txt", None),
        ("2024-13-01.txt", None),
        ("2024-0609.txt", None),
        ("12024060912.txt", None),
        ("exports.txt", None),
    ],
)
def test_name(name: str, day: date | None) -> None:
    assert of_name(name) == day
