from __future__ import annotations

import pytest
import spacy

from extract.articles import Article
from extract.records import QUOTED, Source
from extract.rules.spans import sources, span_at


def source(text: str, start: int, sentence: tuple[int, int]) -> Source:
    return Source.of(text, (start, start + 2), sentence, doc_id="a", rule="test")


def test_a_source_quotes_its_span_and_sentence() -> None:
    made = source("One. It cost $5 then. Two.", 13, (5, 21))
    assert (made.text, made.sentence) == ("$5", "It cost $5 then.")
    assert (made.start, made.end, made.sentence_start, made.sentence_end) == (13, 15, 5, 21)


@pytest.mark.parametrize("start", [0, 500, 2 * QUOTED, 4 * QUOTED - 2])
def test_of_a_long_sentence_what_is_around_the_span_is_quoted(start: int) -> None:
    text = "x" * start + "$5" + "x" * (4 * QUOTED - 2 - start)
    made = source(text, start, (0, len(text)))
    assert len(made.sentence) == QUOTED
    assert made.sentence.count("$5") == 1
    assert (made.sentence_start, made.sentence_end) == (0, len(text))


def test_a_sentence_ends_with_its_last_word() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_sentences")
    text = "\n\nIt cost $5.\n\nMore."
    doc = nlp(text)
    made = sources(doc, Article(id="a", text=text))(span_at(doc, 10, 12, label="MONEY", rule="test"))
    assert (made.text, made.sentence) == ("$5", "It cost $5.")
