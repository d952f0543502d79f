"""The words of saying that a claim hangs on, and the quotations of a document.

Acme | said | profit rose 5 %             above the claim
Profit, Acme | said |, rose 5 %           beside it
Profit rose 5 %, | according | to Acme    beside it
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extract import lexicons
from extract.rules import syntax

_OTHER_CLAUSE = frozenset({"conj", "nsubj", "nsubjpass", "csubj", "relcl", "advcl", "acl", "appos", "poss"})
_BESIDE = frozenset({"parataxis", "intj", "dep"})
_MARKS = frozenset({",", '"', "”", "''", "—", "–"})
_OPENING, _CLOSING = frozenset({"“", "«"}), frozenset({"”", "»"})
_STRAIGHT = frozenset({'"', "``", "''"})
_SUBORDINATORS = frozenset({"after", "when", "while", "because", "since", "although", "though", "where", "before", "once"})
_DEEP = 12  # words above a claim
ACCORDING = "according"


@cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """The words of a table of `speakers.toml`."""
    return frozenset(lexicons.load("speakers")[table][key])


def is_saying(token: Token) -> bool:
    """A verb that says, expects or shows; a noun such as `report` is none.

    >>> [t.text for t in nlp("Acme said profit rose.") if is_saying(t)]
    ['said']
    """
    word = token.lower_
    known = word in words("saying", "verbs") or word in words("expecting", "verbs")
    return (known or word in words("showing", "verbs")) and (not token.tag_ or syntax.is_verb(token))


def sayings(cue: Token, window: tuple[int, int]) -> list[Token]:
    """What a claim hangs on: those that say before those that only expect, the nearest first.

    Args:
        cue: The claim's word of change.
        window: The tokens that are looked at, the end exclusive.
    """
    found = {token.i: token for token in (*_above(cue), *_beside(cue, window))}
    return sorted(found.values(), key=lambda token: token.lower_ in words("expecting", "verbs"))


def _above(cue: Token) -> Iterator[Token]:
    """Verbs in whose complement the claim is: not those it is only joined to, or that it is the subject of."""
    word = cue
    if is_saying(word):
        yield word
    for _ in range(_DEEP if syntax.is_parsed(cue) else 0):
        head = word.head
        if head.i == word.i:
            return
        if is_saying(head) and word.dep_ not in _OTHER_CLAUSE and not syntax.is_passive(head):
            if head.i < cue.i or not _is_subordinate(head):
                yield head
        word = head


def _is_subordinate(saying: Token) -> bool:
    """`shares rose | after Acme said`: what stands before is not said."""
    subject = syntax.subject_of(saying)
    start = subject.left_edge.i if subject is not None and subject.i < saying.i else saying.i
    return start > 0 and saying.doc[start - 1].lower_ in _SUBORDINATORS


def _beside(cue: Token, window: tuple[int, int]) -> Iterator[Token]:
    """Those put in between, `it said`; behind the claim and a mark, `, said X`; and `according to`."""
    around = {cue.i, *(token.i for token in cue.ancestors)} if syntax.is_parsed(cue) else set()
    for token in cue.doc[window[0] : window[1]]:
        if token.lower_ == ACCORDING:
            yield token
        elif is_saying(token) and token.i != cue.i:
            put_in = token.dep_ in _BESIDE and token.head.i in around
            behind = token.i > cue.i and token.nbor(-1).text in _MARKS and token.dep_ not in ("conj", "advcl")
            if put_in or behind:
                yield token


class Quotation(NamedTuple):
    """The words between two quotation marks: the tokens of the marks."""

    start: int
    end: int


class Quotations:
    """The quotations of a document, in order."""

    def __init__(self, doc: Doc) -> None:
        """Pair the marks; one that its paragraph does not close ends with it."""
        self.all: list[Quotation] = []
        opened: int | None = None
        for token in doc:
            mark = token.text
            if opened is not None and (mark in _CLOSING or mark in _STRAIGHT or _ends_paragraph(token)):
                self.all.append(Quotation(opened, token.i))
                opened = None
            elif opened is None and (mark in _OPENING or mark in _STRAIGHT):
                opened = token.i
        self._starts = [quotation.start for quotation in self.all]

    def at(self, span: Span) -> int | None:
        """Which quotation a span is in, by its place in `all`."""
        i = bisect_right(self._starts, span.start) - 1
        return i if i >= 0 and span.end <= self.all[i].end + 1 else None


def _ends_paragraph(token: Token) -> bool:
    return token.is_space and token.text.count("\n") > 1
