"""Many articles as a stream, for those who work in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from extract.articles import Article, Page
from extract.collection import Facts
from extract.errors import ArticleError, OptionError
from extract.lexicons.own.config import Rules
from extract.rates import known_currency
from extract.run.outcomes import BATCH, Item, Work, batches, here, loading
from extract.run.workers import Workers

if TYPE_CHECKING:
    from spacy.language import Language

Given = Article | Page | ArticleError | str


def pipe(
    articles: Iterable[Given],
    *,
    nlp: Language | None = None,
    workers: int = 1,
    timeout: float | None = None,
    batch_size: int = BATCH,
    model: str | None = None,
    fiscal_start: int | None = None,
    convert_to: str | None = None,
    rules: Rules = None,
    on_failure: Callable[[ArticleError], object] | None = None,
) -> Iterator[tuple[Article, Facts]]:
    """The facts of many articles, as a stream in the order of the articles.

    Memory does not grow with their number: articles are taken as they are needed, a batch at a time (a few
    for each worker), and what spaCy keeps of a batch is freed after it.

    Args:
        articles: Articles, what a reader gives, or bare texts, whose ids are their numbers from 0.
        nlp: The pipeline, in this process; by default that of `load` with the options below.
        workers: How many processes do it; more than one load pipelines of their own.
        timeout: Seconds that an article may take; the work is then done in processes of its own.
        batch_size: Articles per batch.
        model: As in `load`.
        fiscal_start: As in `load`.
        convert_to: As in `load`, whose option it goes before.
        rules: As in `load`.
        on_failure: Called with the error of each article that gives no facts. By default it is raised.

    Raises:
        OptionError: an option cannot be used, or not with another one.
        PipelineError: the pipeline is not one that finds facts.
        ArticleError: an article gives no facts, and there is no `on_failure`.
    """
    if workers < 1 or batch_size < 1:
        raise OptionError(f"workers and batch_size are at least 1, not {min(workers, batch_size)}")
    currency = known_currency(convert_to) if convert_to is not None else None
    if workers > 1 or timeout is not None:
        if nlp is not None:
            raise OptionError("nlp: works in this process only; give no workers and no timeout with it")
        load = loading(model=model, fiscal_start=fiscal_start, convert_to=currency, rules=rules)
        work: Work = Workers(load, count=workers, timeout=timeout)
    else:
        work = here(_pipeline(nlp, model=model, fiscal_start=fiscal_start, rules=rules), convert_to=currency)
    return _stream(work, articles, batch_size, on_failure)


def _pipeline(nlp: Language | None, *, model: str | None, fiscal_start: int | None, rules: Rules) -> Language:
    from extract.pipeline import check, load, own

    options = (model, fiscal_start, rules) != (None, None, None)
    if nlp is None:
        return load(model=model, fiscal_start=fiscal_start, rules=rules) if options else own()
    if options:
        raise OptionError("nlp: has its own model, fiscal_start and rules; give them to load()")
    check(nlp)
    return nlp


def _stream(
    work: Work,
    articles: Iterable[Given],
    batch_size: int,
    on_failure: Callable[[ArticleError], object] | None,
) -> Iterator[tuple[Article, Facts]]:
    with closing(work(batches(_items(articles), batch_size))) as results:
        for outcomes in results:
            for outcome in outcomes:
                if not isinstance(outcome, ArticleError):
                    article, facts = outcome
                    yield article, Facts(facts, article=article)
                elif on_failure is None:
                    raise outcome
                else:
                    on_failure(outcome)


def _items(articles: Iterable[Given]) -> Iterator[Item]:
    for number, given in enumerate(articles):
        if isinstance(given, str):
            yield Article(id=str(number), text=given)
        elif isinstance(given, Article | Page | ArticleError):
            yield given
        else:
            raise TypeError(f"pipe() takes articles or texts, not {type(given).__name__}")
