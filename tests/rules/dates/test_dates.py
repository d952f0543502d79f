"""The calendar, the pass over a document, and the component: properties that hold for any text."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.articles import Article
from extract.pipeline import facts
from extract.records import Date
from extract.rules.dates import DatesComponent, build_records, values
from extract.rules.dates.durations import count_of, length
from extract.rules.dates.find import find
from extract.rules.dates.tense import side
from extract.rules.dates.words import start_classes
from extract.rules.spans import span_at

WORDS = (
    *sorted(start_classes()),
    *(
        "of",
        "and",
        "to",
        "1998",
        "2024",
        "9",
        "30",
        "31",
        "Q2",
        "H1",
        "'90s",
        "2021-22",
        "June",
        "May",
        "Monday",
    ),
    *("%", "$", ".", ",", "-", "(", ")", "\n", "'s"),
)
PUBLISHED = [None, date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31), date(2026, 12, 31)]


@given(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=60),
    st.sampled_from(PUBLISHED),
)
@settings(max_examples=300, deadline=None)
def test_any_text(nlp: Language, text: str, published: date | None) -> None:
    article = Article(id="any", text=text, published=published)
    found = [fact for fact in facts(nlp, article) if isinstance(fact, Date)]
    end = 0
    for fact in found:
        assert text[fact.start : fact.end] == fact.text
        assert fact.start >= end
        end = fact.end
        assert fact.value
        assert (fact.date_start is None) == (fact.date_end is None)
        if fact.date_start and fact.date_end:
            assert fact.date_start <= fact.date_end


@given(st.dates(), st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "year"]))
def test_a_day_lies_in_its_times(day: date, grain: str) -> None:
    value = values.of_day(day, grain)
    assert values.grain(value) == grain
    days = values.interval(value)
    if days is None:  # the week runs past the calendar
        assert grain in ("week", "weekend")
        assert day.year in (1, 9998, 9999)
    elif grain != "weekend":
        assert days[0] <= day <= days[1]


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    st.integers(-150, 150),
    st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade"]),
)
def test_steps_lead_back(day: date, count: int, grain: str) -> None:
    value = values.of_day(day, grain)
    assert values.shift(values.shift(value, count), -count) == value


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02-29", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2023-02", (date(2023, 2, 1), date(2023, 2, 28))),
        ("2024-Q4", (date(2024, 10, 1), date(2024, 12, 31))),
        ("2024-H2", (date(2024, 7, 1), date(2024, 12, 31))),
        ("2020-W53", (date(2020, 12, 28), date(2021, 1, 3))),
        ("2024-W23-WE", (date(2024, 6, 8), date(2024, 6, 9))),
        ("2024-06-09T14:30", (date(2024, 6, 9), date(2024, 6, 9))),
        ("199", (date(1990, 1, 1), date(1999, 12, 31))),
        ("19", (date(1900, 1, 1), date(1999, 12, 31))),
        ("2023-06/2023-08", (date(2023, 6, 1), date(2023, 8, 31))),
    ],
)
def test_interval(value: str, days: tuple[date, date]) -> None:
    assert values.interval(value) == days


IMPOSSIBLE = "2023-02-29 2024-13 2024-00 0000 2024-W54 2021-W53 2024-Q5 2024-Q0 2024-H3 000 00"
NOT_KNOWN = "XXXX-06-09 XXXX-WXX-1 2024-SU P3Y PRESENT_REF 2024/2023 T nonsense"


@pytest.mark.parametrize("value", ["", *IMPOSSIBLE.split(), *NOT_KNOWN.split()])
def test_no_interval(value: str) -> None:
    assert values.interval(value) is None


@pytest.mark.parametrize(
    ("value", "count", "unit", "moved"),
    [
        ("2024-02-29", -1, "year", "2023-02-28"),
        ("2024-Q1", -1, None, "2023-Q4"),
        ("2024-W01", -1, None, "2023-W52"),
        ("1990", -1, None, "1989"),
        ("200", -1, None, "199"),
        ("1998-SU", -1, None, "1997-SU"),
        ("XXXX-W26", 1, None, "XXXX-W27"),
        ("XXXX-12", 1, None, "XXXX-XX"),
        ("XXXX-06", -1, "year", "XXXX-06"),
        ("0001", -1, None, "XXXX"),
        ("9999-12-31", 1, None, "XXXX-XX-XX"),
        ("2024-06-09TNI", 1, None, "2024-06-10TNI"),
        ("P3Y", 1, None, "P3Y"),
    ],
)
def test_shift(value: str, count: int, unit: str | None, moved: str) -> None:
    assert values.shift(value, count, unit) == moved


@pytest.mark.parametrize(
    ("words", "code", "value"),
    [
        ("two and a half", "Y", "P2Y6M"),
        ("half a", "D", "PT12H"),
        ("2.5", "TH", "PT2H30M"),
        ("77.99", "Y", "P77.99Y"),
        ("several", "W", "PXW"),
        ("few", "TM", "PTXM"),
        ("a couple of", "DE", "P2DE"),
        ("12 to 18", "M", "P12M"),
        ("a", "F", "P2W"),
        ("twenty four", "TH", "PT24H"),
    ],
)
def test_length(words: str, code: str, value: str) -> None:
    assert length(count_of(words), code) == value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shares fell on Monday.", -2),
        ("The index, which had dropped, Monday", -1),
        ("The board will meet on Monday.", 2),
        ("He is expected to speak on Monday.", 2),
        ("Rates are set to be cut on Monday", 2),
        ("a vote scheduled for Monday", 1),
        ("He failed to appear on Monday", -1),
        ("She might have won on Monday", -1),
        ("The deal is being signed Monday", 0),
        ("It rose to close higher on Monday", -1),
        ("They agreed to meet on Monday", 1),
        ("The ban has been lifted since, and on Monday the shops will open", 2),
        ("Monday", 0),
        ("Sales since Monday", -2),
        ("Payment is due on Monday", 2),
    ],
)
def test_side(text: str, wanted: int) -> None:
    at = text.index("Monday")
    assert side(text, at, at + 6, 0, len(text)) == wanted


def test_spans_survive_the_doc(nlp: Language) -> None:
    text = "Exports rose in the second quarter from a year earlier."
    article = Article(id="a", text=text, published=date(2024, 8, 1))
    doc = Doc(nlp.vocab).from_bytes(nlp(text).to_bytes())
    assert [span.id_ for span in doc.spans["dates"]] == ["dates.quarter", "dates.ago"]
    assert [fact.value for fact in build_records(doc, article, ())] == ["2024-Q2", "2023-Q2"]


def test_match_writes_nothing(nlp: Language) -> None:
    doc = nlp.make_doc("He left on Monday.")
    assert [span.text for span in DatesComponent().match(doc)] == ["Monday"]
    assert "dates" not in doc.spans


def test_a_name_is_no_date(nlp: Language) -> None:
    text = "Shares of Sunday Times Group fell. Sunday Times Group sells papers."
    doc = nlp.make_doc(text)
    doc.spans["entities"] = [span_at(doc, at, at + 18, label="ORG", rule="entities.model") for at in (10, 35)]
    assert DatesComponent().match(doc) == []


def test_a_person_is_no_month(nlp: Language) -> None:
    doc = nlp.make_doc("A setback for May and Theresa May.")
    doc.spans["entities"] = [
        span_at(doc, start, end, label="PERSON", rule="entities.model") for start, end in ((14, 17), (22, 33))
    ]
    assert DatesComponent().match(doc) == []


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "(" * 20_000 + ")" * 20_000,
        " the" * 50_000,
        "June" + " " * 200_000 + "9",
        " one hundred and" * 12_000,
        " 1990-" * 30_000,
        " the end of the early" * 10_000,
        "'" * 100_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 10
