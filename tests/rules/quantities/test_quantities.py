"""Quantities beyond the cases: the component, units and nouns."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.articles import Article
from extract.lexicons.patterns import entries
from extract.rules import quantities as rules
from extract.rules.quantities.match import quantities
from extract.rules.quantities.nouns import head
from extract.rules.quantities.units import symbols, unit_of_name
from extract.rules.spans import span_at

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def plain() -> Language:
    nlp = spacy.blank("en")
    for kind in ("sentences", "entities", "dates", "money", "quantities"):
        nlp.add_pipe(f"extract_{kind}")
    return nlp


def test_every_named_pattern_is_hit_by_a_case() -> None:
    hit = {
        fact["rule"]
        for path in CASES.glob("quantities*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        for fact in case.get("facts", [])
        if "rule" in fact
    }
    assert {entry.rule for entry in entries("quantity")} == hit


def test_the_label_is_the_unit(plain: Language) -> None:
    doc = plain("It shipped 40,000 tonnes.")
    assert [(span.text, span.label_, span.id_) for span in doc.spans["quantities"]] == [
        ("40,000 tonnes", "tonne", "quantities.measure")
    ]


def test_matching_writes_nothing(plain: Language) -> None:
    doc = plain.make_doc("It shipped 40,000 tonnes.")
    assert rules.QuantitiesComponent().match(doc)
    assert not doc.spans


def test_spans_survive_serialisation(plain: Language) -> None:
    text = "It shipped more than 40,000 tonnes a year."
    doc = Doc(plain.vocab).from_bytes(plain(text).to_bytes())
    (fact,) = rules.build_records(doc, Article(id="a", text=text), ())
    assert (fact.amount, fact.unit, fact.modifier, fact.per) == (
        Decimal(40_000),
        "tonne",
        "more_than",
        "year",
    )


def test_money_and_dates_are_left_alone(plain: Language) -> None:
    assert not plain("It cost $5 million.").spans["quantities"]
    doc = plain.make_doc("It took 12 long weekends.")
    doc.spans["dates"] = [span_at(doc, 8, 24, label="DATE", rule="dates.test")]
    assert rules.QuantitiesComponent().match(doc) == []


def test_a_number_inside_a_name_counts_nothing(plain: Language) -> None:
    doc = plain.make_doc("We saw the 49 Ronin players.")
    assert rules.QuantitiesComponent().match(doc)
    doc.spans["entities"] = [span_at(doc, 11, 19, label="WORK_OF_ART", rule="entities.test")]
    assert rules.QuantitiesComponent().match(doc) == []


def test_a_head_does_not_reach_over_function_words_and_lines() -> None:
    assert head("12 of the boats", 2) is None
    assert head("12\nboats", 2) is None
    assert head("12, boats", 2) is None
    assert head("12 years of boats", 2) is None


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("kilometers", "kilometre"),
        ("square feet", "square foot"),
        ("pounds per square inch", "pound per square inch"),
        ("gigawatts", "gigawatt"),
        ("megawatt hours", "megawatt hour"),
        ("degrees celsius", "degree Celsius"),
        ("barrels of oil equivalent", "barrel of oil equivalent"),
        ("basis points", "basis_point"),
        ("seconds", None),
        ("dollars", None),
    ],
)
def test_unit_names(name: str, unit: str | None) -> None:
    assert unit_of_name(name) == unit


def test_units_are_british_singulars() -> None:
    for symbol in symbols().values():
        assert "meter" not in symbol.unit
        assert "liter" not in symbol.unit


@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    st.sampled_from([("%", "percent"), (" per cent", "percent"), (" km", "kilometre"), ("-tonne", "tonne")]),
)
def test_any_number_with_a_unit_is_read(value: Decimal, unit: tuple[str, str]) -> None:
    text = f"It was {value:,}{unit[0]} then."
    (quantity,) = quantities(text)
    assert (quantity.low, quantity.unit) == (value, unit[1])
    assert text[quantity.start : quantity.end] == f"{value:,}{unit[0]}"


@given(st.text(alphabet="0123456789.,-–% kmtonesfldCpbi", max_size=80))
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.high is None or quantity.high > quantity.low
        end = quantity.end


def test_long_texts_are_read_in_linear_time() -> None:
    for piece in ("5% to ", "5 ", "5 new ", "half a ", "ten times ", "tenfold ", "1 in 5 ", "minus 5 km "):
        assert isinstance(quantities(piece * 4_000), tuple)
