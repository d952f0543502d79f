"""Amounts that restate another one: the examples and counterexamples of the lexicon."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from extract import lexicons
from extract.pipeline import facts
from extract.records import Money

LEXICON = lexicons.load("restated")
TABLES = ("joints", "brackets")
EXAMPLES = [text for table in TABLES for text in LEXICON[table]["examples"]]
COUNTEREXAMPLES = [text for table in TABLES for text in LEXICON[table]["counterexamples"]]


def restating(nlp: Language, text: str) -> list[str]:
    found = [fact for fact in facts(nlp, text) if isinstance(fact, Money)]
    ids = {fact.fact_id for fact in found}
    assert all(fact.restates in ids for fact in found if fact.restates)
    return [fact.text for fact in found if fact.restates]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_an_example_has_the_amounts_that_are_marked(nlp: Language, marked: str) -> None:
    assert restating(nlp, re.sub(r"[\[\]]", "", marked)) == re.findall(r"\[(.*?)\]", marked)


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_a_counterexample_has_none(nlp: Language, text: str) -> None:
    assert restating(nlp, text) == []


@pytest.mark.parametrize(("code", "ends"), LEXICON["worth"].items())
def test_what_a_currency_was_worth_has_a_lower_and_an_upper_end(code: str, ends: list[float]) -> None:
    low, high = ends
    assert 0 < low <= high


@pytest.mark.parametrize("gap", ["-a" * 5_000 + "…(200) ", "-a" * 30 + "…(200) ", " " * 5_000, " " * 70])
def test_a_long_gap_is_read_in_linear_time(nlp: Language, gap: str) -> None:
    assert restating(nlp, f"It paid $5{gap}€6 million, or $7 million.") in ([], ["$7 million"])
