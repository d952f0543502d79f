"""Articles from records with named fields: lines of .jsonl, rows of tables."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from extract.articles import Article
from extract.errors import ArticleError, shortened
from extract.readers.dates import parse
from extract.readers.options import Options

FIELDS = ("text", "id", "title", "date", "source", "url", "author")

_NAMED = 20  # fields in a message


def article_of(values: Mapping[str, object], *, where: str, fallback_id: str, options: Options) -> Article:
    """The article of a record.

    Args:
        values: The values by field; fields of `options.keep` are kept as text.
        where: The file and line, for messages.
        fallback_id: The article's id if the record has none.
        options: The names of the fields.

    Raises:
        ArticleError: a field is missing or has the wrong type, or its text cannot be written to every output.
    """
    text, title = values.get(options.text_field), values.get(options.title_field)
    if not isinstance(text, str) or not text.strip():
        remedy = f"choose one of its fields with --text-field ({named(values)})"
        raise ArticleError(where, f"the field {options.text_field!r} holds no text", remedy)
    if not isinstance(title, str | None):
        raise ArticleError(where, f"the field {options.title_field!r} is not text", "put it in quotes")
    name = _id(values.get(options.id_field), where, options) or fallback_id
    source, url, author = (
        as_text(values.get(field))
        for field in (options.source_field, options.url_field, options.author_field)
    )
    kept = kept_of(values, options)
    _check_characters(where, text, name, *filter(None, (title, source, url, author)), *map("".join, kept))
    try:
        published = parse(values.get(options.date_field))
    except ValueError as error:
        reason = f"the field {options.date_field!r}: {shortened(str(error))}"
        raise ArticleError(where, reason, "write it as 2024-06-09") from error
    return Article(
        id=name,
        text=text,
        title=title or None,
        published=published,
        source=source,
        url=url,
        author=author,
        kept=kept,
    )


def kept_of(values: Mapping[str, object], options: Options) -> tuple[tuple[str, str], ...]:
    """The fields of `options.keep` with their values as text; absent ones are omitted."""
    texts = ((name, as_text(values.get(name))) for name in options.keep)
    return tuple((name, text) for name, text in texts if text is not None)


def as_text(value: Any) -> str | None:
    """A value as text: a list of texts joined by commas, other values as JSON; None if empty.

    >>> as_text(["Ana Petrova", "Ivan Ivanov"])
    'Ana Petrova, Ivan Ivanov'
    """
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, date | UUID | Decimal):
        return str(value)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or None
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def columns_of(names: Collection[str], path: str, options: Options) -> dict[str, int]:
    """The columns of a table to read, with their positions.

    Raises:
        ArticleError: the column of texts, or one that the options name, is missing or duplicated.
    """
    usual = Options()
    table = list(names)
    wanted = {}
    fields = [(f"{field}_field", getattr(options, f"{field}_field")) for field in FIELDS]
    for option, name in fields + [("keep", name) for name in options.keep]:
        if name in table:
            wanted[name] = table.index(name)
        if table.count(name) > 1:
            raise ArticleError(path, f"has the column {name!r} twice", "give each column its own name")
        if name not in table and (option == "text_field" or name != getattr(usual, option, None)):
            remedy = f"choose one of its columns with --{option.replace('_', '-')} ({named(table)})"
            raise ArticleError(path, f"has no column {name!r}", remedy)
    return wanted


def named(names: Iterable[str]) -> str:
    """The first names of fields, for a message."""
    known = list(names)
    names_shown = ", ".join(repr(shortened(name, 40)) for name in islice(known, _NAMED)) or "none"
    return names_shown if len(known) <= _NAMED else f"{names_shown} and {len(known) - _NAMED:,} more"


def _id(value: object, where: str, options: Options) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | UUID | None):
        raise ArticleError(
            where, f"the field {options.id_field!r} is not an id", "give a text or a whole number"
        )
    return None if value is None else str(value)


def _check_characters(where: str, *texts: str) -> None:
    """Reject texts that not every output can store: with lone surrogates or null characters."""
    for text in texts:
        if "\0" in text:
            raise ArticleError(where, "holds a null character", "remove it")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            if "\udc80" <= text[error.start] <= "\udcff":
                raise ArticleError(where, "is not UTF-8", "save the file as UTF-8") from error
            remedy = "escape such characters as two halves"
            raise ArticleError(where, "holds half of a surrogate pair", remedy) from error
