"""The tables that facts make, one of each kind and one of the articles: the columns of every format."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from extract.articles import Article
from extract.records import KINDS, Fact, Source, Value, columns, row

ARTICLES = "articles"

_OF_ARTICLES = ("digest", "title", "published", "source", "url", "author", "text")

Row = tuple[Value, ...]  # one value per column

_ATTRIBUTE = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)
_TYPES: tuple[type, ...] = (Decimal, date, int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name, in every format.
        type: `str`, `int`, `Decimal` or `date`.
        words: The only texts that it holds; empty when it may hold any.
        optional: It is null where a fact lacks the value.
        meaning: What it says, from the docstring of the dataclass.
    """

    name: str
    type: type
    words: tuple[str, ...] = ()
    optional: bool = False
    meaning: str = ""

    @property
    def nullable(self) -> bool:
        """Null may stand in it where decimals are bounded, for one that does not fit is null."""
        return self.optional or self.type is Decimal


@cache
def tables() -> Mapping[str, tuple[Column, ...]]:
    """The columns of each table, by its name: `articles`, then the kinds of facts."""
    return MappingProxyType({ARTICLES: _of_articles()} | {kind: of_kind(cls) for kind, cls in KINDS.items()})


def of_kind(cls: type[Fact]) -> tuple[Column, ...]:
    """The columns of a kind of fact."""
    hints = get_type_hints(Source) | get_type_hints(cls) | {"fact_id": str, "kind": Literal[cls.kind]}
    meanings = _meanings(Source) | _meanings(Fact) | _meanings(cls)
    return tuple(_column(name, hints[name], meanings) for name in columns(cls))


def combined(groups: Iterable[Sequence[Column]]) -> tuple[Column, ...]:
    """One table for the rows of several: each column once, optional where one of them may lack it."""
    known = list(groups)
    uses: dict[str, list[Column]] = {}
    for column in (column for group in known for column in group):
        uses.setdefault(column.name, []).append(column)
    return tuple(
        Column(
            name=name,
            type=used[0].type,
            words=tuple(dict.fromkeys(word for column in used for word in column.words)),
            optional=len(used) < len(known) or any(column.optional for column in used),
            meaning=used[0].meaning,
        )
        for name, used in uses.items()
    )


def rows(found: Iterable[tuple[Article, Sequence[Fact]]]) -> dict[str, list[Row]]:
    """The rows of articles and their facts, by the name of the table."""
    made: dict[str, list[Row]] = {table: [] for table in tables()}
    for article, facts in found:
        made[ARTICLES].append((article.id, *(getattr(article, name) for name in _OF_ARTICLES)))
        for fact in facts:
            made[fact.kind].append(tuple(row(fact).values()))
    return made


def _of_articles() -> tuple[Column, ...]:
    hints = get_type_hints(Article) | {"doc_id": str, "digest": str}
    meanings = _meanings(Article) | {"doc_id": _meanings(Source)["doc_id"]}
    return tuple(_column(name, hints[name], meanings) for name in ("doc_id", *_OF_ARTICLES))


def _column(name: str, hint: Any, meanings: Mapping[str, str]) -> Column:
    choices = {hint, *get_args(hint)} if get_origin(hint) is not Literal else {hint}
    words = next((get_args(choice) for choice in choices if get_origin(choice) is Literal), ())
    return Column(
        name=name,
        type=str if words else next(known for known in _TYPES if known in choices),
        words=words,
        optional=type(None) in choices,
        meaning=meanings.get(name, ""),
    )


def _meanings(cls: type) -> dict[str, str]:
    """What the docstring of a dataclass says of its attributes."""
    _, _, told = (inspect.getdoc(cls) or "").partition("Attributes:\n")
    return {name: " ".join(meaning.split()) for name, meaning in _ATTRIBUTE.findall(told)}
