"""Units of measure: their names, plurals and symbols.

>>> unit_of_name("square kilometers"), unit_of_name("pound-feet")
('square kilometre', 'pound-foot')
>>> unit_of_symbol("MWh"), unit_of_symbol("bpd")
(Symbol(unit='megawatt-hour'), Symbol(unit='barrel', per='day'))

The table is made once, when it is first asked, from quantulum3's table of units (names, spellings, symbols)
and `lexicons/units.toml`. The library's own parser is never run: it takes a millisecond a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extract import lexicons
from extract.errors import LexiconError
from extract.lexicons.scope import cached

_SHIPPED = lexicons.load("units")
_KNOWN: dict[str, str] = _SHIPPED["known"]
_PLURALS: dict[str, str] = _SHIPPED["plurals"]
MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a symbol stands for: a unit, the rate in it (`bpd`: day), how many units it is (`bcm`: 1e9)."""

    unit: str
    per: str | None = None
    size: Decimal = Decimal(1)


@cache
def _table() -> dict[str, dict[str, Any]]:
    """quantulum3's units by name; the file is read without importing the package and its classifier."""
    spec = find_spec("quantulum3")
    if spec is None or spec.origin is None:
        raise LexiconError("quantulum3 is not installed; pip install quantulum3")
    units: dict[str, dict[str, Any]] = json.loads(
        Path(spec.origin).with_name("units.json").read_text(encoding="utf-8")
    )
    return units


@cached
def _names() -> dict[str, str]:
    """Every lower-case name, singular and plural, hyphenated and not, with our name of the unit."""
    names: dict[str, str] = {}
    for singular, unit in _singulars():
        for form in (singular, _plural(singular)):
            names[form.lower()] = names[form.lower().replace("-", " ")] = unit
    tables = lexicons.load("units")
    for name in tables.get("removed", ()):
        names.pop(name, None)
    own: dict[str, str] = tables.get("own", {})
    return names | own


def _singulars() -> Iterator[tuple[str, str]]:
    for name, unit in _KNOWN.items():
        for surface in (*_table()[name]["surfaces"], name):
            if len(surface) > 2:
                yield surface, unit
                yield surface.replace("metre", "meter").replace("litre", "liter"), unit
    yield from _SHIPPED["names"].items()
    for name, prefixes in _SHIPPED["prefixed"].items():
        for prefix in prefixes:
            for spelling in {name, name.replace("metre", "meter").replace("litre", "liter")}:
                yield prefix + spelling, prefix + name


def _plural(singular: str) -> str:
    """The plural of a unit's name: the word before `per` and `of` takes the s."""
    if singular in _PLURALS:
        return _PLURALS[singular]
    head, joint, rest = re.split(r"(\s(?:per|of)\s|$)", singular, maxsplit=1)
    return f"{head if head.endswith('s') else head + 's'}{joint}{rest}"


@cached
def symbols() -> dict[str, Symbol]:
    """Every symbol, as it is written, with what it stands for."""
    table: dict[str, Symbol] = {}
    for name, unit in _KNOWN.items():
        for symbol in _table()[name]["symbols"]:
            if (
                len(symbol) > 1
                and symbol[0].isascii()
                and symbol.lower() not in ("in", "ac", "au", "pt", "gm")
            ):
                table[symbol] = Symbol(unit)
    table.update({symbol: Symbol(unit) for symbol, unit in lexicons.load("units")["symbols"].items()})
    for symbol, entry in _SHIPPED["compound"].items():
        table[symbol] = Symbol(entry["unit"], entry.get("per"), Decimal(entry.get("size", 1)))
    for symbol in lexicons.load("units").get("removed", ()):
        table.pop(symbol, None)
    return table


def unit_of_name(name: str) -> str | None:
    """Our name of the unit that a lower-case name means, or None; hyphens count as spaces."""
    return _names().get(name)


def point_words() -> dict[str, set[str]]:
    """What names of percentage and basis points begin with, and their symbols, as patterns call them."""
    names = {name.split()[0] for name, unit in _names().items() if unit.endswith("_point")}
    marks = {symbol for symbol, meaning in symbols().items() if meaning.unit.endswith("_point")}
    return {"point_words": names, "point_symbols": marks}


def unit_of_symbol(symbol: str) -> Symbol | None:
    """What a symbol stands for, or None."""
    return symbols().get(symbol)


@cached
def symbol_pattern() -> re.Pattern[str]:
    """A symbol after a number, with the space or hyphen before it."""
    return re.compile(
        rf"(?P<gap>[\s ]?|-)(?P<symbol>{lexicons.alternation(symbols())})(?![\w°²³]|/[A-Za-z])", re.NOFLAG
    )
