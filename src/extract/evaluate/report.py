"""The figures as tables and as plain data, and the errors in their context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from extract.articles import Article
from extract.evaluate.match import Match, match
from extract.evaluate.scores import FALSE, MISSED, Figures, fails
from extract.records import EntityLabel, Fact, columns, row

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_CONTEXT = 60  # code points on either side of a span
_APART = {"doc_id", "fact_id", "kind", "start", "end", "sentence", "sentence_start", "sentence_end", "rule"}
_APART |= {"entity_id", "metric_start", "metric_end", "period_value", "baseline_value"}
_APART |= {"period_start", "period_end", "baseline_start", "baseline_end"}
_APART |= {"subject_name", "subject_country", "subject_source", "partner_name", "partner_country"}
_APART |= {"point_change", "partner", "expected_value", "expected_unit"}
_APART |= {"percent_change", "check", "subject", "speaker", "currency_source", "role"}  # not in the gold


def render(figures: Figures) -> RenderableType:
    """The figures as rich tables: the scores, and the entity labels of gold and found against each other."""
    from rich.console import Group

    tables = [_score_table(figures)]
    if figures.labels:
        tables.append(_label_table(figures.labels))
    return Group(*tables)


def _score_table(figures: Figures) -> Table:
    from rich.table import Table

    table = Table("kind", "row", title="Scores in per cent")
    for heading in ("P", "R", "F1", "hits", "gold", "found"):
        table.add_column(heading, justify="right")
    last = ""
    for score in figures.scores:
        if last and score.kind != last:
            table.add_section()
        shares = [f"{100 * share:.1f}" for share in (score.precision, score.recall, score.f1)]
        counts = [str(count) for count in (score.hits, score.gold, score.found)]
        table.add_row(score.kind if score.kind != last else "", score.row, *shares, *counts)
        last = score.kind
    return table


def _label_table(labels: Mapping[tuple[str, str], int]) -> Table:
    from rich.table import Table

    order = (*get_args(EntityLabel), FALSE, MISSED)
    golds = [label for label in order if any(gold == label for gold, _ in labels)]
    founds = [label for label in order if any(found == label for _, found in labels)]
    table = Table("gold \\ found", title="Entity labels")
    for label in founds:
        table.add_column(label, justify="right")
    for gold in golds:
        table.add_row(gold, *(str(labels.get((gold, found), "")) for found in founds))
    return table


def as_data(figures: Figures) -> dict[str, Any]:
    """The figures as plain data for JSON: the list `scores` (shares of 1), the nested counts `labels`."""
    scores = [
        {
            "kind": score.kind,
            "row": score.row,
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "hits": score.hits,
            "gold": score.gold,
            "found": score.found,
        }
        for score in figures.scores
    ]
    labels: dict[str, dict[str, int]] = {}
    for (gold, found), count in sorted(figures.labels.items()):
        labels.setdefault(gold, {})[found] = count
    return {"scores": scores, "labels": labels}


def errors(
    gold: Iterable[Fact], found: Iterable[Fact], articles: Iterable[Article], *, kind: str | None = None
) -> Iterator[str]:
    """Every miss, false alarm and wrong field in its context, by kind, article and place.

    Args:
        gold: The facts of the gold.
        found: The facts of the program.
        articles: The articles that both are about.
        kind: Only errors of this kind of fact.

    Yields:
        A few lines of text each; the first begins with `MISSED`, `FALSE` or `WRONG` and its kind and place.
    """
    texts = {article.id: article.text for article in articles}
    for pair in match(gold, found):
        if kind in (None, pair.fact.kind) and (failed := _failure(pair)):
            yield "\n".join(_describe(pair, failed, texts[pair.fact.doc_id]))


def _failure(pair: Match) -> str:
    if pair.found is None:
        return "MISSED"
    return "WRONG" if fails(pair) else "FALSE" if pair.gold is None else ""


def _describe(pair: Match, failed: str, text: str) -> Iterator[str]:
    fact = pair.fact
    asked = f" ({', '.join(fails(pair))})" if failed == "WRONG" else ""
    yield f"{failed} {fact.kind} {fact.doc_id}:{fact.start}{asked}"
    yield f"    {_in_context(fact, text)}"
    shown = [
        name
        for name in columns(type(fact))
        if name not in _APART and (failed != "WRONG" or _value(pair.gold, name) != _value(pair.found, name))
    ]
    if pair.gold:
        yield f"    gold  {_fields(pair.gold, shown)}"
    if pair.found:
        yield f"    got   {_fields(pair.found, shown)}  [{pair.found.rule}]"


def _in_context(fact: Fact, text: str) -> str:
    left = text[max(0, fact.start - _CONTEXT) : fact.start]
    right = text[fact.end : fact.end + _CONTEXT]
    return " ".join(f"{left}[[{fact.text}]]{right}".split())


def _value(fact: Fact | None, name: str) -> Any:
    return row(fact)[name] if fact else None


def _fields(fact: Fact, names: Iterable[str]) -> str:
    flat = row(fact)
    return " ".join(f"{name}={'-' if flat[name] is None else repr(str(flat[name]))}" for name in names)
