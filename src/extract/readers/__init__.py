"""Readers: from files to articles, one module per format.

A reader is one function, `read(file, options) -> Iterator[Item]`, of articles or of pages to draw them from.
What it cannot read it yields as an `ArticleError` (or raises one when the rest of the file is lost too).

>>> files = find(["corpus", "-"])
>>> for item in read(files, Options()): ...
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from types import MappingProxyType

from extract.articles import Article, Page
from extract.errors import ArticleError, OptionError
from extract.readers import files as _files
from extract.readers import html, jsonl, text
from extract.readers.dates import of_dateline, of_name, parse
from extract.readers.files import File
from extract.readers.metadata import Known, load_metadata
from extract.readers.options import Options

logger = logging.getLogger(__name__)

__all__ = [
    "READERS",
    "File",
    "Item",
    "Known",
    "Options",
    "Reader",
    "count",
    "find",
    "load_metadata",
    "pages",
    "parse_date",
    "read",
]

Item = Article | Page | ArticleError
Reader = Callable[[File, Options], Iterator[Item]]

READERS: Mapping[str, Reader] = MappingProxyType(
    {".txt": text.read, ".md": text.read, ".html": html.read, ".htm": html.read, ".jsonl": jsonl.read}
)


def parse_date(value: str | None) -> date | None:
    """The day that a date option names.

    Raises:
        OptionError: it is no date.
    """
    try:
        return parse(value)
    except ValueError as error:
        raise OptionError(f"{error}; write it as 2024-06-09") from error


def find(paths: Iterable[str]) -> list[File | ArticleError]:
    """The files that paths name: files, folders (walked, sorted), globs, and `-` for standard input.

    A file named twice is read once. Its id is its path within the folder given, or its name; where two files
    would share an id, the path as given. What cannot be found is an `ArticleError` in its place.
    """
    return _files.find(paths, suffixes=READERS)


def count(files: Iterable[File | ArticleError]) -> int | None:
    """How many items `read` gives for the files; None when a .jsonl file makes that unknown."""
    known = list(files)
    streams = any(isinstance(file, File) and file.suffix == ".jsonl" for file in known)
    return None if streams else len(known)


def read(files: Iterable[File | ArticleError], options: Options) -> Iterator[Article | ArticleError]:
    """The articles of files in order, each with the best known date, and an error for each that has none.

    The date comes from the option, the metadata, the file's own header or fields, a dateline at the start of
    the text, or the file's name; else it is None, never today.
    """
    for item in pages(files, options):
        try:
            yield item.article() if isinstance(item, Page) else item
        except ArticleError as error:
            yield error


def pages(files: Iterable[File | ArticleError], options: Options) -> Iterator[Item]:
    """What `read` gives, but with the pages from which articles are still to be drawn: that takes long."""
    taken: set[str] = set()
    for file in files:
        try:
            for item in _items(file, options):
                if isinstance(item, ArticleError):
                    yield item
                elif item.id in taken:
                    yield _duplicate(item)
                else:
                    taken.add(item.id)
                    yield item
        except ArticleError as error:
            yield error
    if options.metadata and taken and not any(_known(name, options) for name in taken):
        logger.warning("the metadata names none of the articles; their ids are such as %r", min(taken))


def _items(file: File | ArticleError, options: Options) -> Iterator[Item]:
    if isinstance(file, ArticleError):
        yield file
        return
    for item in READERS[file.suffix](file, options):
        if isinstance(item, ArticleError):
            yield item
            continue
        said = _known(item.id, options) or Known()
        said = replace(said, published=options.published or said.published)
        # a .jsonl file holds many articles: its name dates none of them
        name = "" if file.suffix == ".jsonl" else file.name
        if isinstance(item, Article):
            yield _completed(item, said, name)
        else:
            yield replace(item, draw=partial(_drawn, draw=item.draw, said=said, name=name))


def _drawn(data: bytes, *, draw: Callable[[bytes], Article], said: Known, name: str) -> Article:
    return _completed(draw(data), said, name)


def _completed(article: Article, said: Known, name: str) -> Article:
    """The article with what the options and metadata say of it, and with the first date that is known."""
    published = said.published or article.published or of_dateline(article.text) or of_name(name)
    return replace(article, title=said.title or article.title, published=published)


def _known(article_id: str, options: Options) -> Known | None:
    return options.metadata.get(article_id) or options.metadata.get(_stem(article_id))


def _stem(article_id: str) -> str:
    """An article's id without the suffix of a file that a reader knows, packed or not."""
    endings = (suffix + packed for suffix in READERS for packed in ("", _files.PACKED))
    ending = next((ending for ending in endings if article_id.lower().endswith(ending)), "")
    return article_id[: len(article_id) - len(ending)]


def _duplicate(article: Article | Page) -> ArticleError:
    return ArticleError(
        article.id,
        "an earlier article of this run has the same id",
        "give each article an id of its own, or run the files apart",
    )
