"""Parts that a text says add up to a total: which sums are found, and whether they come out."""

from __future__ import annotations

import pytest
from spacy.language import Language

import extract
from extract import Article
from extract.records import Money, Quantity


def sums(nlp: Language, text: str) -> list[tuple[str, str, list[str]]]:
    """Each amount that is checked, with the result and the words of its parts."""
    facts = extract.facts(nlp, Article(id="a", text=text))
    words = {fact.fact_id: fact.text for fact in facts}
    return [
        (fact.text, fact.check, [words[part] for part in (fact.parts or "").split()])
        for fact in facts
        if isinstance(fact, Money | Quantity) and fact.check
    ]


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        (
            "The grant is worth $5 million: $3 million from the state and $2 million from the city.",
            "$5 million",
            ["$3 million", "$2 million"],
        ),
        (
            "The city spent $8 million — $5 million on roads, $3 million on schools — last year.",
            "$8 million",
            ["$5 million", "$3 million"],
        ),
        (
            "Of the $10.5 million, $6.2 million came from taxes and the remaining $4.3 million from fees.",
            "$10.5 million",
            ["$6.2 million", "$4.3 million"],
        ),
        (
            "It raised $3 million in cash and $2 million in shares, for a total of $5 million.",
            "$5 million",
            ["$3 million", "$2 million"],
        ),
        (
            "It has 71.3 million euros for roads and 28.8 million euros for rail, or 100 million euros.",
            "100 million euros",  # rounded
            ["71.3 million euros", "28.8 million euros"],
        ),
        (
            "The 45 tonnes, of which 30 tonnes were wheat and 15 tonnes barley, arrived.",
            "45 tonnes",
            ["30 tonnes", "15 tonnes"],
        ),
        (
            "Turnover came to $375.2 million. Exports grew to $303.6 million. Imports were $71.6 million.",
            "$375.2 million",  # so many digits agree by no chance
            ["$303.6 million", "$71.6 million"],
        ),
    ],
)
def test_a_sum_that_comes_out(nlp: Language, text: str, whole: str, parts: list[str]) -> None:
    assert sums(nlp, text) == [(whole, "consistent", parts)]


@pytest.mark.parametrize(
    "text",
    [
        "It will cost $7,500, split between $5,000 for the car and $2,400 for repairs.",
        "Of the $10.5 million, $6.2 million came from taxes and the remaining $5.3 million from fees.",
        "It raised $3.1 million in cash and $2.1 million in shares, for a total of $6.4 million.",
        "The fund is made up of $900 million in bonds, $55 million in gold and $5 million, "
        "so that $45 million, comprising $30 million in A and $12 million in B, is free.",
    ],
)
def test_a_sum_that_does_not(nlp: Language, text: str) -> None:
    ((_, check, parts),) = sums(nlp, text)
    assert (check, len(parts)) == ("inconsistent", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Profit was $5 million, compared with $3 million a year earlier and $2 million in 2020.",
        "It paid $3 million, $4 million and $5 million.",
        "The grant of $5 million is made up of $3 million and $1 million.",  # 3.4 and 1.4 are 4.8
        "Sales were $5 million, including $3 million from A and $1 million from B.",
        "It fell to $5 million from $3 million and $2 million.",
        "It costs $5 million: €3 million in A and €2 million in B.",
        "It costs $5 a share: $3 a share in A and $2 a share in B.",
        "It sold $500 million in A. In B it sold $300 million and in C $200 million.",  # one digit each
        "The index fell 375.2 points to 303.6 points and rose 71.6 points.",
        "Some 60 percent agree: 40 percent fully and 25 percent in part.",
    ],
)
def test_no_sum(nlp: Language, text: str) -> None:
    assert sums(nlp, text) == []


def test_parts_are_told_by_their_places_in_the_article(nlp: Language) -> None:
    text = "The grant is $5\u00a0mil\u00adlion: $3 mil\u00adlion from X and $2 mil\u00adlion from Y."
    ((whole, check, parts),) = sums(nlp, text)
    assert (whole, check) == ("$5\u00a0mil\u00adlion", "consistent")
    assert parts == ["$3 mil\u00adlion", "$2 mil\u00adlion"]
