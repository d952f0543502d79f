"""Which sentences are parsed: those that may hold a claim."""

from __future__ import annotations

import pytest

from extract.pipeline import default_pipeline
from extract.rules.syntax import is_parsed


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sales rose 5% to $3 million.", True),
        # without its part of speech, `increase` is a verb
        ("The union rejected a 50 percent salary increase.", True),
        ("He raised his earnings estimates for 2024 to $7.25 a share.", True),
        ("Sales rose.", False),
        ("The shop sold 300 bicycles for $200 each.", False),
        ("The 300 people who rose to speak had paid $5.", False),
    ],
)
def test_sentences_that_may_hold_a_claim_are_parsed(sentence: str, expected: bool) -> None:
    doc = default_pipeline()(sentence)
    assert is_parsed(doc[0]) is expected
