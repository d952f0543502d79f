"""A move told in per cent and in the unit of its level: whether the two agree."""

from __future__ import annotations

import pytest
from spacy.language import Language

import extract
from extract import Article
from extract.records import Growth


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("The Dow fell 190 points, or 0.6%, to 31,000 points.", ["consistent"] * 2),
        ("The Dow fell 190 points, or 6%, to 31,000 points.", ["inconsistent"] * 2),
        ("Sales rose by 5.5%, or $3.7 million, to $71.6 million.", ["consistent"] * 2),
        ("Sales rose by 55%, or $3.7 million, to $71.6 million.", ["inconsistent"] * 2),
        ("Sales rose about 5%, or $3.7 million, to $71.6 million.", ["consistent"] * 2),
        ("Brent crude gained 13 cents, or 0.2%, to settle at $82.62 a barrel.", ["consistent"] * 2),
        ("Sales rose 10%, or $50 million, to $550 million from $500 million.", ["consistent"] * 2),
        ("Sales rose by 5.5%, or $3.7 million.", ["unchecked"] * 2),
        ("Sales rose 5% to $3 million. Costs rose $2 million to $3 million.", ["unchecked"] * 2),
        ("The yield rose 5 basis points to 4.25%.", ["unchecked"]),
    ],
)
def test_the_two_sizes_of_one_move(nlp: Language, text: str, checks: list[str]) -> None:
    facts = extract.facts(nlp, Article(id="a", text=text))
    assert [fact.check for fact in facts if isinstance(fact, Growth)] == checks
