"""Fixtures that all tests share."""

from __future__ import annotations

import pytest
from spacy.language import Language

import extract


@pytest.fixture(scope="session")
def nlp() -> Language:
    return extract.load()
