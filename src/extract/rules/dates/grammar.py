"""The named patterns of time expressions; the lexicon `dates_patterns` explains the notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from extract import lexicons
from extract.errors import ExtractError, PatternError
from extract.lexicons.own.files import words
from extract.lexicons.own.linear import wild
from extract.lexicons.own.patterns import OWN
from extract.lexicons.patterns import Entry, entries
from extract.lexicons.scope import cached
from extract.rules.dates import words as w

_GAP = r"(?:[^\S\n]{1,4}|[^\S\n]?\n[^\S\n]{0,4})"
_NAMED = re.compile(r"@(?P<part>\w+)|\{(?P<words>[a-z]\w*)\}")
_CASED = re.compile(r"\\.|\(\?P[<=]\w+[>)]|[A-Z]")
_EXPRESSIONS = ("match", "before", "not_before", "near")
_LEXICON = lexicons.load("dates_patterns")

Error = Callable[[str, str, int], ExtractError]  # of a key, why, and the column in its expression


@dataclass(frozen=True)
class Pattern:
    """A named pattern: its kind says what it may be joined with, its starts where it is tried.

    Its expressions are compiled when they are first tried: few are in most articles.
    """

    name: str
    kind: str
    starts: tuple[str, ...]
    expressions: Mapping[str, str]
    error: Error
    reads_as: str = ""  # of a user's pattern: the pattern whose meaning it has

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What it matches."""
        return self._compiled("match")

    @cached_property
    def before(self) -> re.Pattern[str] | None:
        """What precedes it."""
        return self._condition("before")

    @cached_property
    def not_before(self) -> re.Pattern[str] | None:
        """What does not precede it."""
        return self._condition("not_before")

    @cached_property
    def near(self) -> re.Pattern[str] | None:
        """What is nearby."""
        return self._condition("near")

    def _condition(self, key: str) -> re.Pattern[str] | None:
        return self._compiled(key) if key in self.expressions else None

    def _compiled(self, key: str) -> re.Pattern[str]:
        template = self.expressions[key]
        for why, column in _unknown_names(template):
            raise self.error(key, why, column)
        try:
            return _compile(template)
        except re.error as error:
            raise self.error(key, f"cannot be read ({error.msg})", 1) from None


@cached
def patterns() -> tuple[Pattern, ...]:
    """All patterns; the earlier wins where two match the same stretch of text."""
    return tuple(_own(entry) if entry.is_own else shipped(entry) for entry in entries("date"))


@cached
def starting(classes: tuple[str, ...]) -> tuple[Pattern, ...]:
    """The patterns to try at a word of these classes, in their order."""
    return tuple(pattern for pattern in patterns() if not set(pattern.starts).isdisjoint(classes))


def shipped(entry: Entry) -> Pattern:
    """A pattern of ours, whose expressions are compiled when they are first tried."""

    def error(key: str, why: str, column: int) -> ExtractError:
        return entry.error(f"{key} {why}", column)

    options = entry.options
    return Pattern(entry.rule, options["kind"], tuple(options["starts"]), _expressions(entry), error)


def _own(entry: Entry) -> Pattern:
    """A pattern of a user.

    Raises:
        PatternError: it cannot be used; names the keys that lead to it.
    """
    path, model = ("patterns", "date", entry.name.removeprefix(OWN)), entry.options["reads_as"]
    if model not in _LEXICON["patterns"]:
        near = get_close_matches(model, _LEXICON["patterns"], 1)
        meant = f"; do you mean {near[0]!r}?" if near else ""
        raise PatternError((*path, "reads_as"), f"is none of our patterns{meant}")
    if not w.own_starts()[entry.name]:
        raise PatternError(path, 'begins with no word; add starts = ["..."], where it is tried')

    def error(key: str, why: str, column: int) -> ExtractError:
        return PatternError((*path, key), why, column)

    starts = (entry.name, *words(entry.options.get("starts")))
    kind = _LEXICON["patterns"][model]["kind"]
    pattern = Pattern(entry.rule, kind, starts, _expressions(entry), error, reads_as=f"dates.{model}")
    for key, template in pattern.expressions.items():
        why = wild(_without_case(_NAMED.sub("~", template)))
        if why:
            raise error(key, why, 1)
        pattern._compiled(key)
    return pattern


def _without_case(template: str) -> str:
    """An expression in small letters, as it is matched; names and what follows a backslash stay."""
    return _CASED.sub(lambda found: found[0].lower() if len(found[0]) == 1 else found[0], template)


def _expressions(entry: Entry) -> dict[str, str]:
    given: Mapping[str, Any] = {"match": entry.match, **entry.options}
    return {key: given[key] for key in _EXPRESSIONS if key in given}


def _unknown_names(template: str) -> Iterator[tuple[str, int]]:
    """The parts and words of an expression that there are not, with their columns."""
    for name in _NAMED.finditer(template):
        if name["part"] and name["part"] not in _LEXICON["parts"]:
            yield f"cannot be read (there is no part {name['part']!r})", name.start() + 1
        elif name["words"] and not w.is_group(name["words"]):
            yield f"cannot be read (there are no words {name['words']!r})", name.start() + 1


def _compile(template: str) -> re.Pattern[str]:
    """Put in parts and words, then turn blanks into gaps."""
    expanded = re.sub(r"\n\s*", "", template)
    for _ in range(2):  # a part may hold parts
        expanded = re.sub(r"@(\w+)", lambda part: _LEXICON["parts"][part[1]], expanded)
    expanded = re.sub(r"\{([a-z]\w*)\}", lambda words: f"(?:{w.alternation(words[1])})", expanded)
    return re.compile(expanded.replace("[ -]", "(?: |-)").replace(" ", _GAP), re.IGNORECASE)
