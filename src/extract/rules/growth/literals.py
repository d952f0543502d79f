"""Words that a pattern contains, besides the kinds.

A row has one letter for each item, that of its kind. For a pattern with words, an item that is one of
them gets another letter, which encodes the kind too: the n-th list of words has a block of such letters,
one for each letter of a kind.

>>> words = Literals.of("[printed prints] at")
>>> words.one_of("printed prints") == f"[{chr(_BLOCKS)}-{chr(_BLOCKS + _SIZE - 1)}]"
True
>>> words.kinds("w") == f"[w{chr(_BLOCKS + ord('w'))}]"
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.errors import LexiconError

if TYPE_CHECKING:
    from extract.rules.growth.items import Item

_SIZE = 128  # letters of kinds are ASCII
_BLOCKS = 0xE000  # of Unicode's area for private use
_LISTED = re.compile(r"\[([^][]+)\]")
_MOST = 40  # lists of words that one pattern may have


@dataclass(slots=True)
class Literals:
    """The lists of words in one pattern, in the order of its text."""

    words: list[frozenset[str]] = field(default_factory=list)

    @classmethod
    def of(cls, pattern: str) -> Literals:
        """The lists of a pattern.

        Raises:
            LexiconError: there are too many.
        """
        found = list(dict.fromkeys(frozenset(listed.lower().split()) for listed in _LISTED.findall(pattern)))
        if len(found) > _MOST:
            raise LexiconError(f"more than {_MOST} lists of words; make patterns of fewer")
        return cls(found)

    def one_of(self, written: str) -> str:
        """A list of words as an expression: an item that is one of them, of any kind."""
        first = _BLOCKS + self.words.index(frozenset(written.lower().split())) * _SIZE
        return f"[{chr(first)}-{chr(first + _SIZE - 1)}]"

    def kinds(self, letters: str, *, negated: bool = False) -> str:
        """Kinds as an expression: an item of one of them, whether or not its word is in the pattern."""
        if len(letters) == 1 and not negated and not self.words:
            return re.escape(letters)
        named = (
            chr(_BLOCKS + number * _SIZE + ord(letter))
            for number in range(len(self.words))
            for letter in letters
        )
        return f"[{'^' if negated else ''}{re.escape(letters)}{''.join(named)}]"

    def row(self, items: Sequence[Item], codes: str) -> str:
        """The row of a sentence, with the special letters for these words."""
        if not self.words:
            return codes
        letters = list(codes)
        for i, item in enumerate(items):
            number = next((n for n, words in enumerate(self.words) if item.word in words), -1)
            if number >= 0:
                letters[i] = chr(_BLOCKS + number * _SIZE + ord(codes[i]))
        return "".join(letters)
