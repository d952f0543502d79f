"""The templates of files of rules."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from extract.errors import OptionError

_TOP = """\
# Words and rules of your own. `extract rules check FILE` runs the examples, `extract run --rules FILE` uses
# them.
"""


@cache
def _templates() -> dict[str, str]:
    text = files("extract.lexicons.own").joinpath("templates.toml").read_text(encoding="utf-8")
    templates: dict[str, str] = tomllib.loads(text)
    return templates


def kinds() -> tuple[str, ...]:
    """What there are templates for."""
    return tuple(_templates())


def template(kind: str | None = None) -> str:
    """A commented file of rules: of one kind, or of each.

    Raises:
        OptionError: there is no such kind.
    """
    known = _templates()
    if kind is None:
        return "\n".join((_TOP, *known.values()))
    if kind not in known:
        near = get_close_matches(kind, known, 1) or get_close_matches(f"patterns.{kind}", known, 1)
        meant = f"do you mean {near[0]!r}? " if near else ""
        raise OptionError(f"there is no template of {kind!r}; {meant}there are {', '.join(known)}")
    return f"{_TOP}\n{known[kind]}"
