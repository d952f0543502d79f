"""Money in one currency. The rates are those of the European Central Bank's table, worked out by hand."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from spacy.language import Language

import extract
from extract.conversion import converted
from extract.errors import ArticleError, OptionError
from extract.rates import NoRateError, known_currency, reference
from extract.records import Money


def money(nlp: Language, text: str, *, to: str, published: str | None = "2024-06-11") -> list[Money]:
    found = extract.facts(nlp, text, published=published, convert_to=to)
    return [fact for fact in found if isinstance(fact, Money)]


@pytest.mark.parametrize(
    ("text", "to", "amount", "day"),
    [
        # one euro was 1.0730 dollars on 11 June 2024: 5,000,000 / 1.0730
        ("The mill cost $5 million.", "EUR", "4659832.25", "2024-06-11"),
        ("The mill cost €5 million.", "USD", "5365000.00", "2024-06-11"),
        # and 0.84198 pounds: 5,000,000 / 1.0730 * 0.84198
        ("The mill cost $5 million.", "GBP", "3923485.55", "2024-06-11"),
        # Sunday 9 June 2024 has the rate of Friday: 1.0898
        ("It paid $5 million on Sunday.", "EUR", "4587997.80", "2024-06-07"),
        # 1.3194 on 31 December 2012, Monday
        ("It paid $5 million on 31 December 2012.", "EUR", "3789601.33", "2012-12-31"),
        ("On 31 December 2012 the bank paid regulators $5 million.", "EUR", "3789601.33", "2012-12-31"),
        # what is still to come has the rate of the article's day
        ("The line will cost $5 million in 2030.", "EUR", "4659832.25", "2024-06-11"),
        # a level that something has risen to since then is one of the article's day
        ("The debt has risen 5% since 2012 to $5 million.", "EUR", "4659832.25", "2024-06-11"),
        # what restates an amount is of the same time
        ("It was sold for £4 million ($5 million) on 31 December 2012.", "USD", "5000000", None),
        # six digits of an amount below a thousand
        ("A pound costs 5 cents.", "EUR", "0.0465983", "2024-06-11"),
    ],
)
def test_an_amount_has_the_rate_of_its_own_day(
    nlp: Language, text: str, to: str, amount: str, day: str | None
) -> None:
    found = money(nlp, text, to=to)[-1]
    assert found.amount_converted == Decimal(amount)
    assert found.rate_date == (date.fromisoformat(day) if day else None)
    assert (found.currency_converted, found.conversion_note) == (to, None)


def test_levels_of_a_claim_have_the_mean_rate_of_its_times(nlp: Language) -> None:
    """The bank's own mean rates of these years are 1.0813 and 1.0530 dollars for a euro."""
    after, before = money(
        nlp, "Exports rose by 5.5% to $71.6 million in 2023 from $67.9 million in 2022.", to="EUR"
    )
    assert (after.rate_date, before.rate_date) == (date(2023, 12, 29), date(2022, 12, 30))
    assert after.amount_converted is not None and before.amount_converted is not None
    assert abs(after.amount_converted - Decimal(71_600_000) / Decimal("1.0813")) < 50_000
    assert abs(before.amount_converted - Decimal(67_900_000) / Decimal("1.0530")) < 250_000


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("It cost 5,000 tenge.", "no rate for KZT on 2024-06-11"),
        ("It cost $3 million in 1987.", "no rate for USD from 1987-01-01 to 1987-12-31"),
        ("It paid $3 million on 3 March 1987.", "no rate for USD on 1987-03-03"),
        ("The firm, founded in 2003, was sold for $3m.", "date not clear: 2003"),
        ("Oil that cost $6 two years ago now sells for $11.", "date not clear: 2022"),
        ("It has paid $5 million since 2012.", "date not clear: 2012"),
        ("It spent $3 million in the 2010s.", "more than a year: 2010-01-01 to 2019-12-31"),
        ("Profit fell to $3m from $5m.", "no date of the level before"),
    ],
)
def test_a_note_says_why_there_is_none(nlp: Language, text: str, note: str) -> None:
    found = money(nlp, text, to="EUR")[-1]
    assert found.conversion_note == note
    assert (found.amount_converted, found.currency_converted, found.rate_date) == (None, None, None)


def test_an_old_amount_never_has_the_rate_of_the_article(nlp: Language) -> None:
    (found,) = money(nlp, "The bank was fined $5 million by regulators and banned, in 2012.", to="EUR")
    assert (found.amount_converted, found.conversion_note) == (None, "date not clear: 2012")


def test_an_article_without_a_day(nlp: Language) -> None:
    (found,) = money(nlp, "It cost $5 million.", to="EUR", published=None)
    assert (found.amount_converted, found.conversion_note) == (None, "no date")
    (found,) = money(nlp, "It cost $5 million on 31 December 2012.", to="EUR", published=None)
    assert found.amount_converted == Decimal("3789601.33")


def test_money_without_a_known_currency(nlp: Language) -> None:
    (found,) = money(nlp, "It cost $5 million.", to="EUR")
    bare = Money(source=found.source, amount=Decimal(5))
    (left,) = converted([bare], to="EUR", published=date(2024, 6, 11))
    assert left == replace(bare, conversion_note="no currency")


def test_nothing_is_converted_unless_asked(nlp: Language) -> None:
    (found,) = (fact for fact in extract.facts(nlp, "It cost $5.", published="2024-06-11"))
    assert isinstance(found, Money)
    assert (found.amount_converted, found.currency_converted, found.conversion_note) == (None, None, None)


@pytest.mark.parametrize(
    ("first", "last", "value", "day"),
    [
        ("2024-06-07", "2024-06-07", "1.0898", "2024-06-07"),
        ("2024-06-08", "2024-06-09", "1.0898", "2024-06-07"),  # a weekend
        ("2024-03-29", "2024-04-01", "1.0811", "2024-03-28"),  # Good Friday to Easter Monday
        ("2024-06-06", "2024-06-07", "1.08815", "2024-06-07"),  # the mean of 1.0865 and 1.0898
        ("1999-01-01", "1999-01-04", "1.1789", "1999-01-04"),  # the first of all
    ],
)
def test_rates(first: str, last: str, value: str, day: str) -> None:
    rate = reference().over("EUR", "USD", date.fromisoformat(first), date.fromisoformat(last))
    assert (rate.value, rate.day) == (Decimal(value), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("currency", "to", "day", "told"),
    [
        ("EUR", "USD", date(1999, 1, 3), "no rate for USD on 1999-01-03"),
        ("USD", "EUR", date(2999, 1, 1), "no rate for USD on 2999-01-01"),
        ("USD", "INR", date(2005, 1, 3), "no rate for INR on 2005-01-03"),
        ("RUB", "USD", date(2023, 1, 3), "no rate for RUB on 2023-01-03"),
        ("BTC", "USD", date(2023, 1, 3), "no rate for BTC on 2023-01-03"),
    ],
)
def test_a_missing_rate_names_the_currency_that_lacks_it(
    currency: str, to: str, day: date, told: str
) -> None:
    with pytest.raises(NoRateError, match=told):
        reference().over(currency, to, day, day)


def test_a_currency_that_begins_within_the_time_has_no_mean() -> None:
    with pytest.raises(NoRateError, match="no rate for CNY from 2005-01-01 to 2005-12-31"):
        reference().over("CNY", "EUR", date(2005, 1, 1), date(2005, 12, 31))


def test_an_unknown_currency_is_refused() -> None:
    assert known_currency("usd") == "USD"
    for code in ("XYZ", "BTC", "", "euro"):
        with pytest.raises(OptionError, match=r"there are no rates of .*; choose one of AUD, BGN"):
            extract.load(convert_to=code)
    with pytest.raises(OptionError, match="choose one of"):
        extract.facts("It cost $5.", convert_to="XYZ")
    with pytest.raises(OptionError, match="choose one of"):
        extract.pipe(["It cost $5."], convert_to="XYZ", workers=2)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "currency_converter", None)
    reference.cache_clear()
    with pytest.raises(OptionError, match="pip install CurrencyConverter"):
        known_currency("EUR")
    reference.cache_clear()


def test_a_pipeline_converts_documents_and_streams() -> None:
    nlp = extract.load(convert_to="EUR")
    doc, _ = next(nlp.pipe([("It cost $5 million.", {"published": "2024-06-11"})], as_tuples=True))
    article = extract.Article(id="a", text="It cost $5 million.", published=date(2024, 6, 11))
    ((_, streamed),) = extract.pipe([article], nlp=nlp)
    for facts in (doc._.facts, extract.facts(nlp, article), streamed):
        (found,) = facts
        assert isinstance(found, Money)
        assert found.amount_converted == Decimal("4659832.25")


def test_rates_are_read_when_they_are_needed(tmp_path: Path) -> None:
    script = "import sys, extract; extract.facts('It cost $5.'); print('currency_converter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("to", ["EUR", "USD"])
@pytest.mark.parametrize("published", ["0001-01-05", "9999-12-31"])
def test_the_ends_of_the_calendar_have_no_rate(nlp: Language, published: str, to: str) -> None:
    text = "Sales rose 5% to £3 million last year. It cost £5 on Friday. It cost £6."
    found = money(nlp, text, to=to, published=published)
    assert [one.amount_converted for one in found] == [None] * 3
    assert found[-1].conversion_note == f"no rate for GBP on {published}"
    for day in (date.min, date.max):
        with pytest.raises(NoRateError, match=f"no rate for GBP on {day}"):
            reference().over("GBP", to, day, day)


def test_large_amounts_are_exact_or_noted(nlp: Language) -> None:
    (found,) = money(nlp, "It cost £5.", to="EUR")
    large = replace(found, amount=Decimal("9" * 33))
    (left,) = converted([large], to="EUR", published=date(2024, 6, 11))
    rate = reference().over("GBP", "EUR", date(2024, 6, 11), date(2024, 6, 11)).value
    assert isinstance(left, Money)
    assert left.amount_converted is not None
    assert abs(left.amount_converted / rate / large.amount - 1) < Decimal("1e-20")
    assert left.amount_converted.as_tuple().exponent == -2
    huge = replace(found, amount=Decimal("9" * 70))
    (left,) = converted([huge], to="EUR", published=date(2024, 6, 11))
    assert left == replace(huge, conversion_note="amount too large")


def test_a_large_amount_becomes_more_in_a_smaller_unit(nlp: Language) -> None:
    text = "It cost £999,999,999,999,999,999,999 on 3 June 2004."
    (found,) = money(nlp, text, to="TRL", published="2005-02-03")
    assert found.amount_converted is not None
    assert found.amount_converted > 10**27


def test_a_conversion_that_breaks_is_an_error_of_the_article(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OverflowError("date value out of range")

    monkeypatch.setattr("extract.pipeline.converted", broken)
    with pytest.raises(ArticleError, match=r"conversion failed \(OverflowError: date value out of range\)"):
        extract.facts(nlp, "It cost £5.", convert_to="EUR")
