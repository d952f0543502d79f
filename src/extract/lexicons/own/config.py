"""A user's rules in the config of a component."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract.errors import OptionError, PatternError
from extract.lexicons.own import files
from extract.lexicons.scope import Lexicons, using

Rules = Any  # what `of` takes: spaCy's config gives plain values


def of(rules: Rules, prepare: Callable[[], object] | None = None) -> Lexicons | None:
    """The lexicons of the value of `rules` in a component's config.

    Args:
        rules: None for none; `Lexicons.text`; the path of a TOML file, or a list of paths; or tables as
            such a file has them.
        prepare: Compiles what the component needs of a user's patterns.

    Raises:
        RulesError: they cannot be used; names file, line and column where they come from a file.
        PatternError: a pattern cannot be used.
        OptionError: they are none of these.
    """
    own = read(rules)
    lexicons = own.lexicons if isinstance(own, files.Own) else own
    if lexicons is not None and prepare is not None:
        try:
            with using(lexicons):
                prepare()
        except PatternError as error:
            raise located(own, error) from None
    return lexicons


def read(rules: Rules) -> files.Own | Lexicons | None:
    """The rules as they were read, from files or tables; what a config has kept is lexicons already."""
    if rules is None or rules in ([], ()):
        return None
    if isinstance(rules, str) and rules.startswith("["):
        return Lexicons.of(rules)
    if isinstance(rules, dict):
        return files.Own.of([files.File("rules", "", rules)])
    if isinstance(rules, files.Own | Lexicons):
        return rules
    if isinstance(rules, str | Path):
        rules = [rules]
    if isinstance(rules, list | tuple) and all(isinstance(path, str | Path) for path in rules):
        return files.read(rules)
    raise OptionError(f"rules: give paths of TOML files, or tables, not {type(rules).__name__}")


def located(own: files.Own | Lexicons | None, error: PatternError) -> Exception:
    """The error of a pattern with its file, line and column, where it comes from a file."""
    return own.error(error.path, error.why, error.column) if isinstance(own, files.Own) else error
