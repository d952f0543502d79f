"""What the tests of commands share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from spacy.tokens import Doc

from extract import record_builders
from extract.articles import Article
from extract.records import Fact

Extract = Callable[..., Result]


def texts(lines: str) -> list[str]:
    return [json.loads(line)["text"] for line in lines.splitlines()]


def read_articles(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """The articles that reach the rules from now on."""
    seen: list[Article] = []

    def spy(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        seen.append(article)
        yield from ()

    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (spy,))
    return seen
