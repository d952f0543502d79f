"""The JSON Schema of the JSON Lines records, derived from the dataclasses."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from extract.errors import OptionError
from extract.records import KINDS, Fact
from extract.writers.tables import Column, of_kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES: Mapping[type, Mapping[str, str]] = MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        Decimal: {"type": "number"},
        float: {"type": "number"},
        date: {"type": "string", "format": "date"},
    }
)


def schema(kind: str | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of record, or of all kinds if `kind` is None.

    Raises:
        OptionError: the kind is unknown.
    """
    if kind is None:
        return {"$schema": DIALECT, "title": "fact", "oneOf": [_object(cls) for cls in KINDS.values()]}
    if kind not in KINDS:
        raise OptionError(f"unknown kind {kind!r}; choose one of {', '.join(KINDS)}")
    return {"$schema": DIALECT, **_object(KINDS[kind])}


def _object(cls: type[Fact]) -> dict[str, Any]:
    properties = {column.name: _property(column) for column in of_kind(cls)}
    description, _, _ = (inspect.getdoc(cls) or "").partition("\n\nAttributes:")
    return {
        "title": cls.kind,
        "description": " ".join(description.split()),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    described = {"description": column.meaning} if column.meaning else {}
    type_ = {"enum": list(column.words)} if column.words else dict(_TYPES[column.type])
    return described | ({"anyOf": [type_, {"type": "null"}]} if column.optional else type_)
