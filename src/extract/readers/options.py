"""What the caller may say about the articles to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from extract.readers.metadata import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of all readers.

    Attributes:
        published: The date of every article, before any other.
        metadata: What is known of articles by their id, as `load_metadata` gives it.
        text_field: The field of a line, or column of a table, that holds the text; likewise the other three.
        format: What standard input and files without a known suffix are, for `find`: `jsonl`.
    """

    published: date | None = None
    metadata: Mapping[str, Known] = field(default_factory=dict)
    text_field: str = "text"
    id_field: str = "id"
    title_field: str = "title"
    date_field: str = "date"
    format: str | None = None
