"""Confidence intervals and significance tests of the scores, by bootstrap over articles.

Articles are resampled rather than facts, because facts of one article depend on one another (Efron's
bootstrap; the paired test follows Koehn 2004). The seed is fixed, so results are reproducible.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extract.evaluate.scores import Figures

SAMPLES = 10_000  # samples: enough for a p-value of 0.05 to be accurate to 0.005
_BLOCK = 200  # samples computed at a time, to limit memory, which grows with the number of articles
_LEVEL = 0.95
_SEED = 0

Key = tuple[str, str]  # kind and name of a row
Name = TypeVar("Name", bound=Hashable)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % confidence interval of a share; both ends are between 0 and 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """The comparison of two systems in one row, on the same articles.

    Attributes:
        kind: The kind of fact.
        row: The name of the row.
        first: F1 of the first system.
        second: F1 of the second.
        interval: The 95 % interval of the second F1 minus the first.
        p: The two-sided p-value of the difference.
    """

    kind: str
    row: str
    first: float
    second: float
    interval: Interval
    p: float


def intervals(figures: Figures) -> dict[Key, dict[str, Interval]]:
    """The 95 % intervals of `precision`, `recall` and `f1` by row; empty for fewer than two articles."""
    articles = list(figures.articles)
    if len(articles) < 2:
        return {}
    keys = [(score.kind, score.row) for score in figures.scores]
    drawn = _drawn(_counts(figures, articles, keys))
    hits, gold, found, answered = (drawn[:, :, i] for i in range(4))
    of_each = {"precision": _share(hits, found), "recall": _share(answered, gold), "f1": _f1(drawn)}
    shares = {name: np.where(gold + found > 0, values, np.nan) for name, values in of_each.items()}
    ends = {name: _ends(values) for name, values in shares.items()}
    return {key: {name: ends[name][i] for name in ends} for i, key in enumerate(keys)}


def share_intervals(
    counts: Mapping[str, Mapping[Name, tuple[int, int]]],
) -> dict[Name, Interval]:
    """The 95 % intervals of shares, between 0 and 1; empty for fewer than two articles.

    Args:
        counts: Numerator and denominator of each share, by article and name.
    """
    names = list(dict.fromkeys(name for of in counts.values() for name in of))
    if len(counts) < 2 or not names:
        return {}
    places = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(counts), len(names), 2))
    for number, of_article in enumerate(counts.values()):
        for name, pair in of_article.items():
            table[number, places[name]] = pair
    drawn = _drawn(table)
    part, whole = drawn[:, :, 0], drawn[:, :, 1]
    return dict(zip(names, _ends(np.where(whole > 0, _share(part, whole), np.nan)), strict=True))


def compare(first: Figures, second: Figures) -> list[Difference]:
    """Compare two systems row by row with a paired bootstrap over the articles of either.

    Both must be scored against the same gold. The p-value is the share of samples whose difference deviates
    from the observed difference by at least the size of the observed difference.
    """
    articles = sorted({*first.articles, *second.articles})
    keys = list(dict.fromkeys((s.kind, s.row) for figures in (first, second) for s in figures.scores))
    both = [_counts(figures, articles, keys) for figures in (first, second)]
    observed = [_f1(counts.sum(axis=0)[None])[0] for counts in both]
    moved = observed[1] - observed[0]
    drawn = _f1(_drawn(both[1])) - _f1(_drawn(both[0]))
    extreme = np.abs(drawn - moved) >= np.abs(moved) - 1e-12
    p = (extreme.sum(axis=0) + 1) / (SAMPLES + 1)
    ends = _ends(drawn)
    return [
        Difference(kind, row, float(observed[0][i]), float(observed[1][i]), ends[i], float(min(p[i], 1)))
        for i, (kind, row) in enumerate(keys)
    ]


def _counts(figures: Figures, articles: Sequence[str], keys: Sequence[Key]) -> Floats:
    """The counts of hits, gold, found and answered gold, as an array by article and row."""
    places: Mapping[Key, int] = {key: place for place, key in enumerate(keys)}
    counts = np.zeros((len(articles), len(keys), 4))
    for number, article in enumerate(articles):
        for score in figures.articles.get(article, ()):
            answered = score.hits if score.answered is None else score.answered
            counts[number, places[score.kind, score.row]] = score.hits, score.gold, score.found, answered
    return counts


def _drawn(counts: Floats) -> Floats:
    """The sums of the counts in each sample; arrays with equal numbers of articles get the same samples."""
    number = len(counts)
    draws, chances = np.random.default_rng(_SEED), np.full(number, 1 / number)
    sizes = (min(_BLOCK, SAMPLES - done) for done in range(0, SAMPLES, _BLOCK))
    sums = [
        np.tensordot(draws.multinomial(number, chances, size=size).astype(float), counts, 1) for size in sizes
    ]
    return np.concatenate(sums)


def _f1(counts: Floats) -> Floats:
    hits, gold, found, answered = (counts[:, :, i] for i in range(4))
    precision, recall = _share(hits, found), _share(answered, gold)
    both = precision + recall
    return np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(part / np.maximum(whole, 1), dtype=np.float64)


def _ends(values: Floats) -> list[Interval]:
    """The 95 % interval of each column."""
    outside = (1 - _LEVEL) / 2
    low, high = np.nanquantile(values, [outside, 1 - outside], axis=0)
    return [Interval(float(one), float(other)) for one, other in zip(low, high, strict=True)]
