"""Rows as Arrow record batches, for the columnar formats. Requires pyarrow.

Exact amounts are decimals with 38 digits, 12 of them after the point. Finer amounts are rounded; amounts that
would become zero or are too large are null. Columns with a fixed set of words, such as `label`, are encoded
with a dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from extract.errors import OptionError
from extract.writers.tables import Cell, Column, Row

PRECISION, SCALE = 38, 12  # digits of an amount, and those after its point

_EXACT = Context(prec=PRECISION)
_UNIT = Decimal(1).scaleb(-SCALE)


class Columnar:
    """Converts rows of one table to Arrow record batches."""

    def __init__(self, columns: Sequence[Column], *, needed_by: str) -> None:
        """Prepare the schema.

        Args:
            columns: The table's columns.
            needed_by: The format, for messages.

        Raises:
            OptionError: pyarrow is not installed.
        """
        try:
            import pyarrow
        except ImportError as error:
            raise OptionError(f"{needed_by} needs pyarrow; pip install pyarrow") from error
        self._arrow, self._columns = pyarrow, columns
        self.schema: Any = pyarrow.schema(
            [pyarrow.field(column.name, self._type(column), column.nullable) for column in columns]
        )

    def batch(self, rows: Sequence[Row]) -> Any:
        """The rows as a `pyarrow.RecordBatch`."""
        values: Sequence[Sequence[Cell]] = list(zip(*rows, strict=True)) or [()] * len(self._columns)
        arrays = [self._array(column, cells) for column, cells in zip(self._columns, values, strict=True)]
        return self._arrow.record_batch(arrays, schema=self.schema)

    def _array(self, column: Column, cells: Sequence[Any]) -> Any:
        if column.words:
            codes = {word: code for code, word in enumerate(column.words)}
            indices = self._arrow.array(map(codes.get, cells), self._arrow.int8(), size=len(cells))
            return self._arrow.DictionaryArray.from_arrays(indices, list(column.words))
        if column.type is Decimal:
            cells = [None if cell is None else fitted(cell) for cell in cells]
        return self._arrow.array(cells, self._type(column))

    def _type(self, column: Column) -> Any:
        if column.words:
            return self._arrow.dictionary(self._arrow.int8(), self._arrow.string())
        if column.type is Decimal:
            return self._arrow.decimal128(PRECISION, SCALE)
        arrow = self._arrow
        plain = {date: arrow.date32(), int: arrow.int32(), float: arrow.float64(), str: arrow.string()}
        return plain[column.type]


def fitted(value: Decimal) -> Decimal | None:
    """A decimal rounded to 12 digits after the point; None if it is too large or would become zero."""
    try:
        rounded = value.quantize(_UNIT, context=_EXACT)
    except InvalidOperation:
        return None
    return rounded if rounded or not value else None
