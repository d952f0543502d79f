"""Renders scores as tables, Markdown, CSV by article, and plain data."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from extract.errors import OptionError
from extract.evaluate.bootstrap import Difference, Interval, intervals
from extract.evaluate.scores import FALSE, MISSED, Figures, Score
from extract.records import EntityLabel

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_SHARES = ("precision", "recall", "f1")
_COUNTS = ("hits", "gold", "found")
_COLUMNS = ("doc_id", "kind", "row", *_SHARES, *_COUNTS)  # of the CSV file


def render(figures: Figures, *, title: str = "Scores in per cent") -> RenderableType:
    """The figures as rich tables: the scores, and a confusion matrix of the entity labels."""
    from rich.console import Group

    ends = intervals(figures)
    lines = [
        (score.kind, score.row, *_percentages(score), _interval(ends, score), *_counts(score))
        for score in figures.scores
    ]
    tables = [_table(title, ("P", "R", "F1", "95 %", *_COUNTS), lines)]
    if figures.labels:
        tables.append(_label_table(figures.labels))
    return Group(*tables)


def render_comparison(differences: Iterable[Difference], names: tuple[str, str]) -> RenderableType:
    """A table of two systems by row: F1 of each, and their difference with 95 % interval and p-value."""
    lines = [
        (
            one.kind,
            one.row,
            *(f"{100 * f1:.1f}" for f1 in (one.first, one.second)),
            f"{100 * (one.second - one.first):+.1f}",
            f"{100 * one.interval.low:+.1f} to {100 * one.interval.high:+.1f}",
            f"{one.p:.4f}" if one.p >= 0.0001 else "<0.0001",
        )
        for one in differences
    ]
    title = f"F1 in per cent: A is {names[0]}, B is {names[1]}"
    return _table(title, ("A", "B", "B - A", "95 %", "p"), lines)


def markdown(figures: Figures) -> str:
    """The scores as a Markdown table: F1 with its 95 % interval, precision, recall and the counts."""
    ends = intervals(figures)
    lines = ["| kind | row | F1 | 95 % | P | R | gold | found |", "| --- | --- " + "| ---: " * 6 + "|"]
    for score in figures.scores:
        precision, recall, f1 = _percentages(score)
        cells = (
            score.kind,
            score.row,
            f1,
            _interval(ends, score),
            precision,
            recall,
            score.gold,
            score.found,
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def write_articles(figures: Figures, path: Path) -> None:
    """Write the scores of each article to a CSV file, one line per row; shares are between 0 and 1.

    Raises:
        OptionError: the file cannot be written, or has other content.
    """
    check_replaceable(path)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(_COLUMNS)
            for name, scores in figures.articles.items():
                lines.writerows((name, *as_row(score).values()) for score in scores)
    except OSError as error:
        raise OptionError(f"{path}: cannot be written ({error.strerror}); name another file") from error


def check_replaceable(path: Path) -> None:
    """Check that `write_articles` may write to a path: it is new, empty, or an earlier output.

    Raises:
        OptionError: the file has other content, which would be lost.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(1000) if path.is_file() else b""
    except OSError:
        return  # there is nothing to lose; other errors are raised when writing
    if begins and begins.splitlines()[0] != ",".join(_COLUMNS).encode():
        raise OptionError(f"{path}: holds something else than scores of articles; name a new file")


def as_data(figures: Figures, errors: Iterable[str] | None = None) -> dict[str, Any]:
    """The figures as plain data for JSON: `scores` with 95 % intervals (0 to 1), and the counts `labels`.

    Args:
        figures: The figures.
        errors: The texts of `evaluate.errors`, returned as `errors`; if None, the key is omitted.
    """
    ends = intervals(figures)
    scores = [
        as_row(score) | {f"{name}_interval": _pair(ends, score, name) for name in _SHARES}
        for score in figures.scores
    ]
    labels: dict[str, dict[str, int]] = {}
    for (gold, found), count in sorted(figures.labels.items()):
        labels.setdefault(gold, {})[found] = count
    data: dict[str, Any] = {"scores": scores, "labels": labels}
    return data if errors is None else data | {"errors": list(errors)}


def comparison_as_data(differences: Iterable[Difference]) -> dict[str, Any]:
    """The differences as plain data for JSON: `differences`, with shares between 0 and 1."""
    return {
        "differences": [
            {
                "kind": one.kind,
                "row": one.row,
                "f1": [round(one.first, 4), round(one.second, 4)],
                "difference": round(one.second - one.first, 4),
                "interval": [round(one.interval.low, 4), round(one.interval.high, 4)],
                "p": round(one.p, 4),
            }
            for one in differences
        ]
    }


def as_row(score: Score) -> dict[str, Any]:
    """A score as plain data: counts, and shares between 0 and 1 rounded to four decimals."""
    shares = {name: round(getattr(score, name), 4) for name in _SHARES}
    return {"kind": score.kind, "row": score.row} | shares | {name: getattr(score, name) for name in _COUNTS}


def _percentages(score: Score) -> Iterator[str]:
    return (f"{100 * getattr(score, name):.1f}" for name in _SHARES)


def _counts(score: Score) -> Iterator[str]:
    return (str(getattr(score, name)) for name in _COUNTS)


def _interval(ends: Mapping[tuple[str, str], Mapping[str, Interval]], score: Score) -> str:
    pair = _pair(ends, score, "f1")
    return f"{100 * pair[0]:.1f} to {100 * pair[1]:.1f}" if pair else ""


def _pair(
    ends: Mapping[tuple[str, str], Mapping[str, Interval]], score: Score, name: str
) -> list[float] | None:
    if (score.kind, score.row) not in ends:
        return None
    interval = ends[score.kind, score.row][name]
    return [round(interval.low, 4), round(interval.high, 4)]


def _table(title: str, headings: Iterable[str], lines: Iterable[tuple[str, ...]]) -> Table:
    """A table with a section for each kind."""
    from rich.table import Table

    table = Table("kind", "row", title=title)
    for heading in headings:
        table.add_column(heading, justify="right")
    last = ""
    for kind, *cells in lines:
        if last and kind != last:
            table.add_section()
        table.add_row(kind if kind != last else "", *cells)
        last = kind
    return table


def _label_table(labels: Mapping[tuple[str, str], int]) -> Table:
    from rich.table import Table

    known = (*get_args(EntityLabel), FALSE, MISSED)
    others = sorted({label for pair in labels for label in pair if label and label not in known})
    order = (*known[:-2], *others, FALSE, MISSED)
    golds = [label for label in order if any(gold == label for gold, _ in labels)]
    founds = [label for label in order if any(found == label for _, found in labels)]
    table = Table("gold \\ found", title="Entity labels")
    for label in founds:
        table.add_column(label, justify="right")
    for gold in golds:
        table.add_row(gold, *(str(labels.get((gold, found), "")) for found in founds))
    return table
