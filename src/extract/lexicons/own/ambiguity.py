"""Whether what repeats can share out one stretch of text among its turns in many ways.

`(a|ab|ba)*` reads `abab...` in a number of ways that doubles with each turn. The expression becomes an
automaton with a state for each of its characters; two paths that part and meet again on the same text tell.
Assertions are not followed, but for the characters that one demands next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from re import _constants as codes  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_MOST = 200_000  # pairs of states that are looked at; what needs more is taken to be ambiguous
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)

Chars = frozenset[str]
Next = Chars | None  # the characters that an assertion demands next; None for any
OTHERS = "\x7f"  # stands for all characters that are not ASCII, in a set that has them


def meet(one: Chars, other: Chars) -> bool:
    """Whether two sets have a character in common."""
    return bool(one & other) or _has_others(one, other) or _has_others(other, one)


def _has_others(one: Chars, other: Chars) -> bool:
    return OTHERS in one and not all(map(str.isascii, other))


class _Part(NamedTuple):
    """A piece of an expression: whether it may be empty, and the states with which it begins and ends."""

    empty: bool
    first: frozenset[int]
    last: Mapping[int, Next]


_NOTHING = _Part(True, frozenset(), {})


def is_ambiguous(body: Iterable[Any], chars: Callable[[Any, Any], Chars]) -> bool:
    """Whether turns of a repeated body can match one text in many ways.

    Args:
        body: Items as the parser of `re` gives them.
        chars: The characters that an item may take.
    """
    automaton = _Automaton(chars)
    whole = automaton.sequence(body)
    automaton.link(whole.last, whole.first)
    return whole.empty or automaton.doubled or automaton.parts_and_meets()


def beginnings(items: Iterable[Any], chars: Callable[[Any, Any], Chars]) -> Chars:
    """The characters with which a sequence may begin; none where it may be empty."""
    automaton = _Automaton(chars)
    whole = automaton.sequence(items)
    return frozenset[str]().union(*(automaton.chars[state] for state in whole.first if not whole.empty))


class _Automaton:
    """The states of an expression, one for each of its characters, and what follows each."""

    def __init__(self, chars: Callable[[Any, Any], Chars]) -> None:
        self._chars_of = chars
        self.chars: list[Chars] = []
        self._follow: list[dict[int, Next]] = []
        self.doubled = False  # one state follows another in two ways
        self._looked = 0

    def link(self, last: Mapping[int, Next], first: Iterable[int]) -> None:
        """Let states follow others."""
        for state in first:
            for before, demanded in last.items():
                self.doubled |= state in self._follow[before]
                self._follow[before][state] = demanded

    def sequence(self, items: Iterable[Any]) -> _Part:
        """The states of items one after the other."""
        whole = _NOTHING
        for code, argument in items:
            if code is codes.ASSERT and argument[0] > 0:
                demanded = frozenset[str]().union(*(self._chars_of(*item) for item in argument[1][:1]))
                whole = whole._replace(last=dict.fromkeys(whole.last, demanded or None))
                continue
            part = self._item(code, argument)
            self.link(whole.last, part.first)
            whole = _Part(
                whole.empty and part.empty,
                whole.first | part.first if whole.empty else whole.first,
                {**whole.last, **part.last} if part.empty else part.last,
            )
        return whole

    def _item(self, code: Any, argument: Any) -> _Part:
        if code in _REPEATS:
            low, high, body = argument
            part = self.sequence(body)
            if high > 1:
                self.link(part.last, part.first)
            return part._replace(empty=part.empty or low == 0)
        if code is codes.BRANCH:
            parts = [self.sequence(branch) for branch in argument[1]]
            last = {state: demanded for part in parts for state, demanded in part.last.items()}
            first = frozenset[int]().union(*(part.first for part in parts))
            return _Part(any(part.empty for part in parts), first, last)
        if code is codes.SUBPATTERN or code is codes.ATOMIC_GROUP:
            return self.sequence(argument[-1] if code is codes.SUBPATTERN else argument)
        chars = self._chars_of(code, argument)
        if not chars:
            return _NOTHING
        self.chars.append(chars)
        self._follow.append({})
        state = len(self.chars) - 1
        return _Part(False, frozenset({state}), {state: None})

    def parts_and_meets(self) -> bool:
        """Whether two paths from one state part, and meet again, on the same text."""
        seen = {(state, state) for state in range(len(self.chars))}
        paths = list(seen)
        while paths:
            if self._looked > _MOST:
                return True
            for pair in self._after(*paths.pop()):
                if pair[0] != pair[1] and pair not in seen:
                    if any(one == other for one, other in self._after(*pair)):
                        return True
                    seen.add(pair)
                    paths.append(pair)
        return False

    def _after(self, one: int, other: int) -> Iterable[tuple[int, int]]:
        """The pairs of states that the same character leads to from two states."""
        self._looked += len(self._follow[one]) * len(self._follow[other])
        for first, demanded in self._follow[one].items():
            for second, other_demanded in self._follow[other].items():
                sets = [self.chars[first], self.chars[second], demanded, other_demanded]
                given = [chars for chars in sets if chars is not None]
                if all(meet(*pair) for pair in combinations(given, 2)):
                    yield first, second
