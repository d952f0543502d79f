"""The named patterns of claims, from `growth_patterns.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from extract import lexicons
from extract.errors import LexiconError
from extract.rules.growth import conditions, finders
from extract.rules.growth.kinds import compiled
from extract.rules.growth.metric import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail

FILE = "growth_patterns"
_KEYS = frozenset(
    ["match", "metric", "accepts", "direction", "appositive", "factor", "examples", "counterexamples"]
)

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


def read(name: str, entry: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    """One pattern of the file.

    Raises:
        LexiconError: a key, function, part or kind is unknown; names the file, the pattern and the column.
    """
    where = f"{FILE}.toml, pattern {name!r}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; there are {', '.join(sorted(_KEYS))}")
    return Pattern(
        f"growth.{name}",
        compiled(entry["match"], parts, where=where),
        _function(finders, entry["metric"], where),
        _function(conditions, entry.get("accepts", "always"), where),
        entry.get("direction", ""),
        entry.get("appositive", False),
        entry.get("factor", False),
    )


def _function(module: Any, name: str, where: str) -> Any:
    found = getattr(module, name, None)
    if not callable(found):
        raise LexiconError(f"{where}: {module.__name__} has no function {name!r}")
    return found


def _load() -> tuple[Pattern, ...]:
    data = lexicons.load(FILE)
    return tuple(read(name, entry, data["parts"]) for name, entry in data["patterns"].items())


PATTERNS = _load()
