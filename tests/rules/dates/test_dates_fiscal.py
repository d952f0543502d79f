"""The month in which fiscal years start: the option, and what it gives."""

from __future__ import annotations

from datetime import date

import pytest

from extract import lexicons
from extract.articles import Article
from extract.errors import OptionError
from extract.pipeline import facts, load
from extract.records import Date
from extract.rules.dates import DatesComponent
from extract.rules.dates.find import find
from extract.rules.dates.fiscal import FiscalYear, days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fiscal 2024", "2023-07-01", "2024-06-30"),
        ("FY24", "2023-07-01", "2024-06-30"),
        ("financial year 2024-25", "2024-07-01", "2025-06-30"),
        ("Q3 FY24", "2024-01-01", "2024-03-31"),
        ("the first half of the current fiscal year", "2025-07-01", "2025-12-31"),
        ("the next fiscal year", "2026-07-01", "2027-06-30"),
    ],
)
def test_the_stated_month_holds_for_every_article(text: str, first: str, last: str) -> None:
    article = Article(id="a", text=f"Sales rose in {text}.", published=date(2025, 8, 1))
    (found,) = (fact for fact in facts(load(fiscal_start=7), article) if isinstance(fact, Date))
    assert (found.text, str(found.date_start), str(found.date_end)) == (text, first, last)


def test_a_stated_month_leaves_other_dates_alone() -> None:
    text = "Sales rose in 2024, in the third quarter, in June and in the year to June 2024."
    article = Article(id="a", text=text, published=date(2025, 8, 1))
    kinds = [
        [fact for fact in facts(load(fiscal_start=start), article) if isinstance(fact, Date)]
        for start in (None, 7)
    ]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("month", [0, 13, -1])
def test_no_month(month: int) -> None:
    with pytest.raises(OptionError, match="fiscal_start"):
        load(fiscal_start=month)
    with pytest.raises(OptionError, match="fiscal_start"):
        DatesComponent(fiscal_start=month)


@pytest.mark.parametrize("start", range(1, 13))
@pytest.mark.parametrize("text", ["fiscal 9999", "FY0001", "fiscal 2024", "the fiscal fourth quarter"])
@pytest.mark.parametrize("published", [None, date.min, date.max, date(2024, 2, 29)])
def test_days_are_in_order_or_none(text: str, start: int, published: date | None) -> None:
    for named in ("start", "end", ""):
        for expression in find(text):
            year = FiscalYear(start, named)
            found = days(expression, year, published=published, value="2024-Q4", ahead=False)
            assert found is None or found[0] < found[1]


def test_public_accounts_are_told_by_the_sentence() -> None:
    public, year = lexicons.load("fiscal")["public"], FiscalYear(10, "end", "US")
    assert all(year.covers(sentence) for sentence in public["examples"])
    assert not any(year.covers(sentence) for sentence in public["counterexamples"])


def test_the_lexicon_names_months_and_ends() -> None:
    lexicon = lexicons.load("fiscal")
    assert all(2 <= month <= 12 for month in lexicon["starts"].values())
    assert set(lexicon["names"]) <= set(lexicon["starts"])
    assert not set(lexicon["calendar"]["countries"]) & set(lexicon["starts"])
    assert set(lexicon["names"].values()) == {"start", "end"}
