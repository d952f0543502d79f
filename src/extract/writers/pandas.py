"""pandas: facts as a data frame. Requires the extra `pandas`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from extract.errors import OptionError
from extract.records import KINDS, Fact, row
from extract.writers.tables import Column, combined, of_kind

if TYPE_CHECKING:
    import pandas

_DTYPES = {str: "string", int: "Int64", float: "float64", Decimal: "float64", date: "datetime64[s]"}


def to_dataframe(
    facts: Iterable[Fact], kind: str | None = None, *, numbers: Literal["float", "exact"] = "float"
) -> pandas.DataFrame:
    """The records of facts as a data frame, with the columns of every format.

    Args:
        facts: The facts, of one or many articles.
        kind: Only this kind, with its columns; None: all kinds, with the columns of all.
        numbers: Amounts as `float`, or as `exact` decimals in columns of the type object.

    Raises:
        OptionError: `kind` or `numbers` is unknown, or pandas is not installed.
    """
    if kind is not None and kind not in KINDS:
        raise OptionError(f"unknown kind {kind!r}; choose one of {', '.join(KINDS)}")
    if numbers not in ("float", "exact"):
        raise OptionError(f"numbers: {numbers!r} is unknown; give 'float' or 'exact'")
    try:
        import pandas
    except ImportError as error:
        raise OptionError("to_dataframe needs pandas; pip install pandas") from error
    columns = of_kind(KINDS[kind]) if kind else combined(of_kind(cls) for cls in KINDS.values())
    rows = [row(fact) for fact in facts if kind in (None, fact.kind)]
    return pandas.DataFrame(
        {
            column.name: pandas.Series(
                _values(column, rows, exact=numbers == "exact"),
                dtype=object if column.type is Decimal and numbers == "exact" else _DTYPES[column.type],
            )
            for column in columns
        }
    )


def _values(column: Column, rows: Sequence[dict[str, Any]], *, exact: bool) -> list[Any]:
    values = [record.get(column.name) for record in rows]
    if column.type is Decimal and not exact:
        return [None if value is None else float(value) for value in values]
    return values
