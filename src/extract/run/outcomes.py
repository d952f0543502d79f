"""The batches of a run, and the function that turns a batch of articles into their outcomes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from extract.articles import Article, Page
from extract.errors import ArticleError
from extract.lexicons.own.config import Rules
from extract.records import Fact

if TYPE_CHECKING:  # the parent process of workers does not import spaCy
    from spacy.language import Language

logger = logging.getLogger(__name__)

BATCH = 16  # articles; an interrupted run repeats at most this many
BATCH_LENGTH = 500_000  # code points, or bytes of pages; limits the memory for long articles

Outcome = tuple[Article, list[Fact]] | ArticleError  # the facts of an article, or its failure
Pending = Article | Page  # still to be processed
Item = Pending | Outcome  # an item that has an outcome already is passed through
Results = Generator[list[Outcome], None, None]
Load = Callable[[], "Language"]  # builds the pipeline; picklable
Work = Callable[
    [Iterable[list[Item]]], Results
]  # maps batches to their outcomes, in order; closing it stops the work


def pipeline_loader(
    *,
    model: str | None = None,
    fiscal_start: int | None = None,
    convert_to: str | None = None,
    rules: Rules = None,
) -> Load:
    """A function that builds the pipeline in the process that calls it. Arguments as for `pipeline.load`."""
    return partial(_load, model=model, fiscal_start=fiscal_start, convert_to=convert_to, rules=rules)


def _load(**options: Any) -> Language:
    from extract.pipeline import load

    return load(**options)


def batches(items: Iterable[Item], size: int = BATCH, *, length: int = BATCH_LENGTH) -> Iterator[list[Item]]:
    """Lists of `size` items, or fewer if their texts have `length` or more code points together."""
    batch: list[Item] = []
    taken = 0
    for item in items:
        batch.append(item)
        taken += _length(item)
        if len(batch) >= size or taken >= length:
            yield batch
            batch, taken = [], 0
    if batch:
        yield batch


def in_process(nlp: Language, *, convert_to: str | None = None) -> Work:
    """Work in this process.

    Args:
        nlp: The pipeline.
        convert_to: A currency with rates, instead of the one of the pipeline.
    """

    def work(batches: Iterable[list[Item]]) -> Results:
        for batch in batches:
            yield list(outcomes(nlp, batch, convert_to=convert_to))

    return work


def outcomes(nlp: Language, items: Iterable[Item], *, convert_to: str | None = None) -> Iterator[Outcome]:
    """The outcome of each item: its facts or its failure. Items with an outcome are passed through."""
    from extract.rules.tokens import freed

    items = list(items)
    texts = (item.text for item in items if isinstance(item, Article))
    with freed(nlp, texts):  # records are plain values and keep nothing of spaCy alive
        for item in items:
            yield _outcome(nlp, item, convert_to) if isinstance(item, Pending) else item


def _outcome(nlp: Language, item: Pending, convert_to: str | None) -> Outcome:
    from extract.pipeline import extracted

    try:
        article = item.article() if isinstance(item, Page) else item
        return article, extracted(nlp, article, convert_to=convert_to)
    except ArticleError as error:
        return error
    except Exception as error:  # a bug in a rule must not stop the run
        logger.debug("extraction of %s failed", item.id, exc_info=True)
        return ArticleError.of(error, item.id, "extraction", given="article")


def _length(item: Item) -> int:
    if isinstance(item, Page):
        return len(item.data)
    return len(item.text) if isinstance(item, Article) else 0
