"""Parquet: one article per row, its columns named by the options. A stream. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from extract.articles import Article
from extract.errors import ArticleError, first_line, shortened
from extract.readers import outputs
from extract.readers.fields import article_of, columns_of
from extract.readers.files import File
from extract.readers.options import Options

_ROWS = 16  # read at a time, each with a text of up to 32 MB
_RATIO = 200  # of plain bytes of a column to packed ones
_FREE = 16 * 2**20  # plain bytes that any column may have
_BUFFER = 2**20  # bytes read ahead of each column


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The articles of the rows, and an error that names the row for each that is none.

    A row without an id is named by the file's id and its number, from 1: `news.parquet:12`.

    Raises:
        ArticleError: the file cannot be read or is damaged, holds no row, or has no column of texts.
    """
    arrow = _arrow(file.path)
    with file.open() as stream, _damage_told(file.path, arrow):
        table = arrow.parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
        if outputs.is_output(table.schema_arrow.names):
            outputs.tell(file.path)
            return
        wanted = columns_of(table.schema_arrow.names, file.path, options)
        _check_sizes(table.metadata, wanted, file.path)
        number = 0
        for batch in table.iter_batches(_ROWS, columns=list(wanted)):
            columns = {name: _days(batch.column(name), arrow) for name in wanted}
            for place in range(batch.num_rows):
                number += 1
                yield _item(columns, place, f"{file.path} row {number}", f"{file.id}:{number}", options)
        if number == 0:
            raise ArticleError(file.path, "holds no rows", "leave it out or fill it")


def _check_sizes(metadata: Any, wanted: Collection[str], path: str) -> None:
    """Refuse a file whose columns grow out of proportion when they are unpacked, as a bomb's do.

    Raises:
        ArticleError: one does.
    """
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            plain, packed = column.total_uncompressed_size, column.total_compressed_size
            if column.path_in_schema in wanted and plain > max(_FREE, _RATIO * packed):
                name = shortened(column.path_in_schema)
                reason = f"its column {name!r} unpacks to more than {_RATIO} times its size"
                raise ArticleError(path, reason, "write it without compression, if it is to be read")


def _item(
    columns: dict[str, Any], place: int, where: str, name: str, options: Options
) -> Article | ArticleError:
    try:
        values = {column: cells[place].as_py() for column, cells in columns.items()}
        return article_of(values, where=where, fallback_id=name, options=options)
    except ArticleError as error:
        return error
    except KeyError as error:  # also of a column's time zone
        return ArticleError(where, f"has a time in a zone that is not known ({error})", "write times in UTC")
    except (ValueError, OverflowError) as error:  # no UTF-8, or a date that the calendar does not have
        return ArticleError(where, f"holds a value that cannot be read ({error})", "mend or remove the row")


def _days(column: Any, arrow: Any) -> Any:
    """The column, its times no finer than Python's."""
    if arrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(arrow.timestamp("us", tz=column.type.tz), safe=False)
    return column


def _arrow(path: str) -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ArticleError(path, "Parquet files need pyarrow", "pip install pyarrow") from error
    return pyarrow


@contextmanager
def _damage_told(path: str, arrow: Any) -> Iterator[None]:
    """Arrow tells damage as an error of its own, of the operating system or of names, in some lines."""
    try:
        yield
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = first_line(error)[:200]
        raise ArticleError(
            path, f"is no Parquet file, or damaged ({reason})", "make it again; what came before is kept"
        ) from error
