"""Parquet: one article per row, its columns named by the options. A stream. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from extract.articles import Article
from extract.errors import ArticleError, first_line, shortened
from extract.readers import outputs, parquet_pages
from extract.readers.fields import article_of, columns_of
from extract.readers.files import File, too_large
from extract.readers.options import Options

_ROWS = 16  # read at a time
_RATIO = 200  # of plain bytes of a column to packed ones
_FREE = 16 * 2**20  # plain bytes that any column may have
_PAGE = 64 * 2**20  # plain bytes of a page, which is held whole
_LARGE_PAGE = 4 * 2**20  # of which a row is read at a time
_OUT_OF_PROPORTION = f"more than {_RATIO} times its size"
_PLAINER = "write it without compression, if it is trusted"
_NARROWER = "write it again with pages of about a megabyte, or as JSON Lines"
_BUFFER = 2**20  # bytes read ahead of each column


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The articles of the rows, and an error that names the row for each that is none.

    A row without an id is named by the file's id and its number, from 1: `news.parquet:12`.

    Raises:
        ArticleError: the file cannot be read or is damaged, holds no row, or has no column of texts.
    """
    arrow = _arrow(file.path)
    with file.open() as stream, _errors_converted(file.path, arrow):
        table = arrow.parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
        if outputs.is_output(table.schema_arrow.names):
            outputs.warn_skipped(file.path)
            return
        wanted = columns_of(table.schema_arrow.names, file.path, options)
        packed = _check_sizes(table.metadata, wanted, file.path)
        number = plain = 0
        for batch in _batches(table, stream, wanted, file.path):
            columns = {name: days_of(batch.column(name), arrow) for name in wanted}
            for place in range(batch.num_rows):
                number += 1
                item = item_of(columns, place, f"{file.path} row {number}", f"{file.id}:{number}", options)
                plain += len(item.text) if isinstance(item, Article) else 0
                if plain > max(_FREE, _RATIO * packed):  # one value, in each row
                    raise ArticleError(file.path, f"its rows decompress to {_OUT_OF_PROPORTION}", _PLAINER)
                yield item
        if number == 0:
            raise ArticleError(file.path, "contains no rows", "remove it, or fill it")


def _check_sizes(metadata: Any, wanted: Collection[str], path: str) -> int:
    """Refuse a file whose columns grow out of proportion when they are unpacked, as a bomb's do.

    Returns:
        The packed bytes of all these columns.

    Raises:
        ArticleError: one does.
    """
    total = 0
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in _columns(group, wanted):
            plain, packed = column.total_uncompressed_size, column.total_compressed_size
            total += packed
            if plain > max(_FREE, _RATIO * packed):
                name = shortened(column.path_in_schema)
                reason = f"its column {name!r} decompresses to {_OUT_OF_PROPORTION}"
                raise ArticleError(path, reason, _PLAINER)
    return total


def _batches(table: Any, stream: BinaryIO, wanted: Collection[str], path: str) -> Iterator[Any]:
    """Some rows at a time, and what they hold in each of the columns.

    Raises:
        ArticleError: a page is too large to be held.
        ValueError: there are no pages where the metadata says so.
    """
    for number in range(table.num_row_groups):
        group = table.metadata.row_group(number)
        if not group.num_rows:
            continue
        columns = _columns(group, wanted)
        largest = max(_largest_page(stream, column) for column in columns)  # of a remote file: read twice
        if largest > _PAGE:
            raise ArticleError(path, f"has a page of more than {_PAGE // 2**20} MB", _NARROWER)
        rows = 1 if largest > _LARGE_PAGE else _ROWS
        yield from table.iter_batches(rows, row_groups=[number], columns=list(wanted))


def _largest_page(stream: BinaryIO, column: Any) -> int:
    """Plain bytes of the largest page of a column. ValueError where there are none."""
    begins = [column.data_page_offset]
    if column.has_dictionary_page and column.dictionary_page_offset:
        begins.append(column.dictionary_page_offset)
    return max(parquet_pages.sizes(stream, min(begins), column.total_compressed_size))


def _columns(group: Any, wanted: Collection[str]) -> Iterator[Any]:
    """The metadata of the columns of a group of rows; the path of a column of lists has several names."""
    for column in map(group.column, range(group.num_columns)):
        path = column.path_in_schema
        if path in wanted or path.partition(".")[0] in wanted:
            yield column


def item_of(
    columns: dict[str, Any], place: int, where: str, name: str, options: Options
) -> Article | ArticleError:
    """The article of one row of Arrow's columns, or why there is none.

    Args:
        columns: By their names, as `days_of` gives them.
        place: The row.
        where: The file and row, for messages.
        name: The article's id where the row gives none.
        options: They name the columns.
    """
    text = columns[options.text_field][place]
    if hasattr(text, "as_buffer") and (plain := text.as_buffer()) and plain.size > options.max_bytes:
        return too_large(where, options.max_bytes)
    try:
        values = {column: cells[place].as_py() for column, cells in columns.items()}
        return article_of(values, where=where, fallback_id=name, options=options)
    except ArticleError as error:
        return error
    except KeyError as error:  # also of a column's time zone
        return ArticleError(where, f"has a time in an unknown zone ({error})", "write times in UTC")
    except (ValueError, OverflowError) as error:  # no UTF-8, or a date that the calendar does not have
        return ArticleError(
            where, f"holds a value that cannot be read ({error})", "correct or remove the row"
        )


def days_of(column: Any, arrow: Any) -> Any:
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
def _errors_converted(path: str, arrow: Any) -> Iterator[None]:
    """Arrow tells damage as an error of its own, of the operating system or of names, in some lines."""
    try:
        yield
    except (arrow.ArrowException, OSError, ValueError) as error:
        reason = first_line(error)[:200]
        raise ArticleError(
            path,
            f"is not a Parquet file, or damaged ({reason})",
            "write it again; the articles before are extracted",
        ) from error
