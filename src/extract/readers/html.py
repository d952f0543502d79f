"""Web pages: their main text, title and date, found by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from extract.articles import Article, Page
from extract.errors import ArticleError, first_line
from extract.readers.dates import of_metadata, parse
from extract.readers.decode import decode
from extract.readers.files import File
from extract.readers.markup import plain
from extract.readers.options import Options

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)

_TAGS = 30_000  # of a page; the parser takes seconds for that many
_ATTRIBUTES = 2_000  # of a tag
_LENGTH = 16 * 2**20  # code points of a page
_LONG_TAG = re.compile(rf"<[^<>]{{{2 * _ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

# The extensive search would accept any date in the page, even one in its footer.
_DATES = {"original_date": True, "extensive_search": False}


def read(file: File, options: Options) -> Iterator[Page]:
    """The one page of a file.

    Raises:
        ArticleError: the file cannot be read.
    """
    yield page(file.read(options.max_bytes), article_id=file.id, where=file.path)


def page(
    data: bytes, *, article_id: str, where: str, declared: str | None = None, url: str | None = None
) -> Page:
    """A page; its main text is extracted when its article is requested.

    Args:
        data: Its HTML.
        article_id: The id of its article.
        where: Where it comes from, for messages.
        declared: Its encoding, if known from the HTTP header.
        url: Its address, if known; otherwise the page may state it.
    """
    draw = partial(_draw, article_id=article_id, where=where, declared=declared, url=url)
    return Page(id=article_id, data=data, draw=draw)


def _draw(data: bytes, *, article_id: str, where: str, declared: str | None, url: str | None) -> Article:
    """The article of a page. Offsets count in the main text, not in the page's source.

    Raises:
        ArticleError: the page is not text, has no main text, or a library is missing.
    """
    stated = _CHARSET.search(data, 0, 4096)
    html = decode(data, where, declared=declared or (stated[1].decode("ascii") if stated else None))
    _check_size(html, where)
    found = _extraction(html, where)
    return Article(
        id=article_id,
        text=_without_title(found.text, found.title, found.body),
        title=found.title or None,
        published=of_metadata(html) or parse(found.date),
        source=found.sitename or None,
        url=url or found.url or None,
        author=found.author or None,
    )


def _extraction(html: str, where: str) -> Any:
    """The document that trafilatura extracts from a page: its `text`, `body` and metadata.

    Raises:
        ArticleError: the page has no main text, or a library is missing.
    """
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document
    except ImportError as error:
        reason = f"web pages need a module that cannot be imported ({first_line(error)})"
        raise ArticleError(where, reason, "pip install trafilatura lxml_html_clean") from error
    with _quiet():
        found = bare_extraction(
            plain(html), with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ArticleError(where, "no main text found in the page", "save the article's text as .txt")
    return found


def _check_size(html: str, where: str) -> None:
    """Reject a page for which the parser would need minutes.

    Raises:
        ArticleError: it is too long, has too many tags, or a tag has too many attributes.
    """
    remedy = "save the article's text as .txt"
    if len(html) > _LENGTH:
        raise ArticleError(where, f"has more than {_LENGTH:,} characters", remedy)
    if html.count("<") > _TAGS:
        raise ArticleError(where, f"has more than {_TAGS:,} tags", remedy)
    for tag in _LONG_TAG.finditer(html):
        if len(_QUOTED.sub('""', tag[0]).split()) > _ATTRIBUTES:
            raise ArticleError(where, f"has a tag of more than {_ATTRIBUTES:,} attributes", remedy)


def _without_title(text: str, title: str | None, body: Any) -> str:
    """The main text without the page's title, which some pages repeat as a heading."""
    first, _, rest = text.partition("\n")
    heading = next(iter(body), None) if body is not None else None
    is_heading = heading is not None and heading.tag == "head" and heading.get("rend") == "h1"
    same = title is not None and first.split() == title.split()
    return rest.lstrip("\n") if (same or is_heading) and rest.strip() else text


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppress the log of trafilatura on bad pages: it does not name them, our own error does."""
    logger = logging.getLogger("trafilatura")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
