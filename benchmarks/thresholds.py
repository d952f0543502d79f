"""How far the scores of gold depend on thresholds of the rules: each one at other values, as Markdown.

    python -m benchmarks.thresholds

The comment at a threshold in the code says what this showed. A score is F1 in per cent; rows that do not
change are left out, and so is growth, which takes most of the time.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from extract import pipeline
from extract.corpus import read_articles
from extract.evaluate import load_gold, score

# Module in `extract.rules`, name of the constant, and the other values.
THRESHOLDS: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("amounts", "MAX_GAP", (4, 16)),
    ("sums", "_NEAR", (300, 1200)),
    ("dates.absolute", "_FAR_DAY", (120, 300)),
    ("dates.absolute", "_FAR_MONTH", (180, 330)),
    ("dates.absolute", "_FAR_BESIDE", (45, 180)),
    ("dates.context", "_CLOSE", (100, 400)),
    ("dates.tense", "_LEFT", (80, 320)),
    ("money.dollars", "_OWN_DOLLAR", (2, 5)),
    ("money.dollars", "_MOSTLY", (0.4, 0.8)),
    ("money.evidence", "_NEAR", (4, 16)),
    ("money.restated", "_FAR", (40, 160)),
    ("money.roles", "_AHEAD", (80, 320)),
    ("quantities.nouns", "_MAX_WORDS", (4, 9)),
    ("entities.shapes", "SHOUTED", (0.5, 0.9)),
    ("entities.which", "_KNOWN", (150, 600)),
)

Scores = Mapping[tuple[str, str], float]


def main() -> None:
    """Print one line for each threshold and other value."""
    pipeline.default_pipeline().disable_pipe("extract_growth")
    shipped = _in_child("", "", 0)
    print("| threshold | shipped | value | what changes |\n| --- | ---: | ---: | --- |")
    for module, name, values in THRESHOLDS:
        now = getattr(import_module(f"extract.rules.{module}"), name)
        for value in values:
            changed = _changed(shipped, _in_child(module, name, value))
            print(f"| `{module}.{name}` | {now} | {value} | {changed} |", flush=True)


def _changed(shipped: Scores, other: Scores) -> str:
    rows = [
        f"{kind} {row} {100 * (f1 - shipped[kind, row]):+.1f}"
        for (kind, row), f1 in other.items()
        if abs(f1 - shipped[kind, row]) >= 0.0005
    ]
    return ", ".join(rows) or "nothing"


def _in_child(module: str, name: str, value: float) -> Scores:
    """The scores with a threshold at a value, in a process of its own: results are remembered by text."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_scores, (module, name, value))


def _scores(module: str, name: str, value: float) -> Scores:
    if module:
        setattr(import_module(f"extract.rules.{module}"), name, value)
    articles = read_articles("corpus")
    gold = load_gold(Path("gold"), articles)
    found = [fact for article in articles for fact in pipeline.facts(article)]
    return {(each.kind, each.row): each.f1 or 0.0 for each in score(gold, found).scores}


if __name__ == "__main__":
    main()
