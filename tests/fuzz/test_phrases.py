"""Words of the lexicons, however they are spaced and cased, are looked up without an error."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from spacy.language import Language

import extract
from extract import pipeline
from extract.articles import Article
from extract.errors import ArticleError, ComponentError
from extract.records import Growth, Money, Quantity
from extract.rules import numbers
from extract.rules.dates.find import find
from extract.rules.money.match import amounts
from extract.rules.quantities.match import quantities
from tests.fuzz.phrases import phrases

SPACES = ["  ", "\n", "\t", "\x1d", "\x1f", "\u1680", "\u00a0", "\u2028", " \n", "\r\n", "\x0b\x85"]
# In the eyes of a pattern that ignores case these are s, i, i and k.
LETTERS = [str.maketrans("si", "ſı"), str.maketrans("ik", "İ\u212a")]
FRAMES = [
    "It was {0} 540 and $ 5 {0} last year, 14 {0} of 3.",
    "It rose 4 {0}, from $ 5{0} to 7.5 {0} a {0}.\n",
    "Over {0} 2{0} by {0} 9.",
]


def check(made: Iterable[str]) -> None:
    """What the rules of amounts and dates find lies in the text."""
    for number, phrase in enumerate(made):
        text = FRAMES[number % len(FRAMES)].format(phrase)
        places = [(number.start, number.end) for number in numbers.find(text)]
        places += [(amount.start, amount.end) for amount in (*amounts(text), *quantities(text))]
        places += [(date.start, date.end) for date in find(text)]
        assert all(0 <= start < end <= len(text) for start, end in places)


def test_the_phrases_are_those_of_the_lexicons() -> None:
    assert {"square km", "HK $", "quadrillion", "up to"} <= {*phrases()}


@pytest.mark.parametrize("shift", range(2))
def test_every_phrase_is_found_with_any_spaces(shift: int) -> None:
    several = [phrase for phrase in phrases() if len(phrase.split()) > 1]
    check(SPACES[(n + shift * 3) % len(SPACES)].join(phrase.split()) for n, phrase in enumerate(several))


def test_every_phrase_is_found_with_letters_of_other_alphabets() -> None:
    check(phrase.translate(LETTERS[n % len(LETTERS)]) for n, phrase in enumerate(phrases()))


# What a campaign of mutations found.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sold 14 bbl\ndry.", [("14 bbl\ndry", 14, "barrel")]),
        ("It cost HK\n$540.", [("HK\n$540", 540, "HKD")]),
        ("It cost HK  $ 2024 then.", [("HK  $ 2024", 2024, "HKD")]),
        ("It covers 3 sq\nkm.", [("3 sq\nkm", 3, "square kilometre")]),
        ("It was 30 deg\u2028C.", [("30 deg\u2028C.", 30, "degree Celsius")]),
        ("It rose by a thırd, the SIXTY-FIRſT time.", []),
        ("It rose 3\x1d1/4 percent.", [("3\x1d1/4 percent", Decimal("3.25"), "percent")]),
        ("It paid ſix million dollars.", [("ſix million dollars", 6_000_000, "USD")]),
        # amounts beyond sense
        ("It paid $781755387 quadrillion quadrillion.", []),
        ("It paid $5 trillion trillion.", []),
        ("It made 781755387 quadrillion quadrillion k zillion trillion tonnes.", []),
        ("There are 3 million million tonnes.", [("3 million million tonnes", 3 * 10**12, "tonne")]),
        ("It is 4 × 10^40 tonnes, or 4 x 10^-3 tonnes.", [("4 x 10^-3 tonnes", Decimal("0.004"), "tonne")]),
        ("It sold two trillion trillion tonnes.", []),
        ("The 5 lakh crore rupees rose.", [("5 lakh crore rupees", 5 * 10**12, "INR")]),
    ],
)
def test_amounts(nlp: Language, text: str, expected: list[tuple[str, Decimal, str]]) -> None:
    facts = extract.facts(nlp, text)
    found = [(fact.text, fact.amount, fact.currency) for fact in facts if isinstance(fact, Money)]
    found += [(fact.text, fact.amount, fact.unit) for fact in facts if isinstance(fact, Quantity)]
    assert found == expected


def test_a_change_from_next_to_nothing_has_no_percent(nlp: Language) -> None:
    text = "Output rose from 0.000001 tonnes to 99000000000000000000000 tonnes."
    (claim,) = (fact for fact in extract.facts(nlp, text) if isinstance(fact, Growth))
    assert (claim.from_value, claim.percent_change) == (Decimal("0.000001"), None)


def test_an_error_in_a_component_names_it_the_article_and_the_cause(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise KeyError("bbl\ndry")

    monkeypatch.setattr("extract.rules.money.amounts", broken)
    message = r"^a.txt: extract_money failed \(KeyError: 'bbl\\ndry'\); report it with the article as a bug$"
    with pytest.raises(ArticleError, match=message):
        extract.facts(nlp, Article(id="a.txt", text="It cost $5."))
    with pytest.raises(ComponentError, match=r"extract_money failed \(KeyError"):
        nlp("It cost $5.")
    assert pipeline.COMPONENTS
