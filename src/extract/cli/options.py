"""What commands share: the options of reading and of extracting, errors without a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.cli import streams
from extract.errors import ExtractError, OptionError, printable

if TYPE_CHECKING:
    from extract.lexicons.own.files import Own
    from extract.readers import Options

KINDS = ("entity", "date", "money", "quantity", "growth")  # those of the records, which take long to load

Command = TypeVar("Command", bound=Callable[..., Any])


class Group(click.Group):
    """Prints the errors that are raised on purpose, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command named on the command line."""
        streams.prepare()
        try:
            with streams.guarded():
                return super().invoke(ctx)
        except ExtractError as error:
            click.echo(f"error: {printable(str(error))}", err=True)
            ctx.exit(2 if isinstance(error, OptionError) else 1)


def reading(command: Command) -> Command:
    """Add the options of every command that reads articles."""
    options = [
        click.option("--date", metavar="DATE", help="Date of every article, such as 2024-06-09."),
        click.option("--metadata", metavar="FILE", help="JSON or CSV with dates and titles by article id."),
        *(
            click.option(
                f"--{field}-field", default=field, show_default=True, help=f"Field or column of the {field}."
            )
            for field in ("text", "id", "title", "date", "source", "url", "author")
        ),
        click.option(
            "--id",
            "ids",
            type=click.Choice(["path", "name", "url"]),
            default="path",
            show_default=True,
            help="The id of a file's article: its path as given, its name or path within the folder given, "
            "or the address that it states.",
        ),
        click.option(
            "--input-format",
            type=click.Choice(["txt", "html", "jsonl", "csv", "tsv", "parquet", "warc"]),
            metavar="FORMAT",
            help="What `-`, and files without a known suffix, hold: txt, html, jsonl, csv, tsv, parquet "
            "or warc.  [default: txt]",
        ),
        click.option(
            "--max-article-bytes",
            "max_bytes",
            type=click.IntRange(min=1),
            metavar="N",
            help="Refuse an article whose file, line, row or page is larger.  [default: 32 MB]",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def extracting(command: Command) -> Command:
    """Add the options of every command that extracts facts: those of `pipeline.load`."""
    options = [
        click.option(
            "--model", metavar="NAME", help="Installed spaCy pipeline that finds names, instead of our own."
        ),
        click.option(
            "--fiscal-start",
            type=click.IntRange(1, 12),
            metavar="MONTH",
            help="Month in which fiscal years start, 1 to 12.  [default: as usual in the article's country]",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def limited(command: Command) -> Command:
    """Add the option that leaves facts out by their confidence."""
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="X",
        help="Leave out facts with less confidence, 0 to 1; those that another one refers to stay.",
    )(command)


def ruled(command: Command) -> Command:
    """Add the options of a user's own words and rules; the command gets them as `own_rules` takes them."""
    options = [
        click.option(
            "--rules",
            multiple=True,
            metavar="FILE",
            help="Words and rules of your own, a TOML file; may be repeated.  [default: extract.toml, or "
            "[tool.extract] in pyproject.toml, in this folder or above]",
        ),
        click.option("--no-rules", is_flag=True, help="Leave extract.toml and pyproject.toml alone."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def own_rules(paths: tuple[str, ...], *, none: bool = False, tell: bool = False) -> Own | None:
    """A user's rules: those of the files named, else of the file found upwards from the working folder.

    Args:
        paths: The files named.
        none: Look for no file.
        tell: Name a file that was found, on standard error.

    Raises:
        RulesError: a file cannot be used; names line and column.
        OptionError: files are named, and none are wanted.
    """
    if none and paths:
        raise OptionError(
            "--rules does not go with --no-rules, nor with --gate and --update-floors; leave out one"
        )
    from pathlib import Path

    from extract.lexicons.own import files

    try:
        found = None if paths or none else files.find(Path.cwd())
    except FileNotFoundError:  # the working folder is gone
        found = None
    named = paths or ((str(found),) if found else ())
    own = files.read(named) if named else None
    if own and found and tell:
        click.echo(f"rules: {printable(own.told)}", err=True)
    return own


def options_of(
    *,
    date: str | None,
    metadata: str | None,
    input_format: str | None,
    keep: tuple[str, ...] = (),
    max_bytes: int | None = None,
    **others: Any,
) -> Options:
    """The options of the readers from those of the command line."""
    from extract import readers
    from extract.writers.tables import OF_ARTICLES

    keep = tuple(name for name in dict.fromkeys(keep) if name not in OF_ARTICLES)  # these are there anyway
    known = readers.load_metadata(metadata) if metadata else {}
    published = readers.parse_date(date)
    if max_bytes is not None:
        others["max_bytes"] = max_bytes
    return readers.Options(published=published, metadata=known, format=input_format, keep=keep, **others)


def check_together(apart: Mapping[str, Iterable[str]], needs: Mapping[str, str]) -> None:
    """Refuse options of the current command that mean nothing together.

    Args:
        apart: Which options, by their parameters, each one does not go with.
        needs: The option that each one means nothing without.

    Raises:
        OptionError: Two are given that exclude each other, or one without what it needs.
    """
    context = click.get_current_context()
    names = {param.name: param.opts[-1] for param in context.command.params}
    given = {name for name, value in context.params.items() if value not in (None, False, ())}
    for name, others in apart.items():
        if clash := [other for other in others if {name, other} <= given]:
            raise OptionError(
                f"{names[name]} does not go with {' '.join(names[other] for other in clash)}; leave out one"
            )
    for name, other in needs.items():
        if name in given and other not in given:
            raise OptionError(f"{names[name]} means nothing without {names[other]}; add it")
