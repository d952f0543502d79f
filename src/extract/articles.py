"""The article: the text that facts are extracted from, its metadata, and the page that it may come from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from extract.errors import ArticleError, OptionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article.

    Attributes:
        id: Names the article in every record: its file's path as given, or the id in its source.
        text: The unchanged text. All offsets of records count its Unicode code points from 0.
        title: The headline, if the source gives one. It is not part of the text.
        published: The day the article was published, from which relative dates are counted. None: unknown.
        source: Where it comes from, such as an agency or a paper, if known.
        url: Its address, if known.
        author: Who wrote it, if known.
        kept: Further fields of the source that the caller wants in the output, each with its value as text.
        digest: 32 hexadecimal digits that identify this version of the article; they do not depend on
            `kept`.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    kept: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Make `published` a date if it is a `datetime` or a string in ISO 8601.

        Raises:
            OptionError: it is not a date, and cannot be converted to one.
        """
        object.__setattr__(self, "published", day(self.published))

    @property
    def digest(self) -> str:
        """A hash of the article with its metadata."""
        day = self.published and self.published.isoformat()
        parts = [self.id, self.text, self.title, day, self.source, self.url, self.author]
        return blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page whose article is not extracted yet. That is slow, so it is done by the process that finds facts.

    Attributes:
        id: The id of its article.
        data: The page as it was fetched.
        draw: Extracts the article from the data; picklable, since another process may call it.
    """

    id: str
    data: bytes
    draw: Callable[[bytes], Article]

    def article(self) -> Article:
        """The article of the page.

        Raises:
            ArticleError: it has no article.
        """
        try:
            return self.draw(self.data)
        except ArticleError:
            raise
        except Exception as error:  # a bug in `draw` must only affect this article
            raise ArticleError.of(error, self.id, "reading of the page", given="page") from error


def day(value: date | str | None) -> date | None:
    """The day that a date, a time or a string in ISO 8601 names; None for None.

    Raises:
        OptionError: it is not a date.
    """
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value).date()
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
    except ValueError:  # also of pandas.NaT
        pass
    raise OptionError(
        f"published: {value!r} is not a date; give a datetime.date, or a string such as '2024-06-11'"
    )
