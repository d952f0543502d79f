"""What the caller may say about the articles to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extract.readers.metadata import Known

Ids = Literal["path", "name", "url"]

LARGEST = 32 * 2**20  # bytes of an article's file, line, row or page; far more than any article has


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of all readers.

    Attributes:
        published: The date of every article, before any other.
        metadata: What is known of articles by their id, as `load_metadata` gives it.
        text_field: The field of a line, or column of a table, that holds the text; likewise the other six.
        keep: Further fields of lines, rows and headers that are wanted in the output.
        ids: What the id of a file is, for `find` too: its `path` as given; its `name`, or path within the
            folder given; or the `url` that the article states, for lines and rows too, and else the path.
        max_bytes: Of an article's file, line, cell or page, unpacked; what is larger is an error. Lines and
            cells are counted in code points.
        format: What standard input and files without a known suffix are, for `find`: `jsonl`.
    """

    published: date | None = None
    metadata: Mapping[str, Known] = field(default_factory=dict)
    text_field: str = "text"
    id_field: str = "id"
    title_field: str = "title"
    date_field: str = "date"
    source_field: str = "source"
    url_field: str = "url"
    author_field: str = "author"
    keep: tuple[str, ...] = ()
    ids: Ids = "path"
    max_bytes: int = LARGEST
    format: str | None = None
