"""Readers, one module per format.

A reader is a function `read(file, options) -> Iterator[Item]`. It yields articles, or pages from which
articles are extracted later. It yields an `ArticleError` for an input that it cannot read, and raises one if
the rest of the file is lost too.

>>> files = find(["corpus", "-"])
>>> for item in read(files, Options()): ...
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from extract.articles import Article, Page
from extract.errors import ArticleError, OptionError, shortened
from extract.readers import csv, html, jsonl, packed, parquet, text, warc
from extract.readers import find as _find
from extract.readers.dates import of_dateline, of_name, parse
from extract.readers.files import File, Unread
from extract.readers.find import Entry
from extract.readers.metadata import Known, load_metadata
from extract.readers.options import Ids, Options
from extract.readers.outputs import is_written
from extract.readers.remote import local

logger = logging.getLogger(__name__)

__all__ = [
    "READERS",
    "Entry",
    "File",
    "Ids",
    "Item",
    "Known",
    "Options",
    "Reader",
    "Unread",
    "count",
    "find",
    "is_output",
    "is_written",
    "load_metadata",
    "local",
    "pages",
    "parse_date",
    "read",
]

Item = Article | Page | ArticleError
Reader = Callable[[File, Options], Iterator[Item]]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": text.read,
        ".md": text.read,
        ".html": html.read,
        ".htm": html.read,
        ".jsonl": jsonl.read,
        ".ndjson": jsonl.read,
        ".csv": csv.read,
        ".tsv": csv.read,
        ".parquet": parquet.read,
        ".warc": warc.read,
    }
)
MANY = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc"})  # files with several articles


def parse_date(value: str | None) -> date | None:
    """The date of an option.

    Raises:
        OptionError: it is not a date.
    """
    try:
        return parse(value)
    except ValueError as error:
        raise OptionError(f"{error}; write it as 2024-06-09") from error


def find(paths: Iterable[str], *, format: str | None = None, ids: Ids = "path") -> list[Entry]:
    """The files that paths name: files, folders (walked, sorted), globs, addresses, `-` for standard input.

    A file named twice is read once. Its id depends only on its own path. A path that is not found yields an
    `ArticleError`; a file of a folder or glob without a reader yields an `Unread`.

    Args:
        paths: The paths.
        format: A suffix of `READERS` without its dot, for standard input and for named files without a known
            suffix.
        ids: The kind of ids, as in `Options`.
    """
    return _find.find(paths, suffixes=READERS, format=f".{format}" if format else None, ids=ids)


def is_output(file: File) -> bool:
    """Whether a file is empty, or has facts or failures that `extract` wrote, so that it may be replaced."""
    if Path(file.path).stat().st_size == 0:
        return True
    try:
        return file.suffix in MANY and next(_items(file, Options(), _Metadata({})), None) is None
    except ArticleError:
        return False


def count(files: Iterable[Entry]) -> int | None:
    """The number of items that `read` yields; None if a file may have several articles."""
    known = [file for file in files if not isinstance(file, Unread)]
    return None if any(isinstance(file, File) and file.suffix in MANY for file in known) else len(known)


def read(files: Iterable[Entry], options: Options) -> Iterator[Article | ArticleError]:
    """The articles of files in order, and an error for each that cannot be read.

    The date of an article comes from the option, the metadata, the file's header or fields, a dateline at the
    start of the text, or the file's name; otherwise it is None, never today.
    """
    for item in pages(files, options):
        try:
            yield item.article() if isinstance(item, Page) else item
        except ArticleError as error:
            yield error


def pages(files: Iterable[Entry], options: Options) -> Iterator[Item]:
    """The items of `read`, with pages instead of their articles, whose extraction is slow."""
    taken: set[str] = set()
    metadata = _Metadata(options.metadata)
    for file in files:
        try:
            for item in _items(file, options, metadata):
                if isinstance(item, ArticleError):
                    yield item
                elif item.id in taken:
                    yield _duplicate(item, file.path if isinstance(file, File) else "")
                else:
                    taken.add(item.id)
                    yield item
        except ArticleError as error:
            yield error
        except Exception as error:  # a bug in a reader or its library must not stop the run
            logger.debug("reading of %r failed", file, exc_info=True)
            where = str(file.path) if isinstance(file, File) else ""
            yield ArticleError.of(error, where, "reading", given="file")
    if options.metadata and taken and not metadata.used:
        logger.warning("the metadata names none of the articles; their ids are like %r", min(taken))


def _items(file: Entry, options: Options, metadata: _Metadata) -> Iterator[Item]:
    if isinstance(file, ArticleError):
        yield file
    if not isinstance(file, File):
        return
    for item in READERS[file.suffix](file, options):
        if isinstance(item, ArticleError):
            yield item
            continue
        stated = metadata.of(item.id, file)
        stated = replace(stated, published=options.published or stated.published)
        name = "" if file.suffix in MANY else file.name  # a date in it is not that of each article
        if options.ids == "url" and file.suffix not in MANY and isinstance(item, Page):
            item = item.article()  # now, as the page has to state its URL
        if isinstance(item, Page):
            yield replace(item, draw=partial(_extracted, draw=item.draw, stated=stated, name=name))
            continue
        own = item.url if options.ids == "url" else None
        yield _completed(replace(item, id=own or item.id), stated, name)


def _extracted(data: bytes, *, draw: Callable[[bytes], Article], stated: Known, name: str) -> Article:
    return _completed(draw(data), stated, name)


def _completed(article: Article, stated: Known, name: str) -> Article:
    """The article with the options and metadata applied, and with the first known date."""
    published = stated.published or article.published or of_dateline(article.text) or of_name(name)
    return replace(article, title=stated.title or article.title, published=published)


class _Metadata:
    """The entries of a metadata file, by ids or by names within the folder given."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = known
        self.used = False

    def of(self, article_id: str, file: File) -> Known:
        """The entry of an article; it may be named with or without the file's suffix."""
        if not self._known:
            return Known()
        names = [article_id]
        if article_id.startswith(file.id):
            names.append(file.within + article_id[len(file.id) :])
        keys = (key for name in names for key in (name, _stem(name)))
        found = next((self._known[key] for key in keys if key in self._known), None)
        self.used = self.used or found is not None
        return found or Known()


def _stem(article_id: str) -> str:
    """An article's id without a known suffix, such as `.txt` or `.txt.gz`."""
    endings = (suffix + ending for suffix in READERS for ending in ("", *packed.SUFFIXES))
    ending = next((ending for ending in endings if article_id.lower().endswith(ending)), "")
    return article_id[: len(article_id) - len(ending)]


def _duplicate(item: Article | Page, path: str) -> ArticleError:
    reason = f"an earlier article of this run has the same id {shortened(item.id)!r}"
    return ArticleError(path, reason, "give each article its own id, or run the files separately")
