"""`extract show`: one article with its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from extract.cli.options import extracting, limited, options_of, own_rules, reading, ruled
from extract.cli.pages import check_page, write_page
from extract.cli.streams import require_output
from extract.errors import ArticleError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.articles import Article
    from extract.records import Fact
    from extract.run import Load

_ON_A_PAGE = 50  # articles; more are slow to look through
_EXPLAINED = 200_000  # characters of an article whose explanations are on its page: they double its size


@click.command()
@click.argument("file")
@click.option("--html", metavar="OUT", help="Write a page to look at in a browser; `-` is standard output.")
@limited
@reading
@extracting
@ruled
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

    A table of the facts follows the text. With --html it is a page, which shows all of a fact, and how it
    was found, where you click on it.
    """
    require_output()
    if html:
        check_page(html, [file])
    from extract import readers

    options = options_of(**said)
    files = readers.find([file], format=options.format, ids=options.ids)
    from extract.pipeline import facts
    from extract.run import loading
    from extract.terminal import print_article

    own = own_rules(rules, none=no_rules, tell=True)
    load = loading(model=model, fiscal_start=fiscal_start, rules=own)
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
    """The page of the articles of a file."""
    from extract.explain import explain
    from extract.pipeline import facts
    from extract.view import articles_page

    nlp = load()
    found: list[tuple[Article, Iterable[Fact]]] = []
    steps: dict[tuple[str, str], list[tuple[str, str | None, str]]] = {}
    for article in articles:
        if len(found) == _ON_A_PAGE:
            raise OptionError(
                f"{file}: holds more than {_ON_A_PAGE} articles, too many for one page; "
                "`extract run` writes the facts of all to a file"
            )
        found.append((article, facts(nlp, article, min_confidence=min_confidence)))
        if len(article.text) > _EXPLAINED:
            click.echo(f"{article.id}: its page is without explanations, as it is long", err=True)
            continue
        for sentence in explain(nlp, article):
            for one in sentence.facts:
                told = [(step.about, step.value, step.why) for step in one.steps]
                steps[article.id, one.fact.fact_id] = told
    return articles_page(found, explanations=steps)
