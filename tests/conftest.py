"""Fixtures that all tests share."""

from __future__ import annotations

import pytest
from spacy.language import Language

import extract
from extract.writers import Found
from tests.test_gold import corpus


@pytest.fixture(scope="session")
def nlp() -> Language:
    return extract.load()


@pytest.fixture(scope="session")
def found(nlp: Language) -> list[Found]:
    """The articles of the corpus with their facts."""
    return [(article, extract.facts(nlp, article)) for article in corpus()]
