"""How two neighbouring numbers belong together: ends of a range, levels of a change, a change and its level.

>>> relation("rose from 3 to 5 percent", *numbers.find("rose from 3 to 5 percent"))
'levels'
>>> relation("costs 3 to 5 euros", *numbers.find("costs 3 to 5 euros"))
'range'

Pure functions of text, shared by the rules of money and quantities.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from extract import lexicons
from extract.lexicons.scope import cached
from extract.rules.modifiers import REACH, without_modifier
from extract.rules.numbers import Number, spread

Relation = Literal["range", "levels", "step"]

_CHANGES: dict[str, list[str]] = lexicons.load("changes")["change"]
_RANGE = frozenset(_CHANGES["ranges"])
_AHEAD = frozenset(_CHANGES["ahead"])
_STEP = frozenset(_CHANGES["steps"])
_WORD = re.compile(r"\w+")
_DASHES = frozenset("-–—−")
_JOINTS = _DASHES | {"to", "and", "or"}
_LISTED = re.compile(r"\d\w*%?(?:\s[^\W\d_]+)?,\s$")  # `$50, [$75 or $100]` are three
_YEAR = re.compile(r"(?:19|20)\d\d")
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_BETWEEN_AND = re.compile(rf"\b(?:{lexicons.alternation(_CHANGES['both'])})\s+$", re.IGNORECASE)
_CLAUSE_START = re.compile(r"(?s:.*)[.;:!?\n](?=\s|$)")


@cached
def _words_of_change() -> frozenset[str]:
    """The words of change of the lexicon of growth, with those that only these rules know."""
    kinds = lexicons.load("growth_kinds")["kinds"]
    forms = [*kinds["verb"]["particle"]]
    for way in ("increase", "decrease"):
        forms += [*kinds["change_verb"][way], kinds["change_noun"][way], kinds["direction"][way]]
    forms += [entry["forms"] for entry in kinds["factor_verb"].values() if isinstance(entry, dict)]
    return frozenset(" ".join(forms).split()).union(_CHANGES["more"]).difference(_CHANGES["except"])


def relation(
    text: str,
    first: Number,
    second: Number,
    *,
    start: int | None = None,
    gap: str | None = None,
    bare: bool = True,
) -> Relation | None:
    """How two numbers with `to`, `and`, `or` or a dash between them belong together.

    Args:
        text: The article's text.
        first, second: Neighbouring numbers.
        start: Where the first amount begins, its currency sign included; the number's start by default.
        gap: What is between the amounts; what is between the bare numbers by default.
        bare: The first number has no unit of its own.

    Returns:
        "range" for the ends of one range (`3-5`, `3 to 5`, `between 3 and 5`), "levels" for the levels
        before and after a change (`rose from 3 to 5`), "step" for a change and the level after it
        (`rose $3 to $25`), or None.
    """
    between = " ".join((text[first.end : second.start] if gap is None else gap).lower().split())
    if between in ("/", ""):
        return "range" if bare and _is_quote(text, first, second) else None
    if between not in _JOINTS or (bare and second.scale and _YEAR.fullmatch(text, first.start, first.end)):
        return None  # rose from February 1987 | to | 43.2 billion
    at = first.start if start is None else start
    left = text[max(0, at - 2 * REACH) : at]
    if between == "to":
        return _to(without_modifier(left), first, second, bare=bare)
    return "range" if _is_ascending(first, second) and _is_range(between, left) else None


def _to(left: str, first: Number, second: Number, *, bare: bool) -> Relation | None:
    """What `to` between two numbers makes of them, by the text before the first."""
    step, ascending = _step(left), _is_ascending(first, second)
    spacious = bare or step == "ahead"
    if step and not (ascending and _is_near(first, second, Decimal(4 if spacious else "1.5"))):
        return "step"
    if _FROM.search(left) and _changes(left):
        return "levels"
    return "range" if ascending else None


def _is_ascending(first: Number, second: Number) -> bool:
    """The second number is larger, a scale that is at it alone worked into the first."""
    return spread(first, second)[0] < second.value


def _is_range(between: str, left: str) -> bool:
    """A dash, an `or` or an `and` joins the ends of a range: `3-5`, `3 or 5`, `between 3 and 5`."""
    if between == "and":
        return bool(_BETWEEN_AND.search(without_modifier(left)))
    return between != "or" or not _LISTED.search(left)


def _is_quote(text: str, first: Number, second: Number) -> bool:
    """A dealer's two prices: `1.8055/65 marks`, and in fractions `6-9/16 6-7/16 pct`."""
    if not 0 < abs(first.value - second.value) < first.value or first.scale:
        return False
    one, other = (text[number.start : number.end] for number in (first, second))
    if text[first.end : second.start] == "/":
        return len(other) <= len(one.partition(".")[2])
    return "/" in one and "/" in other and text[first.end : second.start] == " "


def _is_near(first: Number, second: Number, times: Decimal) -> bool:
    """The ends of a range are near each other: `to grow 12% to 14%`, and not `grew $1.2m to $23.5m`."""
    low, high = spread(first, second)
    return high <= low * times


def _changes(left: str) -> bool:
    """The clause that ends in `from` says that something changes."""
    clause_start = _CLAUSE_START.match(left)
    last = ""
    for match in _WORD.finditer(left, clause_start.end() if clause_start else 0):
        word = match[0].lower()
        if word in _RANGE:
            last = "range"
        elif word in _words_of_change():
            last = "change"
    return last == "change"


def follows_change(left: str) -> bool:
    """A word of change, or `by`, is at the end of the text before an amount: `rose by`, `has grown`."""
    return bool(_step(left))


def _step(left: str) -> Literal["ahead", "done"] | None:
    """Whether the text before an amount ends in a word of change, and whether that is still to come."""
    words = left.lower().split() if left[-1:].isspace() else []
    last = len(words) - 1
    while last >= 0 and (words[last] in _STEP or words[last].endswith("ly")):
        last -= 1
    by = "by" in words[last + 1 :]
    if last < 0 or not (by or words[last] in _words_of_change()):
        return "done" if by else None
    return "ahead" if last and words[last] in _words_of_change() and words[last - 1] in _AHEAD else "done"
