"""`extract rules`: check, list and create your own words and rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli.streams import require_output
from extract.errors import OptionError, counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.articles import Article
    from extract.errors import ArticleError

_KINDS = ("entity", "date", "money", "quantity", "growth")


@click.group()
def rules() -> None:
    """Check, list and create your own words and rules."""


@rules.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--articles",
    multiple=True,
    metavar="PATH",
    help="Articles, as for `extract run`, in which each pattern should match; may be repeated.",
)
def check(files: tuple[str, ...], articles: tuple[str, ...]) -> None:
    """Check the rules in FILES by their examples and counterexamples.

    Each finding has a file, line and column. Errors are rules that cannot be used, examples in which a rule
    does not find the text in brackets, and counterexamples in which it finds something. Warnings are words
    that repeat or remove nothing and, with --articles, patterns that find nothing.

    Exit status: 0 no errors, 1 errors, 2 wrong usage.
    """
    require_output()
    from extract.checking import check as check_rules

    for file in files:
        if not Path(file).exists():
            raise OptionError(f"{file}: does not exist; check the path")

    checked = check_rules(files, _articles(articles))
    for finding in checked.findings:
        click.echo(printable(str(finding)))
    errors = sum(finding.grade == "error" for finding in checked.findings)
    click.echo(
        f"{counted(checked.patterns, 'pattern')}, {counted(checked.examples, 'example')}: "
        f"{counted(errors, 'error')}, {counted(len(checked.findings) - errors, 'warning')}",
        err=True,
    )
    sys.exit(int(errors > 0))


def _articles(paths: tuple[str, ...]) -> Iterator[Article | ArticleError]:
    """The articles of the paths; those that cannot be read are named on stderr too."""
    if not paths:
        return
    from extract import readers
    from extract.articles import Article
    from extract.errors import ArticleError

    for item in readers.read(readers.find(list(paths)), readers.Options()):
        if isinstance(item, ArticleError):
            click.echo(str(item), err=True)
        if isinstance(item, Article | ArticleError):
            yield item


@rules.command(name="list")
@click.argument("kind", required=False, type=click.Choice(_KINDS))
@click.option(
    "--rules",
    "paths",
    multiple=True,
    metavar="FILE",
    help="Include these rules of your own; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per pattern.")
def list_(kind: str | None, paths: tuple[str, ...], as_json: bool) -> None:
    """List all patterns with an example of each, in the order in which they are tried.

    KIND is one of entity, date, money, quantity and growth; the default is all of them.
    """
    require_output()
    import json

    from extract.listing import patterns

    for pattern in patterns(kind, paths):
        if as_json:
            click.echo(json.dumps(pattern._asdict(), ensure_ascii=False))
        else:
            click.echo(f"{pattern.rule:32} {'  '.join(pattern.examples[:1])}".rstrip())


@rules.command()
@click.argument("kind", required=False)
@click.option("-o", "--output", metavar="FILE", help="Write to this new file.  [default: stdout]")
def new(kind: str | None, output: str | None) -> None:
    """Write a commented template for your own rules.

    KIND is a section of the file, such as currencies, verbs or patterns.growth; the default is a short
    template of all sections.
    """
    from extract.lexicons.own.templates import template

    text = template(kind)
    if output is None:
        require_output()
        click.echo(text, nl=False)
        return
    if Path(output).exists():
        raise OptionError(f"{output}: already exists; name a new file")
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OptionError(f"{output}: cannot be written ({error.strerror}); choose another file") from error
    click.echo(f"{output}: edit it, then run `extract rules check {output}`", err=True)
