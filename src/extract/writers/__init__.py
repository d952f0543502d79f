"""Writers, one module per format.

A writer is a context manager with one method, `write(found)`, which takes articles with their facts.

>>> with open_writer("facts.jsonl") as writer:
...     writer.write([(article, facts)])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Protocol, Self

from extract.errors import OptionError
from extract.writers import csv, parquet
from extract.writers.arrow import ArrowWriter
from extract.writers.csv import CsvWriter
from extract.writers.duckdb import DuckdbWriter
from extract.writers.jsonl import JsonlWriter
from extract.writers.output import Found
from extract.writers.parquet import ParquetWriter
from extract.writers.sqlite import SqliteWriter
from extract.writers.tables import EVERYTHING, Layout

__all__ = ["DATABASES", "WRITERS", "Found", "Layout", "Writer", "files", "format_of", "open_writer"]


class Writer(Protocol):
    """The interface of all writers."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, found: Iterable[Found]) -> None:
        """Write the facts of articles. OptionError if the output cannot be written."""
        ...


WRITERS: Mapping[str, Callable[[str | None, Layout], Writer]] = MappingProxyType(
    {
        "jsonl": JsonlWriter,
        "csv": CsvWriter,
        "csv-exact": partial(CsvWriter, exact=True),
        "parquet": ParquetWriter,
        "arrow": ArrowWriter,
        "sqlite": SqliteWriter,
        "duckdb": DuckdbWriter,
    }
)

DATABASES: Mapping[str, Sequence[str]] = MappingProxyType(  # further files of each database
    {"sqlite": ("-journal", "-wal", "-shm"), "duckdb": (".wal",)}
)

_WITH_FLOATS = ("csv", "csv-exact", "parquet", "arrow")

_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {"db": "sqlite", "sqlite3": "sqlite", "arrows": "arrow", "ndjson": "jsonl"}
)

_ADDRESS = re.compile("[a-zA-Z][a-zA-Z0-9+.-]+://")


def open_writer(
    output: str | None = None, *, format: str | None = None, layout: Layout = EVERYTHING
) -> Writer:
    """The writer of an output.

    Args:
        output: A file or folder; None or `-` is standard output.
        format: A name of `WRITERS`. None: by the suffix; csv for a folder, jsonl without a suffix.
        layout: The kinds, columns and numbers of the output.

    Raises:
        OptionError: the format or the suffix is unknown, the format does not support the layout, or the
            output is an address or cannot be written.
    """
    target = None if output == "-" else output
    _check_local(target)
    name = format or format_of(target)
    if name not in WRITERS:
        raise OptionError(f"unknown format {name!r}; choose one of {', '.join(WRITERS)}")
    if layout.numbers == "float" and name not in _WITH_FLOATS:
        raise OptionError(f"{name} has no --numbers float; it is for {', '.join(_WITH_FLOATS)}")
    return WRITERS[name](target, layout)


def files(output: str, *, format: str | None = None, layout: Layout = EVERYTHING) -> list[str]:
    """The files that the writer of an output writes. Arguments and errors as for `open_writer`."""
    _check_local(output)
    name = format or format_of(output)
    if name in DATABASES:
        return [output, *(f"{output}{ending}" for ending in DATABASES[name])]
    if name in ("csv", "csv-exact"):
        return csv.files(output, layout)
    return parquet.files(output, layout) if name == "parquet" else [output]


def _check_local(output: str | None) -> None:
    """Refuse an address, of which a path would make folders such as `s3:`. OptionError with the remedy."""
    if output is not None and _ADDRESS.match(output):
        reason = "is an address, and outputs are files of this machine"
        raise OptionError(f"{output}: {reason}; name a path, and copy the files there (or use --engine)")


def format_of(output: str | None) -> str:
    """The format of an output by its name. OptionError if its suffix is unknown."""
    if output is None:
        return "jsonl"
    suffix = Path(output).suffix.lower().removeprefix(".")
    name = _SUFFIXES.get(suffix, suffix)
    if name in WRITERS:
        return name
    if output.endswith("/") or Path(output).is_dir():
        return "csv"
    if suffix:
        raise OptionError(f"{output}: .{suffix} is not a known format; choose one with --format")
    return "jsonl"
