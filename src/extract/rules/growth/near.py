"""The patterns that match a sentence in part, and where each stops.

    Sales rose sharply in Italy, and 5 % of ...    growth.verb_size: `rose sharply`, then not `size:{size}`

A pattern is a row of pieces. Its partial match is the longest row of its first pieces that matches
somewhere in the sentence. For explanations only: nothing here is compiled before it is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract import lexicons
from extract.lexicons.own.patterns import full_name
from extract.lexicons.patterns import entries
from extract.lexicons.scope import cached
from extract.rules.growth.kinds import compiled, kind_name, kinds
from extract.rules.growth.literals import Literals
from extract.rules.growth.patterns import FILE
from extract.rules.growth.symbols import Sentence

_MOST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A pattern that matches in part.

    Attributes:
        rule: Its name.
        first, last: The items that its first pieces match.
        expected: The next piece, which does not match.
        directed: Whether its cue has a direction, as `rose` does and `held` does not.
        share: The share, from 0 to 1, of the pieces that require an item and match.
    """

    rule: str
    first: int
    last: int
    expected: str
    directed: bool
    share: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A pattern's pieces, the expression of each row of first pieces, and the number that require an item."""

    pieces: tuple[str, ...]
    prefixes: tuple[re.Pattern[str], ...]
    asking: tuple[int, ...]
    literals: Literals


def nearest(sentence: Sentence, *, most: int = _MOST) -> list[Near]:
    """The patterns whose cue is in the sentence and that match most of their pieces, the nearest first."""
    near = (_near(sentence, entry.name) for entry in entries("growth") if entry.match)
    return sorted((n for n in near if n is not None), key=lambda n: (not n.directed, -n.share, n.first))[
        :most
    ]


def _near(sentence: Sentence, name: str) -> Near | None:
    """How far one pattern matches; None if it matches completely, or not even its cue."""
    row = _row(name)
    codes = row.literals.row(sentence.items, sentence.codes)
    for i in range(len(row.pieces), 0, -1):
        match = row.prefixes[i - 1].search(codes)
        if match is None:
            continue
        if i == len(row.pieces) or "cue" not in match.re.groupindex or match.end() == match.start():
            return None
        share = row.asking[i - 1] / row.asking[-1]
        cue = sentence.items[match.start("cue")]
        directed = bool(cue.direction)
        if not directed and cue.code == kinds("word") and not row.literals.words:
            return None  # a cue that may be any word, which a condition checks
        return Near(full_name("growth", name), match.start(), match.end() - 1, row.pieces[i], directed, share)
    return None


@cached
def _row(name: str) -> _Row:
    data = lexicons.load(FILE)
    match = data["patterns"][name]["match"]
    parts, found = data["parts"], pieces(match)
    words = Literals.of(match)
    prefixes = tuple(compiled(" ".join(found[: i + 1]), parts, literals=words) for i in range(len(found)))
    asks = [not compiled(piece, parts, literals=words).fullmatch("") for piece in found]
    return _Row(found, prefixes, tuple(sum(asks[: i + 1]) for i in range(len(found))), words)


def pieces(pattern: str) -> tuple[str, ...]:
    """The pieces of a pattern in words: `cue:{change_verb}`, `{modifier}*`, `(\\,? by)?`."""
    found, depth = [""], 0
    for i, char in enumerate(pattern):
        if char.isspace() and not depth:
            found.append("")
            continue
        if pattern[i - 1 : i] != "\\":
            depth += (char in "({[") - (char in ")}]")
        found[-1] += char
    return tuple(piece for piece in found if piece)


def stopped(sentence: Sentence, near: Near) -> str:
    """Where a pattern stopped, in words."""
    i = near.last + 1
    at = (
        f"`{sentence.items[i].word}` ({kind_name(sentence.codes[i])})"
        if i < len(sentence.items)
        else "the end"
    )
    return f"stops before {at}: expects `{' '.join(near.expected.split())}`"
