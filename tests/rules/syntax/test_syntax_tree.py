"""The questions about parsed tokens, over trees written by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Token

from extract.rules.syntax import (
    attached_to,
    chain_up,
    complement_of,
    governing_verb,
    is_parsed,
    noun_phrase,
    object_of,
    possessor_of,
    subject_of,
)

VOCAB = spacy.blank("en").vocab


def doc(*rows: str) -> Doc:
    """A parsed document from rows `word tag label head`; the head is a row's number, from 0."""
    words, tags, labels, heads = zip(*(row.split() for row in rows), strict=True)
    return Doc(
        VOCAB, words=list(words), tags=list(tags), deps=list(labels), heads=[int(head) for head in heads]
    )


def text(token: Token | None) -> str | None:
    return None if token is None else token.text


EXPORTS = doc(  # Exports to Japan , which fell in May , rose 5 % and may fall
    "Exports NNS nsubj 8", "to IN prep 0", "Japan NNP pobj 1", ", , punct 0", "which WDT nsubj 5",
    "fell VBD relcl 0", "in IN prep 5", "May NNP pobj 6", "rose VBD ROOT 8", "5 CD nummod 10",
    "% NN npadvmod 8", "and CC cc 8", "may MD aux 13", "fall VB conj 8",
)  # fmt: skip
PLAN = doc(  # If oil rises , the bank said it does not plan to cut rates and buy bonds
    "If IN mark 2", "oil NN nsubj 2", "rises VBZ advcl 9", ", , punct 9", "the DT det 5", "bank NN nsubj 6",
    "said VBD ROOT 6", "it PRP nsubj 10", "does VBZ aux 10", "not RB neg 10", "plan VB ccomp 6",
    "to TO aux 12", "cut VB xcomp 10", "rates NNS dobj 12", "and CC cc 12",
    "buy VB conj 12", "bonds NNS dobj 15",
)  # fmt: skip
PASSIVE = doc(  # The dividend that it pays was cut by 5 % after falling
    "The DT det 1", "dividend NN nsubjpass 6", "that WDT dobj 4", "it PRP nsubj 4", "pays VBZ relcl 1",
    "was VBD auxpass 6", "cut VBN ROOT 6", "by IN prep 6", "5 CD nummod 9", "% NN pobj 7", "after IN prep 6",
    "falling VBG pcomp 10",
)  # fmt: skip
WERE = doc(  # Shipments were down 13 percent from a year earlier , with sales rising
    "Shipments NNS nsubj 1", "were VBD ROOT 1", "down RB advmod 1", "13 CD nummod 4",
    "percent NN npadvmod 2", "from IN prep 1", "a DT det 7", "year NN npadvmod 8", "earlier RBR pcomp 5",
    ", , punct 1", "with IN prep 1", "sales NNS pobj 10", "rising VBG acl 11",
)  # fmt: skip
FORCED = doc(  # Losses forced the firm to drop its plan to hire
    "Losses NNS nsubj 1", "forced VBD ROOT 1", "the DT det 3", "firm NN dobj 1", "to TO aux 5",
    "drop VB xcomp 1", "its PRP$ poss 7", "plan NN dobj 5", "to TO aux 9", "hire VB acl 7",
)  # fmt: skip


@pytest.mark.parametrize(
    ("parsed", "verb", "subject"),
    [
        (EXPORTS, 8, "Exports"),
        (EXPORTS, 5, "Exports"),  # the antecedent of `which`
        (EXPORTS, 13, "Exports"),  # shared with `rose`
        (EXPORTS, 12, "Exports"),  # the modal asks for its verb
        (PLAN, 2, "oil"),
        (PLAN, 12, "it"),  # controlled
        (PLAN, 15, "it"),
        (PLAN, 6, "bank"),
        (PASSIVE, 6, "dividend"),
        (PASSIVE, 4, "it"),
        (PASSIVE, 11, "dividend"),
        (WERE, 2, "Shipments"),  # a predicate
        (WERE, 12, "sales"),  # a participle
        (FORCED, 5, "firm"),  # the object controls
        (FORCED, 9, "its"),
    ],
)
def test_subject_of(parsed: Doc, verb: int, subject: str) -> None:
    assert text(subject_of(parsed[verb])) == subject


@pytest.mark.parametrize(
    ("parsed", "verb", "expected"),
    [
        (EXPORTS, 8, None),
        (PLAN, 12, "rates"),
        (PASSIVE, 6, "dividend"),
        (PASSIVE, 4, "dividend"),  # the antecedent of `that`
        (FORCED, 1, "firm"),
    ],
)
def test_object_of(parsed: Doc, verb: int, expected: str | None) -> None:
    assert text(object_of(parsed[verb])) == expected


def test_joined_verbs_share_their_object() -> None:
    parsed = doc(
        "It PRP nsubj 1", "cut VBD ROOT 1", "and CC cc 1", "then RB advmod 4", "raised VBD conj 1",
        "its PRP$ poss 6", "forecast NN dobj 4",
    )  # fmt: skip
    assert text(object_of(parsed[1])) == text(object_of(parsed[4])) == "forecast"


PHRASE = doc(  # The bank 's average price of crude oil in the north , a record , which it sold , fell
    "The DT det 1", "bank NN poss 4", "'s POS case 1", "average JJ amod 4", "price NN nsubj 17",
    "of IN prep 4", "crude JJ amod 7", "oil NN pobj 5", "in IN prep 7", "the DT det 10",
    "north NN pobj 8", ", , punct 4", "a DT det 13", "record NN appos 4", "which WDT dobj 16",
    "it PRP nsubj 16", "sold VBD relcl 4", "fell VBD ROOT 17",
)  # fmt: skip


def test_noun_phrase_has_its_own_modifiers_and_phrases() -> None:
    assert noun_phrase(PHRASE[4]) == (1, 11)
    assert noun_phrase(PHRASE[4], frozenset({"of"})) == (1, 8)
    assert noun_phrase(PHRASE[4], frozenset()) == (1, 5)
    assert noun_phrase(PHRASE[13]) == (13, 14)


def test_noun_phrase_ends_before_a_relative_clause() -> None:
    assert noun_phrase(EXPORTS[0]) == (0, 3)


@pytest.mark.parametrize(
    ("parsed", "token", "expected"),
    [
        (PASSIVE, 8, "cut"),
        (PASSIVE, 9, "cut"),
        (EXPORTS, 2, "Exports"),
        (EXPORTS, 7, "fell"),
        (EXPORTS, 10, "rose"),
        (WERE, 3, "down"),
        (WERE, 7, "earlier"),
        (WERE, 1, None),
    ],
)
def test_attached_to(parsed: Doc, token: int, expected: str | None) -> None:
    assert text(attached_to(parsed[token])) == expected


def test_complement_and_possessor() -> None:
    assert text(complement_of(PHRASE[4], "of")) == "oil"
    assert text(complement_of(PASSIVE[6], "to", "after", "by")) == "falling"
    assert complement_of(PHRASE[4], "in") is None
    assert text(possessor_of(PHRASE[4])) == "bank"
    assert possessor_of(PHRASE[7]) is None


def test_governing_verb() -> None:
    assert text(governing_verb(EXPORTS[7])) == "fell"
    assert text(governing_verb(EXPORTS[5])) == "rose"
    assert governing_verb(EXPORTS[8]) is None


def test_chain_up_says_what_governs_a_claim() -> None:
    found = [(c.verb.text, c.relation, c.modal, c.negated) for c in chain_up(PLAN[13])]
    assert found == [("cut", "xcomp", "to", False), ("plan", "ccomp", "", True), ("said", "ROOT", "", False)]
    assert next(clause.mark for clause in chain_up(PLAN[1])) == "if"
    assert next(clause.modal for clause in chain_up(PLAN[16])) == "to"  # `plan to cut and buy`
    assert [clause.modal for clause in chain_up(EXPORTS[13])] == ["may", ""]
    assert next(clause.mark for clause in chain_up(PASSIVE[11])) == "after"


def test_nothing_is_said_of_tokens_without_a_tree() -> None:
    plain = Doc(VOCAB, words=["Sales", "rose"])
    verb = plain[1]
    assert not is_parsed(verb)
    assert subject_of(verb) is object_of(verb) is attached_to(verb) is governing_verb(verb) is None
    assert chain_up(verb) == []
    assert noun_phrase(plain[0]) == (0, 1)
