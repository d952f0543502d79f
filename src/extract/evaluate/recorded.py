"""Reads facts from files of records, written by any version of this program or by another system.

Missing columns are null, and unknown columns are ignored.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from extract.articles import Article
from extract.errors import OptionError
from extract.records import KINDS, Fact, Source

_NOTHING: Mapping[str, Any] = MappingProxyType(
    {"sentence": "", "sentence_start": 0, "sentence_end": 0, "rule": "", "text": ""}
)
_NAMES = {Decimal: "number", float: "number", date: "ISO date", int: "whole number from 0"}
_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".parquet")
_ESCAPED = tuple(f"'{sign}" for sign in "=+-@\t\r\n")  # formulas, as escaped in our CSV files


@dataclass(frozen=True, slots=True)
class Recorded:
    """The facts of a file of records.

    Attributes:
        facts: The facts of the given articles.
        unknown: Each `doc_id` that matches no article.
        misplaced: Number of facts whose text differs from the article's text at their offsets.
        ambiguous: Each `doc_id` whose name or stem is shared by several articles or documents.
        by_name: Number of documents matched by name or stem, because their `doc_id` is not an article's id.
        kinds: Number of records of each unknown kind.
    """

    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    misplaced: int
    ambiguous: tuple[str, ...] = ()
    by_name: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)


def load_records(path: Path, articles: Iterable[Article]) -> Recorded:
    """Read the facts of a file, or of the files of a folder.

    Args:
        path: JSON Lines, CSV or Parquet, by its suffix; or a folder of files of one of these formats. A
            record belongs to the article whose id is its `doc_id`, or else to the article with the same name
            or stem, if no other article or document has it: `news/a.txt` matches `a.txt`. Rows without a
            `kind` are ignored.
        articles: The articles to which the records may belong.

    Raises:
        OptionError: the file cannot be read, or has an invalid value.
    """
    texts = {article.id: article.text for article in articles}
    kinds: Counter[str] = Counter()
    read: list[Fact] = []
    for file in _files(path):
        for place, values in _rows(file):
            kind = values.get("kind")
            if isinstance(kind, str) and kind in KINDS:
                read.append(_fact(values, f"{file}, {place}"))
            elif kind is not None:
                kinds[str(kind)] += 1
    articles_of, ambiguous = _found(dict.fromkeys(fact.doc_id for fact in read), texts)
    facts: list[Fact] = []
    misplaced = 0
    for fact in read:
        if name := articles_of.get(fact.doc_id):
            quote = texts[name][fact.start : fact.end]
            misplaced += bool(fact.text) and fact.text != quote
            facts.append(replace(fact, source=replace(fact.source, doc_id=name, text=fact.text or quote)))
    missing = dict.fromkeys(fact.doc_id for fact in read if fact.doc_id not in articles_of)
    return Recorded(
        facts=tuple(facts),
        unknown=tuple(name for name in missing if name not in ambiguous),
        misplaced=misplaced,
        ambiguous=tuple(name for name in missing if name in ambiguous),
        by_name=sum(document != article for document, article in articles_of.items()),
        kinds=kinds,
    )


def _found(documents: Iterable[str], articles: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """The article of each document that matches one, and the documents that are ambiguous."""
    documents, articles = list(documents), set(articles)
    named_documents, named_articles = _by_name(documents), _by_name(articles)
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for document in documents:
        path = PurePath(document)
        known = [name for name in (path.name, path.stem) if name in named_articles]
        unique = (n for n in known if len(named_articles[n]) == len(named_documents[n]) == 1)
        if document in articles:
            found[document] = document
        elif name := next(unique, None):
            found[document] = named_articles[name][0]
        elif known:
            ambiguous.add(document)
    return found, ambiguous


def _by_name(ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids by their file name, with and without its suffix."""
    named: dict[str, list[str]] = {}
    for one in ids:
        for name in {PurePath(one).name, PurePath(one).stem}:
            named.setdefault(name, []).append(one)
    return named


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES)
    formats = sorted({file.suffix for file in found})
    if not found:
        raise OptionError(f"{path}: holds no {' '.join(_SUFFIXES)} file; name a file of records")
    if len(formats) > 1:
        raise OptionError(
            f"{path}: holds {' and '.join(formats)} files, whose facts would count twice; "
            "leave one format in the folder, or name a file"
        )
    return found


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a file with their positions, such as `line 3`."""
    readers: Mapping[str, Callable[[Path], Iterator[tuple[str, Mapping[str, Any]]]]]
    readers = dict(zip(_SUFFIXES, (_json_lines, _json_lines, _csv, _parquet), strict=True))
    if path.suffix not in readers:
        raise OptionError(f"{path}: is not a file of records; name one that ends in {' '.join(_SUFFIXES)}")
    try:
        yield from readers[path.suffix](path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OptionError(
            f"{path}: cannot be read ({error}); name a file that `extract run` wrote"
        ) from error


def _json_lines(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            try:
                values = json.loads(line, parse_float=Decimal) if line.strip() else {}
            except ValueError as error:
                raise OptionError(f"{path}, line {number}: is not JSON ({error}); run it again") from error
            if not isinstance(values, dict):
                raise OptionError(f"{path}, line {number}: is not a record; each line must be a JSON object")
            yield f"line {number}", values


def _csv(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for cells in reader:
            yield f"line {reader.line_num}", {key: _cell(text) for key, text in cells.items() if key and text}


def _cell(text: str) -> str:
    return text[1:] if text.startswith(_ESCAPED) else text


def _parquet(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise OptionError(f"{path}: needs pyarrow; pip install pyarrow") from error
    try:
        rows = parquet.read_table(path).to_pylist()
    except pa.ArrowInvalid as error:
        raise OptionError(f"{path}: is no Parquet file ({error}); run it again") from error
    yield from ((f"row {number}", values) for number, values in enumerate(rows, 1))


def _fact(values: Mapping[str, Any], place: str) -> Fact:
    """The fact of a row."""
    kind = KINDS[values["kind"]]
    if lacking := [name for name in ("doc_id", "start", "end") if values.get(name) is None]:
        raise OptionError(f"{place}: lacks {', '.join(lacking)}; every record has them")
    types = _types(kind.kind)
    held: dict[str, Any] = {
        name: _value(values[name], types[name], f"{place}, {name}") if values.get(name) is not None else None
        for name in types
    }
    source: dict[str, Any] = {name: held.pop(name) for name in _types("")}
    source |= {name: value for name, value in _NOTHING.items() if source[name] is None}
    own: dict[str, Any] = {
        field.name: None for field in fields(kind) if field.default is MISSING and field.name != "source"
    }
    own |= {name: value for name, value in held.items() if value is not None}
    return kind(source=Source(**source), **own)


@cache
def _types(kind: str) -> Mapping[str, type]:
    """The plain type of each column of a kind; for an empty kind, only the columns of `Source`."""
    cls = KINDS[kind] if kind else Source
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls) if field.name != "source"]
    own = {name: (hints[name], *get_args(hints[name])) for name in names}
    plain = {
        name: next((of for of in (Decimal, date, int, float) if of in types), str)
        for name, types in own.items()
    }
    return {**_types(""), **plain} if kind else plain


def _value(value: Any, wanted: type, place: str) -> Any:
    try:
        if wanted is date:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        if wanted is str:
            return str(value)
        number = Decimal(str(value))
        if not number.is_finite() or (wanted is int and not (number == number.to_integral_value() >= 0)):
            raise ValueError
        return wanted(number) if wanted in (int, float) else number
    except (ValueError, InvalidOperation) as error:
        raise OptionError(f"{place}: {value!r} is no {_NAMES[wanted]}; correct the file") from error
