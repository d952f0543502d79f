"""The functions that patterns name: their readers and builders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from types import ModuleType
from typing import Any

from extract.lexicons.patterns import Entry


def function(entry: Entry, modules: Iterable[ModuleType]) -> Callable[..., Any]:
    """The reader or builder of a pattern.

    Args:
        entry: The pattern, which names it by module and function: `years.era`.
        modules: The modules that may have it.

    Raises:
        LexiconError: none of them has a function of this name; names the file and the pattern.
    """
    named = entry.function
    by_name = {module.__name__.rpartition(".")[2]: module for module in modules}
    module, _, name = named.partition(".")
    found = getattr(by_name.get(module), name, None) if name and not name.startswith("_") else None
    if not callable(found):
        raise entry.error(f"there is no function {named!r}{_nearest(named, by_name.values())}")
    return found  # type: ignore[no-any-return]


def _nearest(named: str, modules: Iterable[ModuleType]) -> str:
    known = [
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, value in vars(module).items()
        if callable(value)
        and getattr(value, "__module__", "") == module.__name__
        and not name.startswith("_")
    ]
    near = get_close_matches(named, known, 1)
    return f"; do you mean {near[0]!r}?" if near else ""
