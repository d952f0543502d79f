"""The named patterns of claims, from `growth_patterns.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from inspect import getsource
from typing import Any

from extract import lexicons
from extract.errors import LexiconError
from extract.lexicons.own.linear import wild
from extract.lexicons.own.patterns import OWN, full_name, of_own
from extract.lexicons.patterns import entries
from extract.lexicons.scope import cached
from extract.rules.growth import conditions, finders
from extract.rules.growth.kinds import compiled
from extract.rules.growth.literals import Literals
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail

FILE = "growth_patterns"
_KEYS = frozenset(
    ["match", "metric", "accepts", "direction", "appositive", "factor", "examples", "counterexamples"]
)

_DIRECTIONS = ("", "increase", "decrease", "unchanged", "compare")
_GROUP = re.compile(r"""match(?:\.(?:start|end|group)\(|\[)"(\w+)"[)\]]""")
_CUE = re.compile(r"\(\?P<cue>(?:\[(?!\^)([^\]]+)\]|(\\?[^()\[\]\\]))\)")
_GROWTH = __name__.rpartition(".")[0]  # the package with the conditions and finders
_CALLED = re.compile(r"(\w+)\(sentence, match")
_EXAMPLE = "cue:[print printed] at <owner> to:{level}"

Find = Callable[[Sentence, "re.Match[str]"], Bounds | None]
Accept = Callable[[Sentence, "re.Match[str]", Tail], bool]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; the file documents its fields."""

    name: str
    regex: re.Pattern[str]
    metric_of: Find
    accepts: Accept
    direction: str = ""
    appositive: bool = False
    factor: bool = False
    literals: Literals = field(default_factory=Literals)
    cues: frozenset[str] = frozenset()  # the kinds that its cue may have, for a quick check

    def matches(self, sentence: Sentence) -> list[re.Match[str]]:
        """The matches of the pattern in a sentence; positions are those of its items."""
        row = self.literals.row(sentence.items, sentence.codes) if self.literals.words else sentence.codes
        return [match for match in self.regex.finditer(row) if match.start("cue") >= 0]


def pattern_of(name: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    """One pattern of the file.

    Raises:
        LexiconError: a key, function, part or kind is unknown; names the file, the pattern and the column.
    """
    own = name.startswith(OWN)
    where = f"pattern {name!r}" if own else f"{FILE}.toml, pattern {name!r}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; there are {', '.join(sorted(_KEYS))}")
    literals = Literals.of(entry["match"])
    regex = compiled(entry["match"], parts, where=where, literals=literals)
    named = _function
    if own:
        check_own(regex, entry, where)
        groups = tuple(regex.groupindex)
        named = partial(own_function, groups=groups)
    return Pattern(
        full_name("growth", name),
        regex,
        named(finders, entry.get("metric", "subject") if own else entry["metric"], where),
        named(conditions, entry.get("accepts", "always"), where),
        entry.get("direction", ""),
        entry.get("appositive", False),
        entry.get("factor", False),
        literals,
        frozenset() if literals.words else _cues(regex),
    )


def _cues(regex: re.Pattern[str]) -> frozenset[str]:
    """The kinds of which one must occur for a pattern to match: those of its cue, if that is one item."""
    found = _CUE.search(regex.pattern)
    return frozenset((found[1] or found[2]).replace("\\", "")) if found else frozenset()


def own_function(module: Any, name: str, where: str, groups: Iterable[str]) -> Any:
    """A function of this package that a user's pattern names, with the groups of a match that it uses.

    Raises:
        LexiconError: there is none of this name, or the pattern does not capture what it uses.
    """
    found = getattr(module, name, None)
    known = _offered(module)
    if name not in known:
        near = get_close_matches(name, known, 1)
        meant = f"; do you mean {near[0]!r}?" if near else ""
        raise LexiconError(f"{where}: there is no function {name!r} in {module.__name__}{meant}")
    lacking = sorted(_captured(found) - {*groups})
    if lacking:
        raise LexiconError(f"{where}: {name} needs what {lacking[0]}: captures; add it to match")
    return found


def _offered(module: Any) -> list[str]:
    """The functions that a module or package here offers to patterns, by name."""
    public = getattr(module, "__all__", None) or [
        key
        for key, value in vars(module).items()
        if not key.startswith("_") and getattr(value, "__module__", "") == module.__name__ and callable(value)
    ]
    return sorted(public)


def _captured(function: Any) -> set[str]:
    """The groups of a match that are used by a function, or by functions that it calls with the match."""
    source = getsource(function)
    groups = set(_GROUP.findall(source))
    for name in set(_CALLED.findall(source)) - {function.__name__}:
        called = function.__globals__.get(name)
        if getattr(called, "__module__", "").startswith(_GROWTH):
            groups |= _captured(called)
    return groups


def _function(module: Any, name: str, where: str) -> Any:
    found = getattr(module, name, None)
    if not callable(found):
        raise LexiconError(f"{where}: {module.__name__} has no function {name!r}")
    return found


def check_own(regex: re.Pattern[str], entry: Mapping[str, Any], where: str) -> None:
    """Check that a user's pattern has what claims need.

    Raises:
        LexiconError: it captures no cue or amount, gives no direction, or could take too long.
    """
    roles = set(regex.groupindex)
    if "cue" not in roles or not roles & {"size", "to", "from"}:
        raise LexiconError(f"{where}: must capture cue: and one of size:, to: and from:, as in {_EXAMPLE}")
    if entry.get("direction", "") not in _DIRECTIONS:
        raise LexiconError(f"{where}: direction must be one of {', '.join(filter(None, _DIRECTIONS))}")
    why = wild(regex.pattern)
    if why:
        raise LexiconError(f"{where}: {why}")


@cached
def claim_patterns() -> tuple[Pattern, ...]:
    """The patterns in the order in which they are tried, a user's own first."""
    data = lexicons.load(FILE)
    matching = (entry.name for entry in entries("growth") if entry.match)
    return tuple(located(name, data["patterns"][name], data["parts"]) for name in matching)


def located(name: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    """A pattern of the file or of a user; the error of a user's pattern has its place in their rules.

    Raises:
        PatternError: a user's pattern cannot be used.
    """
    try:
        return pattern_of(name, entry, parts)
    except LexiconError as error:
        if not name.startswith(OWN):
            raise
        raise of_own("growth", name, error) from None
