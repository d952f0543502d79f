"""Counted nouns: the head noun after a number.

>>> head("12 new wind turbines were built", 2)
Head(end=20, unit='turbine')

No tagger is used: the first plural noun within reach is the head, and a plural right after it takes its place
(`two sports clubs`). Function words, punctuation, verbs of saying and words of time end the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract import lexicons
from extract.rules.amounts import Amount, with_unit_after
from extract.rules.nouns import is_plural, singular
from extract.rules.numbers import Number

_LEXICON = lexicons.load("counting")
_VICTIMS = frozenset(_LEXICON["victims"]["words"])
_STOP = frozenset(_LEXICON["stop"]["words"].split())
_TIME = frozenset(_LEXICON["time"]["words"].split())

_WORD = re.compile(r"(?P<gap>\s+)(?P<word>[^\W_](?:[\w&]|[-’'./](?=\w))*(?P<owner>[’'](?!\w))?)")
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]")  # `two 737 Max jets`
_MAX_WORDS = 6  # of a phrase; on gold as good as 4 and 9, and 2 costs 0.5 points of F1 of quantities
_IN_PARTS = frozenset(_LEXICON["in_parts"]["words"])
_STREETS = frozenset(_LEXICON["streets"]["words"].split())
_SMALL = 3  # letters of words that may be small in a title
_SHOUTED = 0.8  # of the longer words of a line with capitals show that it is a title

_LABELS = frozenset(_LEXICON["labels"]["words"].split())
_BEFORE = re.compile(r"(?P<word>[\w.’'&]+)(?:\s+|-)$")
_RATIO = re.compile(
    rf"\b(?:\d+|{lexicons.alternation(lexicons.load('numbers')['units'])})\s+(?:in|of|out\s+of)\s+(?:every\s+)?$",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"[^\W\d_][-–]$|\bcovid\s?-\s?$", re.IGNORECASE)
_SCORE = re.compile(r"\d[-–]$")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n“\"(—–•*-]\s*)$")
_PLURAL = 2
_COUNTRY = "US"  # 1 million US jobs; not the pronoun
_CALENDAR = frozenset({"week", "day", "year", "month"})
_GROUPED = re.compile(r"\d{1,3},\d{3}")
_REACH = 40  # how far before a number what labels it may stand


@dataclass(frozen=True, slots=True)
class Head:
    """The head noun: the offset where it ends, and its singular."""

    end: int
    unit: str


def head(text: str, at: int) -> Head | None:
    """The head noun of what is counted by a number that ends at `at`, or None."""
    found: Head | None = None
    named = False  # the word before is written like a name: `36 Vestas V136 machines`, `three MAX 8 jets`
    joint = False  # an adjective precedes, so that `and` may join it with another
    for word, end in _words_behind(text, at):
        if word == "and" and joint and not found:
            joint = False
            continue
        if named and word.lower() in _STREETS:
            return None
        if _ends_phrase(text, word, end, named=named, counted=found is not None):
            break
        if is_plural(word):
            found = Head(end, singular(word))
        elif found and not named:
            break
        named = word[0].isupper()
        joint = not named and _is_adjective(word)
    return found


def _is_adjective(word: str) -> bool:
    """No participle: it may be joined with another by `and`."""
    return len(word) < 5 or not word.endswith(("ed", "ing"))


def _words_behind(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The next few words of a phrase, and where each ends; an owner or the end of a line ends them."""
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, at)
        if match is None or match["owner"] or "\n" in match["gap"]:
            return
        at = match.end()
        yield match["word"], at


def _ends_phrase(text: str, word: str, end: int, *, named: bool, counted: bool) -> bool:
    """A word is no part of the phrase of what is counted; `named` is the word before, `counted` a noun."""
    if _stops(word) or (counted and word.lower() in _VICTIMS):
        return True
    return word[0].isdigit() and not named and not _NAME_AFTER.match(text, end)


def _stops(word: str) -> bool:
    """No counted noun reaches past this word."""
    lower = word.lower().replace("’", "'")
    return (
        (lower in _STOP and word != _COUNTRY)
        or lower in _TIME
        or lower.endswith("'s")
        or lower.partition("-")[0] in _TIME
    )


def counted(text: str, number: Number, match: re.Match[str], rule: str) -> Amount | None:
    """`12 new wind turbines`: up to the head noun, unless the number is a label or a year; `three times`."""
    if match["times"] and not number.letter_scale:
        return with_unit_after(text, number, match.end("times"), "time", rule)
    if not _may_count(text, number):
        return None
    found = head(text, number.end)
    if found is None or _is_name(text, number, found):
        return None
    if _has_decimals(text, number) and not _counts_parts(text, number, found):
        return None
    return with_unit_after(text, number, found.end, found.unit, rule)


def _may_count(text: str, number: Number) -> bool:
    """The number is no year, number of an item, score or label, and more than one."""
    digits = text[number.start : number.end]
    if _YEAR.fullmatch(digits) or (digits.startswith("0") and "." not in digits):
        return False
    if number.value < _PLURAL and not _has_decimals(text, number):
        return False
    score = _SCORE.search(text[max(0, number.start - 2) : number.start])
    return not score and not is_label(text, number.start)


def _has_decimals(text: str, number: Number) -> bool:
    return "." in text[number.start : number.end] and not number.scale


def _counts_parts(text: str, number: Number, found: Head) -> bool:
    """`3.7 rebounds` and `0.650 common shares` count, `12.1 update of it` does not."""
    near = number.value >= _PLURAL and " " not in text[number.end : found.end].strip()
    return near or found.unit in _IN_PARTS


def is_label(text: str, start: int) -> bool:
    """The number is part of a name, an age or a ratio: `Highway 7`, `Covid-19`, `one in five people`."""
    left = text[max(0, start - _REACH) : start]
    if _HYPHENATED.search(left):
        return True
    before = _BEFORE.search(left)
    if not before:
        return False
    if _RATIO.search(left):
        return True
    word = before["word"]
    if _is_label_word(word.lower(), large=_GROUPED.match(text, start) is not None):
        return True
    if word.islower() or word.endswith(("'s", "’s")) or len(word) == 1 or word.lower() in _STOP:
        return False
    if not any(letter.isupper() for letter in word):
        return False
    if _SENTENCE_START.search(left[: before.start()]):
        return not _is_common(word)  # `Voyager 2 sits`
    return not (_is_common(word) and _in_capitals(text, start))


def _is_label_word(word: str, *, large: bool) -> bool:
    """`Highway 7`, `week 24`; but `last week 24,000 cases` counts."""
    if large and word in _CALENDAR:
        return False
    return not _LABELS.isdisjoint({word.strip("."), word.removesuffix("s")})


def _is_common(word: str) -> bool:
    return word.lower() in lexicons.words("common_words")


def _in_capitals(text: str, at: int) -> bool:
    """The line around an offset is in capitals or in Title Case, so that they say nothing."""
    start = max(text.rfind("\n", 0, at) + 1, at - 2 * _REACH)
    end = text.find("\n", at, at + 2 * _REACH)
    line = text[start : end if end > 0 else at + 2 * _REACH]
    longer: list[str] = [word for word in _LETTERS.findall(line) if len(word) > _SMALL]
    return sum(word[0].isupper() for word in longer) >= _SHOUTED * len(longer)


def _is_name(text: str, number: Number, found: Head) -> bool:
    """`Tour of the Three Lakes`: capitals inside a line whose other words are in lower case."""
    if number.form != "words" or not text[number.start].isupper():
        return False
    left = text[max(0, number.start - _REACH) : number.start]
    capital = text[number.end : found.end].lstrip()[:1].isupper()
    return capital and not _SENTENCE_START.search(left) and not _in_capitals(text, number.start)
