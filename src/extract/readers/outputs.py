"""Detects the outputs of `extract`: facts and failures, which are not articles."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)

_FAILURES = {"where", "reason", "remedy"}
_ARTICLES = {"doc_id", "digest", "title", "published"}
_FACTS = {"doc_id", "fact_id", "kind", "start", "end"}
_FIRST_LINE = 2**20  # code points; much more than in any output


def is_output(names: Collection[str]) -> bool:
    """Whether columns (or fields) are those of facts, of failures or of the table of articles."""
    known = set(names)
    return known == _FAILURES or known >= _ARTICLES or known >= _FACTS


def is_written(
    path: str, format: str, *, tables: Iterable[Collection[str]], keep: Collection[str] = ()
) -> bool:
    """Whether a file is empty, or has facts, failures or articles with the columns that `extract` writes.

    Args:
        path: The file.
        format: `jsonl`, `csv`, `csv-exact`, `parquet` or `arrow`.
        tables: The columns of each kind of fact, and of articles.
        keep: Further columns that they may have.
    """
    if Path(path).stat().st_size == 0:
        return True
    with suppress(OSError, ValueError, csv.Error, RecursionError, ImportError):
        names = set(_names(path, format))
        whole = set[str]().union(*(table for table in (*tables, _FAILURES) if names.issuperset(table)))
        return bool(whole) and names <= whole.union(keep)
    return False


def warn_skipped(path: str) -> None:
    """Log a warning that a file is skipped."""
    logger.warning("%s: skipped, as extract wrote it; it has no articles", path)


def _names(path: str, format: str) -> Iterable[str]:
    """The columns of a file, or the fields of its first line. ValueError or OSError if there are none."""
    if format == "parquet":
        from pyarrow.parquet import read_schema

        return list(read_schema(path).names)
    if format == "arrow":
        from pyarrow.ipc import open_stream

        with Path(path).open("rb") as stream, open_stream(stream) as table:
            return list(table.schema.names)
    with Path(path).open(encoding="utf-8", newline="") as text:
        line = text.readline(_FIRST_LINE)
    if format != "jsonl":
        return next(csv.reader([line]), [])
    fields = json.loads(line)
    return fields if isinstance(fields, dict) else ()
