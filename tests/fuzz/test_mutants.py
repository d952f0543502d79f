"""No mutant of an article breaks a component, moves an offset, or gives a value outside the schema."""

from __future__ import annotations

from hypothesis import given, settings
from spacy.language import Language

from tests.fuzz.check import check
from tests.fuzz.mutations import mutants
from tests.fuzz.seeds import SEEDS


def test_what_broke_once(nlp: Language) -> None:
    for seed in SEEDS:
        check(nlp, seed)


@settings(max_examples=60, derandomize=True)
@given(text=mutants)
def test_mutants(nlp: Language, text: str) -> None:
    check(nlp, text)
