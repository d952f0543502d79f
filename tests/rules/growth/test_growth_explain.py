"""Explanations of growth: the claims traced are those found, and each refusal names its reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language

from extract import lexicons
from extract.pipeline import processed
from extract.rules.growth import patterns
from extract.rules.growth.claims import claims
from extract.rules.growth.kinds import compiled
from extract.rules.growth.literals import Literals
from extract.rules.growth.near import nearest, pieces, stopped
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.growth.trace import trace
from extract.rules.steps import Step
from tests.test_gold import corpus

DATA = lexicons.load(patterns.FILE)


def sentences(nlp: Language, text: str) -> Iterator[Sentence]:
    return Symbols(nlp(text)).sentences()


def refused(nlp: Language, text: str) -> dict[str, str]:
    return {step.about: step.why for sentence in sentences(nlp, text) for step in trace(sentence).nothing}


def steps(nlp: Language, text: str) -> list[Step]:
    (sentence,) = sentences(nlp, text)
    seen = trace(sentence)
    return [step for claim in seen.claims for step in seen.steps[id(claim)]]


def test_the_claims_traced_are_the_claims_found(nlp: Language) -> None:
    for article in corpus():
        for sentence in Symbols(processed(nlp, article)[1]).sentences():
            seen = trace(sentence)
            assert seen.claims == claims(sentence)
            assert all(seen.steps[id(claim)][0].value == claim.rule for claim in seen.claims)


def test_the_words_that_filled_a_pattern(nlp: Language) -> None:
    found = {step.about: (step.value, step.why) for step in steps(nlp, "Sales rose sharply by 5% in Italy.")}
    assert found["pattern"] == ("growth.verb_size", "matches `rose sharply by 5%`")
    assert found["pattern cue"] == ("rose", "{change_verb}")
    assert found["pattern size"] == ("5%", "{percent}")


def test_a_pass_tells_what_it_changed(nlp: Language) -> None:
    passes = [
        step for step in steps(nlp, "Sales rose 5% in May from a year earlier.") if step.about == "pass"
    ]
    assert [step.value for step in passes] == ["period `May`; baseline `a year earlier`"]
    assert passes[0].why.startswith("`set_times`")


def test_a_claim_that_a_pass_makes_or_drops(nlp: Language) -> None:
    (made,) = (
        step for step in steps(nlp, "Cases rose by the week: Callao (+1,770).") if step.about == "pattern"
    )
    assert made.why.startswith("made by the pass `signed`")
    assert "`merge`" in refused(nlp, "Sales rose to $3 million, a 5% increase.")["growth.verb_level"]


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        ("They raised $3 million for the school.", "growth.verb_size", "condition `is_change`"),
        ("Firms will put fares up by 6% in March.", "growth.up_size", "`6%` serves growth.object_up already"),
    ],
)
def test_a_refusal_names_its_reason(nlp: Language, text: str, rule: str, why: str) -> None:
    assert why in refused(nlp, text).get(rule, "")


def test_where_the_nearest_pattern_stops(nlp: Language) -> None:
    (sentence,) = sentences(nlp, "Sales jumped in rather odd ways, 5% of all.")
    (near, *_) = [near for near in nearest(sentence, most=50) if near.rule == "growth.verb_size"]
    assert sentence.span(near.first, near.last).text == "jumped"
    assert stopped(sentence, near) == "stops before `in` (preposition): expects `size:{size}`"


def test_no_pattern_is_near_without_its_cue(nlp: Language) -> None:
    (sentence,) = sentences(nlp, "The fee for days off was $5.")
    assert nearest(sentence) == []


@pytest.mark.parametrize("name", [name for name, entry in DATA["patterns"].items() if "match" in entry])
def test_the_pieces_of_a_pattern_are_the_pattern(name: str) -> None:
    match = DATA["patterns"][name]["match"]
    found, parts, words = pieces(match), DATA["parts"], Literals.of(match)
    assert "|" not in found
    for piece in found:
        compiled(piece, parts, literals=words)
    joined = compiled(" ".join(found), parts, literals=words)
    assert joined.pattern == compiled(match, parts, literals=words).pattern
