"""Words as data: TOML files beside this module, and the cached loader of them.

A lexicon file holds tables of words or phrases. A table may carry `examples` (sentences in which the table's
words mean what the table says) and `counterexamples` (where they do not); tests hold the patterns to both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from extract.errors import LexiconError
from extract.lexicons.scope import active, cached

# Letters that a pattern takes for small ones, but `str.lower` does not make such.
_SAME_LETTERS = str.maketrans("\u0130\u0131\u017f", "iis")


@cached
def load(name: str) -> dict[str, Any]:
    """The tables of the lexicon `name` (the file `name.toml` here), with what a user's rules change in it.

    Callers must not change what they get.

    Raises:
        LexiconError: there is no such lexicon, or it is not valid TOML.
    """
    lexicons = active()
    if lexicons is None:
        return _shipped(name)
    from extract.lexicons.own.overlay import laid_over

    return laid_over(name, _shipped(name), lexicons)


@cache
def _shipped(name: str) -> dict[str, Any]:
    path = files(__name__).joinpath(f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"no lexicon {name!r} beside {__name__}") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon {name}.toml is not valid TOML: {error}") from error


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list `name` (the file `name.txt` here), one a line."""
    return frozenset(files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1])


@cache
def table(name: str) -> dict[str, str]:
    """What is after the tab of each line of the list `name` (`name.txt` here), by what is before it."""
    lines = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]
    return dict(line.split("\t", 1) for line in lines)


@cache
def clusters() -> dict[str, int]:
    """The Brown cluster of a word as written: words that occur in like places. Callers must not change it."""
    lines = files(__name__).joinpath("clusters.txt").read_text(encoding="utf-8").split("\n")[:-1]
    found: dict[str, int] = {}
    for line in lines:
        number, *members = line.split(" ")
        found.update(dict.fromkeys(members, int(number)))
    return found


class _Escaped(dict[str, str]):
    """Signs as regular expressions have them; a space stands for any white space."""

    def __missing__(self, sign: str) -> str:
        return self.setdefault(sign, r"\s+" if sign == " " else re.escape(sign))


_ESCAPED = _Escaped()
_Tree = dict[str, "_Tree"]  # words by their letters
_END = ""


def key(words: str) -> str:
    """Words as lexicons have them, in lower case with single spaces, to look up what a pattern matched.

    >>> key("Square\\n KM"), key("\u017fecond")
    ('square km', 'second')
    """
    return spaced(words if words.isascii() else words.translate(_SAME_LETTERS)).lower()


def spaced(words: str) -> str:
    """Words with single spaces, for lexicons in which capitals tell: `HK $`."""
    return " ".join(words.split())


def alternation(words: Iterable[str]) -> str:
    """A regular expression of the words, the longest first; a space in them matches any white space.

    Words that begin alike share their beginning, so that few alternatives are tried at each place of a text.

    >>> alternation(["per cent", "percent", "pound", "pounds"])
    'p(?:ound(?:s|)|er(?:cent|\\\\s+cent))'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in spaced(word):
            node = node.setdefault(letter if letter.isalnum() else _ESCAPED[letter], {})
        node[_END] = {}
    return "|".join(_branches(tree))


def _branches(node: _Tree) -> list[str]:
    """The alternatives at a place in words; the end of a word comes last, so that longer ones go first.

    Letters that differ in case alone may match the same: what follows them is tried as words one by one are.
    """
    if len(node) == 1:  # as within most words
        ((letter, rest),) = node.items()
        return [_joined(letter, _branches(rest))]
    made = []
    by_case = groupby(
        sorted(node, key=lambda letter: (letter.casefold(), letter), reverse=True), str.casefold
    )
    for letter, *others in (list(letters) for _, letters in by_case):
        if others:
            rests = [(letter, *rest) for letter in (letter, *others) for rest in _rests(node[letter])]
            made += ["".join(rest) for rest in sorted(rests, key=lambda rest: (-len(rest), rest))]
            continue
        made.append(_joined(letter, _branches(node[letter])))
    return made


def _joined(letter: str, behind: list[str]) -> str:
    """A letter and the alternatives after it."""
    return letter + (f"(?:{'|'.join(behind)})" if len(behind) > 1 else "".join(behind))


def _rests(node: _Tree) -> list[tuple[str, ...]]:
    """The rests of words from a place on, letter by letter."""
    if not node:
        return [()]
    return [(letter, *rest) if letter else () for letter in node for rest in _rests(node[letter])]
