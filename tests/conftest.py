"""Fixtures that all tests share."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads of the tests' processes would wait for one another

import extract
from extract.writers import Found
from tests.test_gold import corpus

# A busy machine is no fault of the code: tests of their own hold what must be fast.
settings.register_profile("extract", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("extract")


@pytest.fixture(scope="session")
def nlp() -> Language:
    return extract.load()


@pytest.fixture(scope="session")
def found(nlp: Language) -> list[Found]:
    """The articles of the corpus with their facts."""
    return [(article, extract.facts(nlp, article)) for article in corpus()]
