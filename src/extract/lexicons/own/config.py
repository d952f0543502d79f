"""A user's rules in the config of a component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extract.errors import OptionError
from extract.lexicons.own import files
from extract.lexicons.scope import Lexicons

Rules = Any  # what `of` takes: spaCy's config gives plain values


def of(rules: Rules) -> Lexicons | None:
    """The lexicons of the value of `rules` in a component's config.

    Args:
        rules: None for none; the JSON of `Lexicons.text`; the path of a TOML file, or a list of paths; or tables as such a
            file has them.

    Raises:
        RulesError: they cannot be used; names file, line and column where they come from a file.
        OptionError: they are none of these.
    """
    if rules is None:
        return None
    if isinstance(rules, str) and rules.startswith("["):
        return Lexicons.of(rules)
    if isinstance(rules, dict):
        return files.Own.of([files.File("rules", "", rules)]).lexicons
    if isinstance(rules, str | Path):
        rules = [rules]
    if isinstance(rules, list | tuple) and all(isinstance(path, str | Path) for path in rules):
        return files.read(rules).lexicons if rules else None
    raise OptionError(f"rules: give paths of TOML files, or tables, not {type(rules).__name__}")
