"""The named patterns of claims, from `growth_patterns.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract import lexicons
from extract.errors import LexiconError
from extract.lexicons.own.linear import wild
from extract.lexicons.own.patterns import OWN, full_name, of_own
from extract.lexicons.scope import cached
from extract.rules.growth import conditions, finders
from extract.rules.growth.kinds import compiled
from extract.rules.growth.literals import Literals
from extract.rules.growth.metric import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail

FILE = "growth_patterns"
_KEYS = frozenset(
    ["match", "metric", "accepts", "direction", "appositive", "factor", "examples", "counterexamples"]
)

_DIRECTIONS = ("", "increase", "decrease", "unchanged", "compare")
_EXAMPLE = "cue:[print printed] at <owner> to:{level}"

Find = Callable[[Sentence, "re.Match[str]"], Bounds | None]
Accept = Callable[[Sentence, "re.Match[str]", Tail], bool]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; what its fields mean is said in the file."""

    name: str
    regex: re.Pattern[str]
    metric_of: Find
    accepts: Accept
    direction: str = ""
    appositive: bool = False
    factor: bool = False
    literals: Literals = field(default_factory=Literals)

    def matches(self, sentence: Sentence) -> Iterator[re.Match[str]]:
        """Where the pattern matches a sentence; places are those of its items."""
        return self.regex.finditer(self.literals.row(sentence.items, sentence.codes))


def read(name: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    """One pattern of the file.

    Raises:
        LexiconError: a key, function, part or kind is unknown; names the file, the pattern and the column.
    """
    own = name.startswith(OWN)
    where = f"pattern {name!r}" if own else f"{FILE}.toml, pattern {name!r}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; there are {', '.join(sorted(_KEYS))}")
    literals = Literals.of(entry["match"]) if own else Literals()
    regex = compiled(entry["match"], parts, where=where, literals=literals)
    if own:
        check_own(regex, entry, where)
    return Pattern(
        full_name("growth", name),
        regex,
        _function(finders, entry.get("metric", "subject") if own else entry["metric"], where),
        _function(conditions, entry.get("accepts", "always"), where),
        entry.get("direction", ""),
        entry.get("appositive", False),
        entry.get("factor", False),
        literals,
    )


def _function(module: Any, name: str, where: str) -> Any:
    found = getattr(module, name, None)
    if not callable(found):
        raise LexiconError(f"{where}: {module.__name__} has no function {name!r}")
    return found


def check_own(regex: re.Pattern[str], entry: Mapping[str, Any], where: str) -> None:
    """Hold a user's pattern to what claims need.

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
    return tuple(located(name, entry, data["parts"]) for name, entry in data["patterns"].items())


def located(name: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    """A pattern of the file or of a user; the error of a user's tells where it is in their rules.

    Raises:
        PatternError: a user's pattern cannot be used.
    """
    try:
        return read(name, entry, parts)
    except LexiconError as error:
        if not name.startswith(OWN):
            raise
        raise of_own("growth", name, error) from None
