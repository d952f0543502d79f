"""Texts cut where facts begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.view.segments import AT_ONCE, LANES, Mark, segments

TEXT = "sales of Acme rose 5% to $5"
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12)


def test_nested_and_crossing_marks_share_the_pieces_that_both_cover() -> None:
    marks = [Mark(0, 13, 0, "growth"), Mark(9, 13, 1, "entity"), Mark(10, 18, 2, "date")]
    cut = [(one.text, [mark.number for mark, _ in one.marks], one.begins) for one in segments(TEXT, marks)]
    assert cut == [
        ("sales of ", [0], True),
        ("A", [0, 1], True),
        ("cme", [0, 1, 2], True),
        (" rose", [2], False),
        (" 5% to $5", [], False),
    ]


def test_a_fact_keeps_its_lane_and_lanes_are_used_again() -> None:
    marks = [Mark(0, 10, 0), Mark(5, 20, 1), Mark(12, 15, 2)]
    lanes = {(mark.number, lane) for one in segments(TEXT, marks) for mark, lane in one.marks}
    assert lanes == {(0, 0), (1, 1), (2, 0)}


def test_what_is_no_fact_cuts_the_text_and_takes_no_lane() -> None:
    pieces = list(segments(TEXT, [Mark(0, 5), Mark(0, 27, 0)]))
    assert [(one.text, one.part, one.marks[0][1]) for one in pieces] == [
        ("sales", True, 0),
        (" of Acme rose 5% to $5", False, 0),
    ]


def test_facts_within_facts_without_end_do_not_make_pages_without_end() -> None:
    marks = [Mark(n, 2000 - n, n) for n in range(1000)]
    pieces = list(segments("x" * 2000, marks))
    assert max(len(one.marks) for one in pieces) == AT_ONCE
    assert {mark.number for one in pieces for mark, _ in one.marks} == set(range(1000))


def test_offsets_are_those_of_the_article() -> None:
    (before, fact, _) = segments("rose 5% to", [Mark(105, 107, 0)], first=100)
    assert (before.start, fact.start, fact.text) == (100, 105, "5%")


@given(SPANS)
def test_the_pieces_are_the_text_and_each_fact_covers_just_its_span(spans: list[tuple[int, int]]) -> None:
    marks = [Mark(min(span), max(span), number) for number, span in enumerate(spans)]
    pieces = list(segments(TEXT, marks))
    assert "".join(one.text for one in pieces) == TEXT
    assert all(0 <= lane < LANES for one in pieces for _, lane in one.marks)
    for mark in marks:
        covered = "".join(one.text for one in pieces if mark in [held for held, _ in one.marks])
        assert covered == TEXT[mark.start : mark.end]
