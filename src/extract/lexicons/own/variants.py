"""Names with variants in a user's rules: `[old] zubrok(s)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extract.errors import LexiconError, PatternError
from extract.lexicons.own.files import words
from extract.lexicons.phrases import Phrase, phrases

_MOST = 10  # choices in one name: a thousand variants


def variants(entry: Mapping[str, Any], key: str, *path: str) -> list[Phrase]:
    """The variants of the names under a key.

    Args:
        entry: The table.
        key: The key of its names.
        path: The keys that lead to the table.

    Raises:
        PatternError: one cannot be read, or has too many variants.
    """
    found: list[Phrase] = []
    for number, written in enumerate(words(entry.get(key))):
        if sum(map(written.count, "([{|")) > _MOST:
            raise PatternError((*path, key, number), "has too many variants; write several names")
        try:
            found += phrases(written, f"[{'.'.join(path)}]")
        except (LexiconError, RecursionError) as error:
            raise PatternError((*path, key, number), str(error)) from None
    return found
