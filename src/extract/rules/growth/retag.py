"""The kind of a word in its context."""

from __future__ import annotations

from functools import cache

from extract.rules.growth import small_words, word_classes
from extract.rules.growth.items import Item, Retag

RULES: tuple[Retag, ...] = (*word_classes.RULES, *small_words.RULES)
_WORDS = frozenset().union(*(rule.words for rule in RULES))


def retag(items: list[Item]) -> None:
    """Give each item of a sentence its kind, from left to right, by the first rule that applies."""
    for i, item in enumerate(items):
        for rule in _rules_for(item.code, item.word if item.word in _WORDS else ""):
            if rule.apply(items, i):
                break


@cache
def _rules_for(code: str, word: str) -> tuple[Retag, ...]:
    return tuple(rule for rule in RULES if code in rule.letters or word in rule.words)
