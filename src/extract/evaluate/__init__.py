"""Comparison of the extracted facts with the gold.

    articles = read_articles("corpus")                  # of `extract.corpus`
    gold = load_gold(Path("gold"), articles)            # or check(...): every problem as a line of text
    found = [fact for article in articles for fact in facts(nlp, article)]
    figures = score(gold, found)                        # or load_records(Path("facts.jsonl"), articles).facts
    console.print(render(figures))                      # or json.dumps(as_data(figures)), markdown(figures)
    differences = compare(figures, score(gold, others)) # of two systems, with p-values
    for error in errors(gold, found, articles, kind="money"):
        click.echo(error)
    path, state = Path("gold/floors.json"), digest(Path("gold"), articles)
    check_floors(figures, load_floors(path), state)     # GateError names what fell
    save_floors(path, raise_floors(figures, load_floors(path), state, allow_lower=False))

`docs/gold.md` describes the format of the gold, `rows.py` the rows of the scores.
"""

from extract.evaluate.bootstrap import Difference, Interval, compare, intervals
from extract.evaluate.details import changes, details
from extract.evaluate.drafts import draft
from extract.evaluate.gate import Floors, check_floors, digest, load_floors, raise_floors, save_floors
from extract.evaluate.gold import Gold, check, load_gold, shared
from extract.evaluate.listing import errors
from extract.evaluate.recorded import Recorded, load_records
from extract.evaluate.report import (
    as_data,
    as_row,
    check_replaceable,
    comparison_as_data,
    markdown,
    render,
    render_comparison,
    write_articles,
)
from extract.evaluate.scores import Figures, Score, score
from extract.evaluate.sets import AnnotatedSet, read_set

__all__ = [
    "AnnotatedSet",
    "Difference",
    "Figures",
    "Floors",
    "Gold",
    "Interval",
    "Recorded",
    "Score",
    "as_data",
    "as_row",
    "changes",
    "check",
    "check_floors",
    "check_replaceable",
    "compare",
    "comparison_as_data",
    "details",
    "digest",
    "draft",
    "errors",
    "intervals",
    "load_floors",
    "load_gold",
    "load_records",
    "markdown",
    "raise_floors",
    "read_set",
    "render",
    "render_comparison",
    "save_floors",
    "score",
    "shared",
    "write_articles",
]
