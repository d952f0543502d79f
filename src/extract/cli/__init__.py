"""The command line, one module per command. Slow imports are inside the commands."""

from __future__ import annotations

import os

import click

from extract import __version__
from extract.cli.agree import agree
from extract.cli.draft import draft
from extract.cli.evaluate import evaluate
from extract.cli.explain import explain
from extract.cli.ledger import ledger
from extract.cli.options import Group
from extract.cli.report import report
from extract.cli.rules import rules
from extract.cli.run import run
from extract.cli.schema import schema
from extract.cli.serve import serve
from extract.cli.show import show


@click.group("extract", cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="extract")
def main() -> None:
    """Extract facts from English news: entities, dates, money, quantities and growth claims."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads make products of small matrices slower


for _command in (run, show, report, explain, ledger, rules, schema, serve, evaluate, draft, agree):
    main.add_command(_command)
