"""The command line: a thin skin over readers, run, writers and evaluate. What is heavy is imported inside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract import __version__
from extract.errors import ArticleError, ExtractError

if TYPE_CHECKING:
    from extract.readers import Options
    from extract.run import Summary

Command = TypeVar("Command", bound=Callable[..., Any])


class _Group(click.Group):
    """Prints the errors that we raise on purpose as one line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ExtractError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(1 if isinstance(error, ArticleError) else 2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="extract")
def main() -> None:
    """Facts from English news text: entities, dates, money, quantities and growth claims."""


def _reading(command: Command) -> Command:
    """The options of every command that reads articles."""
    options = [
        click.option("--date", metavar="DATE", help="The date of every article, such as 2024-06-09."),
        click.option("--metadata", metavar="FILE", help="JSON or CSV with dates and titles by article id."),
        click.option("--model", metavar="NAME", help="An installed spaCy pipeline whose names are used too."),
        click.option(
            "--text-field", default="text", show_default=True, help="Field of .jsonl lines: the text."
        ),
        click.option("--id-field", default="id", show_default=True, help="Field of .jsonl lines: the id."),
        click.option(
            "--title-field", default="title", show_default=True, help="Field of .jsonl lines: the title."
        ),
        click.option(
            "--date-field", default="date", show_default=True, help="Field of .jsonl lines: the date."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _options(date: str | None, metadata: str | None, **fields: str) -> Options:
    """The readers' options from those of the command line."""
    from extract.readers import Options, load_metadata, parse_date

    return Options(published=parse_date(date), metadata=load_metadata(metadata) if metadata else {}, **fields)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", help="A .jsonl file, or a folder for csv. [default: stdout]")
@click.option("--format", type=click.Choice(["jsonl", "csv"]), help="[default: by OUT, else jsonl]")
@_reading
def run(
    paths: tuple[str, ...], output: str | None, format: str | None, model: str | None, **reading: Any
) -> None:
    """Extract the facts of files, folders and globs; `-` is standard input.

    Exit status: 0 all done, 1 something failed, 2 wrong usage.
    """
    from extract import readers, writers

    options = _options(**reading)
    files = readers.find(paths)
    with writers.open_writer(output, format=format) as writer:
        from extract.pipeline import load
        from extract.run import run as run_articles

        summary = run_articles(load(model=model), readers.read(files, options), writer)
    _report(summary)
    sys.exit(130 if summary.interrupted else bool(summary.failures))


def _report(summary: Summary) -> None:
    for failure in summary.failures:
        click.echo(f"error: {failure}", err=True)
    counts = ", ".join(f"{count} {kind}" for kind, count in summary.facts.items()) or "no facts"
    click.echo(f"{summary.articles} articles, {counts}, {summary.words_per_second:.0f} words/s", err=True)
