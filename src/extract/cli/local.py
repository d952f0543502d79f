"""`extract run` on this machine: in this process, or in worker processes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli.streams import require_output
from extract.errors import OptionError

if TYPE_CHECKING:
    from extract.cli.plan import Plan
    from extract.run import Log, Summary, Work
    from extract.run.journal import Journal
    from extract.run.paths import Inputs


def run_locally(plan: Plan) -> Summary:
    """Extract the facts of the articles of a plan, with progress and a summary on stderr.

    Raises:
        ExtractError: the output cannot be written or resumed, or the pipeline cannot be loaded.
    """
    from extract.run import paths
    from extract.run.failures import path_beside
    from extract.terminal import print_summary

    options = plan.options
    failures = options.failures or (path_beside(plan.path) if plan.path else None)
    journal = f"{plan.path.rstrip('/')}.journal" if plan.path else None
    outputs = paths.output_files(
        plan.target, format=options.format, layout=plan.layout, failures=failures, journal=journal
    )
    inputs = paths.select_inputs(plan.found, outputs, options.reader["metadata"])
    resumes = options.resume and journal is not None and Path(journal).exists()
    if not options.overwrite and not resumes:
        paths.check_replaceable(outputs, plan.layout)
    if plan.target is None:
        require_output()
    summary = _extract(plan, inputs, outputs, failures=failures, journal=journal)
    print_summary(
        summary,
        kinds=plan.layout.kinds,
        unread=inputs.unread,
        failures=failures,
        resumable=journal is not None,
        rules=plan.own.summary if plan.own else None,
    )
    return summary


def _extract(
    plan: Plan, inputs: Inputs, outputs: Mapping[str, str], *, failures: str | None, journal: str | None
) -> Summary:
    """Run the pipeline over the inputs, and write facts, failures and journal."""
    from extract import readers, writers
    from extract.run import run
    from extract.run.failures import Failures
    from extract.run.paths import OutputGuard
    from extract.run.signals import raised
    from extract.terminal import progress

    options = plan.options
    shares_terminal = plan.target is None and sys.stdout.isatty()
    with ExitStack() as stack:
        log = stack.enter_context(_journal(plan, journal))
        work = _work(plan)
        guard = OutputGuard(name for name in outputs if plan.path and name not in (journal, failures))
        logs: list[Log] = [log, guard] if log else []
        logs += [stack.enter_context(Failures(failures))] if failures else []
        pages = readers.pages(inputs.files, plan.read_options)
        items = log.known(pages) if log else pages
        shown = nullcontext() if shares_terminal else progress(readers.count(inputs.files))
        opened = writers.open_writer(plan.target, format=options.format, layout=plan.layout)
        with opened as writer, shown as update, raised():
            summary = run(work, items, writer, logs=logs, progress=update, lowest=options.min_confidence)
        guard.check()
        if log and not summary.stopped_by:
            log.complete()
    return summary


def _journal(plan: Plan, path: str | None) -> AbstractContextManager[Journal | None]:
    """The journal of a run; there is none without a file or folder for the output."""
    from extract.run.journal import Journal
    from extract.run.provenance import provenance_of

    resume = plan.options.resume
    if path is None:
        if resume:
            raise OptionError("--resume needs the output of the run to resume; name it with -o")
        return nullcontext()
    if resume and not Path(path).exists():
        click.echo(f"{path}: not found, so there is no run to resume; starting a new one", err=True)
    return Journal(path, provenance_of(plan.provenance), resume=resume)


def _work(plan: Plan) -> Work:
    """The function that extracts; a time limit needs another process, which can be ended."""
    from extract.run import pipeline_loader

    options = plan.options
    load = pipeline_loader(
        model=options.model,
        fiscal_start=options.fiscal_start,
        convert_to=plan.currency,
        rules=plan.own,
    )
    if options.workers is None and options.timeout is None:
        from extract.run import in_process

        return in_process(load())
    from extract.run.workers import Workers

    return Workers(load, count=options.workers or 1, timeout=options.timeout)
