"""The items of a sentence: words, phrases and spans, each of one kind, and rules that give them another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.rules.growth.kinds import kinds, lexicon

REACH = 60  # the most items of a clause or phrase, which limits the time for very long lists
AMOUNTS = kinds("size")
PREPOSITIONS = frozenset(
    word for word, (letter, _) in lexicon().words.items() if letter in kinds("of from to at by preposition")
)


@dataclass(slots=True)
class Item:
    """One item: the letter of its kind, the tokens that it covers, the word in lower case."""

    code: str
    start: int
    end: int
    word: str
    direction: str = ""  # of a word of change
    named: bool = False  # within a name
    noun: int = 0  # of a counted amount, the token where its noun begins: `1.2 million | new tourists`
    tag: str = ""  # part of speech of its last token (Penn Treebank), where the sentence has a tree
    timex_type: str = ""  # of a time expression; COMPARING of `year-on-year`


_NOTHING = Item(kinds("stop"), 0, 0, "")


def before(items: list[Item], i: int) -> Item:
    """The item before item `i`, or a full stop."""
    return items[i - 1] if i else _NOTHING


def after(items: list[Item], i: int) -> Item:
    """The item after item `i`, or a full stop."""
    return items[i + 1] if i + 1 < len(items) else _NOTHING


@dataclass(frozen=True, slots=True)
class Retag:
    """A rule that may give an item another kind; `apply` says whether it did."""

    letters: str  # of the kinds that it applies to
    words: frozenset[str]  # and the words, whatever their kind
    apply: Callable[[list[Item], int], bool]


def retags(
    *, of: str = "", words: Sequence[str] = ()
) -> Callable[[Callable[[list[Item], int], bool]], Retag]:
    """Make a function a rule for items of these kinds, or for these words whatever their kind."""
    return lambda apply: Retag(kinds(of), frozenset(words), apply)
