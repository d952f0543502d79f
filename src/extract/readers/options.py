"""The options of the readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extract.readers.metadata import Known

Ids = Literal["path", "name", "url"]

LARGEST = 32 * 2**20  # bytes of an article's file, line, row or page; much more than any article has


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of all readers.

    Attributes:
        published: The date of every article; overrides any other.
        metadata: The metadata of articles by id, from `load_metadata`.
        text_field: The field or column with the text; likewise for the other six.
        keep: Further fields of lines, rows and headers to copy to the output.
        ids: The id of an article: its file's `path` as given; its `name`, or path within the folder given; or
            the `url` that it states, otherwise the path.
        max_bytes: Maximum size of an article's decompressed file, line, cell or page. Lines and cells are
            measured in code points.
        format: The format of standard input and of files without a known suffix, such as `jsonl`.
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
