"""Converts facts to plain values for JSON, and back without loss.

>>> restored(*flattened(fact)) == fact
True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from extract.records import KINDS, Fact, Source, Value

_SOURCE = tuple(field.name for field in fields(Source))
_READERS: Mapping[type, Callable[[str], Value]] = MappingProxyType(
    {Decimal: Decimal, date: date.fromisoformat}
)

Flat = tuple[str, list[Value], list[Value]]


def flattened(fact: Fact) -> Flat:
    """The kind, the fields of the source and the fact's own; decimals and dates as strings."""
    own = (_flat(getattr(fact, name)) for name, _ in _fields(fact.kind))
    return fact.kind, [getattr(fact.source, name) for name in _SOURCE], list(own)


def restored(kind: str, source: Sequence[Any], values: Sequence[Any]) -> Fact:
    """The fact of flat values."""
    pairs = zip(_fields(kind), values, strict=True)
    own: dict[str, Any] = {
        name: value if value is None or read is None else read(value) for (name, read), value in pairs
    }
    return KINDS[kind](source=Source(**dict(zip(_SOURCE, source, strict=True))), **own)


def _flat(value: Value) -> Value:
    return str(value) if isinstance(value, Decimal | date) else value


@cache
def _fields(kind: str) -> tuple[tuple[str, Callable[[str], Value] | None], ...]:
    """A kind's own fields, each with the function that parses its value from a string, if needed."""
    hints = get_type_hints(KINDS[kind])
    names = (field.name for field in fields(KINDS[kind]) if field.name != "source")
    return tuple(
        (
            name,
            next(
                (read for type_, read in _READERS.items() if type_ in {hints[name], *get_args(hints[name])}),
                None,
            ),
        )
        for name in names
    )
