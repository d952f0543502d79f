"""Percentages, points, multiples and measures: what the words or the symbol after a number make of it."""

from __future__ import annotations

import re
from dataclasses import replace

from extract import lexicons
from extract.rules.amounts import Amount, with_unit_after
from extract.rules.modifiers import REACH, without_modifier
from extract.rules.numbers import Number
from extract.rules.quantities.nouns import is_label
from extract.rules.quantities.units import MAX_WORDS, symbol_pattern, symbols, unit_of_name
from extract.rules.relations import follows_change

_UNITS = lexicons.load("units")
_SPACED = frozenset(_UNITS["cautious"]["spaced"])
_GLUED = frozenset(_UNITS["cautious"]["glued"])
_TIGHT = frozenset(_UNITS["cautious"]["tight"])
_INCHES = re.compile(rf"\s(?:{lexicons.alternation(_UNITS['inches']['words'])})\b", re.IGNORECASE)

_METRES = re.compile(
    rf"m(?:[\s-](?:{lexicons.alternation(_UNITS['metres']['words'])})\b|\s\(\d[\d,.]*[\s-]?(?:ft|feet|foot|yards?)\b)"
)
_WORD = re.compile(r"[\s-]+(?P<word>[^\W\d_]+)")
_MARK = re.compile(r"(?<!\d)[\"“”]")
_QUOTED = 400  # how far back a quotation may begin
_MOST_POINTS = 100  # a share that moves by points to a percentage moves by less
_HOTTEST = 150  # no weather or oven is hotter, so a bare `C` or `F` above it is none


def percent(text: str, number: Number, found: re.Match[str], rule: str) -> Amount:
    """`86.5%`, `12 per cent`."""
    return with_unit_after(text, number, found.end(), "percent", rule)


def points(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`2 percentage points`, `25bp`; `up 0.3 points to 5%` is percentage points too."""
    if found["point"]:
        return with_unit_after(text, number, found.end(), "percentage_point", rule)
    if found["to_percent"]:
        if number.value >= _MOST_POINTS:
            return None
        return with_unit_after(text, number, found.end("to_percent"), "percentage_point", rule)
    amount = by_name(text, number, rule) or by_symbol(text, number, rule)
    return amount if amount and amount.unit.endswith("_point") else None


def multiple(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`3.9-fold`, `3x`, `ten times as much`, `grew four times`; `won three times` counts occasions."""
    if number.letter_scale:
        return None
    if found["fold"]:
        return with_unit_after(text, number, found.end(), "factor", rule)
    left = without_modifier(text[max(0, number.start - REACH) : number.start])
    if found["than"] or "." in text[number.start : number.end] or follows_change(left):
        return with_unit_after(text, number, found.end("times"), "factor", rule)
    return None


def measure(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`a 5m wall`, `40,000 tonnes`, `300 km`."""
    return by_letter(text, number, rule) or by_name(text, number, rule) or by_symbol(text, number, rule)


def by_letter(text: str, number: Number, rule: str) -> Amount | None:
    """`a 5m wall`, `a 3t load`: the letter is a unit, no million or trillion."""
    letter_of = text[number.plain_end : number.end]
    if letter_of == "m" and _METRES.match(text, number.plain_end):
        unit = "metre"
    elif letter_of == "t":
        unit = "tonne"
    else:
        return None
    plain = replace(number, value=number.plain, scale="")
    return with_unit_after(text, plain, number.end, unit, rule)


def by_name(text: str, number: Number, rule: str) -> Amount | None:
    """The longest name of a unit that follows: `tonnes`, `square kilometres`, `pound-feet`."""
    found = unit_at(text, number.end)
    return with_unit_after(text, number, found[1], found[0], rule) if found else None


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The unit whose name begins after the space or hyphen at `at`, the longest one, and where it ends."""
    best, phrase, end = None, "", at
    for _ in range(MAX_WORDS):
        found = _WORD.match(text, end)
        if not found:
            break
        phrase, end = f"{phrase} {lexicons.key(found['word'])}".strip(), found.end()
        unit = unit_of_name(phrase)
        if unit:
            best = (unit, end)
    return best


def by_symbol(text: str, number: Number, rule: str) -> Amount | None:
    """`300 km`, `35C`, `25bp`, `1.2 million bpd`, `5 bcm`."""
    found = symbol_pattern().match(text, number.end)
    if not found:
        return None
    symbol, gap = lexicons.spaced(found["symbol"]), found["gap"]
    if (symbol in _SPACED and not gap) or (symbol in _GLUED and gap.isspace()) or (symbol in _TIGHT and gap):
        return None
    if len(symbol) == 1 and _is_other_sign(text, number, symbol, found.end()):
        return None
    meaning = symbols()[symbol]
    return with_unit_after(text, number, found.end(), meaning.unit, rule, size=meaning.size, per=meaning.per)


def _is_other_sign(text: str, number: Number, symbol: str, end: int) -> bool:
    """A letter or a mark that ends at an offset is no unit: `5 t-shirts`, `vitamin 12 C`."""
    if text[end : end + 1] in ("-", "–"):
        return True
    if symbol in ('"', "”"):
        return not (_INCHES.match(text, end) and _is_unquoted(text, number.start))
    if symbol in ("C", "F"):
        return number.value > _HOTTEST or bool(number.scale) or is_label(text, number.start)
    return False


def _is_unquoted(text: str, at: int) -> bool:
    """No quotation is open at an offset, so that a mark after it closes none."""
    line = text[max(0, at - _QUOTED) : at].rpartition("\n")[2]
    marks = _MARK.findall(line)
    return marks.count('"') % 2 == 0 and marks.count("“") == marks.count("”")
