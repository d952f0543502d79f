"""Apache Spark: the facts of a data frame, by `mapInArrow`. Requires the extra `spark`.

This package must be installed for the Python workers of the executors. To install Spark:
`pip install pyspark pyarrow`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from extract.engines import arrow
from extract.engines.articles import check_columns, options_of
from extract.errors import OptionError
from extract.writers.columnar import PRECISION, SCALE

BATCH = 256  # articles at a time; Spark passes batches of 10,000

_TYPES = MappingProxyType(
    {
        str: "string",
        int: "int",
        float: "double",
        date: "date",
        Decimal: f"decimal({PRECISION},{SCALE})",
    }
)


def facts(df: Any, *, batch_size: int = BATCH, **options: Any) -> Any:
    """The facts of a data frame of articles, as a data frame with the columns of `arrow.schema`.

    It is lazy, as everything in Spark. Spark repeats a task whose Python worker dies; an article that kills
    its process is a row of the kind `failure`.

    Args:
        df: A `pyspark.sql.DataFrame` with the columns of the batch of `arrow.facts`.
        batch_size: Articles at a time, in each task.
        options: As for `arrow.facts`; `isolated` is true by default.

    Raises:
        OptionError: an option cannot be used, or a column is missing.
    """
    if batch_size < 1:
        raise OptionError("batch_size is at least 1")
    chosen = {name: options[name] for name in ("kinds", "keep", "numbers") if name in options}
    schema = ddl(**chosen)
    check_columns(list(df.columns), options_of(options.get("columns", {}), tuple(options.get("keep", ()))))
    options = {"isolated": True, **options, "rules": arrow.text_of(options.get("rules"))}
    return df.mapInArrow(partial(_tables, batch_size=batch_size, options=options), schema)


def ddl(**options: Any) -> str:
    """The columns of `arrow.schema` in Spark SQL: `doc_id string, ...`.

    Args:
        options: As for `arrow.schema`.

    Raises:
        OptionError: an option cannot be used.
    """
    columns = arrow.columns_of(**options)
    return ", ".join(f"`{column.name.replace('`', '``')}` {_TYPES[column.type]}" for column in columns)


def _tables(batches: Iterable[Any], *, batch_size: int, options: dict[str, Any]) -> Iterator[Any]:
    """The function of a task: from batches of articles to batches of facts."""
    for batch in batches:
        for start in range(0, batch.num_rows, batch_size):
            yield from arrow.facts(batch.slice(start, batch_size), **options).to_batches()
