"""The named patterns of time expressions; the lexicon `dates_patterns` explains the notation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from extract import lexicons
from extract.errors import PatternError
from extract.lexicons.own.files import words
from extract.lexicons.own.linear import wild
from extract.lexicons.own.patterns import OWN
from extract.lexicons.scope import cached
from extract.rules.dates import words as w

_GAP = r"(?:[^\S\n]{1,4}|[^\S\n]?\n[^\S\n]{0,4})"
_PART = re.compile(r"@\w+|\{[a-z]\w*\}")
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
    reads_as: str = ""  # of a user's pattern: the pattern whose meaning it has


@cached
def patterns() -> tuple[Pattern, ...]:
    """All patterns; the earlier wins where two match the same stretch of text."""
    tables = lexicons.load("dates_patterns")["patterns"]
    return tuple((_own if name.startswith(OWN) else _pattern)(name, entry) for name, entry in tables.items())


@cached
def starting(classes: tuple[str, ...]) -> tuple[Pattern, ...]:
    """The patterns to try at a word of these classes, in their order."""
    return tuple(pattern for pattern in patterns() if not set(pattern.starts).isdisjoint(classes))


def _own(name: str, entry: Mapping[str, Any]) -> Pattern:
    """A pattern of a user.

    Raises:
        PatternError: it cannot be used; names the keys that lead to it.
    """
    path, read = ("patterns", "date", name.removeprefix(OWN)), _LEXICON["patterns"].get(entry["reads_as"])
    if read is None:
        near = get_close_matches(entry["reads_as"], _LEXICON["patterns"], 1)
        meant = f"; do you mean {near[0]!r}?" if near else ""
        raise PatternError((*path, "reads_as"), f"is none of our patterns{meant}")
    if not w.own_starts()[name]:
        raise PatternError(path, 'begins with no word; add starts = ["..."], where it is tried')
    compiled: dict[str, Any] = {}
    for key in ("match", "before", "not_before", "near"):
        if key in entry:
            why = wild(_PART.sub("~", entry[key]))
            if why:
                raise PatternError((*path, key), why, 1)
            try:
                compiled[key] = _compile(entry[key])
            except (KeyError, re.error) as error:
                known = f"there is no {error}" if isinstance(error, KeyError) else error.msg
                raise PatternError((*path, key), f"cannot be read ({known})", 1) from None
    regex = compiled.pop("match")
    return Pattern(
        name,
        read["kind"],
        (name, *words(entry.get("starts"))),
        regex,
        reads_as=f"dates.{entry['reads_as']}",
        **compiled,
    )


def _pattern(name: str, entry: Mapping[str, Any]) -> Pattern:
    keys = ("before", "not_before", "near")
    conditions: dict[str, Any] = {key: _compile(entry[key]) for key in keys if key in entry}
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
