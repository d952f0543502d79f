"""`extract agree`: the agreement of two annotators."""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli.options import KINDS
from extract.cli.streams import require_output
from extract.errors import listed


@click.command()
@click.argument("gold_a")
@click.argument("gold_b")
@click.option("--corpus", default="corpus", show_default=True, metavar="FOLDER", help="Their articles.")
@click.option("--errors", is_flag=True, help="List every difference; B is what is `got`.")
@click.option("--kind", type=click.Choice(KINDS), help="List only the differences of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def agree(gold_a: str, gold_b: str, corpus: str, errors: bool, kind: str | None, as_json: bool) -> None:
    """Score how far two annotators agree.

    GOLD_A and GOLD_B are folders of gold. Articles, kinds and fields that both cover count; F1 is the same
    whichever is named first.
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
        click.echo(f"left out, as not both have them: {listed(both.without)}", err=True)
    told = list(scoring.errors(both, second, articles, kind=kind)) if errors or kind else None
    figures = scoring.score(both, second)
    if as_json:
        click.echo(json.dumps(scoring.as_data(figures, told), indent=2))
    else:
        for error in told or ():
            click.echo(error)
        console().print(scoring.render(figures, title="Agreement in per cent"))
