"""Plain text and Markdown: an optional header between two lines of `---`, then the text.

---
title: Exports soar
date: 2024-06-09
source: An agency
url: https://example.org/exports
author: Ana Petrova
---
The text. Its first character has the offset 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers.dates import parse
from extract.readers.decode import decode
from extract.readers.fields import kept_of
from extract.readers.files import File
from extract.readers.options import Options

KEYS = frozenset({"title", "date", "source", "url", "author"})

_LINE = r"[ \t]*[A-Za-z][A-Za-z0-9_-]*[ \t]*:[^\r\n]*(?:\r\n|\n|\r)"
_HEADER = re.compile(rf"---[ \t]*(?:\r\n|\n|\r)(?P<lines>(?:{_LINE}){{1,1000}})---[ \t]*(?:\r\n|\n|\r|\Z)")


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The one article of a text file. Offsets count from the first character after the header.

    Raises:
        ArticleError: the file cannot be read, is not text or is empty, or its header has an invalid date.
    """
    yield article(file.read(options.max_bytes), article_id=file.id, where=file.path, options=options)


def article(data: bytes, *, article_id: str, where: str, options: Options) -> Article:
    """The article in the content of a text file.

    Args:
        data: The content.
        article_id: The id of the article.
        where: The file, for messages.
        options: The names of header fields to keep.

    Raises:
        ArticleError: the content is not text or is empty, or its header has an invalid date.
    """
    header, text = split(decode(data, where))
    if not text.strip():
        raise ArticleError(where, "has a header but no text", "remove it, or fill it")
    try:
        published = parse(header.get("date"))
    except ValueError as error:
        raise ArticleError(where, f"date in the header: {error}", "write it as 2024-06-09") from error
    return Article(
        id=article_id,
        text=text,
        title=header.get("title") or None,
        published=published,
        source=header.get("source") or None,
        url=header.get("url") or None,
        author=header.get("author") or None,
        kept=kept_of(header, options),
    )


def split(text: str) -> tuple[dict[str, str], str]:
    """The fields of the header, and the text after it; no fields if there is no header.

    A header is closed, has only lines of the form `key: value`, and at least one known key.
    """
    found = _HEADER.match(text)
    if found is None:
        return {}, text
    pairs = (line.partition(":") for line in re.split(r"\r\n|\n|\r", found["lines"].strip("\r\n")))
    fields = {key.strip().lower(): _unquoted(value.strip()) for key, _, value in pairs}
    return (fields, text[found.end() :]) if KEYS & set(fields) else ({}, text)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
