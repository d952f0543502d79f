"""Entities."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Fact
from extract.rules.spans import group

GROUP = "entities"


class EntitiesComponent:
    """Writes `doc.spans["entities"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        doc.spans[GROUP] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        return []


def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
    """The records of the spans."""
    for _span in group(doc, GROUP):
        yield from ()


@Language.factory("extract_entities")
def make_entities(nlp: Language, name: str) -> EntitiesComponent:
    """The factory of the component."""
    return EntitiesComponent()
