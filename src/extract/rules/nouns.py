"""Nouns in the plural and their singulars, shared by the rules of quantities and growth.

>>> singular("buses"), singular("people"), singular("MPs"), singular("pound-feet")
('bus', 'person', 'MP', 'pound-foot')
>>> is_plural("tonnes"), is_plural("sheep"), is_plural("economics"), is_plural("glass")
(True, True, False, False)

No tagger is used: what is not made with s is in `lexicons/counting.toml`.
"""

from __future__ import annotations

import re

from extract import lexicons

_LEXICON = lexicons.load("counting")
_IRREGULAR: dict[str, str] = _LEXICON["irregular"]
_INVARIANT = frozenset(_LEXICON["invariant"]["words"])
_UNIT_OF_INVARIANT: dict[str, str] = _LEXICON["invariant"]["unit"]

_NO_PLURAL = re.compile(r"(?:ss|us|is|'s|’s|ics|news|ous)$")
_LONG_PLURAL = re.compile(r"(?:ch|sh|ss|x|zz)es$")


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
    if word.isupper() and len(word) <= 4 and not word.endswith("S"):
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
    if _LONG_PLURAL.search(word) or (word.endswith("oes") and len(word) > 4):
        return word[:-2]
    return word.removesuffix("s")
