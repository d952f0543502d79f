"""The pipeline: its components in one visible order, and the facts they read from an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.articles import Article
from extract.reading import Reading
from extract.records import Fact
from extract.rules import dates, entities, growth, money, quantities, syntax, tokens

COMPONENTS = (
    "extract_sentences",
    "extract_entities",
    "extract_dates",
    "extract_money",
    "extract_quantities",
    "extract_syntax",
    "extract_growth",
)

Read = Callable[[Doc, Article, tuple[Fact, ...]], Iterable[Fact]]

# Each reads the spans of its own kind, and may look at the facts read before it.
READS: tuple[Read, ...] = (entities.read, dates.read, money.read, quantities.read, growth.read)


def load(*, model: str | None = None, fiscal_start: int | None = None) -> Language:
    """Build the pipeline.

    Args:
        model: Name or path of an installed spaCy pipeline whose named entities are used instead of the
            shipped model's.
        fiscal_start: Month (1 to 12) in which fiscal years start; by default the one usual in the country
            that an article speaks of, where that is clear.

    Returns:
        A spaCy `Language`; `facts` reads the facts of an article from it.

    Raises:
        OptionError: `fiscal_start` is no month.
        ModelError: `model` is not installed, does not load or finds no named entities.
    """
    nlp = spacy.blank("en")
    tokens.customise(nlp)
    for name in COMPONENTS:
        if name == "extract_entities":
            _add_model(nlp, model)
        nlp.add_pipe(name, config={"fiscal_start": fiscal_start} if name == "extract_dates" else {})
    return nlp


def _add_model(nlp: Language, model: str | None) -> None:
    """What finds names before the rules settle them."""
    if model is None:
        nlp.add_pipe("extract_shipped", name="ner")
    else:
        nlp.add_pipe("extract_model", config={"model": model})


def facts(nlp: Language, article: Article) -> list[Fact]:
    """The facts of one article, ordered by kind as in the pipeline, then by place in the text."""
    reading = Reading.of(article)
    return reading.told(read(nlp(reading.plain.text), reading.plain))


def facts_of_many(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Fact]]]:
    """The facts of each article of a batch, in the order given."""
    for article in articles:
        yield article, facts(nlp, article)


def read(doc: Doc, article: Article) -> list[Fact]:
    """The facts of a processed document; `doc.text` must be the article's text."""
    known: tuple[Fact, ...] = ()
    for of_kind in READS:
        known += tuple(of_kind(doc, article, known))
    return list(known)
