"""How a user's rules change the tables of the shipped lexicons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any

from extract.lexicons.own.amounts import with_currencies, with_units
from extract.lexicons.own.changes import with_nouns, with_verbs
from extract.lexicons.own.names import with_organisations, with_stop_words, with_titles
from extract.lexicons.own.patterns import with_patterns
from extract.lexicons.own.times import with_fiscal_years, with_holidays
from extract.lexicons.scope import Lexicons

Overlay = Callable[[dict[str, Any], Mapping[str, Any]], None]  # changes tables by a layer's section

# Which sections change which lexicon, in the order in which they do.
_OVERLAYS: Mapping[str, tuple[tuple[str, Overlay], ...]] = MappingProxyType(
    {
        "growth_kinds": (("verbs", with_verbs), ("nouns", with_nouns)),
        "currencies": (("currencies", with_currencies),),
        "units": (("units", with_units),),
        "organisations": (("organisations", with_organisations),),
        "dates": (("holidays", with_holidays),),
        "fiscal": (("fiscal_years", with_fiscal_years),),
        "titles": (("titles", with_titles),),
        "capitals": (("stop_words", with_stop_words),),
        "entities_patterns": (("patterns.entity", with_patterns),),
        "dates_patterns": (("patterns.date", with_patterns),),
        "money_patterns": (("patterns.money", with_patterns),),
        "quantities_patterns": (("patterns.quantity", with_patterns),),
        "growth_patterns": (("patterns.growth", with_patterns),),
    }
)


def laid_over(name: str, shipped: dict[str, Any], lexicons: Lexicons) -> dict[str, Any]:
    """The tables of a shipped lexicon with what rules change in them; the same object where they do not."""
    tables = shipped
    for layer in lexicons.layers:
        for section, overlay in _OVERLAYS.get(name, ()):
            change = at(layer, section)
            if change:
                tables = deepcopy(shipped) if tables is shipped else tables
                overlay(tables, change)
    return tables


def at(layer: Mapping[str, Any], section: str) -> Any:
    """A section of a layer by its dotted name; None where it has none."""
    found: Any = layer
    for key in section.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found
