"""The concepts that claims measure: the lexicon's own examples, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from extract import lexicons
from extract.errors import LexiconError
from extract.lexicons.metrics import Concept, compiled, metrics
from extract.lexicons.phrases import phrases
from extract.rules.growth.concepts import resolve
from extract.rules.growth.evidence import Evidence

CONCEPTS = list(metrics().concepts.values())
ENTRY = {
    "label": "Cheese",
    "sort": "count",
    "names": ["cheese(s)"],
    "examples": ["cheese"],
    "counterexamples": ["cheese board"],
}
WORDS = {"prepositions": "of", "empty": "the"}


def tables(**metrics: Any) -> dict[str, Any]:
    return {"words": WORDS, "none": {"names": []}, "metrics": metrics}


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.metric_id)
def test_examples_are_of_the_concept_and_counterexamples_are_not(concept: Concept) -> None:
    stated = Evidence(concept.sort, None)
    assert concept.examples and concept.counterexamples
    found = {example: resolve(example, stated)[0] for example in concept.examples}
    assert found == dict.fromkeys(concept.examples, concept.metric_id)
    for phrase in concept.counterexamples:
        assert resolve(phrase, Evidence(None, None))[0] != concept.metric_id, phrase


def test_phrases_that_name_nothing() -> None:
    for phrase in lexicons.load("metrics")["none"]["examples"]:
        assert resolve(phrase, Evidence(None, None)) == (None, None), phrase


@pytest.mark.parametrize("group", ["of_countries", "of_companies"])
def test_concepts_of_countries_and_companies_exist(group: str) -> None:
    assert metrics().words[group] <= set(metrics().concepts)


def test_codes_are_unique_in_their_list() -> None:
    for code in ("world_bank", "imf_weo", "imf_ifs", "xbrl"):
        listed = [concept.codes[code] for concept in CONCEPTS if code in concept.codes]
        assert listed and len(listed) == len(set(listed))


def test_variants_of_a_phrase() -> None:
    found = {" ".join(words) for words, _ in phrases("(crude|Brent [oil]) price(s)", "x")}
    things = ("crude", "brent", "brent oil")
    assert found == {f"{thing} {noun}" for thing in things for noun in ("price", "prices")}
    assert phrases("{iron ore|tin} price", "x")[0].narrows == (True, True, False)


@pytest.mark.parametrize("written", ["(oil|gas price", "oil) price", "[oil]", "", "oil {price"])
def test_a_phrase_with_wrong_brackets_is_refused(written: str) -> None:
    with pytest.raises(LexiconError, match=r"cheese: brackets .* write \(a\|b\)"):
        phrases(written, "cheese")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"colour": "blue"}, "cheese: unknown key 'colour'; the keys are alone, also, "),
        ({"sort": "weight"}, "cheese: 'weight' is no sort; use one of money, rate, count"),
        ({"also": ["weight"]}, "cheese: 'weight' is no sort; use one of"),
        ({"instead": {"weight": "cheese"}}, "cheese: 'weight' is no sort; use one of"),
        ({"instead": {"money": "milk"}}, "the concept 'milk', which is not in the file; add it"),
        ({"names": ["(cheese"]}, "cheese: brackets in '(cheese' do not match"),
    ],
)
def test_what_the_lexicon_refuses(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(LexiconError) as refused:
        compiled(tables(cheese=ENTRY | changed))
    assert message in str(refused.value)


def test_a_phrase_of_two_concepts_is_refused() -> None:
    with pytest.raises(
        LexiconError, match="'cheese' names both 'cheese' and 'curd'; take it from one of them"
    ):
        compiled(tables(cheese=ENTRY, curd=ENTRY))
    with pytest.raises(LexiconError, match="'cheeses' names both 'none' and 'cheese'; take it from"):
        compiled(tables(cheese=ENTRY) | {"none": {"names": ["cheeses"]}})


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(LexiconError, match="cheese has no 'examples'; add it"):
        compiled(tables(cheese={key: value for key, value in ENTRY.items() if key != "examples"}))


def test_a_name_within_its_own_concept_may_be_listed_twice() -> None:
    assert (
        compiled(tables(cheese=ENTRY | {"names": ["cheese", "cheese"]})).names["cheese"].metric_id == "cheese"
    )
