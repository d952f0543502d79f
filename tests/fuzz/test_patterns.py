"""Repeated pieces cost time in proportion to their number."""

from __future__ import annotations

import pickle
from time import process_time

import pytest
from spacy.language import Language

import extract
from tests.fuzz.patterns import PATTERNS, exponent, repeated

_SQUARED = 1.6  # well below 2, and above what a busy machine makes of 1


@pytest.mark.parametrize("piece", PATTERNS.values(), ids=PATTERNS)
def test_the_tokeniser_takes_proportional_time(nlp: Language, piece: str) -> None:
    begun = process_time()
    assert nlp.tokenizer(repeated(piece, 20_000)).text == repeated(piece, 20_000)
    assert process_time() - begun < 5
    assert min(exponent(nlp.tokenizer, piece, shorter=4000, longer=32_000) for _ in range(2)) < _SQUARED


@pytest.mark.parametrize("name", ["dollar signs", "brackets", "surnames", "claims"])
def test_the_pipeline_takes_proportional_time(nlp: Language, name: str) -> None:
    def process(text: str) -> None:
        extract.facts(nlp, text)

    process("It cost $5.")
    assert exponent(process, PATTERNS[name], shorter=1000, longer=8000) < _SQUARED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a " + "$" * 150 + " b", ["a", *"$" * 150, "b"]),
        ("x  " + "(" * 101 + "\n\ny", ["x", " ", *"(" * 101, "\n\n", "y"]),
        (
            f"see https://example.org/{'a-' * 80}b, it said",
            ["see", f"https://example.org/{'a-' * 80}b", ",", "it", "said"],
        ),
        ("don't " + "é" * 110, ["do", "n't", "é" * 40, "é" * 40, "é" * 30]),
    ],
)
def test_long_words_are_cut_and_no_offset_moves(nlp: Language, text: str, words: list[str]) -> None:
    doc = nlp.tokenizer(text)
    assert doc.text == text
    assert [token.text for token in doc][: len(words)] == words
    assert [doc.text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


def test_what_a_tokeniser_knows_of_words_is_kept(nlp: Language) -> None:
    plain, cut = nlp.tokenizer("It didn't rise"), nlp.tokenizer("It didn't rise " + "(" * 200)
    assert [token.norm_ for token in cut][: len(plain)] == [token.norm_ for token in plain]


def test_the_tokeniser_goes_to_other_processes(nlp: Language) -> None:
    text = "It cost " + "$" * 300
    assert [t.text for t in pickle.loads(pickle.dumps(nlp.tokenizer))(text)] == [
        t.text for t in nlp.tokenizer(text)
    ]
