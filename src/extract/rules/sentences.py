"""Sentence borders for news text: full stops that end sentences, and lines.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_sentences")
>>> [s.text for s in nlp("Profit rose 5 p.c. on Jan. 5. Shares fell.\\nMORE NEWS").sents]
['Profit rose 5 p.c. on Jan. 5.', 'Shares fell.', 'MORE NEWS']

A stop after an abbreviation ends a sentence by what the abbreviation is and by what follows it: the sorts of
abbreviations and the words that begin sentences are in `lexicons/sentences.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from operator import or_
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extract import lexicons
from extract.rules.guard import guarded
from extract.rules.words import words_of

_END = frozenset(".!?…") | {"?!", "!!", "??"}
_STRAIGHT = frozenset("\"'") | {"''"}
_CLOSERS = _STRAIGHT | frozenset("”’)]}»")
_MARKS = _CLOSERS | frozenset("“‘([{«") | {"``", "`"}
_MOST_MARKS = 4  # that may be between a stop and the next word
_GOES_ON = frozenset(",;:/&–—-")  # a sentence goes on after these, whatever precedes
_NOTE = re.compile(r"\[\w{1,3}\]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")


class Sentences:
    """Sets `token.is_sent_start` on every token."""

    @guarded("extract_sentences")
    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentence borders of a document."""
        marks: Any = np.full(len(doc), -1, dtype=np.int64)  # spaCy's codes: 1 begins a sentence, -1 does not
        marks[self.match(doc)] = 1
        # at once: each assignment to `token.is_sent_start` would look through the whole document
        return doc.from_array(["SENT_START"], marks.astype(np.uint64))

    def match(self, doc: Doc) -> list[int]:
        """Indices of the tokens that begin a sentence."""
        text = _Text(doc)
        starts = [0] if len(doc) else []
        ended = quoted = False  # a sentence has ended before this token, closing marks aside; a quote is open
        for i, word in enumerate(text.words):
            if word.isspace():
                if "\n" in word:
                    ended, quoted = True, False
                continue
            if ended and not (word in _END or text.closes(i, quoted=quoted)):
                if i:
                    starts.append(i)
                ended = False
            if word == '"':
                quoted = not quoted
            elif word[-1] in ".!?…" and text.ends(i, starts[-1]):
                ended = True
        return starts


class _Text:
    """The words of a document, and what a stop among them does."""

    def __init__(self, doc: Doc) -> None:
        words = words_of(doc)
        self.words = words.texts
        # whether there is space before each token
        self.gaps = [True, *map(or_, words.followed, words.spaces)]

    def closes(self, i: int, *, quoted: bool) -> bool:
        """Whether the token is a closing mark of what precedes it, or the mark of a footnote: `.[4]`."""
        before, behind = self.gaps[i], self.gaps[i + 1]
        if self.words[i] in _CLOSERS:  # it may open too, where it touches only the word after it
            return quoted if before and behind else behind or not before
        return not before and _NOTE.fullmatch(self.words[i]) is not None

    def ends(self, i: int, start: int) -> bool:
        """Whether a sentence, begun at the token `start`, ends at the mark or the abbreviation `i`."""
        word = self.words[i]
        at = self._following(i)
        following = self.words[at] if at < len(self.words) else ""
        if not following:
            return True
        if following[0] in _GOES_ON or (_small(following) and (word != "?" or at != i + 1)):
            return False
        if word != ".":
            ends = word in _END or word.endswith("..")  # an ellipsis, or `Jr..`
            return ends or self._ends_short(word[:-1], i, at)
        return self._ends_at_stop(i, start, at)

    def _ends_at_stop(self, i: int, start: int, at: int) -> bool:
        """Whether a sentence ends at a full stop, which the token `at` follows."""
        before = self.words[i - 1] if i and not self.gaps[i] else ""
        if i - 1 == start and before.isdigit():
            return False  # the number of an item: `1. Wash the rice.`
        return before not in _sorts() or self._ends_short(before, i - 1, at)

    def _following(self, i: int) -> int:
        """Where the next word is, after space and a few quotes and brackets; a line end is after it all."""
        marks = 0
        for at in range(i + 1, len(self.words)):
            word = self.words[at]
            if word.isspace():
                if "\n" in word:
                    break
            elif marks < _MOST_MARKS and word in _MARKS:
                marks += 1
            else:
                return at
        return len(self.words)

    def _ends_short(self, short: str, i: int, at: int) -> bool:
        """Whether the stop after a shortened word ends a sentence; the next word has a capital or no letter.

        Args:
            short: What precedes the stop.
            i: The token of it.
            at: The next word.
        """
        sort = _sorts().get(short) or self._sort_of_letters(short, i)
        following = self.words[at]
        if sort in ("titles", "links"):
            return False
        if sort == "numbered":
            return not following[0].isdigit()
        if sort == "times":
            return following.rstrip(".") not in _words("after_times")
        if sort == "initial":
            return _opens(following, ("openers",))
        if sort == "companies" and following[0].isalpha() and not following.isupper():
            return following.lower() not in _words("inside")
        noun = i > 0 and self.words[i - 1] in ("the", ",")  # `in the U.S.`, `in Buffalo, N.Y.`
        return not sort or self._begins(at, acronym=sort == "acronym", noun=noun)

    def _sort_of_letters(self, short: str, i: int) -> str:
        """The sort of letters with stops that no list names: a person's initial, a country, a degree."""
        if len(short) == 1 and short.isupper():
            before = self.words[i - 1] if i else ""
            if before in _words("labels") or before == "-":
                return ""  # `Plan B.`, `Vega-C.`
            return "shortened" if before[:1].isdigit() else "initial"  # `12 C.`
        if _DOTTED.fullmatch(short):
            return "acronym" if short.isupper() else "shortened"
        return ""

    def _begins(self, at: int, *, acronym: bool, noun: bool) -> bool:
        """Whether a word after an abbreviation plainly begins a sentence."""
        word = self.words[at]
        careful = acronym and self.capitals_behind_stops
        if _opens(word, ("openers",) if careful else ("openers", "joiners")):
            return True
        if careful or (acronym and not noun):
            return False
        return self._is_ordinary(at)

    def _is_ordinary(self, at: int) -> bool:
        """An ordinary word before one with a lower-case letter, but for those that names go on with."""
        word = self.words[at]
        small = word.lower()
        behind = self.words[at + 1 : at + 3]
        return (
            word.istitle()
            and not small.endswith("ed")
            and small in lexicons.words("common_words")
            and small not in _words("inside")
            and bool(behind)
            and behind[0].islower()
            and not (
                behind[0] in ("and", "of") and behind[-1][0].isupper()
            )  # `U.S. Food and Drug Administration`
        )

    @cached_property
    def capitals_behind_stops(self) -> bool:
        """The text writes `U.S. Exports`, as some wires do: capitals after all stops."""
        capitals = 0
        for word, following in zip(self.words, self.words[1:], strict=False):
            if word[-1] == "." and following[0].isalpha() and word.isupper() and _DOTTED.fullmatch(word[:-1]):
                if following[0].islower():
                    return False
                capitals += 1
        return capitals > 1


def _small(word: str) -> bool:
    """A word that begins with a lower-case letter, but for names such as `iPhone`."""
    return word[0].islower() and (word.islower() or not word.isalpha())


def _opens(word: str, tables: tuple[str, ...]) -> bool:
    """Whether one of the tables has a word that is not all in capitals, as in `U.S. TO LIFT TARIFFS`."""
    return (len(word) == 1 or not word.isupper()) and any(word.lower() in _words(table) for table in tables)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicons.load("sentences")[table]["words"])


@cache
def _sorts() -> Mapping[str, str]:
    """The sort of each abbreviation."""
    tables = ("shortened", "companies", "numbered", "times", "links", "titles")
    return {word: table for table in tables for word in _words(table)}


@Language.factory("extract_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The factory of the component."""
    return Sentences()
