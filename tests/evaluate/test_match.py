from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.evaluate.match import match
from extract.records import Fact
from tests.evaluate.build import fact


def places(gold: list[Fact], found: list[Fact]) -> list[tuple[int | None, int | None]]:
    return [
        (m.gold.start if m.gold else None, m.found.start if m.found else None) for m in match(gold, found)
    ]


def test_spans_that_touch_do_not_match() -> None:
    assert places([fact("money", 0, 5)], [fact("money", 5, 9)]) == [(0, None), (None, 5)]


def test_the_larger_share_of_overlap_wins() -> None:
    gold = [fact("money", 0, 10), fact("money", 12, 20)]
    found = [fact("money", 8, 20)]
    assert places(gold, found) == [(0, None), (12, 8)]


def test_one_to_one() -> None:
    gold = [fact("date", 0, 20)]
    found = [fact("date", 0, 4), fact("date", 5, 20)]
    assert places(gold, found) == [(None, 0), (0, 5)]


def test_a_long_span_matches_behind_shorter_ones() -> None:
    gold = [fact("date", 0, 30), fact("date", 2, 4), fact("date", 25, 40)]
    found = [fact("date", 1, 30), fact("date", 26, 40)]
    assert places(gold, found) == [(0, 1), (2, None), (25, 26)]


def test_kinds_and_articles_stay_apart() -> None:
    gold = [fact("money", 0, 5), fact("date", 0, 5, doc="b.txt")]
    found = [fact("quantity", 0, 5), fact("date", 0, 5)]
    assert all(pair.gold is None or pair.found is None for pair in match(gold, found))


def span_lists() -> st.SearchStrategy[list[Fact]]:
    spans = st.tuples(st.integers(0, 30), st.integers(1, 8))
    return st.lists(spans, max_size=8, unique=True).map(
        lambda pairs: [fact("money", start, start + length) for start, length in pairs]
    )


@given(span_lists(), span_lists(), st.randoms())
def test_order_does_not_matter(gold: list[Fact], found: list[Fact], random: object) -> None:
    expected = places(gold, found)
    random.shuffle(gold)  # type: ignore[attr-defined]
    random.shuffle(found)  # type: ignore[attr-defined]
    assert places(gold, found) == expected


@given(span_lists(), span_lists())
def test_every_fact_is_in_one_match(gold: list[Fact], found: list[Fact]) -> None:
    pairs = match(gold, found)
    assert sorted((p.gold.start, p.gold.end) for p in pairs if p.gold) == sorted(
        (f.start, f.end) for f in gold
    )
    assert sorted((p.found.start, p.found.end) for p in pairs if p.found) == sorted(
        (f.start, f.end) for f in found
    )


@given(span_lists(), span_lists())
def test_what_is_left_over_does_not_overlap(gold: list[Fact], found: list[Fact]) -> None:
    pairs = match(gold, found)
    missed = [pair.gold for pair in pairs if pair.gold and not pair.found]
    false = [pair.found for pair in pairs if pair.found and not pair.gold]
    assert not any(m.start < f.end and f.start < m.end for m in missed for f in false)


@given(span_lists())
def test_equal_sides_match_exactly(gold: list[Fact]) -> None:
    assert all(m.gold is not None and m.gold == m.found for m in match(gold, gold))


def test_many_facts_take_linear_time() -> None:
    facts = [fact("money", 10 * i, 10 * i + 5) for i in range(20_000)]
    assert len(match(facts, facts)) == len(facts)
