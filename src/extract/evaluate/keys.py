"""The keys that an entry of the gold may have, derived from the fields of the record of its kind.

Fields marked `DERIVED` (ids, offsets, values computed from other fields) are never in the gold. Each other
field is a key of the same name. A field added to a record becomes a key without further code, and is scored
in the files that state it (see `coverage.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from extract.evaluate.values import amount, day, one_of, string
from extract.records import DERIVED, INFERRED, KINDS, Fact, with_origin

NAMED = ("subject", "partner", "speaker")  # records contain the id of an entity, the gold its name
SPANS = ("metric", "period", "baseline", "restates")  # quotes from the article with their own `_nth`
# Fields inferred by the program: drafts do not have them.
WORKED_OUT = frozenset(name for kind in KINDS.values() for name in with_origin(kind, INFERRED))
RENAMED: Mapping[str, str] = MappingProxyType({"timex_type": "type"})

_MUST: Mapping[str, tuple[str, ...]] = MappingProxyType(  # optional in records, required in the gold
    {"money": ("currency",), "quantity": ("unit",), "growth": ("metric",)}
)
_MAY = {"name"}  # required in records; the gold states it only if it is not the text itself
_AHEAD: Mapping[str, tuple[str, ...]] = MappingProxyType(  # checked; scored once the record has them
    {
        "money": ("role", "restates"),
        "growth": ("metric_id", "metric_qualifier", "subject_country", "subject_source", "partner_country"),
    }
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an entry: the field of the record, whether it is required, and the parser of its value."""

    field: str
    required: bool
    parse: Callable[[Any], Any]


@cache
def keys(kind: str) -> Mapping[str, Key]:
    """The keys of entries of a kind, in the order of the record's fields."""
    hints, derived = get_type_hints(KINDS[kind]), with_origin(KINDS[kind], DERIVED)
    declared = {}
    for field in fields(KINDS[kind]):
        if field.name != "source" and field.name not in derived:
            key = RENAMED.get(field.name, field.name)
            must = field.name in _MUST.get(kind, ()) or (field.default is MISSING and field.name not in _MAY)
            declared[key] = Key(field.name, must, _parser(key, hints[field.name]))
    for name in _AHEAD.get(kind, ()):
        declared.setdefault(name, Key(name, False, _parser(name, str | None)))
    return MappingProxyType(declared)


@cache
def annotated(kind: str) -> tuple[str, ...]:
    """The fields of a kind's record that the gold may state, in the order of the record."""
    stated = {key.field for key in keys(kind).values()}
    return tuple(field.name for field in fields(KINDS[kind]) if field.name in stated)


@cache
def absent(kind: str, name: str) -> Any:
    """The value of a field that is not stated: its default, or None if it has no default."""
    (default,) = (field.default for field in fields(KINDS[kind]) if field.name == name)
    return None if default is MISSING else default


def states(fact: Fact, name: str) -> bool:
    """Whether a fact has a value in a field of its kind."""
    return bool(getattr(fact, name) != absent(fact.kind, name))


def _parser(key: str, hint: Any) -> Callable[[Any], Any]:
    """The parser of the values of a key, chosen by the type of the record's field."""
    types = (*get_args(hint), hint)
    choices = [arg for arg in types if get_origin(arg) is Literal]

    def parse(value: Any) -> Any:
        if choices:
            return one_of(key, value, get_args(choices[0]))
        if Decimal in types:
            return amount(key, value)
        return day(key, value) if date in types else string(key, value)

    return parse
