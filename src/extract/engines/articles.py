"""The articles of an Arrow table, one per row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extract.articles import Article
from extract.errors import ArticleError, OptionError, shortened
from extract.readers.fields import FIELDS, named
from extract.readers.options import Options
from extract.readers.parquet import days_of, item_of

_ROWS = 1_000  # converted at a time


def options_of(columns: Mapping[str, str], keep: tuple[str, ...]) -> Options:
    """The options of a reader for these columns.

    Args:
        columns: The names of columns that differ from the names of fields: `{"text": "body", "id": "url"}`.
        keep: Further columns to copy to the facts.

    Raises:
        OptionError: a field is unknown.
    """
    for field in columns:
        if field not in FIELDS:
            raise OptionError(f"columns: unknown field {field!r}; choose one of {', '.join(FIELDS)}")
    names: dict[str, Any] = {f"{field}_field": column for field, column in columns.items()}
    return Options(keep=keep, **names)


def check_columns(names: list[str], options: Options) -> None:
    """Reject a table that lacks a required or requested column.

    Raises:
        OptionError: a column is missing or duplicated.
    """
    usual = Options()
    for field in FIELDS:
        column = getattr(options, f"{field}_field")
        asked = field in ("text", "id") or column != getattr(usual, f"{field}_field")
        if asked and column not in names:
            remedy = f"name one of its columns with columns={{{field!r}: ...}} ({named(names)})"
            raise OptionError(f"the batch has no column {column!r}; {remedy}")
    for column in (*options.keep, *(getattr(options, f"{field}_field") for field in FIELDS)):
        if names.count(column) > 1:
            raise OptionError(f"the batch has the column {column!r} twice; give each its own name")
    for column in options.keep:
        if column not in names:
            raise OptionError(f"the batch has no column {column!r} to keep; it has {named(names)}")


def articles(table: Any, options: Options) -> Iterator[Article | ArticleError]:
    """The articles of a table, and an error for each row that is not an article or repeats an id.

    Args:
        table: A `pyarrow.Table`.
        options: The names of the columns.

    Raises:
        OptionError: a column is missing, or the texts or ids have another type.
    """
    names = table.column_names
    check_columns(names, options)
    _check_types(table.schema, options)
    wanted = [getattr(options, f"{field}_field") for field in FIELDS] + list(options.keep)
    table = table.select([name for name in dict.fromkeys(wanted) if name in names])
    taken: set[str] = set()
    number = 0
    for batch in table.to_batches(_ROWS):
        import pyarrow

        columns = {name: days_of(batch.column(name), pyarrow) for name in batch.schema.names}
        for place in range(batch.num_rows):
            number += 1
            item = _article(columns, place, f"row {number} of the batch", options)
            if isinstance(item, Article) and item.id in taken:
                reason = "an earlier article of the batch has the same id"
                item = ArticleError(item.id, reason, "give each article its own id")
            elif isinstance(item, Article):
                taken.add(item.id)
            yield item


def _article(columns: dict[str, Any], place: int, where: str, options: Options) -> Article | ArticleError:
    name = columns[options.id_field][place].as_py()
    if name is None or name == "":
        return ArticleError(where, f"the column {options.id_field!r} holds no id", "give each article one")
    where = str(name)
    text = columns[options.text_field][place]
    if not text.is_valid or not _text(text).strip():
        remedy = "leave the row out, or name another column with columns={'text': ...}"
        return ArticleError(where, f"the column {options.text_field!r} holds no text", remedy)
    return item_of(columns, place, where, "", options)


def _text(cell: Any) -> str:
    """The text of a cell. Invalid UTF-8 is reported later, when the whole row is read."""
    try:
        return str(cell.as_py())
    except UnicodeDecodeError:
        return "?"


def _check_types(schema: Any, options: Options) -> None:
    """Reject columns of texts and ids with another type, as every row would fail.

    Raises:
        OptionError: there is such a column.
    """
    from pyarrow import types

    for field, integers in (("text", False), ("id", True)):
        column = getattr(options, f"{field}_field")
        type_ = schema.field(column).type
        of = type_.value_type if types.is_dictionary(type_) else type_
        is_text = types.is_string(of) or types.is_large_string(of) or types.is_string_view(of)
        if not (is_text or types.is_null(of) or (integers and types.is_integer(of))):
            remedy = f"name another column with columns={{{field!r}: ...}}, or cast it"
            raise OptionError(f"the column {column!r} holds {shortened(str(type_), 60)}, no texts; {remedy}")
