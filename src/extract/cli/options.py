"""Options that several commands have, and the group that prints errors without a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.cli import streams
from extract.errors import ExtractError, OptionError, RulesError, printable

if TYPE_CHECKING:
    from extract.lexicons.own.files import Own
    from extract.readers import Options

KINDS = ("entity", "date", "money", "quantity", "growth")  # as in `records`, which is slow to import

Command = TypeVar("Command", bound=Callable[..., Any])


class Group(click.Group):
    """A group of commands that prints each `ExtractError` as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; the exit status is 2 for wrong options and rules, 1 for other `ExtractError`s."""
        streams.prepare()
        try:
            with streams.guarded():
                return super().invoke(ctx)
        except ExtractError as error:
            click.echo(f"error: {printable(str(error))}", err=True)
            ctx.exit(2 if isinstance(error, OptionError | RulesError) else 1)


def reader_options(command: Command) -> Command:
    """Add the options of every command that reads articles; `read_options` takes their values."""
    options = [
        click.option("--date", metavar="DATE", help="Publication date of every article, such as 2024-06-09."),
        click.option(
            "--metadata", metavar="FILE", help="JSON or CSV file with dates and titles by article id."
        ),
        *(
            click.option(
                f"--{field}-field",
                default=field,
                show_default=True,
                help=f"Field or column with the {field}.",
            )
            for field in ("text", "id", "title", "date", "source", "url", "author")
        ),
        click.option(
            "--id",
            "ids",
            type=click.Choice(["path", "name", "url"]),
            default="path",
            show_default=True,
            help="Id of a file's article: its path as given, its name (its path within the folder given), or "
            "the URL stated in it.",
        ),
        click.option(
            "--input-format",
            type=click.Choice(["txt", "html", "jsonl", "csv", "tsv", "parquet", "warc"]),
            metavar="FORMAT",
            help="Format of `-` and of files without a known suffix: txt, html, jsonl, csv, tsv, parquet or "
            "warc.  [default: txt]",
        ),
        click.option(
            "--max-article-bytes",
            "max_bytes",
            type=click.IntRange(min=1),
            metavar="N",
            help="Reject an article whose file, line, row or page is larger.  [default: 32 MB]",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def pipeline_options(command: Command) -> Command:
    """Add the options of every command that builds a pipeline: those of `pipeline.load`."""
    options = [
        click.option(
            "--model",
            metavar="NAME",
            help="Installed spaCy pipeline that finds the names, instead of the built-in model.",
        ),
        click.option(
            "--fiscal-start",
            type=click.IntRange(1, 12),
            metavar="MONTH",
            help="Month in which fiscal years start, 1 to 12.  [default: that of the article's country]",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def confidence_option(command: Command) -> Command:
    """Add the option that omits facts with a low confidence."""
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="X",
        help="Omit facts with a lower confidence, 0 to 1, except those that another fact refers to.",
    )(command)


def rules_options(command: Command) -> Command:
    """Add the options of a user's own words and rules; `user_rules` takes their values."""
    options = [
        click.option(
            "--rules",
            multiple=True,
            metavar="FILE",
            help="TOML file with your own words and rules; may be repeated.  [default: extract.toml, or "
            "[tool.extract] in pyproject.toml, in this folder or a parent]",
        ),
        click.option("--no-rules", is_flag=True, help="Ignore extract.toml and pyproject.toml."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def user_rules(paths: tuple[str, ...], *, none: bool = False, announce: bool = False) -> Own | None:
    """The user's rules: from the files named, else from the file found in the working folder or a parent.

    Args:
        paths: The files named.
        none: Do not look for a file.
        announce: Name a file that was found on stderr.

    Raises:
        RulesError: a file has an error; the message names line and column.
        OptionError: files are named although `none` is set, or a file is missing.
    """
    if none and paths:
        raise OptionError(
            "--rules cannot be combined with --no-rules, --gate or --update-floors; remove one of them"
        )
    from pathlib import Path

    from extract.lexicons.own import files

    try:
        found = None if paths or none else files.find(Path.cwd())
    except FileNotFoundError:  # the working folder is gone
        found = None
    named = paths or ((str(found),) if found else ())
    own = files.read(named) if named else None
    if own and found and announce:
        click.echo(f"rules: {printable(own.summary)}", err=True)
    return own


def read_options(
    *,
    date: str | None,
    metadata: str | None,
    input_format: str | None,
    keep: tuple[str, ...] = (),
    max_bytes: int | None = None,
    **others: Any,
) -> Options:
    """The options of the readers, from the values of `reader_options`."""
    from extract import readers
    from extract.writers.tables import OF_ARTICLES

    keep = tuple(
        name for name in dict.fromkeys(keep) if name not in OF_ARTICLES
    )  # these are always in the output
    known = readers.load_metadata(metadata) if metadata else {}
    published = readers.parse_date(date)
    if max_bytes is not None:
        others["max_bytes"] = max_bytes
    return readers.Options(published=published, metadata=known, format=input_format, keep=keep, **others)


def check_together(apart: Mapping[str, Iterable[str]], needs: Mapping[str, str]) -> None:
    """Reject options of the current command that cannot be combined.

    Args:
        apart: By parameter, the parameters that it excludes.
        needs: By parameter, the parameter that it requires.

    Raises:
        OptionError: two options exclude each other, or one lacks the option that it requires.
    """
    context = click.get_current_context()
    names = {param.name: param.opts[-1] for param in context.command.params}
    given = {name for name, value in context.params.items() if value not in (None, False, ())}
    for name, others in apart.items():
        if clash := [other for other in others if {name, other} <= given]:
            raise OptionError(
                f"{names[name]} cannot be combined with {' '.join(names[o] for o in clash)}; remove one"
            )
    for name, other in needs.items():
        if name in given and other not in given:
            raise OptionError(f"{names[name]} requires {names[other]}; add it")
