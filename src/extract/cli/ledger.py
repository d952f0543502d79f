"""`extract ledger`: join the growth claims of many articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.cli.streams import require_output
from extract.errors import OptionError, counted, printable

if TYPE_CHECKING:
    from extract.articles import Article
    from extract.ledger.ask import Rows

_ANY_WIDTH = 10_000  # columns; wider than any table
_SHOWN = 40  # rows of each table that `show` prints by default


class _Ledger(click.Group):
    """A group with the default command `build`: `extract ledger FACTS -o LEDGER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert `build` if the first argument is not a command."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Ledger)
def ledger() -> None:
    """Join the growth claims of many articles.

    A ledger is a DuckDB file with the growth claims of many articles: which claims are the same, which
    contradict each other, which were revised, and the outcomes of forecasts. `extract ledger FACTS... -o
    LEDGER` is short for `extract ledger build FACTS... -o LEDGER`. Requires the extra `ledger`.
    """


@ledger.command()
@click.argument("facts", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="LEDGER",
    required=True,
    help="The ledger, a .duckdb file; if it exists, facts are added to it.",
)
@click.option(
    "--memory",
    metavar="SIZE",
    default="3GB",
    show_default=True,
    help="Memory limit of DuckDB; beyond it, temporary files are used.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of threads.  [default: one per core]",
)
def build(facts: tuple[str, ...], output: str, memory: str, threads: int | None) -> None:
    """Create a ledger, or add facts to one.

    FACTS are outputs of `extract run`: .jsonl, .parquet, .duckdb and .sqlite files, and folders of Parquet
    files. A claim that is already in the ledger is not added again. The old file is replaced only when the
    new one is complete.
    """
    from extract import ledger as ledgers

    shown = sys.stderr.isatty()
    done = ledgers.build(
        facts,
        output,
        memory=memory,
        threads=threads,
        progress=_print_step if shown else None,
    )
    for path in done.empty:
        click.echo(printable(f"{path}: contains no growth claims"), err=True)
    if done.undated:
        click.echo(
            f"{counted(done.undated, 'article')} without a publication date: claims without a period are not "
            "compared; keep the date with `extract run --keep published --keep source`",
            err=True,
        )
    click.echo(
        f"added {counted(done.added, 'claim')} ({done.known:,} were known); {output} has "
        f"{counted(done.mentions, 'claim')}, {counted(done.statements, 'statement')}, "
        f"{counted(done.contradictions, 'contradiction')}, {counted(done.forecasts, 'forecast')}",
        err=True,
    )


def _print_step(step: str) -> None:
    click.echo(f"{step} ...", err=True)


@ledger.command()
@click.argument("ledger")
@click.option("--subject", metavar="NAME", help="Only this owner: its id, its name or a part of it.")
@click.option("--metric", metavar="NAME", help="Only this metric: its id or words of its name.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=_SHOWN,
    show_default=True,
    metavar="N",
    help="Maximum number of rows per table.",
)
@click.option("--chart", metavar="FILE", help="Write a chart of the series to a .svg or .png file.")
@click.option("--overwrite", is_flag=True, help="Replace an existing chart.")
@click.option("--csv", "as_csv", is_flag=True, help="Print only the series, as CSV with all columns.")
def show(
    ledger: str,
    subject: str | None,
    metric: str | None,
    limit: int,
    chart: str | None,
    overwrite: bool,
    as_csv: bool,
) -> None:
    """Show series, forecasts and contradictions."""
    require_output()
    from extract import ledger as ledgers
    from extract.ledger import ask
    from extract.ledger.chart import chart as drawing
    from extract.ledger.chart import save

    if chart and not overwrite:
        ask.refuse_existing(chart)
    with ledgers.opened(ledger) as base:
        series = ask.select(base, "series", subject=subject, metric=metric)
        if chart:
            save(drawing(series), chart)
            click.echo(printable(f"drawn: {chart}"), err=True)
        if as_csv:
            _print_csv(series)
            return
        shown = {
            name: ask.select(base, name, subject=subject, metric=metric)
            for name in ("forecasts", "contradictions")
        }
    _print_tables({"series": series, **shown}, limit)


@ledger.command()
@click.argument("ledger")
@click.argument("sql")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with exact numbers.")
def query(ledger: str, sql: str, as_csv: bool) -> None:
    """Run a SQL query on a ledger.

    The ledger is opened read-only, and no other file can be read. Its tables are mentions, statements,
    contradictions, series and forecasts.
    """
    require_output()
    from extract import ledger as ledgers
    from extract.ledger import ask

    with ledgers.opened(ledger) as base:
        rows = ask.query(base, sql)
    if as_csv:
        _print_csv(rows)
    else:
        _print_rows(rows)


@ledger.command()
@click.argument("ledger")
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Folder for the files, one per table.")
@click.option("--format", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace existing files.")
def export(ledger: str, output: str, format: str, overwrite: bool) -> None:
    """Write the tables of a ledger to Parquet or CSV."""
    from extract import ledger as ledgers
    from extract.ledger import ask

    with ledgers.opened(ledger, writes=True) as base:
        for path in ask.export(base, output, format, overwrite=overwrite):
            click.echo(printable(path), err=True)


@ledger.command()
@click.option(
    "--gold",
    metavar="FOLDER",
    default="gold/ledger",
    show_default=True,
    help="Folder with articles/ and groups.toml.",
)
@click.option("--facts", metavar="FACTS", help="Facts of these articles.  [default: extract them]")
@click.option("--errors", is_flag=True, help="List every wrong and missed pair of claims.")
def evaluate(gold: str, facts: str | None, errors: bool) -> None:
    """Score a ledger against groups of claims that were made by hand.

    The second half of the table is for the same claims with the owner, metric, period and status from the
    gold: its errors are those of the ledger, not of the extraction.
    """
    from tempfile import TemporaryDirectory

    from extract.corpus import read_articles
    from extract.ledger import build as build_ledger
    from extract.ledger import score as scoring

    articles = read_articles(f"{gold}/articles")
    known = scoring.load_gold(Path(gold), articles)
    with TemporaryDirectory() as folder:
        if facts is None:
            facts = _extracted(articles, f"{folder}/facts")
        ledger, other = f"{folder}/ledger.duckdb", f"{folder}/by_hand.duckdb"
        build_ledger([facts], ledger)
        scores = scoring.score(ledger, known)
        by_hand = scoring.score(other, scoring.corrected(ledger, known, other))
    if errors:
        click.echo("\n".join(scores.errors))
    click.echo(scoring.render([("as extracted", scores), ("keys by hand", by_hand)]))


def _extracted(articles: list[Article], folder: str) -> str:
    """Extract the facts of articles to a folder of Parquet files, and return the folder."""
    from extract import writers
    from extract.corpus import facts_of
    from extract.run import pipeline_loader

    found = facts_of(articles, pipeline_loader())
    with writers.open_writer(folder, format="parquet") as writer:
        writer.write((a, [fact for fact in found if fact.source.doc_id == a.id]) for a in articles)
    return folder


def _print_rows(rows: Rows) -> None:
    """Print rows as a table; if it is too wide for the terminal, each row as lines of `column: value`."""
    from extract.terminal import console

    screen = console()
    names = tuple(map(printable, rows.names))
    table = _table(names, rows.rows, None)
    if screen.measure(table, options=screen.options.update(width=_ANY_WIDTH)).maximum <= screen.width:
        screen.print(table)
        return
    width = max(map(len, names))
    for number, row in enumerate(rows.rows, 1):
        click.echo(f"row {number}")
        for name, cell in zip(names, row, strict=True):
            if cell is not None:
                click.echo(f"  {name:{width}}  {_shown(cell)}")


def _print_csv(rows: Rows) -> None:
    """Print rows as CSV; numbers are exact, without trailing zeros, and texts are no formulas."""
    import csv
    from decimal import Decimal

    from extract.decimals import plain
    from extract.writers.csv import no_formula

    def written(cell: object) -> object:
        if isinstance(cell, str):
            return no_formula(cell)
        return plain(cell) if isinstance(cell, Decimal) else cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows.names)
    writer.writerows(map(written, row) for row in rows.rows)


def _print_tables(tables: dict[str, Rows], limit: int) -> None:
    """Print the tables of a subject, each with its most useful columns."""
    from extract.ledger.summaries import SUMMARIES
    from extract.terminal import console

    screen = console()
    if not any(rows.rows for rows in tables.values()):
        raise OptionError("the ledger has no such series; choose another --subject or --metric, or add facts")
    for name, rows in tables.items():
        screen.print(f"{name}: {len(rows.rows):,}", style="bold")
        if rows.rows:
            heads, make = SUMMARIES[name]
            cells = [make(dict(zip(rows.names, row, strict=True))) for row in rows.rows[:limit]]
            screen.print(_table(heads, cells, len(rows.rows)))


def _table(names: tuple[str, ...], rows: Any, total: int | None) -> Any:
    """A rich table of rows, with the number of rows that are not shown."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    shown = list(rows)
    left = (total or 0) - len(shown)
    table = Table(box=SIMPLE_HEAD, caption=f"and {left:,} more; see --limit" if left > 0 else None)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in shown:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    return table


def _shown(cell: Any) -> str:
    """A value on one line: numbers without trailing zeros, texts without control characters."""
    from decimal import Decimal

    from extract.decimals import plain

    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else printable(" ".join(str(cell).split()))
