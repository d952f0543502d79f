"""Web pages: their main text, title and date, found by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from extract.articles import Article, Page
from extract.errors import ArticleError
from extract.readers.dates import of_metadata, parse
from extract.readers.decode import decode
from extract.readers.files import File
from extract.readers.options import Options

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)

# The extensive search would take any date of the page, even one in its footer.
_DATES = {"original_date": True, "extensive_search": False}


def read(file: File, options: Options) -> Iterator[Page]:
    """The one page of a file.

    Raises:
        ArticleError: the file cannot be read.
    """
    yield page(file.read(), article_id=file.id, where=file.path)


def page(data: bytes, *, article_id: str, where: str, declared: str | None = None) -> Page:
    """A page whose main text is found when its article is drawn.

    Args:
        data: Its HTML.
        article_id: The id of its article.
        where: Where it comes from, for messages.
        declared: Its encoding, where that is told beside the page.
    """
    return Page(
        id=article_id, data=data, draw=partial(_draw, article_id=article_id, where=where, declared=declared)
    )


def _draw(data: bytes, *, article_id: str, where: str, declared: str | None) -> Article:
    """The article of a page. Offsets count in the main text, not in the page's source.

    Raises:
        ArticleError: the page is no text, or no main text was found in it.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    stated = _CHARSET.search(data, 0, 4096)
    html = decode(data, where, declared=declared or (stated[1].decode("ascii") if stated else None))
    with _quiet():
        found = bare_extraction(
            html, with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ArticleError(where, "no main text found in the page", "save the article's text as .txt")
    return Article(
        id=article_id,
        text=found.text or "",
        title=found.title or None,
        published=of_metadata(html) or parse(found.date),
        source=found.sitename or found.url or None,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what trafilatura logs of bad pages: it does not name them, and our own error does."""
    logger = logging.getLogger("trafilatura")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
