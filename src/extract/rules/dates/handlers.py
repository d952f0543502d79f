"""The readers of the patterns of dates: what the match of each denotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from extract.lexicons.patterns import entries
from extract.rules import registry
from extract.rules.dates import absolute, clock, durations, places, quarters, relative, years
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

Handler = Callable[[Part, Context, str | None], Meaning | None]

_MODULES = (absolute, clock, durations, places, quarters, relative, years)
HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {entry.rule: registry.function(entry, _MODULES) for entry in entries("date") if not entry.is_own}
)
