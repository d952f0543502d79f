"""Whether a user's expression takes time that is linear in the text, whatever the text.

Nothing that repeats may itself be repeated, and what could share out one stretch of text, be it repeats among
them or one repeat among its turns, may do so in a bounded number of ways. So each start of a match costs at
most a constant.

>>> wild("(a|b){0,5}c") is None
True
>>> wild("(a+)+b")
'repeats what repeats, which can take for ever; repeat one of them'
>>> wild("(a|ab|ba){0,20}x")
'can share one stretch of text out in 2,097,144 ways; repeat less, or with lower bounds'
>>> wild("[ab]{0,90}[ac]{0,90}[ad]{0,90}[ae]{0,90}x")
'can share one stretch of text out in 13,845,841 ways; repeat less, or with lower bounds'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from extract.lexicons.own.ambiguity import OTHERS, Chars, beginnings, is_ambiguous, meet

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_MANY = 60  # what a repeat without a bound counts for: no clause has more items
_NESTED = 64  # how often a bounded repeat in a bounded one may repeat in all
# Of our own patterns of growth `verb_size` has the most, 30,744; those of dates are tried at few words.
_MOST_WAYS = 200_000
_TEXT = frozenset(map(chr, [9, 10, *range(32, 128)]))  # what sets without bounds hold: with `OTHERS`
_WIDE = 1000  # characters of a range, of which no more are listed
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_NOT = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


class _WildError(Exception):
    """An expression may take long; its text says why."""


def wild(expression: str) -> str | None:
    """Why an expression could take long on some text, with the remedy; None where it cannot."""
    try:
        ways = _ways(parser.parse(expression), 1)
    except (re.error, RecursionError) as error:
        return f"cannot be read ({error})"
    except _WildError as error:
        return str(error)
    if ways > _MOST_WAYS:
        if ways > 10**12:
            return "can share one stretch of text out in endlessly many ways; repeat less, or shorter"
        return f"can share one stretch of text out in {ways:,} ways; repeat less, or with lower bounds"
    return None


def _ways(items: Iterable[Any], outer: int) -> int:
    """In how many ways a sequence may be tried from one start; `outer` is how often it is repeated."""
    most = ways = 1
    shared: Chars = frozenset()  # what the repeats so far may take from one another
    for code, argument in _flat(items):
        inner = _inner(code, argument, outer)
        low, high = _times(code, argument)
        chars = _chars(code, argument)
        if low and chars and not meet(shared, chars):  # what must be there, and no repeat before it can take
            ways, shared = high - low + 1, chars if low != high else frozenset()
        elif low != high:
            ways *= high - low + 1 if meet(shared, chars) or not shared else 1
            shared |= chars
        most = max(most, ways * inner)
    return most


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """The items of a sequence with those of its groups; what is optional as a whole is so one by one."""
    for code, argument in items:
        if code is codes.SUBPATTERN:
            yield from _flat(argument[-1])
        elif code in _REPEATS and argument[1] == 1:
            for inner in _flat(argument[2]):
                yield inner if inner[0] in _REPEATS else (codes.MAX_REPEAT, (0, 1, [inner]))
        else:
            yield code, argument


def _inner(code: Any, argument: Any, outer: int) -> int:
    """The ways inside an item."""
    if code in _REPEATS:
        return _repeated(code, argument, outer)
    if code is codes.BRANCH:
        return sum(_ways(branch, outer) for branch in argument[1])
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _ways(argument[-1] if code is codes.SUBPATTERN else argument, outer)
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return _ways(argument[1], outer)
    if code in (codes.GROUPREF, codes.GROUPREF_EXISTS):
        raise _WildError("refers back to what it matched, which can take for ever; write it out")
    return 1


def _repeated(code: Any, argument: Any, outer: int) -> int:
    """The ways inside a repeat."""
    low, high = _times(code, argument)
    if high != low and high > 1 and outer > 1 and outer * high > _NESTED:
        raise _WildError("repeats what repeats, which can take for ever; repeat one of them")
    ways = _ways(argument[2], outer * max(high, 1))
    if ways > 1 and high > 1 and is_ambiguous(argument[2], _chars):
        most: int = _ways_of_turn(argument[2], outer * high) ** high
        return max(ways, 2 * most // (high - low + 1))  # of all numbers of turns together: twice the most
    return ways


def _ways_of_turn(body: Iterable[Any], outer: int) -> int:
    """In how many ways one turn of a repeat may go on: by the alternatives that begin with one character."""
    items = list(_flat(body))
    if len(items) != 1 or items[0][0] is not codes.BRANCH:
        return _ways(items, outer)
    branches = [(_ways(branch, outer), beginnings(branch, _chars)) for branch in items[0][1][1]]
    every = frozenset(OTHERS).union(*(first for _, first in branches))
    return max(
        sum(ways for ways, first in branches if not first or meet(first, frozenset(char))) for char in every
    )


def _times(code: Any, argument: Any) -> tuple[int, int]:
    """How often an item may be there."""
    if code in _REPEATS:
        return int(argument[0]), min(int(argument[1]), int(argument[0]) + _MANY)
    return (0, 0) if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT) else (1, 1)


def _chars(code: Any, argument: Any) -> Chars:
    """The characters that an item may take."""
    if code is codes.LITERAL:
        return frozenset(chr(argument))
    if code is codes.NOT_LITERAL:
        return (_TEXT - {chr(argument)}) | {OTHERS}
    if code is codes.ANY:
        return _TEXT
    if code is codes.IN:
        return _class(argument)
    if code is codes.BRANCH:
        return frozenset[str]().union(*(_all(branch) for branch in argument[1]))
    if code in _REPEATS:
        return _all(argument[2])
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _all(argument[-1] if code is codes.SUBPATTERN else argument)
    return frozenset()


def _all(items: Iterable[Any]) -> Chars:
    return frozenset[str]().union(*(_chars(code, argument) for code, argument in items))


def _class(members: list[Any]) -> Chars:
    """The characters of a class in brackets."""
    found: set[str] = set()
    for code, argument in members:
        if code is codes.LITERAL:
            found.add(chr(argument))
        elif code is codes.RANGE:
            low, high = argument
            found.update(map(chr, range(low, min(high, low + _WIDE) + 1)))
            found.update(OTHERS if high > low + _WIDE else ())
        elif code is codes.CATEGORY:
            fits, other = _CATEGORIES[_NOT.get(argument, argument)], argument in _NOT
            found.update(char for char in _TEXT if char == OTHERS or fits(char) != other)
    return (_TEXT - found) | {OTHERS} if members and members[0][0] is codes.NEGATE else frozenset(found)
