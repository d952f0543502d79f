"""The command line: a thin skin over readers, run, writers and evaluate. What is heavy is imported inside."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract import __version__
from extract.errors import ArticleError, ExtractError, OptionError

if TYPE_CHECKING:
    from extract.articles import Article
    from extract.readers import File, Options
    from extract.records import Fact
    from extract.run import Load, Log, Summary, Work
    from extract.run.journal import Journal
    from extract.run.provenance import Made

Command = TypeVar("Command", bound=Callable[..., Any])

_STOPPED = 128  # the shell's status for a program stopped by a signal is this and its number


class _Group(click.Group):
    """Prints the errors that are raised on purpose, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command named on the command line."""
        try:
            return super().invoke(ctx)
        except ExtractError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(2 if isinstance(error, OptionError) else 1)


@click.group("extract", cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="extract")
def main() -> None:
    """Facts from English news text: entities, dates, money, quantities and growth claims."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads slow down products of small matrices


def _reading(command: Command) -> Command:
    """Add the options of every command that reads articles."""
    options = [
        click.option("--date", metavar="DATE", help="Date of every article, such as 2024-06-09."),
        click.option("--metadata", metavar="FILE", help="JSON or CSV with dates and titles by article id."),
        *(
            click.option(
                f"--{field}-field", default=field, show_default=True, help=f"Field or column of the {field}."
            )
            for field in ("text", "id", "title", "date")
        ),
        click.option(
            "--input-format",
            type=click.Choice(["txt", "html", "jsonl", "csv", "tsv", "parquet", "warc"]),
            metavar="FORMAT",
            help="What `-`, and files without a known suffix, hold: txt, html, jsonl, csv, tsv, parquet "
            "or warc.  [default: txt]",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _extracting(command: Command) -> Command:
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


def _options(*, date: str | None, metadata: str | None, input_format: str | None, **fields: str) -> Options:
    """The options of the readers from those of the command line."""
    from extract import readers

    known = readers.load_metadata(metadata) if metadata else {}
    published = readers.parse_date(date)
    return readers.Options(published=published, metadata=known, format=input_format, **fields)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A .jsonl, .arrow, .sqlite or .duckdb file, or a folder for csv and parquet.  [default: stdout]",
)
@click.option(
    "--format",
    type=click.Choice(["jsonl", "csv", "csv-exact", "parquet", "arrow", "sqlite", "duckdb"]),
    help="[default: told by OUT, else jsonl]",
)
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes that work.  [default: this one]"
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up an article after that long.",
)
@click.option("--resume", is_flag=True, help="Go on with a run to OUT that was interrupted or killed.")
@click.option("--failures", metavar="FILE", help="What failed.  [default: beside OUT, .failures.jsonl]")
@_reading
@_extracting
def run(
    paths: tuple[str, ...],
    output: str | None,
    format: str | None,
    workers: int | None,
    timeout: float | None,
    resume: bool,
    failures: str | None,
    model: str | None,
    fiscal_start: int | None,
    **reading: Any,
) -> None:
    """Extract the facts of articles.

    PATHS are files (.txt .md .html .htm .jsonl .ndjson .csv .tsv .parquet .warc, also packed as .gz or .zst),
    folders of them, globs, addresses such as s3://bucket/news, or `-` for standard input.

    Exit status: 0 all done, 1 something failed, 2 wrong usage or output, 130 or 143 stopped by a signal.
    """
    from extract import readers, writers
    from extract.run import loading
    from extract.run import run as run_articles
    from extract.run.failures import Failures, path_beside
    from extract.run.signals import raised
    from extract.terminal import print_summary, progress

    target = None if output == "-" else output
    kept = target if target and not _is_device(target) else None
    failures = failures or (path_beside(kept) if kept else None)
    options = _options(**reading)
    files = _inputs(
        readers.find(paths, format=options.format), outputs=(target, failures), metadata=reading["metadata"]
    )
    load = loading(model=model, fiscal_start=fiscal_start)
    shares_terminal = target is None and sys.stdout.isatty()
    with ExitStack() as stack:
        made = {"model": model, "fiscal_start": fiscal_start, **reading}
        journal = stack.enter_context(_journal(kept, made, resume=resume))
        work = _work(load, workers=workers, timeout=timeout)
        logs: list[Log] = [journal] if journal else []
        logs += [stack.enter_context(Failures(failures))] if failures else []
        items = readers.pages(files, options)
        told = nullcontext() if shares_terminal else progress(readers.count(files))
        known = journal.known(items) if journal else items
        with writers.open_writer(target, format=format) as writer, told as tell, raised():
            summary = run_articles(work, known, writer, logs=logs, progress=tell)
        if journal and not summary.stopped_by:
            journal.complete()
    print_summary(summary, failures=failures, resumable=journal is not None)
    sys.exit(_status(summary))


def _is_device(output: str) -> bool:
    """An output such as /dev/null keeps nothing that a later run could go on with."""
    return Path(output).exists() and not (Path(output).is_file() or Path(output).is_dir())


def _journal(output: str | None, made: Made, *, resume: bool) -> AbstractContextManager[Journal | None]:
    """The journal of a run; without a file or folder for the output there is none."""
    from extract.run import provenance
    from extract.run.journal import Journal

    if output is None:
        if resume:
            raise OptionError("--resume needs the file or folder of the run to go on with; name it with -o")
        return nullcontext()
    path = f"{output.rstrip('/')}.journal"
    if resume and not Path(path).exists():
        click.echo(f"there is no {path} to go on with; beginning anew", err=True)
    return Journal(path, provenance.made(made), resume=resume)


def _work(load: Load, *, workers: int | None, timeout: float | None) -> Work:
    """Who does the work; only another process can be ended when its time is up."""
    if workers is None and timeout is None:
        from extract.run import here

        return here(load())
    from extract.run.workers import Workers

    return Workers(load, count=workers or 1, timeout=timeout)


@main.command()
@click.argument("file")
@_reading
@_extracting
def show(file: str, model: str | None, fiscal_start: int | None, **reading: Any) -> None:
    """Show an article with its facts highlighted.

    A table of the facts follows the text.
    """
    from extract import readers

    options = _options(**reading)
    files = readers.find([file], format=options.format)
    from extract.pipeline import facts
    from extract.run import loading
    from extract.terminal import print_article

    nlp = loading(model=model, fiscal_start=fiscal_start)()
    for item in readers.read(files, options):
        if isinstance(item, ArticleError):
            raise item
        print_article(item, facts(nlp, item))


@main.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of the records.

    KIND is one of entity, date, money, quantity, growth; all when left out.
    """
    import json

    from extract.writers.schema import schema as schema_of

    click.echo(json.dumps(schema_of(kind), indent=2))


@main.command()
@click.option("--gold", default="gold", show_default=True, metavar="FOLDER", help="The gold.")
@click.option("--corpus", default="corpus", show_default=True, metavar="FOLDER", help="Its articles.")
@click.option("--errors", is_flag=True, help="List every miss, false alarm and wrong field.")
@click.option("--kind", help="List only the errors of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--gate", is_flag=True, help="Fail when a score is below its floor in GOLD/floors.json.")
@click.option("--update-floors", is_flag=True, help="Set the floors by these scores.")
@click.option("--allow-lower", is_flag=True, help="Let --update-floors lower a floor.")
@_extracting
def evaluate(
    gold: str,
    corpus: str,
    model: str | None,
    fiscal_start: int | None,
    errors: bool,
    kind: str | None,
    as_json: bool,
    gate: bool,
    update_floors: bool,
    allow_lower: bool,
) -> None:
    """Score the program against hand-written gold."""
    import json

    from extract import evaluate as scoring
    from extract.run import loading
    from extract.terminal import console

    articles, found = _corpus_facts(corpus, loading(model=model, fiscal_start=fiscal_start))
    wanted = scoring.load_gold(Path(gold), articles)
    figures = scoring.score(wanted, found)
    if errors or kind:
        for error in scoring.errors(wanted, found, articles, kind=kind):
            click.echo(error)
    if as_json:
        click.echo(json.dumps(scoring.as_data(figures), indent=2))
    else:
        console().print(scoring.render(figures))
    path, state = Path(gold, "floors.json"), scoring.digest(Path(gold), articles)
    if update_floors:
        raised = scoring.raise_floors(figures, scoring.load_floors(path), state, allow_lower=allow_lower)
        scoring.save_floors(path, raised)
    elif gate:
        scoring.check_floors(figures, scoring.load_floors(path), state)


def _corpus_facts(corpus: str, load: Load) -> tuple[list[Article], list[Fact]]:
    """The articles of a corpus and their facts.

    Raises:
        ArticleError: an article cannot be read, or its extraction broke: a score of the others would mislead.
    """
    from extract import readers
    from extract.run import Kept, here
    from extract.run import run as run_articles

    items = list(readers.read(readers.find([corpus]), readers.Options()))
    kept = Kept()
    summary = run_articles(here(load()), items, kept)
    if summary.stopped_by:
        raise KeyboardInterrupt
    if summary.failures:
        raise summary.failures[0]
    return [item for item in items if not isinstance(item, ArticleError)], kept.facts


def _inputs(
    files: Iterable[File | ArticleError], *, outputs: Iterable[str | None], metadata: str | None
) -> list[File | ArticleError]:
    """The files to read, without the metadata and what an earlier run wrote to the same outputs.

    Raises:
        OptionError: one is an article, which would be lost.
    """
    from extract import readers

    written = {os.path.realpath(output) for output in outputs if output}
    left_out = {os.path.realpath(metadata)} if metadata else set()
    kept: list[File | ArticleError] = []
    for file in files:
        place = os.path.realpath(file.path) if isinstance(file, readers.File) else ""
        if place in written and isinstance(file, readers.File) and not readers.is_output(file):
            raise OptionError(f"{file.path}: is among the articles to read; write to another place with -o")
        if place not in written | left_out:
            kept.append(file)
    return kept


def _status(summary: Summary) -> int:
    """The exit status of a run."""
    return _STOPPED + summary.stopped_by if summary.stopped_by else int(bool(summary.failures))
