"""The parser: what it writes, what it leaves alone, and that it makes trees."""

from __future__ import annotations

from importlib.resources import as_file

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.rules import syntax, tokens
from extract.rules.syntax import (
    attached_to,
    chance,
    is_parsed,
    noun_phrase,
    object_of,
    parse,
    sentences,
    subject_of,
)
from extract.rules.syntax.spanning import tree
from extract.rules.syntax.tree import UNPARSED
from extract.rules.syntax.words import features

TEXT = (
    "Rain stopped play.\n\nNet income rose 5% to $3 million, the company said. Nobody clapped. "
    "Its staff has doubled since May.\n"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en", config=dict(tokens.CONFIG))
    made.add_pipe("extract_sentences")
    return made


def parsed(nlp: Language, text: str) -> Doc:
    """All sentences parsed."""
    doc = nlp(text)
    return parse(doc, sentences(doc))


def partly(nlp: Language) -> Doc:
    """The second and fourth sentence of `TEXT` parsed."""
    doc = nlp(TEXT)
    return parse(doc, sentences(doc)[1::2])


def test_only_the_sentences_given_are_parsed(nlp: Language) -> None:
    doc = partly(nlp)
    assert [s.root.text for s in doc.sents if is_parsed(s[0])] == ["said", "doubled"]
    assert [any(is_parsed(t) for t in s) for s in doc.sents] == [False, True, False, True]
    assert all(t.dep and t.tag for s in doc.sents if is_parsed(s[0]) for t in s)
    assert [t.dep_ for s in doc.sents if not is_parsed(s[0]) for t in s if t.dep] == [UNPARSED] * 2


def test_borders_stay(nlp: Language) -> None:
    plain, doc = nlp(TEXT), partly(nlp)
    assert [t.is_sent_start for t in doc] == [t.is_sent_start for t in plain]
    assert [s.text for s in doc.sents] == [s.text for s in plain.sents]


def test_a_tree_by_another_component_stays() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Sales", "doubled"],
        heads=[0, 0],
        deps=["ROOT", "dep"],
        tags=["A", "B"],
    )
    parse(doc, [(0, 2)])
    assert [(t.head.i, t.dep_, t.tag_) for t in doc] == [(0, "ROOT", "A"), (0, "dep", "B")]


def test_the_tree_survives_serialisation(nlp: Language) -> None:
    doc = partly(nlp)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(t.head.i, t.dep_, t.tag_) for t in again] == [(t.head.i, t.dep_, t.tag_) for t in doc]
    assert [t.is_sent_start for t in again] == [t.is_sent_start for t in doc]
    assert [chance(t) for t in again] == [chance(t) for t in doc]


def test_more_sentences_can_be_parsed_later(nlp: Language) -> None:
    doc = partly(nlp)
    parse(doc, sentences(doc))
    assert all(is_parsed(t) for t in doc)
    assert [(t.head.i, t.dep_, t.tag_) for t in doc] == [
        (t.head.i, t.dep_, t.tag_) for t in parsed(nlp, TEXT)
    ]


def test_each_parsed_sentence_is_one_tree(nlp: Language) -> None:
    for text in (TEXT, "5%", "\n\n", "", "(5%) 5% - 5%!", "Profit 5%\n \nLoss 3%", " ".join(["5%"] * 90)):
        doc = parsed(nlp, text)
        for start, end in sentences(doc):
            of_sentence = doc[start:end]
            if of_sentence.text.isspace():
                assert not any(is_parsed(t) for t in of_sentence)
                continue
            assert [t for t in of_sentence if t.head.i == t.i] == [of_sentence.root]
            assert of_sentence.root.dep_ == "ROOT"
            assert all(of_sentence.root in t.ancestors for t in of_sentence if t != of_sentence.root)


def test_the_parser_says_how_sure_it_is(nlp: Language) -> None:
    doc = nlp("He slept. The price fell 5% on news from the plant of the firm in Peru that closed in May.")
    parse(doc, sentences(doc)[1:])
    sure = {t.text: chance(t) for t in doc}
    assert sure["slept"] == 0.0
    assert all(0 < chance(t) <= 1 for t in doc[3:])
    assert sure["price"] > 0.9 > min(sure.values())


def test_a_sentence_that_is_too_long_is_left(nlp: Language) -> None:
    doc = parsed(nlp, "5% " * (syntax.LONGEST // 2 + 5) + ". Sales rose 5%.")
    assert [is_parsed(s[0]) for s in doc.sents] == [False, True]


def test_a_sentence_is_parsed_the_same_among_others(nlp: Language) -> None:
    alone = parsed(nlp, "Its staff has doubled since May.")
    with_others = parsed(nlp, TEXT)
    last = [t for t in with_others if not t.is_space][-len(alone) :]
    assert [(t.dep_, t.tag_, t.head.text) for t in last] == [(t.dep_, t.tag_, t.head.text) for t in alone]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The price of crude oil fell 5% on Friday.", "fell", "price of crude oil"),
        ("Exports to Japan, which rose 3% in May, fell 5% in June.", "fell", "Exports to Japan"),
        ("Analysts expect net income to rise 5% this year.", "rise", "net income"),
        ("The central bank said its key rate was raised by 25 basis points.", "raised", "key rate"),
    ],
)
def test_subjects_of_real_sentences(nlp: Language, text: str, verb: str, subject: str) -> None:
    doc = parsed(nlp, text)
    found = subject_of(next(t for t in doc if t.text == verb))
    assert found is not None
    start, end = noun_phrase(found)
    assert doc[start:end].text.removeprefix("its ") == subject


def test_objects_and_attachment_of_real_sentences(nlp: Language) -> None:
    doc = parsed(nlp, "The company cut its forecast for the year by 5%, the bank said.")
    words = {t.text: t for t in doc}
    assert object_of(words["cut"]) == words["forecast"]
    assert attached_to(words["%"]) == words["cut"]


def test_any_scores_give_one_tree() -> None:
    rng = numpy.random.default_rng(1)
    for length in (1, 2, 3, 5, 12, 30):
        for _ in range(60):
            heads = tree(rng.normal(size=(length, length)).astype("float32")).tolist()
            roots = [i for i, head in enumerate(heads) if head == i]
            assert len(roots) == 1
            for word in range(length):
                for _ in range(length):
                    word = heads[word]
                assert word == roots[0]


def test_the_best_heads_are_taken_where_they_are_a_tree() -> None:
    scores = numpy.array([[0, 5, 1], [0, 5, 1], [1, 5, 0]], dtype="float32")
    assert tree(scores).tolist() == [1, 1, 1]


def test_a_cycle_is_broken_at_the_least_loss() -> None:
    scores = numpy.array([[0, 9, 1], [8, 0, 7], [0, 0, 5]], dtype="float32")  # 0 and 1 head each other
    assert tree(scores).tolist() == [1, 2, 2]


def test_the_shipped_parser_is_small() -> None:
    with as_file(syntax.SHIPPED) as path:
        assert path.stat().st_size <= 8 * 2**20


def test_numbers_of_one_form_are_one_word() -> None:
    assert features("5.25") == features("17.9") != features("525")
    assert features("profit’s") == features("profit's")
