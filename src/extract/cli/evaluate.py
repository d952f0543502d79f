"""`extract evaluate`: the scores of the program against gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli.options import extracting
from extract.errors import ArticleError

if TYPE_CHECKING:
    from extract.articles import Article
    from extract.records import Fact
    from extract.run import Load


@click.command()
@click.option("--gold", default="gold", show_default=True, metavar="FOLDER", help="The gold.")
@click.option("--corpus", default="corpus", show_default=True, metavar="FOLDER", help="Its articles.")
@click.option("--errors", is_flag=True, help="List every miss, false alarm and wrong field.")
@click.option("--kind", help="List only the errors of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--gate", is_flag=True, help="Fail when a score is below its floor in GOLD/floors.json.")
@click.option("--update-floors", is_flag=True, help="Set the floors by these scores.")
@click.option("--allow-lower", is_flag=True, help="Let --update-floors lower a floor.")
@extracting
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
    if wanted.without:
        click.echo(f"left out, as they have no gold: {', '.join(wanted.without)}", err=True)
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

    items = list(readers.read(readers.find([corpus], ids="name"), readers.Options()))
    kept = Kept()
    summary = run_articles(here(load()), items, kept)
    if summary.stopped_by:
        raise KeyboardInterrupt
    if summary.failures:
        raise summary.failures[0]
    return [item for item in items if not isinstance(item, ArticleError)], kept.facts
