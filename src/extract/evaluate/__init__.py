"""Comparison of the extracted facts with the gold.

    articles = list(read_articles("corpus"))
    gold = load_gold(Path("gold"), articles)            # or check(...): every problem as a line of text
    found = [fact for article in articles for fact in facts(nlp, article)]
    figures = score(gold, found)
    console.print(render(figures))                      # or json.dumps(as_data(figures))
    for error in errors(gold, found, articles, kind="money"):
        click.echo(error)
    path, state = Path("gold/floors.json"), digest(Path("gold"), articles)
    check_floors(figures, load_floors(path), state)     # GateError names what fell
    save_floors(path, raise_floors(figures, load_floors(path), state, allow_lower=False))

The format of the gold is described in `docs/gold.md`, the rows of the scores in `rows.py`.
"""

from extract.evaluate.gate import Floors, check_floors, digest, load_floors, raise_floors, save_floors
from extract.evaluate.gold import Gold, check, load_gold
from extract.evaluate.report import as_data, errors, render
from extract.evaluate.scores import Figures, Score, score

__all__ = [
    "Figures",
    "Floors",
    "Gold",
    "Score",
    "as_data",
    "check",
    "check_floors",
    "digest",
    "errors",
    "load_floors",
    "load_gold",
    "raise_floors",
    "render",
    "save_floors",
    "score",
]
