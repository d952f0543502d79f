"""The tables of every output format: one per kind of fact and one of the articles, with their columns.

Formats without a table of articles (JSON Lines, Arrow, a file of one kind) have one table.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from extract.articles import Article
from extract.errors import OptionError
from extract.records import KINDS, Fact, Source, Value, columns, row

ARTICLES = "articles"

OF_ARTICLES = ("digest", "title", "published", "source", "url", "author", "text")

Numbers = Literal["exact", "float"]
Cell = Value
Row = tuple[Cell, ...]  # one value per column

_ATTRIBUTE = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)
_TYPES: tuple[type, ...] = (Decimal, date, int, float, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name, in every format.
        type: `str`, `int`, `Decimal`, `float` or `date`.
        words: The allowed values of a column of words; empty if any text is allowed.
        optional: Null if a fact lacks the value.
        meaning: Its description, from the docstring of the dataclass.
    """

    name: str
    type: type
    words: tuple[str, ...] = ()
    optional: bool = False
    meaning: str = ""

    @property
    def nullable(self) -> bool:
        """Whether it may be null: also for decimals, as one that does not fit becomes null."""
        return self.optional or self.type is Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The kinds, columns and numbers of an output.

    Attributes:
        kinds: The kinds of facts.
        keep: Further fields of the articles as columns: of the table of articles or, if the format has none,
            of the facts, where they may also be `title`, `url` and so on.
        text: Whether the table of articles has their texts.
        numbers: `exact` decimals, or `float`.
    """

    kinds: tuple[str, ...] = tuple(KINDS)
    keep: tuple[str, ...] = ()
    text: bool = True
    numbers: Numbers = "exact"

    def __post_init__(self) -> None:
        if unknown := [kind for kind in self.kinds if kind not in KINDS]:
            raise OptionError(f"unknown kind {unknown[0]!r}; choose one of {', '.join(KINDS)}")
        taken = (
            {*OF_ARTICLES, *(name for cls in KINDS.values() for name in columns(cls))} if self.keep else set()
        )
        for name in self.keep:
            if name.lower() in taken and (name not in OF_ARTICLES or name == "text"):
                raise OptionError(
                    f"keep {name!r}: the output already has a column {name.lower()!r}; rename the field"
                )
            taken.add(name.lower())  # databases ignore case in the names of columns


EVERYTHING = Layout()


@cache
def tables(layout: Layout = EVERYTHING, *, alone: bool = False) -> Mapping[str, tuple[Column, ...]]:
    """The columns of each table by its name: `articles`, then the kinds; `alone`: only the one kind."""
    if alone:
        return MappingProxyType({layout.kinds[0]: table_of_facts(layout)})
    articles = _of_articles()
    kept = tuple(column for column in _kept(layout) if column.name not in OF_ARTICLES)
    facts = {kind: _numbers(of_kind(KINDS[kind]), layout) for kind in layout.kinds}
    return MappingProxyType({ARTICLES: articles + kept} | facts)


@cache
def table_of_facts(layout: Layout) -> tuple[Column, ...]:
    """The columns of a single table with the facts of all kinds."""
    return _numbers(combined(of_kind(KINDS[kind]) for kind in layout.kinds), layout) + _kept(layout)


def of_kind(cls: type[Fact]) -> tuple[Column, ...]:
    """The columns of a kind of fact."""
    hints = get_type_hints(Source) | get_type_hints(cls) | {"fact_id": str, "kind": Literal[cls.kind]}
    meanings = _meanings(Source) | _meanings(Fact) | _meanings(cls)
    return tuple(_column(name, hints[name], meanings) for name in columns(cls))


def combined(groups: Iterable[Sequence[Column]]) -> tuple[Column, ...]:
    """The columns of several tables as one: each column once, optional if one table may lack it."""
    known = list(groups)
    uses: dict[str, list[Column]] = {}
    for column in (column for group in known for column in group):
        uses.setdefault(column.name, []).append(column)
    return tuple(
        Column(
            name=name,
            type=used[0].type,
            words=_words_of(used),
            optional=len(used) < len(known) or any(column.optional for column in used),
            meaning=used[0].meaning,
        )
        for name, used in uses.items()
    )


def _words_of(used: Sequence[Column]) -> tuple[str, ...]:
    """The allowed values of columns with one name; none if one of them allows any text."""
    if not all(column.words for column in used):
        return ()
    return tuple(dict.fromkeys(word for column in used for word in column.words))


def rows(
    found: Iterable[tuple[Article, Sequence[Fact]]], layout: Layout = EVERYTHING, *, alone: bool = False
) -> dict[str, list[Row]]:
    """The rows of articles and their facts, by table; `alone`: only those of the one kind."""
    if alone:
        return {layout.kinds[0]: [tuple(record.values()) for record in records(found, layout)]}
    tables_: dict[str, list[Row]] = {table: [] for table in tables(layout)}
    own = [name for name in layout.keep if name not in OF_ARTICLES]
    for article, facts in found:
        text = article.text if layout.text else None
        cells = [getattr(article, name) for name in OF_ARTICLES if name != "text"]
        tables_[ARTICLES].append((article.id, *cells, text, *map(dict(article.kept).get, own)))
        for fact in facts:
            if fact.kind in tables_:
                tables_[fact.kind].append(tuple(_cells(fact, layout).values()))
    return tables_


def records(found: Iterable[tuple[Article, Sequence[Fact]]], layout: Layout) -> Iterator[dict[str, Cell]]:
    """The flat records of facts, each with the `keep` fields of its article."""
    for article, facts in found:
        kept = dict(article.kept)
        of_article = {n: getattr(article, n) if n in OF_ARTICLES else kept.get(n) for n in layout.keep}
        for fact in facts:
            if fact.kind in layout.kinds:
                yield {**_cells(fact, layout), **of_article}


def _cells(fact: Fact, layout: Layout) -> Mapping[str, Cell]:
    flat = row(fact)
    if layout.numbers == "exact":
        return flat
    return {name: float(cell) if isinstance(cell, Decimal) else cell for name, cell in flat.items()}


def _numbers(columns: Sequence[Column], layout: Layout) -> tuple[Column, ...]:
    """The columns with amounts of the type that the layout asks for."""
    binary = layout.numbers == "float"
    return tuple(replace(c, type=float) if binary and c.type is Decimal else c for c in columns)


def _kept(layout: Layout) -> tuple[Column, ...]:
    """The columns of the `keep` fields."""
    known = {column.name: column for column in _of_articles()}
    meaning = "The field of that name in the article's source."
    columns_ = (known.get(n) or Column(name=n, type=str, optional=True, meaning=meaning) for n in layout.keep)
    return tuple(replace(column, optional=True) for column in columns_)


def _of_articles() -> tuple[Column, ...]:
    hints = get_type_hints(Article) | {"doc_id": str, "digest": str, "text": str | None}
    meanings = _meanings(Article) | {"doc_id": _meanings(Source)["doc_id"]}
    return tuple(_column(name, hints[name], meanings) for name in ("doc_id", *OF_ARTICLES))


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
    """The descriptions of the attributes of a dataclass, from its docstring."""
    _, _, attributes = (inspect.getdoc(cls) or "").partition("Attributes:\n")
    return {name: " ".join(meaning.split()) for name, meaning in _ATTRIBUTE.findall(attributes)}
