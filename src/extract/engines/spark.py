"""Apache Spark: the facts of a data frame, by `mapInArrow`. The extra `spark`.

It needs this package where the Python workers of the executors run, and nothing else of the cluster. Where
Spark is not there yet: `pip install pyspark pyarrow`.
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

BATCH = 256  # articles at a time; Spark hands over 10,000 in a batch

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

    It is lazy, as all of Spark is. A task whose Python worker dies is done again by Spark; an article that
    kills its process is a row of the kind `failure`.

    Args:
        df: A `pyspark.sql.DataFrame` with the columns that `arrow.facts` takes.
        batch_size: Articles at a time, in each task.
        options: Those of `arrow.facts`; `isolated` is true by default.

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
    """The columns of `arrow.schema` as Spark's SQL has them: `doc_id string, ...`.

    Args:
        options: Those of `arrow.schema`.

    Raises:
        OptionError: an option cannot be used.
    """
    columns = arrow.columns_of(**options)
    return ", ".join(f"`{column.name.replace('`', '``')}` {_TYPES[column.type]}" for column in columns)


def _tables(batches: Iterable[Any], *, batch_size: int, options: dict[str, Any]) -> Iterator[Any]:
    """What each task does: batches of articles to batches of facts."""
    for batch in batches:
        for start in range(0, batch.num_rows, batch_size):
            yield from arrow.facts(batch.slice(start, batch_size), **options).to_batches()
