from __future__ import annotations

import tracemalloc

import pytest

from extract.evaluate import Figures, Score, compare, intervals
from extract.evaluate.bootstrap import SAMPLES, share_intervals
from extract.evaluate.scores import summed


def figures(*articles: tuple[int, int, int]) -> Figures:
    """Figures of one row, from hits, gold and found of each article."""
    by_article = {f"{n}.txt": (Score("money", "found", *counts),) for n, counts in enumerate(articles)}
    return Figures((Score("money", "found", *(sum(c) for c in zip(*articles, strict=True))),), {}, by_article)


def test_an_interval_holds_its_figure() -> None:
    many = figures(*[(8, 10, 9), (3, 5, 10), (9, 9, 9), (1, 4, 2)] * 5)
    ends = intervals(many)["money", "found"]
    for name in ("precision", "recall", "f1"):
        share = getattr(many.scores[0], name)
        assert 0 < ends[name].low < share < ends[name].high < 1


def test_shares_have_the_intervals_of_a_row_with_these_counts() -> None:
    counts = [(8, 10, 9), (3, 5, 10), (9, 9, 9), (0, 4, 0)]
    shares = {f"{n}.txt": {"rule": (hits, found)} for n, (hits, _, found) in enumerate(counts)}
    assert share_intervals(shares)["rule"] == intervals(figures(*counts))["money", "found"]["precision"]
    assert share_intervals({"a.txt": {"rule": (1, 2)}}) == {}


def test_more_articles_make_it_narrower() -> None:
    few, many = (
        intervals(figures(*[(9, 10, 10), (5, 10, 10)] * times))["money", "found"]["f1"] for times in (5, 50)
    )
    assert many.high - many.low < (few.high - few.low) / 2


def test_articles_that_agree_leave_no_doubt() -> None:
    ends = intervals(figures((3, 4, 4), (3, 4, 4)))["money", "found"]["f1"]
    assert (ends.low, ends.high) == (0.75, 0.75)


def test_draws_without_such_a_fact_do_not_count() -> None:
    """A rare row that is always right stays so, though it is in one article of ten."""
    ends = intervals(figures((3, 3, 3), *[(0, 0, 0)] * 9))["money", "found"]
    assert all((ends[name].low, ends[name].high) == (1, 1) for name in ends)


def test_one_article_has_no_interval() -> None:
    assert intervals(figures((3, 4, 4))) == {}


def test_a_binomial_interval_is_met() -> None:
    """Articles of one fact each: the interval is that of a share of 0.8 in 100 draws, 0.72 to 0.88."""
    ends = intervals(figures(*[(1, 1, 1)] * 80 + [(0, 1, 1)] * 20))["money", "found"]["recall"]
    assert ends.low == pytest.approx(0.72, abs=0.011)
    assert ends.high == pytest.approx(0.88, abs=0.011)


def test_a_system_does_not_differ_from_itself() -> None:
    one = figures((3, 4, 4), (2, 4, 3), (4, 4, 4))
    (difference,) = compare(one, one)
    assert (difference.p, difference.interval.low, difference.interval.high) == (1, 0, 0)


def test_a_difference_in_every_article_is_no_chance() -> None:
    worse, better = figures(*[(4, 10, 10), (5, 10, 10)] * 10), figures(*[(6, 10, 10), (7, 10, 10)] * 10)
    (difference,) = compare(worse, better)
    assert difference.second - difference.first == pytest.approx(0.2)
    assert difference.interval.low == pytest.approx(difference.interval.high) == pytest.approx(0.2)
    assert difference.p == 1 / (SAMPLES + 1)


def test_a_difference_in_one_article_of_many_may_be_chance() -> None:
    same = [(5, 10, 10)] * 10
    (difference,) = compare(figures(*same, (5, 10, 10)), figures(*same, (7, 10, 10)))
    assert difference.first < difference.second
    assert difference.interval.low == 0
    assert difference.p > 0.2


def test_swapping_the_systems_turns_the_sign() -> None:
    one, other = figures((4, 10, 9), (5, 10, 10), (2, 3, 3)), figures((6, 10, 10), (4, 10, 10), (3, 3, 4))
    (there,), (back,) = compare(one, other), compare(other, one)
    assert (there.first, there.second, there.p) == (back.second, back.first, back.p)
    assert there.interval.low == pytest.approx(-back.interval.high)


def test_rows_and_articles_of_one_side_count_as_nothing_on_the_other() -> None:
    empty = Figures((), {})
    (difference,) = compare(empty, figures((5, 5, 5), (5, 5, 5)))
    assert (difference.first, difference.second) == (0, 1)


def test_what_the_draws_hold_does_not_grow_with_their_number_times_the_articles() -> None:
    articles = {f"{number}": (Score("money", "found", number % 2, 1, 1),) for number in range(2_000)}
    tracemalloc.start()
    try:
        intervals(Figures(summed(articles.values()), {}, articles))
        assert tracemalloc.get_traced_memory()[1] < 40e6  # all draws at once: over 300 MB
    finally:
        tracemalloc.stop()
