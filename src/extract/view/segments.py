"""A text split where facts begin and end, so that overlapping and nested ones can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

AT_ONCE = 20  # facts of a segment; of more, which only malicious records have, the innermost
LANES = 4  # underlines below one another; no more than five kinds can overlap in records of ours


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text that is a fact or part of a claim.

    Attributes:
        start, end: Its offsets in the text.
        number: The number of the fact on the page; None for a part of a claim that is not a fact itself.
        kind: The kind of fact.
    """

    start: int
    end: int
    number: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the text without a boundary in it.

    Attributes:
        start: Its offset in the text.
        text: Its letters.
        marks: The marks that it belongs to, each with its lane, from 0, the same in all segments of a fact.
        begins: Whether a fact begins here.
        part: Whether it belongs to a part of a claim that may not be a fact itself.
    """

    start: int
    text: str
    marks: tuple[tuple[Mark, int], ...]
    begins: bool
    part: bool


def segments(text: str, marks: Iterable[Mark], *, first: int = 0) -> Iterator[Segment]:
    """Split a text at the boundaries of its marks.

    Args:
        text: The text.
        marks: Spans in it, in any order, which are cut off at its end.
        first: The offset of the text's first code point.

    Yields:
        Segments that together are the text.
    """
    last = first + len(text)
    inside = [m for m in marks if m.start < m.end and first < m.end and m.start < last]
    laned = _laned(sorted(inside, key=lambda mark: (mark.start, -mark.end)))
    bounds = sorted({first, last, *_bounds(inside, first, last)})
    following, open_marks = 0, list[tuple[Mark, int]]()
    for start, end in pairwise(bounds):
        open_marks = [one for one in open_marks if one[0].end > start]
        while following < len(laned) and laned[following][0].start <= start:
            open_marks.append(laned[following])
            following += 1
        facts = tuple(one for one in open_marks if one[0].number is not None)[-AT_ONCE:]
        begins = any(mark.start == start for mark, _ in facts)
        yield Segment(
            start,
            text[start - first : end - first],
            facts,
            begins,
            any(m.number is None for m, _ in open_marks),
        )


def _bounds(marks: Iterable[Mark], first: int, last: int) -> Iterator[int]:
    for mark in marks:
        yield max(mark.start, first)
        yield min(mark.end, last)


def _laned(marks: Sequence[Mark]) -> list[tuple[Mark, int]]:
    """The marks with the lowest lane that is free where each begins; marks that are not facts have none."""
    ends: list[tuple[int, int]] = []  # of the facts so far, with their lanes
    free: list[int] = []
    used = 0
    laned = []
    for mark in marks:
        if mark.number is None:
            laned.append((mark, 0))
            continue
        while ends and ends[0][0] <= mark.start:
            heappush(free, heappop(ends)[1])
        if not free:
            heappush(free, used)
            used += 1
        lane = heappop(free)
        heappush(ends, (mark.end, lane))
        laned.append((mark, min(lane, LANES - 1)))
    return laned
