"""Facts from files of records: of this program, of another version, of another system in the same columns.

A column that a file lacks is null, one that the records do not have is ignored.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
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
_ESCAPED = tuple(f"'{sign}" for sign in "=+-@\t\r\n")  # texts that a spreadsheet would run, in our CSV files


@dataclass(frozen=True, slots=True)
class Recorded:
    """The facts of a file of records.

    Attributes:
        facts: Those about the articles given.
        unknown: The `doc_id` of records that are about none of them.
        misplaced: How many facts do not have the article's text at their offsets.
    """

    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    misplaced: int


def load_records(path: Path, articles: Iterable[Article]) -> Recorded:
    """Read the facts of a file, or of the files of a folder.

    Args:
        path: JSON Lines, CSV or Parquet, by its suffix; or a folder of CSV or Parquet files. A record is
            about the article whose id is its `doc_id`, or else has the same stem: `news/a.txt` is `a.txt`.
        articles: Those that the records may be about.

    Raises:
        OptionError: The file cannot be read, or a value of it has no meaning.
    """
    texts = {article.id: article.text for article in articles}
    named = {part: name for name in texts for part in (PurePath(name).stem, PurePath(name).name)}
    named |= {name: name for name in texts}
    facts: list[Fact] = []
    unknown: dict[str, None] = {}
    misplaced = 0
    for file in _files(path):
        for place, values in _rows(file):
            fact = _fact(values, f"{file}, {place}")
            if fact is None:
                continue
            path_of = PurePath(fact.doc_id)
            said = (fact.doc_id, path_of.name, path_of.stem)
            name = next((named[part] for part in said if part in named), None)
            if name is None:
                unknown[fact.doc_id] = None
                continue
            quote = texts[name][fact.start : fact.end]
            misplaced += bool(fact.text) and fact.text != quote
            facts.append(replace(fact, source=replace(fact.source, doc_id=name, text=fact.text or quote)))
    return Recorded(tuple(facts), tuple(unknown), misplaced)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix in (".csv", ".parquet"))
    if not found:
        raise OptionError(f"{path}: holds no .csv or .parquet file; name a file of records")
    return found


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a file with their places, such as `line 3`."""
    readers: Mapping[str, Callable[[Path], Iterator[tuple[str, Mapping[str, Any]]]]]
    readers = {".jsonl": _json_lines, ".ndjson": _json_lines, ".csv": _csv, ".parquet": _parquet}
    if path.suffix not in readers:
        raise OptionError(f"{path}: is no file of records; give one that ends in {' '.join(readers)}")
    try:
        yield from readers[path.suffix](path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OptionError(
            f"{path}: cannot be read ({error}); name a file that `extract run` wrote"
        ) from error


def _json_lines(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                values = json.loads(line, parse_float=Decimal) if line.strip() else {}
            except ValueError as error:
                raise OptionError(f"{path}, line {number}: is not JSON ({error}); run it again") from error
            if not isinstance(values, dict):
                raise OptionError(f"{path}, line {number}: is no record; each line is one JSON object")
            yield f"line {number}", values


def _csv(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as lines:
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


def _fact(values: Mapping[str, Any], place: str) -> Fact | None:
    """The fact of a row; None for a row of another table."""
    kind = KINDS.get(str(values.get("kind")))
    if kind is None:
        return None
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
    """The plain type of each column of a kind; of no kind: those of a source alone."""
    cls = KINDS[kind] if kind else Source
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls) if field.name != "source"]
    own = {name: (hints[name], *get_args(hints[name])) for name in names}
    plain = {
        name: next((of for of in (Decimal, date, int) if of in types), str) for name, types in own.items()
    }
    return {**_types(""), **plain} if kind else plain


def _value(value: Any, wanted: type, place: str) -> Any:
    try:
        if wanted is Decimal:
            return Decimal(str(value))
        if wanted is date:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        return int(value) if wanted is int else str(value)
    except (ValueError, InvalidOperation) as error:
        raise OptionError(f"{place}: {value!r} is no {wanted.__name__}; correct the file") from error
