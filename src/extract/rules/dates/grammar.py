"""The named patterns of time expressions; the lexicon `dates_patterns` explains the notation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract import lexicons
from extract.lexicons.scope import cached
from extract.rules.dates import words as w

_GAP = r"(?:[^\S\n]{1,4}|[^\S\n]?\n[^\S\n]{0,4})"
_LEXICON = lexicons.load("dates_patterns")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern: its kind says what it may be joined with, its starts where it is tried."""

    name: str
    kind: str
    starts: tuple[str, ...]
    regex: re.Pattern[str]
    before: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None


@cached
def patterns() -> tuple[Pattern, ...]:
    """All patterns; the earlier wins where two match the same stretch of text."""
    return tuple(_pattern(name, entry) for name, entry in _LEXICON["patterns"].items())


@cached
def starting(classes: tuple[str, ...]) -> tuple[Pattern, ...]:
    """The patterns to try at a word of these classes, in their order."""
    return tuple(pattern for pattern in patterns() if not set(pattern.starts).isdisjoint(classes))


def _pattern(name: str, entry: Mapping[str, Any]) -> Pattern:
    conditions = {key: _compile(entry[key]) for key in ("before", "not_before", "near") if key in entry}
    return Pattern(
        name=f"dates.{name}",
        kind=entry["kind"],
        starts=tuple(entry["starts"]),
        regex=_compile(entry["match"]),
        **conditions,
    )


def _compile(template: str) -> re.Pattern[str]:
    """Put in parts and words, then turn blanks into gaps."""
    expanded = re.sub(r"\n\s*", "", template)
    for _ in range(2):  # a part may hold parts
        expanded = re.sub(r"@(\w+)", lambda part: _LEXICON["parts"][part[1]], expanded)
    expanded = re.sub(r"\{([a-z]\w*)\}", lambda words: f"(?:{w.alternation(words[1])})", expanded)
    return re.compile(expanded.replace("[ -]", "(?: |-)").replace(" ", _GAP), re.IGNORECASE)
