"""Web pages: their main text, title and date, found by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers.dates import parse
from extract.readers.decode import decode
from extract.readers.files import File
from extract.readers.options import Options

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)

# The extensive search would take any date of the page, even one in its footer.
_DATES = {"original_date": True, "extensive_search": False}


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The one article of a web page. Offsets count in the main text, not in the page's source.

    Raises:
        ArticleError: the file cannot be read, or no main text was found in it.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    data = file.read()
    declared = _CHARSET.search(data, 0, 4096)
    page = decode(data, file.path, declared=declared[1].decode("ascii") if declared else None)
    found = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ArticleError(file.path, "no main text found in the page", "save the article's text as .txt")
    yield Article(
        id=file.id,
        text=found.text or "",
        title=found.title or None,
        published=parse(found.date),
        source=found.sitename or found.url or None,
    )
