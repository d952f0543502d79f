"""The input of the network for a word: six features of its letters only, so that they are computed once."""

from __future__ import annotations

import re

from extract import lexicons

COLUMNS = ("word", "prefix", "suffix", "shape", "cluster", "path")
_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"(.)\1{3,}")
_MARKS = str.maketrans("’‘“”–−", "''\"\"--")


def features(word: str) -> tuple[str, ...]:
    """The features of a word as strings, in the order of `COLUMNS`.

    >>> features("Profits")
    ('profits', 'pro', 'its', 'Xxxxx', '9566', '30')
    >>> features("5.25")
    ('0.0', '0.0', '0.0', '0.0', '0', '0')
    """
    plain = word.translate(_MARKS)
    same = _DIGITS.sub("0", plain)  # all numbers of one form are one word
    lower = same.lower()
    known = lexicons.clusters()
    number = known.get(word) or known.get(word.lower()) or known.get(word.title()) or 0
    return lower, lower[:3], lower[-3:], _shape(same), str(number), str(number & 63)


def _shape(word: str) -> str:
    """`Xxxxx`, `XX`, `0.0`: letters by case, runs shortened to four after the first."""
    shape = "".join("X" if c.isupper() else "x" if c.isalpha() else c for c in word)
    return _RUN.sub(lambda match: match[1] * 4, shape)
