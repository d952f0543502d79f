"""Text helpers of the evaluation: whole-word occurrences, normalized comparison, hints for messages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

_WORD = re.compile(r"\w+")
_EMPTY = {"the", "a", "an", "its", "their", "s"}  # ignored when noun phrases are compared


def occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """The start and end offsets of the occurrences of `quote` in `text` as whole words, in code points."""
    before = after = ""
    if quote[0].isdigit():
        before = r"(?<!\w)(?<!\d[.,])"
    elif _is_word(quote[0]):
        before = r"(?<!\w)"
    if quote[-1].isdigit():
        after = r"(?!\w)(?![.,]\d)"
    elif _is_word(quote[-1]):
        after = r"(?!\w)"
    return (match.span() for match in re.finditer(before + re.escape(quote) + after, text))


def _is_word(char: str) -> bool:
    """Whether it is a letter, digit, underscore or currency sign (as in `US$`)."""
    return char == "_" or char.isalnum() or unicodedata.category(char) == "Sc"


def folded(text: str | None) -> str:
    """The text case-folded and with single spaces; empty if it is None."""
    return " ".join((text or "").split()).casefold()


def quoted(text: object) -> str:
    """The text on one line, in quotation marks."""
    return '"' + " ".join(str(text).split()) + '"'


def words(text: str | None) -> list[str]:
    """The case-folded words of a noun phrase, without articles and possessives."""
    return [word for word in _WORD.findall(folded(text)) if word not in _EMPTY]


def overlap(one: str | None, other: str | None) -> float:
    """The F1 of the words that two phrases share, from 0 to 1; it is 1 if both are absent."""
    ours, theirs = words(one), words(other)
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * (Counter(ours) & Counter(theirs)).total() / (len(ours) + len(theirs))


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint with the most similar known word, to append to a message; empty if none is similar."""
    near = get_close_matches(word, list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def near_misses(quote: str, text: str) -> str:
    """A hint with a similar part of the text, for a quote that it does not contain; empty if none is."""
    loose = r"\s+".join(map(re.escape, quote.split()))
    if found := re.search(rf"(?<!\w){loose}(?!\w)", text, re.IGNORECASE):
        return f"; did you mean {_as_toml(found[0])}?"
    if quote in text:
        return "; it does as a part of a word: quote whole words"
    size = len(quote.split())
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    runs = {text[spans[i][0] : spans[i + size - 1][1]].strip(".,;:()") for i in range(len(spans) - size + 1)}
    near = get_close_matches(quote, sorted(runs), n=1, cutoff=0.75)
    return f"; did you mean {_as_toml(near[0])}?" if near else ""


def _as_toml(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'
