"""What the members of a list or a range take from its last one: `April to June 2017`, `9 to 11 a.m.`

>>> text = "between December 28 and January 3, 2020"
>>> tails(text, find(text))
{0: 1}

The year, the month, the week or the day that is stated once, at the end, holds for the members before it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.rules.dates import values
from extract.rules.dates.absolute import day_number
from extract.rules.dates.extent import Expression, Part
from extract.rules.dates.words import MONTHS, alternation

_REACH = 24  # characters between two members
_LINK = re.compile(
    r"(?:,?\s+(?:(?P<range>to|until|till|through)|and|or|&)|,|\s?[-–—/])\s*(?:(?:in|on|from|the|early|late|mid)\s+){0,2}",
    re.IGNORECASE,
)
_SAME: dict[str, frozenset[str]] = {  # kinds of members, by that of the first
    "day": frozenset(["day"]),
    "month": frozenset(["month", "day"]),
    "quarter": frozenset(["quarter"]),
    "weekday": frozenset(["weekday"]),
    "time": frozenset(["time"]),
}
IN = re.compile(r"\s+in\s+")  # between a month and its year
_LISTED = frozenset(["dates.day_of_list", "dates.weekday_day"])
_OF_YEAR = frozenset(["day", "month", "quarter"])
_TAILED = frozenset(
    ["year", "relative:year", "definite:year", "fiscal", "relative:week", "weekday", "day", "days", "part"]
)
OTHER_YEAR = re.compile(
    rf"\W?\s?(?:{alternation('other_years')}|seasons?|league|campaign|term|winter)\b", re.IGNORECASE
)
_NEAR = 3  # months that a list without a range runs on into the next year


def tails(text: str, expressions: Sequence[Expression]) -> dict[int, int]:
    """For each member that lacks a tail the index of the one that states it."""
    found: dict[int, int] = {}
    for index in range(len(expressions) - 2, -1, -1):
        first, second = expressions[index], expressions[index + 1]
        if _has_tail(text, expressions, index) or not _is_linked(text, first, second):
            continue
        if _has_tail(text, expressions, index + 1) or (_is_listed(first) and not _is_listed(second)):
            found[index] = index + 1
        elif index + 1 in found:
            found[index] = found[index + 1]
    return found


def _is_linked(text: str, first: Expression, second: Expression) -> bool:
    kind = first.parts[0].kind
    if second.start - first.end > _REACH or second.parts[0].kind not in _SAME.get(kind, ()):
        return False
    return bool(_LINK.fullmatch(text, first.end, second.start))


def _is_listed(expression: Expression) -> bool:
    """A day of a list that states its month at the end."""
    return expression.parts[0].rule in _LISTED


def _has_tail(text: str, expressions: Sequence[Expression], index: int) -> bool:
    """The expression states its year, its week or its day; a day of a list its month."""
    expression = expressions[index]
    part = expression.parts[0]
    if len(expression.parts) > 1:
        return expression.parts[-1].kind in _TAILED
    if _is_listed(expression):
        return False
    if part["relation"] or (part.kind in _OF_YEAR and _year(part)):
        return True
    following = expressions[index + 1] if part.kind == "month" and index + 1 < len(expressions) else None
    in_year = following and following.parts[0].kind == "year" and following.start - expression.end < _REACH
    return bool(in_year and following and IN.fullmatch(text, expression.end, following.start))


def _year(part: Part) -> str:
    return part["year"] or part["short_year"] or part["code_year"]


def within(text: str, first: Expression, last: Expression, value: str) -> str | None:
    """The time in which a member lies, by the value of the last one: a year, a month, a week or a day."""
    part = first.parts[0]
    if part.kind == "time":
        return value
    if part.kind == "weekday":
        days = values.interval(value)
        return values.of_day(days[0], "week") if days else None
    if part.rule in _LISTED:
        return _month_before(part, value)
    year = values.year_of(value.partition("/")[0])
    if year is None:
        return None
    return f"{year - _runs_on(text, first, last):04}"


def _month_before(part: Part, value: str) -> str | None:
    """The month of the last member, or the one before it: `30 and 31 May`, `31 May` before `1 June`."""
    if values.grain(value) != "day" or not value[8:].isdigit():
        return None
    month = value[:7]
    return month if day_number(part) <= int(value[8:]) else values.shift(month, -1)


def _runs_on(text: str, first: Expression, last: Expression) -> bool:
    """The list or range runs on into the next year: `December and January 2019`, `July to March 2020`."""
    one, other = (MONTHS.get(e.parts[0]["month"]) for e in (first, last))
    if one is None or other is None or one <= other:
        return False
    between = text[max(0, first.start - 10) : last.start].lower()
    is_range = bool(re.search(r"\bbetween\b|\b(?:to|until|till|through)\s|[-–—]", between))
    return is_range or (other - one) % 12 <= _NEAR


def ends_range(text: str, first: Expression, second: Expression) -> bool:
    """The second month or day, of which no year is stated, ends a range that the first begins."""
    link = _LINK.fullmatch(text, first.end, second.start) if second.start - first.end <= _REACH else None
    part = second.parts[0]
    if link is None or part.kind not in ("month", "day") or len(second.parts) > 1 or _year(part):
        return False
    dashed = link[0].strip() in tuple("-–—/")
    return bool(link["range"]) or dashed


def names_split_years(text: str, expressions: Sequence[Expression]) -> bool:
    """The text names fiscal years by two calendar years (`1986/87`), which are no seasons."""
    return any(
        part.rule in ("dates.year_range", "dates.fiscal_year")
        and _is_next(part["year"] or part["fiscal"] or part["fiscal_first"], _until(part))
        and not OTHER_YEAR.match(text, expression.end)
        for expression in expressions
        for part in expression.parts
    )


def _until(part: Part) -> str:
    return part["until_year"] or part["fiscal_until"] or part["fiscal_last"]


def _is_next(first: str, until: str) -> bool:
    """`87` after `1986`."""
    return len(until) == 2 and first[-2:].isdigit() and int(until) == (int(first[-2:]) + 1) % 100
