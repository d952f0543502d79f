"""The jobs of worker processes: the facts of an article as JSON or as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from extract.articles import Article, Page
from extract.errors import ArticleError
from extract.readers.dates import of_dateline
from extract.records import Fact
from extract.run import outcomes
from extract.serve.refusals import Refusal
from extract.writers.jsonl import line

Pipeline = Any  # a spaCy pipeline; this module does not import spaCy


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job.

    Attributes:
        item: An article, or a page from which it is extracted.
        published: Its publication date; overrides the one that it states.
        kinds: The kinds of facts to return; empty: all.
        form: `json`, or `page` for HTML.
    """

    item: Article | Page
    published: date | None = None
    kinds: tuple[str, ...] = ()
    form: Literal["json", "page"] = "json"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: a JSON object or a page, and its number of facts."""

    body: str
    facts: int


def answers(nlp: Pipeline, jobs: Iterable[Job]) -> Iterator[Answer | Refusal]:
    """The answer to each job, or the reason why it failed."""
    for job in jobs:
        try:
            yield _answer(nlp, job)
        except Refusal as refusal:
            yield refusal


def _answer(nlp: Pipeline, job: Job) -> Answer:
    article = _article(job, nlp.max_length)
    (outcome,) = outcomes(nlp, [article])
    if isinstance(outcome, ArticleError):
        raise Refusal("failed", outcome.reason, outcome.remedy)
    _, facts = outcome
    facts = [fact for fact in facts if not job.kinds or fact.kind in job.kinds]
    made = _page(article, facts) if job.form == "page" else _object(article, facts)
    return Answer(made, len(facts))


def _article(job: Job, longest: int) -> Article:
    """The article with its date: as given, stated by the page, or of a dateline.

    Raises:
        Refusal: the page has no article, or the text is too long for the pipeline.
    """
    try:
        article = job.item.article() if isinstance(job.item, Page) else job.item
    except ArticleError as error:
        raise Refusal("unreadable", error.reason, error.remedy) from error
    if len(article.text) > longest:
        reason = f"the text is longer than {longest:,} characters"
        raise Refusal("too_large", reason, "split it into articles")
    published = job.published or article.published or of_dateline(article.text)
    return replace(article, published=published)


def _object(article: Article, facts: Iterable[Fact]) -> str:
    """The article's id and facts as a JSON object."""
    known = {
        "id": article.id,
        "title": article.title,
        "published": article.published and article.published.isoformat(),
    }
    head = json.dumps(known, ensure_ascii=False)
    return f'{head[:-1]}, "facts": [{", ".join(map(line, facts))}]}}'


def _page(article: Article, facts: Iterable[Fact]) -> str:
    from extract.view import article_page

    return article_page(article, facts)
