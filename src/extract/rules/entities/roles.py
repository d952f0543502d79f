"""What a person is, as the text says it beside the name: a title, an office, a profession.

    before   `Trade Minister` Ana Costa; `chief executive` Jane Roe; the `mayor of Varna`, Ivo Petkov,
    after   Jane Roe, `chief executive of Acme`, said; Per Lind, 44, a `professor at Lund University`.

Articles and possessives before the role stay outside, forms of address (`Mr`) are none.
"""

from __future__ import annotations

import re

from extract import lexicons
from extract.lexicons.scope import cached

_REACH = 140  # code points looked at before and after a name


_RUN = re.compile(r"[^\W\d_]+")
_CORE = r"(?<![\w'’-])(?P<role>(?:{sorts}(?: and {sorts})?[ -]){{0,4}}{head}"


def stated(text: str, start: int, end: int) -> str | None:
    """The role stated beside the name at `start` to `end` of a text, or None."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    headed = left.removesuffix("\n").endswith(" ") and not _last_words().isdisjoint(_RUN.findall(left))
    found = _right_before().search(left) if headed else None
    if found is None and right.startswith(", "):
        found = _behind().match(right)
    if found is None and headed and right[:1] in (",", ".", ";"):
        found = _before_comma().search(left)
    return found["role"].strip() if found else None


# Patterns without nested repetition; each looks at `_REACH` code points at most, and is compiled when it is
# first asked for, which takes a while.


@cached
def _right_before() -> re.Pattern[str]:
    return re.compile(rf"{_core()}(?: of [a-z]+)?) {_address()}$")


@cached
def _before_comma() -> re.Pattern[str]:
    return re.compile(rf"{_core()}(?: (?:of|for|at) [^,.;:()\n]{{1,60}})?), {_address()}$")


@cached
def _behind() -> re.Pattern[str]:
    tail = r"(?: (?:of|for|at|in|with|to|on) (?:[^,.;:()\n–—]|\.(?=\w| [a-z])){1,90}?)?"
    stops = r"(?=[,;:()\n–—]|\.(?!\w| [a-z])|$| and an? | who )"
    opening = (
        r"(?:(?:the|a|an|its|their|his|her|our|then|now) )?(?:(?:[A-Z][\w.&-]*|[A-Z]?[\w-]+['’]s) ){0,3}?"
    )
    sorts, lower = _sorts(), f"(?i:{_either({title.lower() for title in _titles()})})"
    return re.compile(
        rf"(?:, \d{{1,3}})?, {opening}(?P<role>(?:{sorts}(?: and {sorts})?[ -]){{0,4}}{lower}\b{tail}){stops}"
    )


def _core() -> str:
    return _CORE.format(sorts=_sorts(), head=_either(_heads()))


def _sorts() -> str:
    return f"(?i:{_either(_words('sorts'))})"


def _address() -> str:
    return rf"(?:{_either(_words('honorifics'))} )?"


def _either(words: set[str]) -> str:
    return f"(?:{lexicons.alternation(words)})".replace(r"\s+", " ")


def _titles() -> set[str]:
    return (_words("offices") | _words("roles")) - _words("kin")


def _heads() -> set[str]:
    """What a role before a name ends in."""
    return _titles() | _words("ranks")


@cached
def _last_words() -> frozenset[str]:
    """The letters that the roles before a name end in."""
    return frozenset(_RUN.findall(head)[-1] for head in _heads())


def _words(table: str) -> set[str]:
    return set(lexicons.load("titles")[table]["words"])
