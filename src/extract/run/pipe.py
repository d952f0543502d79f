"""`extract.pipe`: the facts of a stream of articles, in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from extract.articles import Article, Page
from extract.collection import Facts
from extract.errors import ArticleError, OptionError
from extract.lexicons.own.config import Rules
from extract.rates import known_currency
from extract.run.outcomes import BATCH, Item, Work, batches, in_process, pipeline_loader
from extract.run.workers import Workers

if TYPE_CHECKING:
    from spacy.language import Language

Input = Article | Page | ArticleError | str


def pipe(
    articles: Iterable[Input],
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

    Memory does not grow with their number: articles are taken a batch at a time (a few batches per worker),
    and the strings that spaCy stores for a batch are freed after it.

    Args:
        articles: Articles, items of a reader, or plain texts, whose ids are their numbers from 0.
        nlp: The pipeline, for work in this process; by default that of `load` with the options below.
        workers: Number of processes; with more than one, each loads its own pipeline.
        timeout: Time limit for an article in seconds; the work is then done in other processes.
        batch_size: Articles per batch.
        model: As in `load`.
        fiscal_start: As in `load`.
        convert_to: As in `load`; overrides the option of the pipeline.
        rules: As in `load`.
        on_failure: Called with the error of each article that fails. By default it is raised.

    Raises:
        OptionError: an option cannot be used, or cannot be combined with another one.
        PipelineError: the pipeline has no component that finds facts.
        ArticleError: an article failed, and there is no `on_failure`.
    """
    if workers < 1 or batch_size < 1:
        raise OptionError(f"workers and batch_size must be at least 1, not {min(workers, batch_size)}")
    currency = known_currency(convert_to) if convert_to is not None else None
    if workers > 1 or timeout is not None:
        if nlp is not None:
            raise OptionError("nlp: cannot be combined with workers or timeout, which use other processes")
        load = pipeline_loader(model=model, fiscal_start=fiscal_start, convert_to=currency, rules=rules)
        work: Work = Workers(load, count=workers, timeout=timeout)
    else:
        work = in_process(
            _pipeline(nlp, model=model, fiscal_start=fiscal_start, rules=rules), convert_to=currency
        )
    return _stream(work, articles, batch_size, on_failure)


def _pipeline(nlp: Language | None, *, model: str | None, fiscal_start: int | None, rules: Rules) -> Language:
    from extract.pipeline import check, default_pipeline, load

    options = (model, fiscal_start, rules) != (None, None, None)
    if nlp is None:
        return load(model=model, fiscal_start=fiscal_start, rules=rules) if options else default_pipeline()
    if options:
        raise OptionError("nlp: has its own model, fiscal_start and rules; pass them to load()")
    check(nlp)
    return nlp


def _stream(
    work: Work,
    articles: Iterable[Input],
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


def _items(articles: Iterable[Input]) -> Iterator[Item]:
    for number, given in enumerate(articles):
        if isinstance(given, str):
            yield Article(id=str(number), text=given)
        elif isinstance(given, Article | Page | ArticleError):
            yield given
        else:
            raise TypeError(f"pipe() takes articles or texts, not {type(given).__name__}")
