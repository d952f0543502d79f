"""JSON Lines: one article per line, its fields named by the options. The file is read as a stream.

{"id": "a1", "text": "Exports soared.", "title": "Exports", "date": "2024-06-09"}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers.dates import parse
from extract.readers.files import File, reading
from extract.readers.options import Options

_FORM = "write one JSON object a line"


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The articles of the lines, and an error that names the line for each that is none.

    A line without an id is named by the file's id and the line's number: `news.jsonl:12`.

    Raises:
        ArticleError: the file cannot be read, or holds no line.
    """
    empty = True
    for number, line in _lines(file):
        empty = False
        try:
            item: Article | ArticleError = _article(
                line, f"{file.path} line {number}", f"{file.id}:{number}", options
            )
        except ArticleError as error:
            item = error
        yield item
    if empty:
        raise ArticleError(file.path, "is empty", "leave it out or fill it")


def _lines(file: File) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers."""
    with file.open() as stream, reading(file.path):
        yield from ((number, line) for number, line in enumerate(stream, 1) if line.strip())


def _article(line: bytes, where: str, fallback_id: str, options: Options) -> Article:
    """The article of one line.

    Raises:
        ArticleError: the line is no JSON object, or a field is missing or of the wrong type.
    """
    fields = _object(line, where)
    text, title = fields.get(options.text_field), fields.get(options.title_field)
    article_id = fields.get(options.id_field)
    if not isinstance(text, str) or not text.strip():
        named = ", ".join(map(repr, fields)) or "none"
        remedy = f"choose one of its fields by --text-field ({named})"
        raise ArticleError(where, f"the field {options.text_field!r} holds no text", remedy)
    if not isinstance(title, str | None):
        raise ArticleError(where, f"the field {options.title_field!r} is no text", "put it in quotes")
    if isinstance(article_id, bool) or not isinstance(article_id, str | int | None):
        raise ArticleError(where, f"the field {options.id_field!r} is no id", "give a text or a whole number")
    name = fallback_id if article_id in (None, "") else str(article_id)
    _check_encodable(where, text, name, title or "")
    try:
        published = parse(fields.get(options.date_field))
    except ValueError as error:
        raise ArticleError(
            where, f"the field {options.date_field!r}: {error}", "write it as 2024-06-09"
        ) from error
    return Article(id=name, text=text, title=title or None, published=published)


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError(where, "is not UTF-8", "save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        reason = f"is not valid JSON ({error.msg.lower()} at character {error.pos + 1})"
        raise ArticleError(where, reason, _FORM) from error
    except RecursionError as error:
        raise ArticleError(where, "is nested too deeply", _FORM) from error
    if not isinstance(fields, dict):
        raise ArticleError(where, "is no JSON object", _FORM)
    return fields


def _check_encodable(where: str, *texts: str) -> None:
    """Refuse the lone surrogates that JSON can escape: no encoding of the output could hold them."""
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            where, "holds half of a surrogate pair", "escape such characters as two halves"
        ) from error
