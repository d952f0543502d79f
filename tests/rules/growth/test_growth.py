"""Growth: what the cases cannot say."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from spacy.language import Language

import extract
from extract import Article
from extract.lexicons.patterns import entries
from extract.records import Entity, Growth
from extract.rules import growth
from extract.rules.growth.check import check
from extract.rules.growth.derived import percent_change
from extract.rules.growth.units import Amounts
from extract.rules.intervals import Measure, rounding

CASES = sorted((Path(__file__).parents[2] / "cases").glob("growth*.toml"))


def claims(nlp: Language, text: str) -> list[Growth]:
    article = Article(id="a", text=text, published=date(2024, 6, 10))
    return [fact for fact in extract.facts(nlp, article) if isinstance(fact, Growth)]


def test_every_named_pattern_is_hit_by_a_case(nlp: Language) -> None:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CASES]
    texts = [case["text"] for table in tables for case in table["case"]]
    hit = {claim.rule for text in texts for claim in claims(nlp, text)}
    assert {entry.rule for entry in entries("growth")} - hit == set()


def test_parts_are_linked_to_their_claim(nlp: Language) -> None:
    doc = nlp("Exports rose 5% to $3 million.")
    (claim,) = doc.spans[growth.GROUP]
    parts = {part.label_: part.text for part in doc.spans[growth.PARTS]}
    assert parts == {"metric": "Exports", "to": "$3 million", "cue": "rose"}
    assert {part.kb_id_ for part in doc.spans[growth.PARTS]} == {f"{claim.start_char}-{claim.end_char}"}


def test_claims_survive_serialisation(nlp: Language) -> None:
    from spacy.tokens import Doc

    doc = nlp("Exports rose 5% to $3 million.")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [s.text for s in again.spans[growth.GROUP]] == ["5%"]
    assert [s.kb_id_ for s in again.spans[growth.PARTS]] == [s.kb_id_ for s in doc.spans[growth.PARTS]]


@pytest.mark.parametrize(
    ("direction", "size", "to", "from_", "expected"),
    [
        ("increase", Measure(Decimal("3.9"), "factor"), None, None, Decimal("290.0")),
        ("decrease", Measure(Decimal("0.5"), "factor"), None, None, Decimal("-50.0")),
        ("decrease", Measure(Decimal("5"), "percent"), None, None, Decimal("-5")),
        ("increase", None, Measure(Decimal(3), "USD"), Measure(Decimal(2), "USD"), Decimal("50.00")),
        ("increase", None, Measure(Decimal(3), "USD"), Measure(Decimal(2), "EUR"), None),
        ("increase", None, Measure(Decimal(3), "USD"), Measure(Decimal(0), "USD"), None),
        ("increase", Measure(Decimal(25), "basis_point"), None, None, None),
        ("unchanged", None, Measure(Decimal(3), "USD"), None, Decimal(0)),
    ],
)
def test_percent_change(
    direction: str, size: Measure | None, to: Measure | None, from_: Measure | None, expected: Decimal | None
) -> None:
    assert percent_change(direction, Amounts(size, to, from_)) == expected  # type: ignore[arg-type]


def test_long_lists_take_linear_time(nlp: Language) -> None:
    text = "Sales rose " + ", ".join(f"{n % 90 + 1}% in Area{n}" for n in range(3000)) + "."
    assert claims(nlp, text)


def test_a_text_may_end_in_the_word_that_gives_the_status(nlp: Language) -> None:
    assert len(claims(nlp, "A 5% export rise is poised")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imports rose 5.5% to $71.6 million from $67.9 million.", "consistent"),
        ("Imports rose 7% to $71.6 million from $67.9 million.", "inconsistent"),
        ("Imports rose 5.5% to $71.6 million.", "unchecked"),
        ("Imports rose to $71.6 million from $67.9 million.", "unchecked"),
        ("Imports rose to $61.6 million from $67.9 million.", "inconsistent"),
        ("Imports fell 3 cents to $1.20 from $1.23.", "consistent"),
        ("Imports fell 5 cents to $1.20 from $1.23.", "inconsistent"),
        ("Imports more than doubled from 400 to 850 tonnes.", "consistent"),
        ("Imports jumped 3.9-fold to $375.2 million from $96.2 million.", "consistent"),
        ("Unemployment fell 0.3 percentage points to 6.1% from 6.4%.", "consistent"),
    ],
)
def test_arithmetic_is_checked(nlp: Language, text: str, expected: str) -> None:
    (claim,) = claims(nlp, text)
    assert claim.check == expected


def test_rounding_is_half_of_the_last_digit_written() -> None:
    assert rounding("$71.6 million", Decimal(71_600_000), loose=False) == 50_000
    assert rounding("85 cents", Decimal("0.85"), loose=False) == Decimal("0.005")
    assert check("increase", None, None, None) == "unchecked"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Exports rose 5%," said Trade Minister Ana Costa.', "Ana Costa"),
        (
            "Output grew 4%, according to the International Monetary Fund.",
            "International Monetary Fund",
        ),
        ("The World Bank expects prices to fall 3%.", "World Bank"),
        ("Exports rose 5%, the ministry said.", None),
        ("Toyota said that Kenya's exports rose 5%.", "Toyota"),
        ("Economists say Kenya's exports will rise 5% and predict Uganda's will too.", None),
        ("Toyota's Nairobi plant said that output rose 5%.", "Toyota"),
        ("A Nairobi plant said that output rose 5%.", None),
    ],
)
def test_the_speaker_is_who_says_it(nlp: Language, text: str, name: str | None) -> None:
    article = Article(id="a", text=text)
    facts = extract.facts(nlp, article)
    ids = {fact.entity_id: fact.text for fact in facts if isinstance(fact, Entity)}
    (claim,) = [fact for fact in facts if isinstance(fact, Growth)]
    assert (ids[claim.speaker] if claim.speaker else None) == name
