from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extract.readers.dates import of_dateline, of_metadata, of_name, parse

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
        "LOS ANGELES, CA – June 9, 2024 – Prices rose.",
        "LONDON - 9 June 2024 - Prices rose.",
        "CAIRO - 9 June 2024: Prices rose.",
        "NEW YORK--(BUSINESS WIRE)--June 9, 2024--Prices rose.",
        "DENVER, June 9, 2024 /PRNewswire/ -- Prices rose.",
        "PARIS – Sunday, June 9, 2024 – Prices rose.",
        "Prices rise\nPublished: Sunday, 9 June 2024\nPrices rose.",
        "Prices rise\nPosted on Jun 9, 2024 at 10:15\nPrices rose.",
        "Date: 2024-06-09\nPrices rose.",
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
        "NEW YORK--(BUSINESS WIRE)--Prices rose.",
        "COLOMBO, June 9 (News) - Prices rose.",
        "Published poems of 9 June 2024 sold well.",
        "Dating from 9 June 2024, the rule holds.",
        "On June 9, 2024 - a Sunday - prices rose.",
        "Prices rose.\nThey did.\nThey did so.\nLONDON, June 9, 2024 (Agency) - Prices rose.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert of_dateline(text) is None


@pytest.mark.parametrize(
    "page",
    [
        '<meta content="x"><meta property="article:published_time" content="2024-06-09T08:00Z">',
        "<meta itemprop='datePublished' content='2024-06-09'>",
        '<script>{"@type": "NewsArticle", "datePublished": "2024-06-09T08:00:00+02:00"}</script>',
        '<meta name="pubdate" content="soon, we hope"><meta name="parsely-pub-date" content="June 9, 2024">',
    ],
)
def test_metadata(page: str) -> None:
    assert of_metadata(page) == DAY


@pytest.mark.parametrize(
    "page",
    [
        "",
        '<meta property="article:modified_time" content="2024-06-09">',
        '<meta name="description" content="2024-06-09">',
        "<p>published_time 2024-06-09</p>",
    ],
)
def test_no_metadata(page: str) -> None:
    assert of_metadata(page) is None


def test_metadata_takes_linear_time() -> None:
    assert of_metadata("<meta " * 100_000) is None
    assert of_metadata('<meta name="pubdate" ' * 50_000) is None


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
