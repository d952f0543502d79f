"""Words that can be several things: what they are is settled by the items beside them.

Each rule looks at one item and its neighbours, and says whether it has settled it.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.rules.growth import small_words, word_classes
from extract.rules.growth.items import Item


def settle(items: list[Item]) -> None:
    """Settle every item of a sentence, from left to right."""
    for i in range(len(items)):
        for rule in _RULES:
            if rule(items, i):
                break


_RULES: tuple[Callable[[list[Item], int], bool], ...] = (
    word_classes.owner,
    small_words.duration,
    small_words.off,
    word_classes.adjective,
    word_classes.noun_of_change,
    word_classes.form_of_a_noun,
    word_classes.double_the_noun,
    word_classes.unknown_verb,
    word_classes.participle,
    word_classes.verb_like_noun,
    word_classes.particle_of_another_verb,
    word_classes.flat_the_noun,
    small_words.half,
    small_words.ordinal,
    small_words.gone_up_to,
    small_words.due_to,
    word_classes.looking_ahead,
    small_words.time_preposition,
    small_words.over_an_amount,
    small_words.beyond,
    small_words.ahead_of,
    word_classes.lower_the_verb,
    small_words.between,
    word_classes.target_the_noun,
    small_words.more,
    small_words.more_than,
)
