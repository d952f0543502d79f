"""All phrases of the lexicons: their words and keys, without examples."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from extract import lexicons

_LONGEST = 60  # code points; what is longer is a sentence or a pattern
_NO_WORDS = ("examples", "counterexamples", "pattern")


@cache
def phrases() -> tuple[str, ...]:
    """Every phrase, sorted."""
    files = sorted(Path(str(lexicons.__file__)).parent.glob("*.toml"))
    found = {phrase for file in files for phrase in _texts(tomllib.loads(file.read_text()))}
    return tuple(sorted(phrase for phrase in found if phrase.strip() and len(phrase) < _LONGEST))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name not in _NO_WORDS:
                yield name
                yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
