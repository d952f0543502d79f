"""A pipeline with a user's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

import extract

RULES = Path(__file__).with_name("rules.toml")


@pytest.fixture(scope="session")
def mine() -> Language:
    return extract.load(rules=[RULES])
