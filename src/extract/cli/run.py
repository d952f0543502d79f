"""`extract run`: extract the facts of many articles to files, tables and databases."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from extract.cli.options import (
    KINDS,
    check_together,
    confidence_option,
    pipeline_options,
    reader_options,
    rules_options,
)
from extract.cli.plan import RunOptions, make_plan

if TYPE_CHECKING:
    from extract.run import Summary

_STOPPED = 128  # the exit status of a program that a signal stopped is this plus the number of the signal


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="Write to OUT: a .jsonl, .arrow, .sqlite or .duckdb file, a folder for csv and parquet, or (with "
    "one --kind) a .csv or .parquet file.  [default: stdout]",
)
@click.option(
    "--format",
    type=click.Choice(["jsonl", "csv", "csv-exact", "parquet", "arrow", "sqlite", "duckdb"]),
    help="Format of OUT.  [default: by the suffix of OUT, else jsonl]",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Write only this kind of fact; may be repeated.",
)
@click.option(
    "--numbers",
    type=click.Choice(["exact", "float"]),
    default="exact",
    show_default=True,
    help="Amounts in csv, parquet and arrow: exact decimals, or floating-point numbers.",
)
@click.option(
    "--convert-to",
    metavar="CODE",
    help="Add amounts of money in this currency (EUR, USD, ...), at the reference rate of their date.",
)
@click.option(
    "--keep",
    multiple=True,
    metavar="FIELD",
    help="Copy this field of the articles to the output; may be repeated.",
)
@click.option("--no-text", is_flag=True, help="Omit the text from the table of articles.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of worker processes.  [default: none, work in this process]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Time limit for an article; one that takes longer fails.",
)
@click.option("--resume", is_flag=True, help="Continue a run to OUT that was interrupted or killed.")
@click.option("--overwrite", is_flag=True, help="Replace files at OUT even if extract did not write them.")
@click.option(
    "--failures", metavar="FILE", help="Write the failures to this file.  [default: OUT.failures.jsonl]"
)
@click.option(
    "--engine",
    type=click.Choice(["ray"]),
    help="Run on a cluster. OUT is a folder or its address; each table is written as several Parquet files.",
)
@click.option(
    "--address", metavar="HOST:PORT", help="Address of the cluster.  [default: start Ray on this machine]"
)
@click.option(
    "--part-size",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --engine, articles per Parquet file.  [default: 1000]",
)
@confidence_option
@reader_options
@pipeline_options
@rules_options
def run(**parameters: Any) -> None:
    """Extract the facts of articles.

    PATHS are files (.txt .md .html .htm .jsonl .ndjson .csv .tsv .parquet .warc, also compressed as .gz or
    .zst), folders of them, globs, addresses such as s3://bucket/news, or `-` for standard input.

    Exit status: 0 success, 1 something failed, 2 wrong usage or an output that cannot be written, 130 or 143
    stopped by Ctrl-C or SIGTERM.
    """
    check_together({"min_confidence": ["engine"]}, {"address": "engine", "part_size": "engine"})
    plan = make_plan(RunOptions.from_parameters(parameters))
    if plan.options.engine is None:
        from extract.cli.local import run_locally

        summary = run_locally(plan)
    else:
        from extract.cli.engine import run_on_ray

        summary = run_on_ray(plan)
    sys.exit(_status(summary))


def _status(summary: Summary) -> int:
    """The exit status of a run."""
    return _STOPPED + summary.stopped_by if summary.stopped_by else int(bool(summary.failures))
