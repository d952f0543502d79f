"""What an amount is: the examples and counterexamples of the lexicon."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from spacy.language import Language

from extract import lexicons
from extract.pipeline import facts
from extract.records import Money, MoneyRole
from extract.rules.money.role_patterns import FILE
from extract.rules.money.roles import told as told_by

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
