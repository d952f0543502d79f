"""Metadata: a JSON or CSV file with dates and titles by article id.

JSON: `{"a.txt": "2024-06-09", "b": {"date": "2024-06-09T10:00Z", "title": "Exports soar"}, "c": null}`.
CSV: the first line has the columns `id`, `date` and optionally `title`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extract.errors import OptionError
from extract.readers.dates import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The metadata of one article."""

    published: date | None = None
    title: str | None = None


def load_metadata(path: str) -> Mapping[str, Known]:
    """Load a metadata file, by article id (or id without the file's suffix).

    Raises:
        OptionError: the file cannot be read, or a value is not a date.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise OptionError(
            f"{path}: cannot be read ({(error.strerror or '').lower()}); check --metadata"
        ) from error
    except UnicodeDecodeError as error:
        raise OptionError(f"{path}: is not UTF-8; save the metadata as UTF-8") from error
    entries = _csv(path, text) if path.lower().endswith(".csv") else _json(path, text)
    return {key: _known(path, key, value) for key, value in entries}


def _json(path: str, text: str) -> Iterator[tuple[str, Any]]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OptionError(f"{path}: is not valid JSON ({error}); see docs/articles.md") from error
    if not isinstance(table, dict):
        raise OptionError(f'{path}: is not a JSON object; write {{"article id": "2024-06-09"}}')
    yield from table.items()


def _csv(path: str, text: str) -> Iterator[tuple[str, Any]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"id", "date"} <= set(rows.fieldnames or ()):
        raise OptionError(f"{path}: the first line must have the columns id and date")
    yield from ((row["id"], row) for row in rows)


def _known(path: str, key: str, value: object) -> Known:
    if not isinstance(value, Mapping):
        value = {"date": value}
    title = value.get("title") or None
    if title is not None and not isinstance(title, str):
        raise OptionError(f"{path}: the title of {key!r} is not text; put it in quotes")
    try:
        return Known(published=parse(value.get("date")), title=title)
    except ValueError as error:
        raise OptionError(f"{path}: the date of {key!r}: {error}; write it as 2024-06-09") from error
