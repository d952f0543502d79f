"""`extract report`: what a run has found, as pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from extract.articles import Article
from extract.cli.options import options_of, reading
from extract.cli.pages import check_page, write_page
from extract.errors import ArticleError, OptionError

_PAGE = re.compile(r"[0-9a-f]{16}\.html")  # the name of the page of an article


@click.command()
@click.argument("facts", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    default="report.html",
    show_default=True,
    help="The page; `-` is standard output.",
)
@click.option(
    "--articles",
    multiple=True,
    metavar="PATH",
    help="The articles, for their texts, days and sources; may be repeated.",
)
@click.option("--ledger", metavar="FILE", help="A ledger of the facts, for its series and contradictions.")
@click.option(
    "--failures", multiple=True, metavar="FILE", help="What failed.  [default: FACTS.failures.jsonl]"
)
@click.option(
    "--pages",
    type=click.IntRange(min=0),
    metavar="N",
    help="Most articles that get pages of their own.  [default: 200]",
)
@click.option("--title", default="Report", show_default=True, help="Title of the page.")
@reading
def report(
    facts: tuple[str, ...],
    output: str,
    articles: tuple[str, ...],
    ledger: str | None,
    failures: tuple[str, ...],
    pages: int | None,
    title: str,
    **said: Any,
) -> None:
    """Show what a run has found: counts, charts, the strongest claims, what failed.

    FACTS are files and folders that `extract run` wrote, of any format. Articles with strong or inconsistent
    claims have pages of their own in the folder OUT.articles; with --articles, or where the facts have them,
    these show the texts. The options below say how --articles are read, as those of `extract run`.
    """
    check_page(output, [*facts, *failures, *filter(None, [ledger])])
    from extract.report import Wanted, make_report
    from extract.report.make import PAGES

    folder = Path(f"{output.removesuffix('.html')}.articles")
    wanted = Wanted(
        articles=_articles(articles, said),
        failures=failures,
        ledger=ledger,
        pages=PAGES if pages is None else pages,
        folder=folder.name,
        title=title,
    )
    if output == "-":
        write_page(output, make_report(facts, wanted, tell=_tell))
        return
    written = set[str]()

    def write(name: str, page: str) -> None:
        folder.mkdir(exist_ok=True)
        check_page(str(folder / name))
        write_page(str(folder / name), page)
        written.add(name)

    page = make_report(facts, wanted, write=write, tell=_tell)
    write_page(output, page)
    _remove_others(folder, written)
    _tell(f"the report is {output}, with {len(written):,} pages of articles in {folder}")


def _articles(paths: tuple[str, ...], said: dict[str, Any]) -> Iterator[Article]:
    """The articles of paths; what cannot be read is told."""
    if not paths:
        return
    from extract import readers

    options = options_of(**said)
    for item in readers.read(readers.find(paths, format=options.format, ids=options.ids), options):
        if isinstance(item, ArticleError):
            _tell(f"left out: {item}")
        else:
            yield item


def _remove_others(folder: Path, written: set[str]) -> None:
    """Remove the pages of an earlier report, and the folder if it is empty."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if _PAGE.fullmatch(path.name) and path.name not in written:
            with suppress(OptionError):  # another file of such a name
                check_page(str(path))
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _tell(words: str) -> None:
    from extract.errors import printable

    click.echo(printable(words), err=True)
