"""The words of saying that a claim depends on, and the quotations of a document.

Acme | said | profit rose 5 %             above the claim
Profit, Acme | said |, rose 5 %           beside it
Profit rose 5 %, | according | to Acme    beside it
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Set
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extract import lexicons
from extract.rules import syntax
from extract.rules.growth.kinds import word_group
from extract.rules.words import words_of

_OTHER_CLAUSE = frozenset({"conj", "nsubj", "nsubjpass", "csubj", "relcl", "advcl", "acl", "appos", "poss"})
_NUMBERS = frozenset({"nummod", "quantmod"})
_BESIDE = frozenset({"parataxis", "intj", "dep"})
_MARKS = frozenset({",", '"', "”", "''", "—", "–"})
_OPENING, _CLOSING = frozenset({"“", "«"}), frozenset({"”", "»"})
_STRAIGHT = frozenset({'"', "``", "''"})
_SUBORDINATORS = word_group("sayings_subordinators")
_JOINING = _SUBORDINATORS | {"and", "but"}
_ENDS = _MARKS | {".", ";"}
_FIRST = 3  # words of a sentence that `according to` opens
_DEEP = 12  # words above a claim
ACCORDING = "according"


@cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """The words of a table of `speakers.toml`."""
    return frozenset(lexicons.load("speakers")[table][key])


def is_saying(token: Token) -> bool:
    """A verb of saying, expecting or showing; not a noun such as `report`.

    >>> [t.text for t in nlp("Acme said profit rose.") if is_saying(t)]
    ['said']
    """
    word = token.lower_
    known = word in words("saying", "verbs") or word in words("expecting", "verbs")
    return (known or word in words("showing", "verbs")) and (not token.tag_ or syntax.is_verb(token))


def sayings(cue: Token, window: tuple[int, int]) -> list[Token]:
    """The words that a claim depends on: those of saying before those of expecting, the nearest first.

    Args:
        cue: The claim's word of change.
        window: The tokens that are searched, the end exclusive.
    """
    above = _above(cue) if syntax.is_parsed(cue) else _before(cue, window[0])
    found = {token.i: token for token in (*above, *_beside(cue, window))}
    return sorted(found.values(), key=lambda token: token.lower_ in words("expecting", "verbs"))


def subject_near(verb: Token) -> Token | None:
    """The subject of a verb; the nearest if the parse has two, as after a dateline."""
    own = [child for child in verb.children if child.dep_ in syntax.SUBJECTS and child.dep_ != "expl"]
    return min(own, key=lambda token: abs(token.i - verb.i)) if len(own) > 1 else syntax.subject_of(verb)


def _before(cue: Token, start: int) -> Iterator[Token]:
    """Those before a claim, without a tree."""
    return (token for token in reversed(cue.doc[start : cue.i]) if is_saying(token))


def _above(cue: Token) -> Iterator[Token]:
    """Verbs in whose complement the claim is, not those that it is only joined to."""
    word = cue
    if is_saying(word) and word.lower_ not in words("saying", "adding"):
        yield word
    for _ in range(_DEEP):
        head = word.head
        if head.i == word.i:
            return
        if is_saying(head) and _is_said(word, head) and not _is_apart(head, cue):
            yield head
        word = head


def _is_said(word: Token, saying: Token) -> bool:
    """A clause or noun is what is said, or comes with it: `expects sales of 5, implying a rise`."""
    if syntax.is_passive(saying) or _is_gain(saying):
        return False
    if word.dep_ == "advcl" and word.tag_ == "VBG" and word.i > saying.i:
        return True
    return word.dep_ not in _OTHER_CLAUSE


def _is_gain(verb: Token) -> bool:
    """`Acme added 0.8 percent`, `the bank added money`: not a verb of saying."""
    if verb.lower_ not in words("saying", "adding") or any(c.dep_ == "ccomp" for c in verb.children):
        return False
    return any(
        c.dep_ == "dobj"
        or (c.dep_ == "npadvmod" and (c.like_num or any(g.dep_ in _NUMBERS for g in c.children)))
        for c in verb.children
    )


def _is_apart(saying: Token, cue: Token) -> bool:
    """What precedes is not reported: `shares rose | after Acme said`, `sales rose; Acme expects`."""
    if saying.i < cue.i:
        return False
    ahead = _edge(saying)
    between = saying.doc[cue.i : ahead] if saying.lower_ in words("expecting", "verbs") else ()
    return (ahead > 0 and saying.doc[ahead - 1].lower_ in _JOINING) or any(t.text == ";" for t in between)


def _edge(saying: Token) -> int:
    """The start of the clause of a verb of saying: its subject, if that precedes it."""
    subject = subject_near(saying)
    return subject.left_edge.i if subject is not None and subject.i < saying.i else saying.i


def _beside(cue: Token, window: tuple[int, int]) -> Iterator[Token]:
    """Those inserted, `, it said,`; after the claim and a mark, `, said X`; and `according to`."""
    around = {cue.i, *(token.i for token in cue.ancestors)} if syntax.is_parsed(cue) else set()
    for token in cue.doc[window[0] : window[1]]:
        if token.lower_ == ACCORDING:
            if token.i > cue.i or token.i - window[0] <= _FIRST:
                yield token
        elif (
            is_saying(token) and token.i != cue.i and not _is_gain(token) and _is_inserted(token, cue, around)
        ):
            yield token


def _is_inserted(token: Token, cue: Token, around: Set[int]) -> bool:
    """`, it said,` within the claim's clause, or `, said X` behind it."""
    put_in = token.dep_ in _BESIDE and token.head.i in around
    marked = token.i > cue.i and token.nbor(-1).text in _MARKS
    return put_in or (marked and token.dep_ not in ("conj", "advcl")) or _is_aside(token)


def _is_aside(saying: Token) -> bool:
    """Between marks: `prices fell 5 %, | the agency said |, and`."""
    ahead = _edge(saying)
    behind = saying.doc[saying.i + 1 : saying.i + 2].text
    return 0 < ahead < saying.i and saying.doc[ahead - 1].text in _MARKS and behind in _ENDS


class Quotation(NamedTuple):
    """The words between two quotation marks: the tokens of the marks."""

    start: int
    end: int


class Quotations:
    """The quotations of a document, in order."""

    def __init__(self, doc: Doc) -> None:
        """Pair the marks; a quotation that is not closed ends with its paragraph."""
        self.all: list[Quotation] = []
        opened: int | None = None
        for i, mark in enumerate(words_of(doc).texts):
            if opened is not None and (mark in _CLOSING or mark in _STRAIGHT or _ends_paragraph(mark)):
                self.all.append(Quotation(opened, i))
                opened = None
            elif opened is None and (mark in _OPENING or mark in _STRAIGHT):
                opened = i
        self._starts = [quotation.start for quotation in self.all]

    def at(self, span: Span) -> int | None:
        """Which quotation a span is in, by its place in `all`."""
        i = bisect_right(self._starts, span.start) - 1
        return i if i >= 0 and span.end <= self.all[i].end + 1 else None


def _ends_paragraph(word: str) -> bool:
    return word.isspace() and word.count("\n") > 1
