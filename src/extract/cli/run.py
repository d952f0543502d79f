"""`extract run`: many articles into files, tables and databases."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.cli.options import (
    KINDS,
    check_together,
    extracting,
    limited,
    options_of,
    own_rules,
    reading,
    ruled,
)
from extract.cli.streams import require_output
from extract.errors import OptionError

if TYPE_CHECKING:
    from extract.run import Load, Log, Summary, Work
    from extract.run.journal import Journal
    from extract.run.provenance import Provenance
    from extract.writers import Layout
    from extract.writers.tables import Numbers

_STDOUT = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
_OPEN_FILES = ("/dev/fd/", "/dev/std", "/proc/")
_STOPPED = 128  # the shell's status for a program stopped by a signal is this and its number


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A .jsonl, .arrow, .sqlite or .duckdb file, a folder for csv and parquet, or a .csv or .parquet "
    "file of one --kind.  [default: stdout]",
)
@click.option(
    "--format",
    type=click.Choice(["jsonl", "csv", "csv-exact", "parquet", "arrow", "sqlite", "duckdb"]),
    help="[default: told by OUT, else jsonl]",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Write these facts alone; may be repeated.",
)
@click.option(
    "--numbers",
    type=click.Choice(["exact", "float"]),
    default="exact",
    show_default=True,
    help="Amounts in csv, parquet and arrow: exact decimals, or binary numbers.",
)
@click.option(
    "--convert-to",
    metavar="CODE",
    help="Give money in this currency too (EUR, USD, ...), at the reference rate of its own time.",
)
@click.option(
    "--keep", multiple=True, metavar="FIELD", help="Pass this field of the articles on; may be repeated."
)
@click.option("--no-text", is_flag=True, help="Leave the texts out of the table of articles.")
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
@click.option("--overwrite", is_flag=True, help="Replace files at OUT that extract has not written.")
@click.option("--failures", metavar="FILE", help="What failed.  [default: OUT.failures.jsonl]")
@click.option(
    "--engine",
    type=click.Choice(["ray"]),
    help="Work on a cluster; OUT is a folder, or an address of one, of Parquet files by parts.",
)
@click.option("--address", metavar="HOST:PORT", help="The cluster's.  [default: a Ray on this machine]")
@click.option(
    "--part-size", type=click.IntRange(min=1), metavar="N", help="Articles of a part.  [default: 1000]"
)
@limited
@reading
@extracting
@ruled
def run(
    paths: tuple[str, ...],
    output: str | None,
    format: str | None,
    kinds: tuple[str, ...],
    numbers: Numbers,
    convert_to: str | None,
    keep: tuple[str, ...],
    no_text: bool,
    workers: int | None,
    timeout: float | None,
    resume: bool,
    overwrite: bool,
    failures: str | None,
    engine: str | None,
    address: str | None,
    part_size: int | None,
    min_confidence: float | None,
    model: str | None,
    fiscal_start: int | None,
    rules: tuple[str, ...],
    no_rules: bool,
    **said: Any,
) -> None:
    """Extract the facts of articles.

    PATHS are files (.txt .md .html .htm .jsonl .ndjson .csv .tsv .parquet .warc, also packed as .gz or .zst),
    folders of them, globs, addresses such as s3://bucket/news, or `-` for standard input.

    Exit status: 0 all done, 1 something failed, 2 wrong usage or output, 130 or 143 stopped by a signal.
    """
    check_together({"min_confidence": ["engine"]}, {"address": "engine", "part_size": "engine"})
    from extract import readers, writers
    from extract.run import loading, places
    from extract.run import run as run_articles
    from extract.run.failures import Failures, path_beside
    from extract.run.signals import raised
    from extract.terminal import print_summary, progress

    target = None if output in ("-", *_STDOUT) else output
    kept = target if target and not _is_device(target) else None
    options = options_of(keep=keep, **said)
    layout = _layout(kinds, keep=keep, numbers=numbers, text=not no_text)
    found = readers.find(paths, format=options.format, ids=options.ids)
    currency, rates = _conversion(convert_to)
    own = own_rules(rules, none=no_rules)
    provenance = {
        "model": model,
        "fiscal_start": fiscal_start,
        "rules": own.lexicons.digest if own else None,
        **_limit(min_confidence),
        **rates,
        **said,
    }
    del provenance["max_bytes"]  # on which no fact depends
    if engine is not None:
        from extract.cli.engine import Distributed, run_on_ray

        to = Distributed.of(
            kept,
            format,
            address=address,
            workers=workers,
            timeout=timeout,
            part_size=part_size,
            resume=resume,
            overwrite=overwrite,
            failures=failures,
        )
        sys.exit(
            _status(
                run_on_ray(
                    found,
                    to,
                    options=options,
                    layout=layout,
                    provenance=provenance,
                    currency=currency,
                    own=own,
                )
            )
        )
    failures = failures or (path_beside(kept) if kept else None)
    path = f"{kept.rstrip('/')}.journal" if kept else None
    written = places.written(target, format=format, layout=layout, failures=failures, journal=path)
    inputs = places.inputs(found, written, said["metadata"])
    files = inputs.files
    if not overwrite and not (resume and path and Path(path).exists()):
        places.check_replaced(written, layout)
    load = loading(model=model, fiscal_start=fiscal_start, convert_to=currency, rules=own)
    if target is None:
        require_output()
    shares_terminal = target is None and sys.stdout.isatty()
    with ExitStack() as stack:
        journal = stack.enter_context(_journal(path, provenance, resume=resume))
        work = _work(load, workers=workers, timeout=timeout)
        present = places.Presence(name for name in written if kept and name not in (path, failures))
        logs: list[Log] = [journal, present] if journal else []
        logs += [stack.enter_context(Failures(failures))] if failures else []
        items = readers.pages(files, options)
        told = nullcontext() if shares_terminal else progress(readers.count(files))
        known = journal.known(items) if journal else items
        with writers.open_writer(target, format=format, layout=layout) as writer, told as tell, raised():
            summary = run_articles(work, known, writer, logs=logs, progress=tell, lowest=min_confidence)
        present.check()
        if journal and not summary.stopped_by:
            journal.complete()
    print_summary(
        summary,
        kinds=layout.kinds,
        unread=inputs.unread,
        failures=failures,
        resumable=journal is not None,
        rules=own.told if own else None,
    )
    sys.exit(_status(summary))


def _limit(confidence: float | None) -> Provenance:
    """What a resumed run is held to, where facts are left out by their confidence."""
    return {} if confidence is None else {"min_confidence": str(confidence)}


def _is_device(output: str) -> bool:
    """An output such as /dev/null, or an open file, keeps nothing that a later run could go on with."""
    if os.path.abspath(output).startswith(_OPEN_FILES):  # noqa: PTH100 (as it is named, not where it leads)
        return True
    return Path(output).exists() and not (Path(output).is_file() or Path(output).is_dir())


def _layout(kinds: tuple[str, ...], *, keep: tuple[str, ...], numbers: Numbers, text: bool) -> Layout:
    """What the output has; the kinds are in their usual order, all where none is named."""
    from extract.records import KINDS
    from extract.writers import Layout

    wanted = tuple(kind for kind in KINDS if kind in kinds) or tuple(KINDS)
    return Layout(kinds=wanted, keep=tuple(dict.fromkeys(keep)), numbers=numbers, text=text)


def _conversion(code: str | None) -> tuple[str | None, Provenance]:
    """The currency to convert to, and what a resumed run is held to: it and the last day of the rates.

    Raises:
        OptionError: there are no rates of the currency.
    """
    if code is None:
        return None, {"convert_to": None}
    from extract.rates import known_currency, reference

    currency = known_currency(code)
    return currency, {"convert_to": f"{currency}, rates until {reference().until}"}


def _journal(
    path: str | None, provenance: Provenance, *, resume: bool
) -> AbstractContextManager[Journal | None]:
    """The journal of a run; without a file or folder for the output there is none."""
    from extract.run.journal import Journal
    from extract.run.provenance import provenance_of

    if path is None:
        if resume:
            raise OptionError("--resume needs the file or folder of the run to go on with; name it with -o")
        return nullcontext()
    if resume and not Path(path).exists():
        click.echo(f"there is no {path} to go on with; beginning anew", err=True)
    return Journal(path, provenance_of(provenance), resume=resume)


def _work(load: Load, *, workers: int | None, timeout: float | None) -> Work:
    """Who does the work; only another process can be ended when its time is up."""
    if workers is None and timeout is None:
        from extract.run import here

        return here(load())
    from extract.run.workers import Workers

    return Workers(load, count=workers or 1, timeout=timeout)


def _status(summary: Summary) -> int:
    """The exit status of a run."""
    return _STOPPED + summary.stopped_by if summary.stopped_by else int(bool(summary.failures))
