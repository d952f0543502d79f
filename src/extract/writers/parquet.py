"""Parquet: one file per kind of fact, such as `money.parquet`, in a folder. Needs the extra `parquet`.

Amounts are decimals of 38 digits, 12 of them after the point: what is finer is rounded, larger is null.
Dates are days; columns with a fixed set of words, such as `label`, are coded by a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, get_args, get_origin

from extract.errors import OptionError
from extract.records import KINDS, Value, row
from extract.writers.output import Found, written
from extract.writers.schema import types

ROWS = 20_000  # of a row group; a run that is killed leaves no file, for its end is missing

_EXACT = Context(prec=38)
_UNIT = Decimal("1E-12")


class ParquetWriter:
    """Writes the facts of each kind to a file of their own, which is there when the writer has closed."""

    def __init__(self, output: str | None = None) -> None:
        """Make the folder and open its files.

        Raises:
            OptionError: no folder is given, a file cannot be written, or pyarrow is not installed.
        """
        if output is None:
            raise OptionError("parquet is one file per kind of fact; name a folder with -o FOLDER")
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise OptionError("parquet needs pyarrow; pip install 'extract-facts[parquet]'") from error
        self._arrow, self._output = pyarrow, output
        self._rows: dict[str, list[dict[str, Value]]] = {kind: [] for kind in KINDS}
        self._files: dict[str, Any] = {}
        with written(output):
            Path(output).mkdir(parents=True, exist_ok=True)
            for kind in KINDS:
                self._files[kind] = pyarrow.parquet.ParquetWriter(self._part(kind), self._schema(kind))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            with suppress(OSError):
                self._close(keep=False)
            return
        with written(self._output):
            self._close(keep=True)

    def write(self, found: Iterable[Found]) -> None:
        """Take the facts of articles; they are on disk when the writer has closed.

        Raises:
            OptionError: the output takes no more.
        """
        for _, facts in found:
            for fact in facts:
                self._rows[fact.kind].append({name: _cell(value) for name, value in row(fact).items()})
        with written(self._output):
            for kind, rows in self._rows.items():
                if len(rows) >= ROWS:
                    self._put(kind)

    def _put(self, kind: str) -> None:
        rows = self._rows[kind]
        self._files[kind].write_table(self._arrow.Table.from_pylist(rows, schema=self._schema(kind)))
        rows.clear()

    def _close(self, *, keep: bool) -> None:
        for kind, file in self._files.items():
            if keep and self._rows[kind]:
                self._put(kind)
            file.close()
            if keep:
                self._part(kind).replace(Path(self._output, f"{kind}.parquet"))
            else:
                self._part(kind).unlink(missing_ok=True)

    def _part(self, kind: str) -> Path:
        """The file while it is written."""
        return Path(self._output, f".{kind}.parquet.part")

    def _schema(self, kind: str) -> Any:
        """The columns of a kind, as Arrow names their types."""
        fields = [
            self._arrow.field(name, self._type(hint), _nullable(hint))
            for name, hint in types(KINDS[kind]).items()
        ]
        return self._arrow.schema(fields)

    def _type(self, hint: Any) -> Any:
        choices = {hint, *get_args(hint)}
        if Decimal in choices:
            return self._arrow.decimal128(38, 12)
        if date in choices:
            return self._arrow.date32()
        if int in choices:
            return self._arrow.int32()
        words = any(get_origin(choice) is Literal for choice in choices)
        return (
            self._arrow.dictionary(self._arrow.int8(), self._arrow.string())
            if words
            else self._arrow.string()
        )


def _nullable(hint: Any) -> bool:
    return bool({Decimal, type(None)} & {hint, *get_args(hint)})


def _cell(value: Value) -> Value:
    if isinstance(value, Decimal):
        try:
            return value.quantize(_UNIT, context=_EXACT)
        except InvalidOperation:  # it has more than 26 digits before the point
            return None
    return value
