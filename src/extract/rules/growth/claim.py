"""The claim, as the patterns build it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Span

from extract.rules.growth.phrases import Bounds

ALTERNATIVE = "growth.alternative"  # another statement of the same change
CONTINUED = "growth.continued"  # it continues another claim


# What found the metric: the pattern, the verb's subject or object, the level before, or the clause's subject.
MetricBy = Literal["pattern", "verb", "level", "clause", "syntax"]


@dataclass(slots=True)
class Claim:
    """One claim, all parts as item indices of its sentence; the metric as bounds."""

    rule: str
    cue: int
    direction: str  # increase, decrease, unchanged, or compare: by the levels
    first: int
    last: int
    size: int | None = None
    to: int | None = None
    from_: int | None = None
    metric: Bounds | None = None
    metric_by: MetricBy = "pattern"
    high: int | None = None  # the upper end of the size: `by 5 % to 10 %`
    counted: int | None = None  # a size with a noun, which also applies to bare levels
    period: int | None = None
    baseline: int | None = None
    expected: int | None = None  # the figure that was expected
    losses: set[int] = field(default_factory=set)  # levels that are losses: below zero
    borrowed: dict[str, Span] = field(default_factory=dict)  # parts in the previous sentence, by role

    @property
    def magnitude(self) -> int:
        """The item whose span is the claim's: the size, else the new level, else the old one."""
        return next(i for i in (self.size, self.to, self.from_) if i is not None)

    @property
    def amounts(self) -> set[int]:
        """The items that are its size or levels."""
        return {i for i in (self.size, self.to, self.from_) if i is not None}


def amounts_of(claims: Iterable[Claim]) -> set[int]:
    """The items that are the size or a level of any of the claims."""
    return set().union(*(claim.amounts for claim in claims))
