"""A user's patterns, laid over the files of patterns: before ours, and named `mine.<name>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from extract.errors import LexiconError, PatternError
from extract.lexicons.own.files import words

OWN = "mine."
_WHERE = re.compile(r"pattern '[^']*'(?:, column (?P<column>\d+))?: ")  # before the errors of a pattern


def with_patterns(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Switch off patterns by name, and put the user's own before the others; what a builder finds stays."""
    gone = {name.rpartition(".")[2] for name in words(section.get("remove"))}
    own = {OWN + name: entry for name, entry in section.items() if name != "remove"}
    kept = {
        name: entry
        for name, entry in tables["patterns"].items()
        if "builder" in entry or (name not in gone and name not in own)
    }
    tables["patterns"] = own | kept


def of_own(kind: str, name: str, error: LexiconError) -> PatternError:
    """The error of a user's pattern: the keys that lead to it, and the column in it where that is known."""
    message = str(error)
    found = _WHERE.match(message)
    why = message[found.end() :] if found else message
    column = int(found["column"] or 0) if found else 0
    return PatternError(("patterns", kind, name.removeprefix(OWN), "match"), why, column)


def full_name(room: str, name: str) -> str:
    """The name of a pattern in records: `growth.verb_size`, or `mine.printed_at`."""
    return name if name.startswith(OWN) else f"{room}.{name}"
