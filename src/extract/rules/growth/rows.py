"""Simplifies rows of items: removes datelines and conversions, joins ranges of time."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from extract.rules.growth.items import Item
from extract.rules.growth.kinds import kinds, matcher, word_group

_RANGE = matcher(
    r"""first:{time} ({from preposition} {time})?
        ({to and preposition word} {preposition}? | \,? {say_verb verb}) {time}"""
)
_UNTIL = word_group("rows_until")
_FROM = word_group("rows_from")
_DATELINE = matcher(
    r"""{word comma stop quote subordinator possessive preposition}{0,10} {time} ({, .} {time})?
    (open {word}{1,4} close)? comma"""
)
_LONGEST_DATELINE = 18
_DASHES = frozenset({"-", "--", "–", "—"})
_CONVERTED = kinds("money quantity")
_CONVERSION = matcher(
    r"\( {modifier article}* {money quantity} ({; , or and} {modifier article}* {money quantity number})+ \)"
)
_MEASURE = matcher(r"\( {quantity} \) of")
_SHORT_FORM = matcher(
    r"""\( {word} \) (?={verb change_verb auxiliary say_verb reach_verb forecast_verb factor_verb comma of
        preposition})"""
)
_LONGEST_BRACKET = 12
_SAID = kinds("change_verb verb direction stock_verb to factor_verb money percent points")
_LONGEST_SCARE = 4  # items from one mark to the other


def with_ranges(items: list[Item]) -> list[Item]:
    """The items with each range of time as one item: `from March to May`, `the year to July 7`."""
    codes = "".join(item.code for item in items)
    joined: list[Item] = []
    done = 0
    position = 0
    while match := _RANGE.search(codes, position):
        first, last = match.start("first"), match.end() - 1
        if not _is_range(items, match):
            position = first + 1  # on the year | between January and March
            continue
        position = last + 1
        joined += items[done:first]
        if joined and items[first - 1].word in _FROM:
            joined[-1] = replace(joined[-1], code=kinds("preposition"))
        aside = items[first + 1].code == kinds("comma")  # fiscal 1987, ending June 30
        end = items[first if aside else last].end
        joined.append(replace(items[first], end=end, timex_type="DATE"))
        done = last + 1
    return joined + items[done:]


def _is_range(items: list[Item], match: re.Match[str]) -> bool:
    """The words before and between say that the times are the ends of one."""
    first = match.start("first")
    joint = items[match.end() - 2].word
    if joint in ("in", "on"):
        joint = items[match.end() - 3].word  # the quarter ending in December
    led = first > 0 and items[first - 1].word
    return joint in _UNTIL or (joint == "and" and led == "between")


def without_dateline(items: list[Item]) -> list[Item]:
    """The items without `CHICAGO, April 1 -` before them, which says when and where it was written."""
    match = _DATELINE.match("".join(item.code for item in items[:_LONGEST_DATELINE]))
    if match is None or items[match.end() - 1].word not in _DASHES:
        return items
    return items[match.end() :]


def without_conversions(items: list[Item]) -> list[Item]:
    """The items without brackets that give an amount in several units: `9.5bn kronor (£722m; $1.3bn)`."""
    kept: list[Item] = []
    i = 0
    while i < len(items):
        end = _conversion_end(items, i) if kept and kept[-1].code in _CONVERTED + kinds("number") else i
        if end == i:
            kept.append(items[i])
            end = i + 1
        i = end
    return kept


def without_scare_quotes(items: list[Item]) -> list[Item]:
    """The items without the marks around a few words that somebody said: `to 'cut' jobs`, `by "some 5 %"`."""
    marks = [i for i, item in enumerate(items) if item.code == kinds("quote")]
    if len(marks) % 2:
        return items
    pairs = zip(marks[::2], marks[1::2], strict=True)
    dropped = {
        i
        for first, last in pairs
        if last - first <= _LONGEST_SCARE and any(item.code in _SAID for item in items[first:last])
        for i in (first, last)
    }
    return [item for i, item in enumerate(items) if i not in dropped]


def _conversion_end(items: list[Item], i: int) -> int:
    """The item after a bracket that opens at `i` and has only amounts of one kind; else `i`."""
    if items[i].code != kinds("open"):
        return i
    codes = "".join(item.code for item in items[i : i + _LONGEST_BRACKET])
    match = _CONVERSION.match(codes)
    signed = match is not None and any(
        item.direction for item in items[i : i + match.end()] if item.code in _CONVERTED
    )
    same = match is not None and items[i - 1].code.replace(kinds("number"), kinds("money")) in match[0]
    if match is None and items[i - 1].code == kinds("quantity") and _MEASURE.match(codes):
        return i + len("(Q)")  # 205 million kilograms (450 million pounds) of tobacco
    return i + match.end() if match is not None and same and not signed else i


def without_acronyms(items: list[Item], doc: Doc) -> list[Item]:
    """The items without the short form of a name: `stocks in the Strategic Petroleum Reserve (SPR) rose`."""
    codes = "".join(item.code for item in items)
    kept: list[Item] = []
    i = 0
    while i < len(items):
        if i and _SHORT_FORM.match(codes, i) and _is_acronym(doc[items[i + 1].start]):
            i += len("(w)")
            continue
        kept.append(items[i])
        i += 1
    return kept


def _is_acronym(token: Token) -> bool:
    return len(token) > 1 and token.is_alpha and token.is_upper
