"""JSON Lines: one article per line, its fields named by the options. The file is read as a stream.

{"id": "a1", "text": "Exports soared.", "title": "Exports", "date": "2024-06-09"}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import outputs
from extract.readers.decode import decoded, lines
from extract.readers.fields import article_of
from extract.readers.files import File, too_large
from extract.readers.options import Options

_VALUES = 500_000  # in a line, commas of texts counted too
_FORM = "write one JSON object a line"


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The articles of the lines, and an error that names the line for each that is none.

    A line without an id is named by the file's id and the line's number: `news.jsonl:12`.

    Raises:
        ArticleError: the file cannot be read, or holds no line.
    """
    empty = True
    for number, line in _lines(file, options.max_bytes):
        where = f"{file.path} line {number}"
        try:
            fields = _object(line, where, options.max_bytes)
            if empty and outputs.is_output(fields):
                outputs.warn_skipped(file.path)
                return
            item: Article | ArticleError = article_of(
                fields, where=where, fallback_id=f"{file.id}:{number}", options=options
            )
        except ArticleError as error:
            item = error
        empty = False
        yield item
    if empty:
        raise ArticleError(file.path, "is empty", "remove it, or fill it")


def _lines(file: File, most: int) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers; the beginning alone of one that is too long."""
    with file.open() as stream, decoded(stream, file.path) as text:
        numbered = enumerate(lines(text, most, file.path), 1)
        yield from ((number, line) for number, line in numbered if line.strip())


def _object(line: str, where: str, most: int) -> dict[str, Any]:
    if len(line) > most:
        raise too_large(where, most)
    if sum(map(line.count, ",[{")) > _VALUES:  # each takes up to fifty times its size
        raise ArticleError(where, f"has more than {_VALUES:,} values", "remove what is not an article")
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        if any("\udc80" <= character <= "\udcff" for character in line):
            raise ArticleError(where, "is not UTF-8", "save the file as UTF-8") from error
        reason = f"is not valid JSON ({error.msg.lower().removesuffix(' at')} at character {error.pos + 1})"
        raise ArticleError(where, reason, _FORM) from error
    except ValueError as error:  # a number of too many digits
        raise ArticleError(where, "holds a number of too many digits", "put it in quotes") from error
    except RecursionError as error:
        raise ArticleError(where, "is nested too deeply", _FORM) from error
    if not isinstance(fields, dict):
        raise ArticleError(where, "is not a JSON object", _FORM)
    return fields
