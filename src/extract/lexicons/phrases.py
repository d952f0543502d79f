"""The notation for phrases with variants in lexicons.

    (crude|Brent) [oil] price(s)     -> crude price, crude oil prices, brent price, ...
    {wheat|corn} price               -> as (wheat|corn) price, where wheat and corn narrow what is named

>>> [" ".join(phrase.words) for phrase in phrases("[net] job(s)", "example")]
['net job', 'net jobs', 'job', 'jobs']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.errors import LexiconError

_TOKEN = re.compile(r"[(\[{|)\]}]|[^\s(\[{|)\]}]+(?:\(s\)(?![^\s|)\]}]))?")
_WORD = re.compile(r"[^\s,;:()\[\]\"“”]+?(?=['’]s\b|[\s,;:()\[\]\"“”]|$)|['’]s\b|[,;:()\[\]]")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_PLURAL = "(s)"


class Phrase(NamedTuple):
    """The words of one variant in lower case, and which of them narrow what it names."""

    words: tuple[str, ...]
    narrows: tuple[bool, ...]


_Variant = tuple[tuple[str, ...], tuple[bool, ...]]  # a phrase in the making


def normal(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, with straight apostrophes, as phrases have them."""
    return tuple(word.group().lower().replace("’", "'") for word in word_spans(text))


def word_spans(text: str) -> Iterator[re.Match[str]]:
    """The words and marks of a text in order; the `'s` of an owner is one of its own."""
    return _WORD.finditer(text)


def phrases(written: str, where: str) -> list[Phrase]:
    """All variants of a phrase in this notation.

    Raises:
        LexiconError: the brackets do not match; `where` says in which entry.
    """
    tokens = _TOKEN.findall(written)
    found, at = _alternatives(tokens, 0, "")
    variants = [Phrase(*variant) for variant in found]
    words = {word for phrase in variants for word in phrase.words}
    if at != len(tokens) + 1 or words & {*_CLOSING.values()} or () in {phrase.words for phrase in variants}:
        raise LexiconError(
            f"{where}: brackets in {written!r} do not match, or it may be empty; "
            "write (a|b), [a], {a|b} or word(s)"
        )
    return variants


def _alternatives(tokens: list[str], at: int, closing: str) -> tuple[list[_Variant], int]:
    """The variants from token `at` up to the closing bracket, and the place after that."""
    found: list[_Variant] = []
    current: list[_Variant] = [((), ())]
    while at < len(tokens) and tokens[at] != closing:
        token = tokens[at]
        at += 1
        if token == "|":
            found += current
            current = [((), ())]
            continue
        if token in _CLOSING:
            options, at = _alternatives(tokens, at, _CLOSING[token])
            if token == "[":
                options = [*options, ((), ())]
            elif token == "{":
                options = [(words, (True,) * len(words)) for words, _ in options]
        else:
            options = _word(token)
        current = [(ours + words, mine + narrows) for ours, mine in current for words, narrows in options]
    return found + current, at + 1


def _word(token: str) -> list[_Variant]:
    forms = [token]
    if token.endswith(_PLURAL):
        stem = token.removesuffix(_PLURAL)
        forms = [stem, stem + "s"]
    return [(words, (False,) * len(words)) for words in map(normal, forms)]
