"""Values in the words of people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.view.texts import amount, shown, summary
from tests.samples import FACTS


@pytest.mark.parametrize(
    ("value", "unit", "upper", "told"),
    [
        ("5.50", "percent", None, "5.5%"),
        ("71600000", "USD", None, "71.6 million USD"),
        ("5", "percent", "6", "5 to 6%"),
        ("3.9", "factor", None, "3.9×"),
        ("0.3", "percentage_point", None, "0.3 points"),
        ("1", "tonne", None, "1 tonne"),
        ("1278", "point", None, "1,278 points"),
        ("2", "person", None, "2 people"),
        ("2", "company", None, "2 companies"),
        ("2", "box", None, "2 boxes"),
        ("0.0000001", "EUR", None, "0.0000001 EUR"),
        ("48210000000000", None, None, "48.21 trillion"),
        ("1E+57", "USD", None, f"1{',000' * 15} trillion USD"),
        ("1.23456789", "percent", None, "1.2346%"),
        (None, "percent", None, ""),
    ],
)
def test_amounts(value: str | None, unit: str | None, upper: str | None, told: str) -> None:
    assert amount(value and Decimal(value), unit, upper and Decimal(upper)) == told  # type: ignore[arg-type]


def test_a_fact_in_a_few_words() -> None:
    assert list(map(summary, FACTS)) == [
        "ORG · Müller AG",
        "2024-06-09",
        "1,000 EUR",
        "over 3.9 tonnes",
        "sales ↑ 5.5%",
    ]


def test_what_is_not_seen_has_a_sign_of_the_same_length() -> None:
    hostile = "a\x1b\u202e\ud800\x9bz"
    assert shown(hostile) == "a␛���z"
    assert len(shown(hostile)) == len(hostile)
    assert shown("plain\n\ttext") == "plain\n\ttext"
