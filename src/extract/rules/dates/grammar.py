"""The named patterns of time expressions; the lexicon `dates_patterns` explains the notation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
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


@dataclass(frozen=True)
class Pattern:
    """A named pattern: its kind says what it may be joined with, its starts where it is tried.

    Its entry's expressions are compiled when they are first tried: few are in most articles.
    """

    name: str
    kind: str
    starts: tuple[str, ...]
    entry: Mapping[str, Any]
    reads_as: str = ""  # of a user's pattern: the pattern whose meaning it has

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What it matches."""
        return _compile(self.entry["match"])

    @cached_property
    def before(self) -> re.Pattern[str] | None:
        """What stands before it."""
        return self._condition("before")

    @cached_property
    def not_before(self) -> re.Pattern[str] | None:
        """What does not stand before it."""
        return self._condition("not_before")

    @cached_property
    def near(self) -> re.Pattern[str] | None:
        """What stands near by."""
        return self._condition("near")

    def _condition(self, key: str) -> re.Pattern[str] | None:
        return _compile(self.entry[key]) if key in self.entry else None


@cached
def patterns() -> tuple[Pattern, ...]:
    """All patterns; the earlier wins where two match the same stretch of text."""
    tables = lexicons.load("dates_patterns")["patterns"]
    return tuple(
        _own(name, entry)
        if name.startswith(OWN)
        else Pattern(f"dates.{name}", entry["kind"], tuple(entry["starts"]), entry)
        for name, entry in tables.items()
    )


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
    for key in ("match", "before", "not_before", "near"):
        if key in entry:
            why = wild(_PART.sub("~", entry[key]))
            if why:
                raise PatternError((*path, key), why, 1)
            try:
                _compile(entry[key])
            except (KeyError, re.error) as error:
                known = f"there is no {error}" if isinstance(error, KeyError) else error.msg
                raise PatternError((*path, key), f"cannot be read ({known})", 1) from None
    starts = (name, *words(entry.get("starts")))
    return Pattern(name, read["kind"], starts, entry, reads_as=f"dates.{entry['reads_as']}")


def _compile(template: str) -> re.Pattern[str]:
    """Put in parts and words, then turn blanks into gaps."""
    expanded = re.sub(r"\n\s*", "", template)
    for _ in range(2):  # a part may hold parts
        expanded = re.sub(r"@(\w+)", lambda part: _LEXICON["parts"][part[1]], expanded)
    expanded = re.sub(r"\{([a-z]\w*)\}", lambda words: f"(?:{w.alternation(words[1])})", expanded)
    return re.compile(expanded.replace("[ -]", "(?: |-)").replace(" ", _GAP), re.IGNORECASE)
