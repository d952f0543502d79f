"""The pipeline: its components in order, and the facts that they find in an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract import document
from extract.articles import Article
from extract.collection import Facts
from extract.confidence import Evidence, at_least, evidence_of
from extract.conversion import converted
from extract.errors import (
    ArticleError,
    ComponentError,
    ExtractError,
    OptionError,
    PatternError,
    PipelineError,
)
from extract.lexicons.own import config
from extract.lexicons.scope import Lexicons, using
from extract.normalized_text import NormalizedText
from extract.rates import known_currency
from extract.record_builders import NEEDED, build_records, unrated
from extract.records import Fact
from extract.rules import entities, tokens
from extract.rules.guard import guarded
from extract.rules.spans import written

COMPONENTS = (
    "extract_sentences",
    "extract_entities",
    "extract_dates",
    "extract_money",
    "extract_quantities",
    "extract_growth",
)
RULED = frozenset(COMPONENTS[1:])  # those that a user's rules change
RECORDS = "extract_facts"  # the last component: builds `doc._.facts` from the spans of the others

document.register()


def load(
    *,
    model: str | None = None,
    fiscal_start: int | None = None,
    convert_to: str | None = None,
    rules: config.Rules = None,
) -> Language:
    """Build the pipeline.

    Args:
        model: Name or path of an installed spaCy pipeline whose named entities are used instead of the
            shipped model's.
        fiscal_start: Month (1 to 12) in which fiscal years start; by default the one usual in the country
            that an article mentions, where that is clear.
        convert_to: ISO 4217 of a currency that each amount of money is converted to, at the reference rate of
            its own time.
        rules: Words and rules of your own: paths of TOML files, the later over the earlier, or tables.

    Returns:
        A spaCy `Language`. `facts` and `pipe` give the facts of articles by it; a `Doc` that it made has them
        in `doc._.facts`.

    Raises:
        OptionError: `fiscal_start` is no month, or there are no rates of `convert_to`.
        RulesError: `rules` cannot be used; names file, line and column.
        ModelError: `model` is not installed, does not load or finds no named entities.
    """
    own = config.read(rules)
    lexicons = config.of(own)
    given = {"rules": lexicons.text} if lexicons else {}
    nlp = spacy.blank("en", config=dict(tokens.CONFIG))
    for name in COMPONENTS:
        if name == "extract_entities":
            _add_model(nlp, model)
        of_dates = {"fiscal_start": fiscal_start} if name == "extract_dates" else {}
        try:
            nlp.add_pipe(name, config=of_dates | (given if name in RULED else {}))
        except PatternError as error:
            raise config.located(own, error) from None
    nlp.add_pipe(RECORDS, config={"convert_to": convert_to} | given)
    return nlp


def _add_model(nlp: Language, model: str | None) -> None:
    """Add the model that finds names, before the rules that correct them."""
    if model is None:
        nlp.add_pipe("extract_shipped", name="ner")
    else:
        nlp.add_pipe("extract_model", config={"model": model})


@overload
def facts(
    source: str,
    /,
    *,
    published: date | str | None = None,
    convert_to: str | None = None,
    min_confidence: float | None = None,
) -> Facts: ...
@overload
def facts(
    source: Article, /, *, convert_to: str | None = None, min_confidence: float | None = None
) -> Facts: ...
@overload
def facts(
    nlp: Language,
    source: str,
    /,
    *,
    published: date | str | None = None,
    convert_to: str | None = None,
    min_confidence: float | None = None,
) -> Facts: ...
@overload
def facts(
    nlp: Language, source: Article, /, *, convert_to: str | None = None, min_confidence: float | None = None
) -> Facts: ...


def facts(
    first: Language | Article | str,
    second: Article | str | None = None,
    /,
    *,
    published: date | str | None = None,
    convert_to: str | None = None,
    min_confidence: float | None = None,
) -> Facts:
    """The facts of one article or text, ordered by kind as in the pipeline, then by place in the text.

    `facts(article)`, `facts("text", published="2024-06-11")`, or the same with a pipeline before it.

    Args:
        first: The pipeline; without one, that of `load()`, which is built at the first call and kept.
        second: The article, or its text. Of a text nothing else is known: its id is empty.
        published: The day a text was published: a date, or a string in ISO 8601. An article has its own.
        convert_to: As in `load`, whose option it goes before.
        min_confidence: Leave out facts with less confidence, from 0 to 1. Those without any stay, and so do
            those that a fact refers to.

    Raises:
        OptionError: `published` is no date, or is given beside an article; there are no rates of
            `convert_to`; `min_confidence` is not from 0 to 1.
        PipelineError: the pipeline is not one that finds facts, or it lacks what these depend on.
        ArticleError: the text is longer than the pipeline takes (`nlp.max_length`).
    """
    if isinstance(first, Language):
        nlp, source = first, second
        check(nlp)
    else:
        nlp, source = None, first
    if isinstance(source, str):
        source = Article(id="", text=source, published=published)  # type: ignore[arg-type]
    elif published is not None:
        raise OptionError("published: goes with a text; an article has its own")
    if not isinstance(source, Article) or (nlp is None and second is not None):
        raise TypeError("facts() takes an article or a text, or a pipeline and one of these")
    to = known_currency(convert_to) if convert_to is not None else None
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise OptionError(f"min_confidence: {min_confidence} is not from 0 to 1")
    found = extracted(nlp or default_pipeline(), source, convert_to=to)
    return found if min_confidence is None else Facts(at_least(found, min_confidence), article=found.article)


@cache
def default_pipeline() -> Language:
    """The default pipeline, built at the first use."""
    return load()


def check(nlp: Language) -> None:
    """Raise an error for a pipeline that does not find facts.

    Raises:
        PipelineError: it has none of the components of this package.
    """
    if not any(nlp.get_pipe_meta(name).factory in COMPONENTS for name in nlp.pipe_names):
        raise PipelineError("the pipeline has no component that finds facts; use that of extract.load()")


def extracted(nlp: Language, article: Article, *, convert_to: str | None = None) -> Facts:
    """The facts of one article, by a pipeline that has been checked.

    Args:
        nlp: The pipeline.
        article: The article.
        convert_to: A currency that has rates, instead of the pipeline's own.

    Raises:
        ArticleError: it is longer than the pipeline accepts, or a component, which the error names, failed.
    """
    try:
        normalized, doc = processed(nlp, article)
        with using(lexicons_of(nlp)):
            return _restored(normalized, doc, convert_to or _currency(nlp))
    except ComponentError as error:
        raise ArticleError.of(error, article.id or "the text", "extraction", given="article") from error


def _restored(normalized: NormalizedText, doc: Doc, convert_to: str | None) -> Facts:
    """The facts of a document of the plain form, with the offsets of the article and converted money."""
    found = normalized.restore(build_records(doc, normalized.plain))
    if convert_to is None:
        return Facts(found, article=normalized.article)
    try:
        converted_facts = converted(found, to=convert_to, published=normalized.article.published)
        return Facts(converted_facts, article=normalized.article)
    except ExtractError:
        raise
    except Exception as error:
        raise ComponentError("conversion", error) from error


def lexicons_of(nlp: Language) -> Lexicons | None:
    """The lexicons of the rules that a pipeline has; None where it has none."""
    for _, component in reversed(nlp.pipeline):
        found = getattr(component, "lexicons", None)
        if isinstance(found, Lexicons):
            return found
    return None


def _currency(nlp: Language) -> str | None:
    """The currency that a pipeline converts money to."""
    last = nlp.get_pipe(RECORDS) if RECORDS in nlp.pipe_names else None
    return last.convert_to if isinstance(last, FactsComponent) else None


def processed(nlp: Language, article: Article) -> tuple[NormalizedText, Doc]:
    """The plain form of an article, and the document of it with the spans of its facts.

    Raises:
        ArticleError: it is longer than the pipeline takes.
    """
    if len(article.text) > nlp.max_length:
        reason = f"is longer than {nlp.max_length:,} characters"
        raise ArticleError(article.id or "the text", reason, "split it into articles")
    normalized = NormalizedText.from_article(article)
    return normalized, nlp(normalized.plain.text, disable=[RECORDS])


def facts_of_many(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Facts]]:
    """The facts of each article of a batch, in the order given."""
    for article in articles:
        yield article, extracted(nlp, article)


def with_evidence(nlp: Language, article: Article) -> list[tuple[Fact, Evidence | None]]:
    """The facts of one article, each with the evidence for its confidence.

    Raises:
        ArticleError: as for `extracted`.
    """
    try:
        normalized, doc = processed(nlp, article)
        with using(lexicons_of(nlp)):
            found = unrated(doc, normalized.plain)
            evidence = evidence_of(found, normalized.plain, entities.certainty(doc))
            return list(zip(normalized.restore(found), evidence, strict=True))
    except ComponentError as error:
        raise ArticleError.of(error, article.id or "the text", "extraction", given="article") from error


class FactsComponent:
    """Builds `doc._.facts`, the records of the spans that the components before it wrote."""

    def __init__(
        self, nlp: Language, name: str, *, convert_to: str | None = None, lexicons: Lexicons | None = None
    ) -> None:
        """Store the pipeline, for texts that differ from their plain form, and the options of `load`.

        Raises:
            OptionError: there are no rates of the currency.
        """
        self.nlp, self.name, self.lexicons = nlp, name, lexicons
        self.convert_to = known_currency(convert_to) if convert_to is not None else None

    @guarded(RECORDS)
    def __call__(self, doc: Doc) -> Doc:
        """Build the records of a document.

        The rules process normalized text, the document has the original text. If the two differ, the
        pipeline also processes the plain text, and the results are copied to the document.

        Raises:
            PipelineError: no component before it finds facts, or what they depend on was not found.
        """
        if not any(written(doc, group) for group in NEEDED):
            raise PipelineError(f"{self.name}: no component before it finds facts; add 'extract_money', say")
        article = document.article_of(doc)
        normalized = NormalizedText.from_article(article)
        plain = doc
        if normalized.plain.text != doc.text:
            with using(None):  # other components use the shipped words
                plain = self.nlp(normalized.plain.text, disable=[self.name])
            document.take_over(doc, plain, normalized)
        document.keep(doc, article, _restored(normalized, plain, self.convert_to))
        return doc


@Language.factory(
    RECORDS,
    default_config={"convert_to": None, "rules": None},
    requires=["token.is_sent_start", "doc.spans"],
    assigns=["doc._.facts"],
)
def make_facts(nlp: Language, name: str, convert_to: str | None, rules: config.Rules) -> FactsComponent:
    """The factory of the component."""
    return FactsComponent(nlp, name, convert_to=convert_to, lexicons=config.of(rules))
