"""A user's currencies and units, laid over `currencies.toml` and `units.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extract.lexicons.own.files import words
from extract.lexicons.own.variants import variants

_NAMED = ("nouns", "phrases", "minor")  # where names of currencies are


def with_currencies(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Take names and signs away, then add currencies: their names, signs and subunits."""
    for word in words(section.get("remove")):
        for table in ("signs", "after"):
            tables[table].pop(word, None)
        for name in _both(word):
            for table in _NAMED:
                tables[table].pop(name, None)
            tables["removed"] = [*tables.get("removed", ()), name]
    for code, entry in section.items():
        if code != "remove":
            _add_currency(tables, code, entry)


def _add_currency(tables: dict[str, Any], code: str, entry: Mapping[str, Any]) -> None:
    names = set(_names(entry, "names", "currencies", code))
    _use(tables, names | set(_names(entry, "minor", "currencies", code)))
    tables["historic"]["codes"] = [*tables["historic"]["codes"], code]
    tables["phrases"] |= dict.fromkeys(names, code)
    tables["called"] = {**tables.get("called", {}), code: names}
    for sign in words(entry.get("signs")):
        tables["signs"][sign] = tables["after"][sign] = code
    for name in _names(entry, "minor", "currencies", code):
        tables["minor"][name] = code
        tables["parts"][name] = entry.get("minor_per_unit", 100)


def _use(tables: dict[str, Any], names: set[str]) -> None:
    """Names that mean another currency so far, or were taken away, mean one of the user's."""
    for table in _NAMED:
        for name in names:
            tables[table].pop(name, None)
    tables["removed"] = [name for name in tables.get("removed", ()) if name not in names]


def with_units(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Take names and symbols away, then add units, or names and symbols of units there are."""
    removed = [form for word in words(section.get("remove")) for form in (word, *_both(word))]
    tables["removed"] = [*tables.get("removed", ()), *removed]
    for unit, entry in section.items():
        if unit == "remove":
            continue
        names = set(_names(entry, "names", "units", unit)) or {unit.lower(), f"{unit.lower()}s"}
        names |= {name.replace("-", " ") for name in names}
        symbols = words(entry.get("symbols"))
        tables["own"] = tables.get("own", {}) | dict.fromkeys(names, unit)
        tables["symbols"] |= dict.fromkeys(symbols, unit)
        tables["removed"] = [word for word in tables["removed"] if word not in names and word not in symbols]


def _both(word: str) -> tuple[str, str]:
    """A name in lower case, and its plural."""
    return word.lower(), f"{word.lower()}s"


def _names(entry: Mapping[str, Any], key: str, *path: str) -> Iterator[str]:
    """The names under a key, in lower case, with their variants: `quatloo(s)`.

    Raises:
        PatternError: one cannot be read.
    """
    return (" ".join(phrase.words) for phrase in variants(entry, key, *path))
