"""The tokeniser keeps the words of the first texts, within limits, and finds the same tokens with them."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from extract.rules import tokens
from extract.rules.tokens import CONFIG, freed

TEXT = "The bank's HK$5.4m loan, it didn't say—see https://example.org/a—rose (5%)."


def test_it_learns_so_many_words_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_MOST_WORDS", 3)
    nlp = spacy.blank("en", config=dict(CONFIG))
    tokenizer: Any = nlp.tokenizer
    tokenizer.learn("one U.S. one one two three")
    tokenizer.learn("unseen")
    assert "two" in nlp.vocab.strings
    assert "three" not in nlp.vocab.strings
    assert "unseen" not in nlp.vocab.strings


def test_words_behind_one_with_a_rule_of_its_own_are_kept() -> None:
    nlp = spacy.blank("en", config=dict(CONFIG))
    tokenizer: Any = nlp.tokenizer
    find, looked_at = tokenizer.infix_finditer, list[str]()

    def finding(word: str) -> Any:
        looked_at.append(word)
        return find(word)

    tokenizer.infix_finditer = finding
    nlp("The U.S. well-known loan")
    assert "well-known" in looked_at
    looked_at.clear()
    nlp("The U.S. well-known loan")
    assert not looked_at


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


def test_what_is_freed_leaves_no_growing_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_MOST_LEXEMES", 3000)
    nlp = spacy.blank("en", config=dict(CONFIG))
    vocab: Any = nlp.vocab
    kept, getters = nlp(TEXT), vocab.lex_attr_getters
    words = [token.norm_ for token in kept]
    for batch in range(10):
        text = " ".join(f"Word{n}" for n in range(1000 * batch, 1000 * batch + 1000))
        with freed(nlp, []):
            assert len(nlp(text)) == 1000
    assert len(nlp.vocab) < 5000
    assert [token.norm_ for token in kept] == [token.norm_ for token in nlp(TEXT)] == words
    assert vocab.lex_attr_getters == getters
