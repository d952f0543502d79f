"""The articles of a corpus and their facts, complete or an error, for computing scores."""

from __future__ import annotations

from extract import readers
from extract.articles import Article
from extract.errors import ArticleError
from extract.records import Fact
from extract.run import Load, MemorySink, in_process, run


def read_articles(corpus: str) -> list[Article]:
    """The articles of a corpus.

    Raises:
        ArticleError: an article cannot be read; a score of the others would be misleading.
    """
    articles = []
    for item in readers.read(readers.find([corpus], ids="name"), readers.Options()):
        if isinstance(item, ArticleError):
            raise item
        articles.append(item)
    return articles


def facts_of(articles: list[Article], load: Load) -> list[Fact]:
    """The facts of articles.

    Raises:
        ArticleError: the extraction of an article failed; a score of the others would be misleading.
    """
    sink = MemorySink()
    summary = run(in_process(load()), articles, sink)
    if summary.stopped_by:
        raise KeyboardInterrupt
    if summary.failures:
        raise summary.failures[0]
    return sink.facts
