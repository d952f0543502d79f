"""`extract agree`: the agreement between two annotators."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli.options import KINDS
from extract.cli.streams import require_output
from extract.errors import listed


@click.command()
@click.argument("gold_a")
@click.argument("gold_b")
@click.option(
    "--corpus", default="corpus", show_default=True, metavar="FOLDER", help="Folder with their articles."
)
@click.option("--errors", is_flag=True, help="List every difference; `gold` is A, `got` is B.")
@click.option("--kind", type=click.Choice(KINDS), help="List only the differences of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def agree(gold_a: str, gold_b: str, corpus: str, errors: bool, kind: str | None, as_json: bool) -> None:
    """Score how far two annotators agree.

    GOLD_A and GOLD_B are folders of gold. Only articles, kinds and fields that both cover are compared. F1
    does not depend on their order.
    """
    require_output()
    import json

    from extract import evaluate as scoring
    from extract.corpus import read_articles
    from extract.terminal import console

    articles = read_articles(corpus)
    first, second = (scoring.load_gold(Path(folder), articles) for folder in (gold_a, gold_b))
    both = scoring.shared(first, second)
    if both.without:
        click.echo(f"skipped, only one has gold for them: {listed(both.without)}", err=True)
    differences = list(scoring.errors(both, second, articles, kind=kind)) if errors or kind else None
    figures = scoring.score(both, second)
    if as_json:
        click.echo(json.dumps(scoring.as_data(figures, differences), indent=2))
    else:
        for error in differences or ():
            click.echo(error)
        console().print(scoring.render(figures, title="Agreement in per cent"))
