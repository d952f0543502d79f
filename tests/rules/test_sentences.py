"""Where sentences begin."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extract.rules import tokens

TABLES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
TEXTS = [text for table in TABLES.values() for text in table["texts"]]

# Whoever speaks behind a stop, and whatever stands before it.
ENDS = [
    "Acme Inc.",
    "Acme Corp.",
    "Acme Co.",
    "the U.S.",
    "Dayton, N.J.",
    "Washington, D.C.",
    "Portland, Ore.",
    "the year to Sept.",
]
TIMES = ["5 p.m.", "11:30 a.m."]
BEGINNINGS = [
    "The bank said so.",
    "He did not reply.",
    "Sales of cars rose.",
    "Officials said no.",
    "Its profit fell.",
    "Shares fell 5%.",
    "However, prices fell.",
    "Most analysts agree.",
    "This week it fell.",
    "Profits at home rose.",
]
OPENINGS = [
    "Gen.",
    "Sen.",
    "Rep.",
    "Gov.",
    "Mr.",
    "Mrs.",
    "Dr.",
    "Prof.",
    "Rev.",
    "Lt. Col.",
    "Capt.",
    "J.",
    "R. K.",
]
NAMES = ["Lane agreed.", "Robert Lane agreed.", "R. Lane agreed.", "O’Brien agreed.", "Osei-Poku agreed."]


@pytest.fixture(scope="module")
def splitter() -> Language:
    nlp = spacy.blank("en", config=dict(tokens.CONFIG))
    nlp.add_pipe("extract_sentences")
    return nlp


def parted(nlp: Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in nlp(text).sents]


@pytest.mark.parametrize("text", TEXTS)
def test_borders(splitter: Language, text: str) -> None:
    pieces = [piece.strip() for piece in text.split("|")]
    assert parted(splitter, text.replace("| ", "").replace("|", "")) == pieces


@pytest.mark.parametrize(("end", "beginning"), list(product([*ENDS, *TIMES], BEGINNINGS)))
def test_an_abbreviation_ends_a_sentence(splitter: Language, end: str, beginning: str) -> None:
    first = f"It was known to all of {end}" if end in ENDS else f"It was known by {end}"
    assert parted(splitter, f"{first} {beginning}") == [first, beginning]


@pytest.mark.parametrize(("opening", "name"), list(product(OPENINGS, NAMES)))
def test_a_title_or_an_initial_ends_none(splitter: Language, opening: str, name: str) -> None:
    text = f"On Friday {opening} {name}"
    assert parted(splitter, text) == [text]
    assert parted(splitter, text[10:]) == [text[10:]]
