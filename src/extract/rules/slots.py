"""A user's patterns of money, quantities and names: words of a text, with slots.

    {number} greenback(s)                 with a number, as texts write it, in the place of the slot
    (Bank|Trust) of {Name}                with one to four words that begin with a capital
    [brand] new {word} widget(s)          `{word}` is any one word

`(a|b)` is one of two, `[a]` may be left out, `(s)` is an optional s. Nothing repeats, so that every pattern
takes time that is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extract.errors import PatternError
from extract.lexicons.own.patterns import OWN
from extract.lexicons.patterns import Entry, entries
from extract.rules.amounts import Amount, with_unit_after
from extract.rules.numbers import Number

_TOKEN = re.compile(r"\{\w*\}?|[(\[|)\]]|(?:[^\s(\[{|)\]}]|\(s\)(?![^\s|)\]]))+|\}")
_GAP = r"\s{1,3}"
_SLOTS = {
    "{word}": r"[^\W\d_][\w'’-]*",
    "{Name}": r"(?!(?:The|A|An)\b)[A-Z][\w'’&.-]*(?:\s[A-Z][\w'’&.-]*){0,3}",
}
_NUMBER = "{number}"
_CLOSING = {"(": ")", "[": "]"}
_MOST = 2_000  # variants of one pattern
_REACH = 120  # how far before a number its pattern may begin

Variants = list[tuple[str, ...]]  # expressions of the words of each variant


@dataclass(frozen=True, slots=True)
class Slotted:
    """A compiled pattern.

    Attributes:
        name: The rule in records.
        whole: The expression of a pattern without a number.
        before, after: What must be before and after the number of one with a number.
        entry: The other keys of the pattern.
    """

    name: str
    whole: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    entry: Mapping[str, Any] = field(default_factory=dict)

    def around(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The bounds of the match around a number at an offset, or None."""
        if self.before is None or self.after is None:
            return None
        left = self.before.search(text, max(0, start - _REACH), start)
        right = self.after.match(text, end) if left else None
        return (left.start(), right.end()) if left and right else None


def amount_by(patterns: tuple[Slotted, ...], text: str, number: Number, *, unit: str) -> Amount | None:
    """The amount that a number is by the first pattern around it; `unit` is the key of the pattern's unit."""
    for pattern in patterns:
        place = pattern.around(text, number.start, number.end)
        if place:
            amount = with_unit_after(text, number, place[1], pattern.entry[unit], pattern.name)
            return replace(amount, start=min(place[0], amount.start))
    return None


def slotted(kind: str, *, numbers: bool) -> tuple[Slotted, ...]:
    """The patterns of a kind in the lexicons in force; callers cache them.

    Args:
        kind: The section of the patterns, such as `money`.
        numbers: Each must have a number.

    Raises:
        PatternError: one cannot be used; names the keys that lead to it, and the column.
    """
    return tuple(_compiled(entry, numbers=numbers) for entry in entries(kind) if entry.is_own)


def _compiled(entry: Entry, *, numbers: bool) -> Slotted:
    path, written = ("patterns", entry.kind, entry.name.removeprefix(OWN), "match"), entry.match
    if numbers and written.count(_NUMBER) != 1:
        raise PatternError(path, "must have {number} once", 1)
    if not numbers and _NUMBER in written:
        raise PatternError(path, "has {number}, which names have not", written.index(_NUMBER) + 1)
    case = re.NOFLAG if entry.kind == "entity" else re.IGNORECASE
    if not numbers:
        return Slotted(
            entry.rule, re.compile(rf"\b{_expression(path, written, 0)}(?!\w)"), entry=entry.options
        )
    left, _, right = written.partition(_NUMBER)
    before = _side(path, left, 0, gap=left[-1:].isspace(), ahead=True)
    after = _side(path, right, len(left) + len(_NUMBER), gap=right[:1].isspace(), ahead=False)
    if not (before or after):
        raise PatternError(path, "needs a word beside {number}", 1)
    return Slotted(
        entry.rule,
        None,
        re.compile(rf"(?:(?<!\w){before})$", case),
        re.compile(rf"{after}(?!\w)", case),
        entry.options,
    )


def _side(path: tuple[str, ...], written: str, offset: int, *, gap: bool, ahead: bool) -> str:
    """What is before a number or after it, with the gap between them; it may be left out as a whole."""
    if not written.strip():
        return ""
    variants = _variants(path, written, offset)
    space = _GAP if gap else ""
    side = f"{_joined(variants)}{space}" if ahead else f"{space}{_joined(variants)}"
    return f"(?:{side})?" if () in variants else side


def _expression(path: tuple[str, ...], written: str, offset: int) -> str:
    """A whole pattern as a regular expression."""
    variants = _variants(path, written, offset)
    if () in variants:
        raise PatternError(path, "may be empty; leave something outside of [ ]", offset + 1)
    return _joined(variants)


def _joined(variants: Variants) -> str:
    """The variants as alternatives, the longest first."""
    kept = {_GAP.join(variant) for variant in variants if variant}
    return f"(?:{'|'.join(sorted(kept, key=lambda one: (-len(one), one)))})"


def _variants(path: tuple[str, ...], written: str, offset: int) -> Variants:
    tokens = [(match[0], offset + match.start() + 1) for match in _TOKEN.finditer(written)]
    variants, at = _alternatives(path, tokens, 0, "")
    if at <= len(tokens):
        raise PatternError(path, f"{tokens[at - 1][0]!r} closes nothing", tokens[at - 1][1])
    return variants


def _alternatives(
    path: tuple[str, ...], tokens: list[tuple[str, int]], at: int, closing: str
) -> tuple[Variants, int]:
    """The variants from a token up to the closing bracket, and the place after that."""
    found: Variants = []
    current: Variants = [()]
    while at < len(tokens) and tokens[at][0] not in ")]":
        token, column = tokens[at]
        at += 1
        if token == "|":
            found += current
            current = [()]
            continue
        if token in _CLOSING:
            options, at = _alternatives(path, tokens, at, _CLOSING[token])
            options = [*options, ()] if token == "[" else options
        else:
            options = [(_piece(path, token, column),)]
        current = [one + other for one in current for other in options]
        if len(current) > _MOST:
            raise PatternError(path, f"has more than {_MOST:,} variants; make patterns of fewer", column)
    if closing and (at >= len(tokens) or tokens[at][0] != closing):
        raise PatternError(path, f"lacks {closing!r}", tokens[-1][1])
    return found + current, at + 1


def _piece(path: tuple[str, ...], token: str, column: int) -> str:
    """The expression of a word or a slot."""
    if token in _SLOTS:
        return _SLOTS[token]
    if token[0] in "{}":
        known = ", ".join((_NUMBER, *_SLOTS))
        raise PatternError(path, f"has no slot {token!r}; there are {known}", column)
    return f"{re.escape(token.removesuffix('(s)'))}s?" if token.endswith("(s)") else re.escape(token)
