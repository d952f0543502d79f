"""Pairs found facts with gold facts.

Two facts match if they have the same kind and article and their spans overlap. Pairs are one to one; those
with the largest intersection over union are chosen first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.records import Fact


@dataclass(frozen=True, slots=True)
class Match:
    """A gold fact and the fact found for it. Without `gold` it is a false alarm, without `found` a miss."""

    gold: Fact | None
    found: Fact | None

    @property
    def fact(self) -> Fact:
        """The gold fact, or the false alarm."""
        fact = self.gold or self.found
        assert fact is not None
        return fact


def match(gold: Iterable[Fact], found: Iterable[Fact], *, leftmost: bool = False) -> list[Match]:
    """Pair facts one to one.

    Args:
        gold: The facts of the gold.
        found: The facts found.
        leftmost: Pair equal spans first, then overlapping ones from left to right, as TempEval-3 does,
            instead of by the size of the overlap.

    Returns:
        Matches that contain each fact of both sides exactly once, by kind, article and place. They do not
        depend on the order of the arguments' facts.
    """
    groups: dict[tuple[str, str], tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
    for side, facts in enumerate((gold, found)):
        for fact in facts:
            groups[fact.kind, fact.doc_id][side].append(fact)
    return [pair for key in sorted(groups) for pair in _match_group(*groups[key], leftmost)]


def _match_group(gold: list[Fact], found: list[Fact], leftmost: bool) -> list[Match]:
    order = _longest_first if leftmost else _place
    gold, found = sorted(gold, key=order), sorted(found, key=order)
    partner: dict[int, int] = {}
    taken: set[int] = set()
    pairs = sorted(_overlaps(gold, found))
    if leftmost:
        pairs.sort(key=lambda pair: (pair[0] > -1, pair[2], pair[3]))
    for _, _, i, j in pairs:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    matches = [Match(fact, found[partner[i]] if i in partner else None) for i, fact in enumerate(gold)]
    matches += [Match(None, fact) for j, fact in enumerate(found) if j not in taken]
    return sorted(matches, key=lambda pair: _place(pair.fact))


def _overlaps(gold: list[Fact], found: list[Fact]) -> Iterator[tuple[float, list[tuple[int, int]], int, int]]:
    """All overlapping pairs: negated intersection over union, both places, both positions in the lists.

    It is one sweep over the text. The places are sorted, so swapping the two sides gives the same order.
    """
    open_found: list[int] = []
    following = 0
    for i, fact in enumerate(gold):
        while following < len(found) and found[following].start < fact.end:
            open_found.append(following)
            following += 1
        open_found = [j for j in open_found if found[j].end > fact.start]
        for j in open_found:
            other = found[j]
            shared = min(fact.end, other.end) - max(fact.start, other.start)
            if shared > 0:
                union = max(fact.end, other.end) - min(fact.start, other.start)
                yield -shared / union, sorted((_place(fact), _place(other))), i, j


def _longest_first(fact: Fact) -> tuple[int, int]:
    return fact.start, -fact.end


def _place(fact: Fact) -> tuple[int, int]:
    return fact.start, fact.end
