"""Articles in, outcomes out: the batches of a run, and the one function that workers do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from extract.articles import Article, Page
from extract.errors import ArticleError
from extract.lexicons.own.config import Rules
from extract.records import Fact

if TYPE_CHECKING:  # a process that leaves the work to others does without spaCy
    from spacy.language import Language

logger = logging.getLogger(__name__)

BATCH = 16  # articles; with the next, what an interruption may cost
BATCH_LENGTH = 500_000  # code points, or bytes of pages; bounds the memory that long articles take

Outcome = tuple[Article, list[Fact]] | ArticleError  # what an article came to
Pending = Article | Page  # what is to be done
Item = Pending | Outcome  # or settled already
Results = Generator[list[Outcome], None, None]
Load = Callable[[], "Language"]  # builds the pipeline; it must be picklable
Work = Callable[[Iterable[list[Item]]], Results]  # batches to their outcomes, in order; closed, it stops


def loading(
    *,
    model: str | None = None,
    fiscal_start: int | None = None,
    convert_to: str | None = None,
    rules: Rules = None,
) -> Load:
    """What builds the pipeline, in the process that calls it. The options are those of `pipeline.load`."""
    return partial(_load, model=model, fiscal_start=fiscal_start, convert_to=convert_to, rules=rules)


def _load(**options: Any) -> Language:
    from extract.pipeline import load

    return load(**options)


def batches(items: Iterable[Item], size: int = BATCH, *, length: int = BATCH_LENGTH) -> Iterator[list[Item]]:
    """Lists of so many items; of fewer where their texts are of more than `length` code points."""
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


def here(nlp: Language, *, convert_to: str | None = None) -> Work:
    """Work in this process; `convert_to` is a currency that has rates, instead of the pipeline's own."""

    def work(batches: Iterable[list[Item]]) -> Results:
        for batch in batches:
            yield list(outcomes(nlp, batch, convert_to=convert_to))

    return work


def outcomes(nlp: Language, items: Iterable[Item], *, convert_to: str | None = None) -> Iterator[Outcome]:
    """What each item comes to: its facts, or why there are none. What is settled stays as it is."""
    from extract.rules.tokens import freed

    items = list(items)
    texts = (item.text for item in items if isinstance(item, Article))
    with freed(nlp, texts):  # the records are plain values, so nothing of spaCy's outlives it
        for item in items:
            yield _outcome(nlp, item, convert_to) if isinstance(item, Pending) else item


def _outcome(nlp: Language, item: Pending, convert_to: str | None) -> Outcome:
    from extract.pipeline import extracted

    try:
        article = item.article() if isinstance(item, Page) else item
        return article, extracted(nlp, article, convert_to=convert_to)
    except ArticleError as error:
        return error
    except Exception as error:  # a bug in a rule must cost one article, not the run
        logger.debug("extraction of %s failed", item.id, exc_info=True)
        return ArticleError.of(error, item.id, "extraction", given="article")


def _length(item: Item) -> int:
    if isinstance(item, Page):
        return len(item.data)
    return len(item.text) if isinstance(item, Article) else 0
