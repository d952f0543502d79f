"""`extract show`: print an article with its facts, or write a page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from extract.cli.options import (
    confidence_option,
    pipeline_options,
    read_options,
    reader_options,
    rules_options,
    user_rules,
)
from extract.cli.pages import check_page, write_page
from extract.cli.streams import require_output
from extract.errors import ArticleError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.articles import Article
    from extract.records import Fact
    from extract.run import Load

_ON_A_PAGE = 50  # articles; pages with more are slow
_EXPLAINED = 200_000  # characters; the page of a longer article has no explanations, which double its size


@click.command()
@click.argument("file")
@click.option("--html", metavar="OUT", help="Write an HTML page; `-` is stdout.")
@confidence_option
@reader_options
@pipeline_options
@rules_options
def show(
    file: str,
    html: str | None,
    min_confidence: float | None,
    model: str | None,
    fiscal_start: int | None,
    rules: tuple[str, ...],
    no_rules: bool,
    **said: Any,
) -> None:
    """Show an article with its facts highlighted.

    A table of the facts follows the text. With --html, write a page where a click on a fact shows its fields
    and how it was found.
    """
    require_output()
    if html:
        check_page(html, [file])
    from extract import readers

    options = read_options(**said)
    files = readers.find([file], format=options.format, ids=options.ids)
    from extract.pipeline import facts
    from extract.run import pipeline_loader
    from extract.terminal import print_article

    own = user_rules(rules, none=no_rules, announce=True)
    load = pipeline_loader(model=model, fiscal_start=fiscal_start, rules=own)
    articles = _articles(readers.read(files, options))
    if html:
        write_page(html, _page(file, load, articles, min_confidence))
        return
    nlp = load()
    for article in articles:
        print_article(article, facts(nlp, article, min_confidence=min_confidence))


def _articles(items: Iterable[Article | ArticleError]) -> Iterable[Article]:
    for item in items:
        if isinstance(item, ArticleError):
            raise item
        yield item


def _page(file: str, load: Load, articles: Iterable[Article], min_confidence: float | None) -> str:
    """The page of the articles of a file, with explanations."""
    from extract.explain import explain
    from extract.pipeline import facts
    from extract.view import articles_page

    nlp = load()
    found: list[tuple[Article, Iterable[Fact]]] = []
    steps: dict[tuple[str, str], list[tuple[str, str | None, str]]] = {}
    for article in articles:
        if len(found) == _ON_A_PAGE:
            raise OptionError(
                f"{file}: contains more than {_ON_A_PAGE} articles, too many for one page; "
                "`extract run` writes the facts of all of them to a file"
            )
        found.append((article, facts(nlp, article, min_confidence=min_confidence)))
        if len(article.text) > _EXPLAINED:
            click.echo(f"{article.id}: too long for explanations on the page", err=True)
            continue
        for sentence in explain(nlp, article):
            for one in sentence.facts:
                found_by = [(step.about, step.value, step.why) for step in one.steps]
                steps[article.id, one.fact.fact_id] = found_by
    return articles_page(found, explanations=steps)
