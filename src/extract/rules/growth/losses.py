"""Levels that are losses are below zero."""

from __future__ import annotations

from extract.rules.growth.claim import Claim
from extract.rules.growth.kinds import kinds, word_group
from extract.rules.growth.level_metric import metric_of_level
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence


def mark_losses(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """A level is below zero when it is a loss and the other level a profit; the profit is then the metric."""
    lost: dict[int, tuple[bool, bool, Bounds | None]] = {}  # by cue, for all statements of one change
    for claim in found:
        if claim.to is None or claim.from_ is None:
            continue
        if claim.cue not in lost:
            to_told, from_told = _told_as(sentence, claim.to), _told_as(sentence, claim.from_)
            to_lost = bool(to_told & word_group("loss") and from_told & word_group("profit"))
            from_lost = bool(from_told & word_group("loss") and not to_told & word_group("loss"))
            profit = metric_of_level(sentence, claim.from_ if to_lost else claim.to)
            lost[claim.cue] = to_lost, from_lost, profit
        to_lost, from_lost, profit = lost[claim.cue]
        if to_lost != from_lost:
            claim.losses = {claim.to} if to_lost else {claim.from_}
            claim.direction = "decrease" if to_lost else "increase"
            claim.metric = profit or claim.metric
    return found


def _told_as(sentence: Sentence, level: int) -> set[str]:
    """The words right before a level, back to the amount or comma before them."""
    words: set[str] = set()
    for item in reversed(sentence.items[max(0, level - 6) : level]):
        if item.code in kinds("level comparator semicolon"):
            break
        words.add(item.word)
    return words
