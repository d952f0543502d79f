"""What a worker process does for a server: facts of an article as JSON, or as a page."""

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

Pipeline = Any  # a spaCy pipeline; spaCy itself is not known here


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is wanted.

    Attributes:
        item: An article, or a page that it is to be drawn from.
        published: The day of it, before any that it states itself.
        kinds: The kinds of facts that are wanted; all when empty.
        form: `json`, or `page` for people.
    """

    item: Article | Page
    published: date | None = None
    kinds: tuple[str, ...] = ()
    form: Literal["json", "page"] = "json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: a JSON object or a page, and how many facts it holds."""

    body: str
    facts: int


def answers(nlp: Pipeline, jobs: Iterable[Job]) -> Iterator[Answer | Refusal]:
    """The answer to each job, or why there is none."""
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
    """The article with the first date that is known, as a reader gives it.

    Raises:
        Refusal: a page has no article, or the text is longer than the pipeline takes.
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
