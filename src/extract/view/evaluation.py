"""The page of an evaluation: scores with their intervals, and every error in its sentence.

It shows the plain data of `extract.evaluate`: `as_data`, `details`, `comparison_as_data`, `changes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extract.view.pages import render
from extract.view.segments import Mark, segments

Data = Mapping[str, Any]

_CASES = 3_000  # more make a page slow to open; the first of each kind and outcome are shown
_HEAT = 5  # shades of a cell
_OUTSIDE = ("missed", "false")  # rows and columns that are not labels
_SCALE = 20  # points of F1 at the ends of the bar of a difference


def evaluation_page(
    scores: Data,
    details: Data,
    *,
    articles: Mapping[str, Iterable[Data]],
    title: str,
    about: Sequence[str] = (),
) -> str:
    """The page of one system against the gold.

    Args:
        scores: `scores` (shares of 1, with `f1_interval`) and the counts `labels`.
        details: `cases`, `rules` and `fields`.
        articles: The scores of each article alone, without intervals.
        title: The title of the page.
        about: Short facts for the line below it.

    Returns:
        One HTML file, which makes no requests.
    """
    cases = details["cases"]
    return render(
        "evaluation.html",
        scripts=("table.js",),
        title=title,
        about=about,
        systems=("found",),
        kinds=_by_kind([_score(one) for one in scores["scores"]]),
        articles=list(_articles(articles, cases)),
        rules=[_shared(one, "right", ("right", "wrong", "false")) for one in details["rules"]],
        fields=[
            _shared(one, "agrees", ("agrees", "differs", "absent", "extra")) for one in details["fields"]
        ],
        labels=_matrix(scores["labels"]),
        **_errors(cases),
    )


def comparison_page(
    differences: Iterable[Data],
    cases: Sequence[Data],
    *,
    names: tuple[str, str],
    title: str,
    about: Sequence[str] = (),
) -> str:
    """The page of two systems: the difference of each score, and which cases were fixed, broken or changed.

    Args:
        differences: `kind`, `row`, both `f1`, `difference`, `interval` and `p`, as shares of 1.
        cases: The cases of `details`, with `change`: fixed, broken or changed.
        names: The names of the two systems.
        title: The title of the page.
        about: Short facts for the line below it.

    Returns:
        One HTML file, which makes no requests.
    """
    counted = Counter((case["kind"], case["change"]) for case in cases)
    by_article = Counter((case["article"], case["change"]) for case in cases)
    return render(
        "comparison.html",
        scripts=("table.js",),
        title=title,
        about=about,
        systems=names,
        kinds=_by_kind([_difference(one) for one in differences]),
        counted=_counted(counted),
        articles=_counted(by_article),
        **_errors(cases),
    )


def _by_kind(rows: Iterable[Data]) -> dict[str, list[Data]]:
    kinds: dict[str, list[Data]] = {}
    for one in rows:
        kinds.setdefault(one["kind"], []).append(one)
    return kinds


def _score(one: Data) -> Data:
    """A row with the positions of its bar, in percent."""
    low, high = one.get("f1_interval") or (one["f1"], one["f1"])
    return {**one, "low": 100 * low, "high": 100 * high, "at": 100 * one["f1"]}


def _difference(one: Data) -> Data:
    """A row with the positions of its bar, in percent of its width, cut off at its ends."""
    low, high, at = (
        min(max(50 + 50 * 100 * value / _SCALE, 0), 100) for value in (*one["interval"], one["difference"])
    )
    sure = one["interval"][0] > 0 or one["interval"][1] < 0
    verdict = "" if not sure else "better" if one["difference"] > 0 else "worse"
    return {**one, "low": low, "high": high, "at": at, "verdict": verdict}


def _articles(scores: Mapping[str, Iterable[Data]], cases: Iterable[Data]) -> Iterable[Data]:
    """Each article with F1 by kind, and its number of errors."""
    errors = Counter(case["article"] for case in cases)
    for name, rows in scores.items():
        found = {one["kind"]: one["f1"] for one in rows if one["row"] == "found"}
        yield {"article": name, "found": found, "errors": errors[name]}


def _shared(one: Data, good: str, names: Sequence[str]) -> Data:
    """A row with the share that is right, and the positions of its bar, in percent."""
    share = one[good] / max(sum(one[name] for name in names), 1)
    low, high = one["interval"] or (share, share)
    return {**one, "share": share, "low": 100 * low, "high": 100 * high}


def _counted(counts: Mapping[tuple[str, str], int]) -> list[Data]:
    """The number of cases by name and outcome, the largest first."""
    names = dict.fromkeys(name for name, _ in counts)
    rows = [
        {"name": name} | {change: counts.get((name, change), 0) for change in ("fixed", "broken", "changed")}
        for name in names
    ]
    return sorted(rows, key=lambda one: (-one["fixed"] - one["broken"] - one["changed"], one["name"]))


def _matrix(labels: Mapping[str, Mapping[str, int]]) -> Data:
    """The labels of gold (rows) and found (columns) against each other, each cell with its shade."""
    founds = sorted({label for of in labels.values() for label in of}, key=lambda one: (one in _OUTSIDE, one))
    rows = []
    for gold in sorted(labels, key=lambda one: (one in _OUTSIDE, one)):
        most = max(labels[gold].values())
        cells = [
            {"count": count, "heat": -(-_HEAT * count // most) if count else 0, "right": gold == found}
            for found in founds
            for count in (labels[gold].get(found, 0),)
        ]
        rows.append({"label": gold, "cells": cells})
    return {"columns": founds, "rows": rows}


def _errors(cases: Sequence[Data]) -> dict[str, Any]:
    """The cases for the template, and the values of its filters."""
    shown = [_shown(case) for case in cases[:_CASES]]
    choices: dict[str, list[str]] = {
        name: sorted({case[name] for case in shown if case.get(name)})
        for name in ("change", "outcome", "kind", "rule", "article")
    }
    choices["row"] = sorted({name for case in shown for name in case["rows"]})
    return {"cases": shown, "choices": choices, "left": len(cases) - len(shown)}


def _shown(case: Data) -> Data:
    """A case with its sentence in segments, each with its sides: gold, found or both."""
    sides = [side for side, _, _ in case["spans"]]
    marks = [Mark(start, end, n, side) for n, (side, start, end) in enumerate(case["spans"])]
    pieces = [
        {"text": one.text, "sides": [mark.kind for mark, _ in one.marks]}
        for one in segments(case["sentence"], marks)
    ]
    whole = "gold" in sides and len(sides) == len(case["outcomes"]) + 1  # there is something to agree with
    fields = [{**one, "agrees": whole and not any(one["differ"])} for one in case["fields"]]
    return {**case, "pieces": pieces, "fields": fields}
