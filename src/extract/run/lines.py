"""An article's facts as one line of JSON, after the article's digest and id; and back, as they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from extract.articles import Article
from extract.records import KINDS, Fact, Source
from extract.writers.tables import of_kind

_DIGEST = slice(len('["'), len('["') + 32)
_ID = _DIGEST.stop + len('", ')  # where it begins
_DECODER = json.JSONDecoder()
_SOURCE = tuple(field.name for field in fields(Source))


def line(article: Article, facts: Iterable[Fact]) -> str:
    """The line of an article, without the newline."""
    return json.dumps([article.digest, article.id, *map(_row, facts)], default=str)  # of decimals and dates


def key(line: bytes) -> tuple[bytes, str]:
    """The digest and the id of a line's article. ValueError where there are none."""
    doc_id, _ = _DECODER.raw_decode(line.decode(), _ID)
    return bytes.fromhex(line[_DIGEST].decode()), str(doc_id)


def facts(line: bytes) -> list[Fact]:
    """The facts of a line."""
    _, _, *rows = json.loads(line)
    return [_fact(*row) for row in rows]


def _row(fact: Fact) -> tuple[str, list[Any], list[Any]]:
    source = [getattr(fact.source, name) for name in _SOURCE]
    return fact.kind, source, [getattr(fact, name) for name, _ in _fields(fact.kind)]


def _fact(kind: str, source: Sequence[Any], values: Sequence[Any]) -> Fact:
    pairs = zip(_fields(kind), values, strict=True)
    own = {name: value if value is None else read(value) for (name, read), value in pairs}
    return KINDS[kind](source=Source(**dict(zip(_SOURCE, source, strict=True))), **own)


@cache
def _fields(kind: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """A kind's own fields, each with what reads its value from JSON."""
    types = {column.name: column.type for column in of_kind(KINDS[kind])}
    names = (field.name for field in fields(KINDS[kind]) if field.name != "source")
    return tuple((name, _READERS.get(types[name], _as_it_is)) for name in names)


def _as_it_is(value: Any) -> Any:
    return value


_READERS: Mapping[type, Callable[[Any], Any]] = MappingProxyType({Decimal: Decimal, date: date.fromisoformat})
