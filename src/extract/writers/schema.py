"""The JSON Schema of the records that the JSON Lines writer makes, derived from the dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from extract.errors import OptionError
from extract.records import KINDS, Fact, Source, columns

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES: Mapping[Any, Mapping[str, str]] = MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        Decimal: {"type": "number"},
        date: {"type": "string", "format": "date"},
        type(None): {"type": "null"},
    }
)


def schema(kind: str | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of record, or of any record when `kind` is None.

    Raises:
        OptionError: there is no such kind.
    """
    if kind is None:
        return {"$schema": DIALECT, "title": "fact", "oneOf": [_object(cls) for cls in KINDS.values()]}
    if kind not in KINDS:
        raise OptionError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    return {"$schema": DIALECT, **_object(KINDS[kind])}


def types(cls: type[Fact]) -> dict[str, Any]:
    """The type of each column of a kind of fact, in the order of the columns."""
    hints = get_type_hints(Source) | get_type_hints(cls) | {"fact_id": str, "kind": Literal[cls.kind]}
    return {name: hints[name] for name in columns(cls)}


def _object(cls: type[Fact]) -> dict[str, Any]:
    properties = {name: _of_type(hint) for name, hint in types(cls).items()}
    return {
        "title": cls.kind,
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of_type(hint: Any) -> dict[str, Any]:
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [_of_type(choice) for choice in get_args(hint)]}
    return dict(_TYPES[hint])
