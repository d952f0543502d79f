"""The texts that are measured: the articles of corpus/, their paragraphs, and one long article of them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from extract import readers
from extract.articles import Article


def corpus(folder: str) -> list[Article]:
    """The articles of a folder."""
    items = readers.read(readers.find([folder], ids="name"), readers.Options())
    articles = [item for item in items if isinstance(item, Article)]
    return articles or sys.exit(f"no articles in {folder}")


def words(text: str) -> int:
    """Words, as white space parts them."""
    return len(text.split())


def repeated(articles: list[Article], wanted: int) -> Iterator[Article]:
    """The articles over and over, until they have so many words."""
    for article in cycle(articles):
        if wanted <= 0:
            return
        yield article
        wanted -= words(article.text)


def write_many(path: Path, articles: list[Article], count: int) -> int:
    """Write so many paragraphs, each with a number added, as lines of JSON; how many words they have."""
    parts = [part for article in articles for part in re.split(r"\n\s*\n", article.text) if words(part) > 20]
    texts = (f"{part} It was report {n:,}." for n, part in enumerate(islice(cycle(parts), count)))
    total = 0
    with path.open("w", encoding="utf-8") as stream:
        for n, text in enumerate(texts):
            total += words(text)
            stream.write(json.dumps({"id": str(n), "text": text, "date": "2024-06-11"}) + "\n")
    return total


def write_long(path: Path, articles: list[Article], length: int) -> int:
    """Write one article of so many characters; how many words it has."""
    whole = "\n\n".join(article.text for article in articles)
    text = (whole * (length // len(whole) + 1))[:length]
    path.write_text(text, encoding="utf-8")
    return words(text)
