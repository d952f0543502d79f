"""Builds the records of a processed document from its spans, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Doc

from extract.articles import Article
from extract.confidence import with_confidence
from extract.records import Fact
from extract.rules import dates, entities, growth, money, quantities
from extract.rules.spans import require, written

RecordBuilder = Callable[[Doc, Article, tuple[Fact, ...]], Iterable[Fact]]

# Each builds the records of its kind from its spans, and may use the records before it.
RECORD_BUILDERS: tuple[RecordBuilder, ...] = (
    entities.build_records,
    dates.build_records,
    money.build_records,
    quantities.build_records,
    growth.build_records,
)

# What the records of a group depend on besides its spans. A component checks what its spans depend on.
NEEDED = {
    entities.GROUP: ("sentences",),
    dates.GROUP: ("sentences", entities.GROUP),
    money.GROUP: ("sentences", entities.GROUP),
    quantities.GROUP: ("sentences",),
    growth.GROUP: ("sentences",),
}


def build_records(doc: Doc, article: Article) -> list[Fact]:
    """The facts of a processed document; `doc.text` must be the article's text.

    Raises:
        PipelineError: a component that the records depend on has not processed it.
    """
    for group, needed in NEEDED.items():
        if written(doc, group):
            require(doc, f"the records of {group}", *needed)
    return with_confidence(unrated(doc, article), article, entities.certainty(doc))


def unrated(doc: Doc, article: Article) -> list[Fact]:
    """The facts of a processed document, without their confidence."""
    known: tuple[Fact, ...] = ()
    for of_kind in RECORD_BUILDERS:
        known += tuple(of_kind(doc, article, known))
    return money.with_roles_of_claims(article.text, known)
