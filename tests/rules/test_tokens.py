"""The tokeniser keeps the words of the first texts, within limits, and finds the same tokens with them."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from extract.rules import tokens
from extract.rules.tokens import CONFIG, freed

TEXT = "The bank's HK$5.4m loan, it didn't say—see https://example.org/a—rose (5%)."


def test_it_learns_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_LEARNT", 100)
    nlp = spacy.blank("en", config=dict(CONFIG))
    tokenizer: Any = nlp.tokenizer
    for _ in range(3):
        tokenizer.learn("word " * 10)
    assert tokenizer.learnt == 100
    tokenizer.learn("unseen")
    assert "unseen" not in nlp.vocab.strings


def test_what_is_first_seen_in_a_batch_is_freed_but_what_it_learnt_is_kept() -> None:
    nlp = spacy.blank("en", config=dict(CONFIG))
    with freed(nlp, [TEXT]):
        first = [(t.text, t.norm_, t.whitespace_) for t in nlp(TEXT + " Unheard-of.")]
    assert "loan" in nlp.vocab.strings
    assert "Unheard" not in nlp.vocab.strings
    assert [(t.text, t.norm_, t.whitespace_) for t in nlp(TEXT + " Unheard-of.")] == first


def test_another_tokeniser_learns_nothing() -> None:
    nlp = spacy.blank("en")
    with freed(nlp, [TEXT]):
        assert nlp(TEXT).text == TEXT
    assert "loan" not in nlp.vocab.strings
