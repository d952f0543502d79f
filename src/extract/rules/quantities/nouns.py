"""Counted nouns: the head noun after a number, and its singular.

>>> head("12 new wind turbines were built", 2)
Head(end=20, unit='turbine')
>>> singular("buses"), singular("people"), singular("MPs")
('bus', 'person', 'MP')

No tagger is used: the first plural noun within reach is the head, and a plural right after it takes its place
(`two sports clubs`). Function words, punctuation, verbs of saying and words of time end the search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract import lexicons

_LEXICON = lexicons.load("counting")
_IRREGULAR: dict[str, str] = _LEXICON["irregular"]
_INVARIANT = frozenset(_LEXICON["invariant"]["words"])
_UNIT_OF_INVARIANT: dict[str, str] = _LEXICON["invariant"]["unit"]
_STOP = frozenset(_LEXICON["stop"]["words"].split())
_TIME = frozenset(_LEXICON["time"]["words"].split())

_WORD = re.compile(r"(?P<gap>\s+|-)(?P<word>[^\W_](?:[\w&]|[-’'./](?=\w))*(?P<owner>[’'](?!\w))?)")
_NO_PLURAL = re.compile(r"(?:ss|us|is|'s|’s|ics|news|ous)$")
_MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Head:
    """The head noun: the offset where it ends, and its singular."""

    end: int
    unit: str


def head(text: str, at: int) -> Head | None:
    """The head noun of what is counted by a number that ends at `at`, or None."""
    found: Head | None = None
    named = False  # what was found may be a maker's name: `36 Vestas V136 machines`
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, at)
        if match is None or "\n" in match["gap"] or _stops(match["word"]):
            break
        word, at = match["word"], match.end()
        if match["owner"]:
            break
        if is_plural(word):
            found, named = Head(at, singular(word)), word[0].isupper()
        elif found and not named:
            break
    return found


def _stops(word: str) -> bool:
    """No counted noun reaches past this word."""
    lower = word.lower().replace("’", "'")
    return lower in _STOP or lower in _TIME or lower.endswith("'s") or lower.partition("-")[0] in _TIME


def is_plural(word: str) -> bool:
    """The word looks like a plural noun."""
    lower = word.lower().rpartition("-")[2]
    if lower in _IRREGULAR or lower in _INVARIANT:
        return True
    return len(lower) > 2 and lower.endswith("s") and lower.isalpha() and not _NO_PLURAL.search(lower)


def singular(word: str) -> str:
    """The singular of a plural noun, in lower case unless it is an acronym (`MPs`: `MP`)."""
    if word[:-1].isupper() and len(word) > 2 and word.endswith("s"):
        return word[:-1]
    if word.isupper() and len(word) <= 4:
        return word
    before, hyphen, last = word.lower().rpartition("-")
    return before + hyphen + _singular(last)


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _INVARIANT:
        return _UNIT_OF_INVARIANT.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x|zz)es$", word) or (word.endswith("oes") and len(word) > 4):
        return word[:-2]
    return word.removesuffix("s")
