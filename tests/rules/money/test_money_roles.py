"""What an amount is: the examples and counterexamples of the lexicon."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from spacy.language import Language

from extract import lexicons
from extract.errors import LexiconError
from extract.pipeline import facts
from extract.records import Money, MoneyRole
from extract.rules.money import role_patterns
from extract.rules.money.role_patterns import FILE
from extract.rules.money.roles import stated_role as told_by
from extract.rules.money.roles_of_claims import role_of_metric

LEXICON = lexicons.load(FILE)
PATTERNS = LEXICON["patterns"]
EXAMPLES = [(name, told) for name, entry in PATTERNS.items() for told in entry["examples"]]
COUNTEREXAMPLES = [text for entry in PATTERNS.values() for text in entry["counterexamples"]]


def money(nlp: Language, text: str) -> list[Money]:
    return [fact for fact in facts(nlp, text) if isinstance(fact, Money)]


@pytest.mark.parametrize(("name", "told"), EXAMPLES)
def test_an_example_has_the_role_that_it_says(nlp: Language, name: str, told: str) -> None:
    marked, _, role = told.partition(" -> ")
    text = re.sub(r"[\[\]]", "", marked)
    assert [(fact.text, fact.role) for fact in money(nlp, text)] == [
        (amount, role) for amount in re.findall(r"\[(.*?)\]", marked)
    ]
    (fact,) = money(nlp, text)
    assert told_by(text, fact) == (role, name)


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_a_counterexample_has_none(nlp: Language, text: str) -> None:
    found = money(nlp, text)
    assert found
    assert [fact.role for fact in found] == [None] * len(found)


def test_the_roles_are_those_of_the_record() -> None:
    assert tuple(LEXICON["roles"]) == get_args(MoneyRole)
    assert all(entry["meaning"] and entry["nouns"] for entry in LEXICON["roles"].values())


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"role": "fien"}, "pattern 'x': unknown role 'fien'; there are price, revenue"),
        ({"befor": "{verbs}"}, "pattern 'x': unknown key 'befor'; there are after, before"),
        ({"before": "{verb} of"}, "pattern 'x': there are no parts or words 'verb'"),
        ({"before": "<nouns> of"}, "pattern 'x': there are no parts or words 'nouns'"),
    ],
)
def test_a_bad_pattern_is_refused_with_the_remedy(entry: dict[str, str], told: str) -> None:
    with pytest.raises(LexiconError, match=re.escape(told)):
        role_patterns.pattern_of("x", entry)


def test_a_noun_that_names_two_roles_is_refused() -> None:
    with pytest.raises(LexiconError, match="'loan' names debt and loan; keep it in one of them"):
        role_patterns.roles_by_noun({"debt": {"nouns": ["loan"]}, "loan": {"nouns": ["loan"]}})


def test_a_metric_with_many_spaces_takes_linear_time() -> None:
    assert role_of_metric("value" + " " * 100_000 + "of exports") == "trade"
