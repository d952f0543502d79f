"""What a person is, as the text says it beside the name: a title, an office, a profession.

    before   `Trade Minister` Ana Costa; `chief executive` Jane Roe; the `mayor of Varna`, Ivo Petkov,
    behind   Jane Roe, `chief executive of Acme`, said; Per Lind, 44, a `professor at Lund University`.

Articles and possessives before the role stay outside, forms of address (`Mr`) are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract import lexicons
from extract.lexicons.scope import cached

_REACH = 140  # code points looked at before and behind a name


class _Patterns(NamedTuple):
    right_before: re.Pattern[str]
    before_comma: re.Pattern[str]
    behind: re.Pattern[str]


def stated(text: str, start: int, end: int) -> str | None:
    """The role stated beside the name at `start` to `end` of a text, or None."""
    patterns = _patterns()
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    found = patterns.right_before.search(left) or patterns.behind.match(right)
    if found is None and right[:1] in (",", ".", ";"):
        found = patterns.before_comma.search(left)
    return found["role"].strip() if found else None


def _either(words: set[str]) -> str:
    return f"(?:{lexicons.alternation(words)})".replace(r"\s+", " ")


@cached
def _patterns() -> _Patterns:
    """Patterns without nested repetition; each looks at `_REACH` code points at most."""
    tables = {name: set(table["words"]) for name, table in lexicons.load("titles").items()}
    titles = (tables["offices"] | tables["roles"]) - tables["kin"]
    head = _either(titles | tables["ranks"])
    sorts = f"(?i:{_either(tables['sorts'])})"
    core = rf"(?<![\w'’-])(?P<role>(?:{sorts}(?: and {sorts})?[ -]){{0,4}}{head}"
    address = rf"(?:{_either(tables['honorifics'])} )?"
    tail = r"(?: (?:of|for|at|in|with|to|on) (?:[^,.;:()\n–—]|\.(?=\w| [a-z])){1,90}?)?"
    stops = r"(?=[,;:()\n–—]|\.(?!\w| [a-z])|$| and an? | who )"
    opening = (
        r"(?:(?:the|a|an|its|their|his|her|our|then|now) )?(?:(?:[A-Z][\w.&-]*|[A-Z]?[\w-]+['’]s) ){0,3}?"
    )
    lower = f"(?i:{_either({title.lower() for title in titles})})"
    behind = (
        rf"(?:, \d{{1,3}})?, {opening}(?P<role>(?:{sorts}(?: and {sorts})?[ -]){{0,4}}{lower}\b{tail}){stops}"
    )
    return _Patterns(
        re.compile(rf"{core}(?: of [a-z]+)?) {address}$"),
        re.compile(rf"{core}(?: (?:of|for|at) [^,.;:()\n]{{1,60}})?), {address}$"),
        re.compile(behind),
    )
