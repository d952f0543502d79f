"""`extract report`: an overview of the facts of a run, as pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from extract.articles import Article
from extract.cli.options import read_options, reader_options
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
    help="Write the page to OUT; `-` is stdout.",
)
@click.option(
    "--articles",
    multiple=True,
    metavar="PATH",
    help="The articles, for their texts, dates and sources; may be repeated.",
)
@click.option("--ledger", metavar="FILE", help="A ledger of the facts, to add its series and contradictions.")
@click.option(
    "--failures",
    multiple=True,
    metavar="FILE",
    help="File of failures; may be repeated.  [default: FACTS.failures.jsonl]",
)
@click.option(
    "--pages",
    type=click.IntRange(min=0),
    metavar="N",
    help="Maximum number of articles with a page of their own.  [default: 200]",
)
@click.option("--title", default="Report", show_default=True, help="Title of the report.")
@reader_options
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
    """Summarize a run: counts, charts, the strongest claims, failures.

    FACTS are files and folders that `extract run` wrote, in any format. Articles with strong or inconsistent
    claims get a page of their own in the folder OUT.articles, with the text if FACTS or --articles have it.
    The options from --date on apply to --articles, as in `extract run`.
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
        write_page(output, make_report(facts, wanted, progress=_print_progress))
        return
    written = set[str]()

    def write(name: str, page: str) -> None:
        folder.mkdir(exist_ok=True)
        check_page(str(folder / name))
        write_page(str(folder / name), page)
        written.add(name)

    page = make_report(facts, wanted, write=write, progress=_print_progress)
    write_page(output, page)
    _remove_others(folder, written)
    _print_progress(f"{output}: report written, with {len(written):,} pages of articles in {folder}")


def _articles(paths: tuple[str, ...], said: dict[str, Any]) -> Iterator[Article]:
    """The articles of the paths; those that cannot be read are named on stderr."""
    if not paths:
        return
    from extract import readers

    options = read_options(**said)
    files = readers.find(paths, format=options.format, ids=options.ids)
    for file in files:
        if isinstance(file, ArticleError):
            raise OptionError(f"--articles {file}")
    for item in readers.read(files, options):
        if isinstance(item, ArticleError):
            _print_progress(f"skipped: {item}")
        else:
            yield item


def _remove_others(folder: Path, written: set[str]) -> None:
    """Remove the pages of an earlier report, and the folder if it is empty."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if _PAGE.fullmatch(path.name) and path.name not in written:
            with suppress(OptionError):  # a file with such a name that is not ours
                check_page(str(path))
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _print_progress(message: str) -> None:
    from extract.errors import printable

    click.echo(printable(message), err=True)
