"""One pass over the expressions of a text: what each denotes, given the article's date and the text before.

>>> text = "Sales fell in the third quarter from a year earlier."
>>> [m.value for _, m in resolve(text, find(text), published=date(1989, 10, 26), sentences=[0])]
['1989-Q3', '1988-Q3']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from extract.rules.dates import shared, values
from extract.rules.dates.context import Context, Meaning, Mention, Role
from extract.rules.dates.extent import Expression, Part
from extract.rules.dates.handlers import HANDLERS
from extract.rules.dates.words import cues

_COMPARISONS = frozenset(
    f"dates.{name}" for name in ("ago", "beside", "the_unit_before", "year_ago", "year_period", "same_time")
)
_STATED = frozenset(
    f"dates.{name}"
    for name in (
        "year",
        "year_alone",
        "the_year",
        "year_words",
        "year_range",
        "year_attribute",
        "year_of_event",
        "named_year",
    )
)
_PASSING = frozenset(["weekday", "days", "reference", "vague", "time", "part"])
_ENDED = re.compile(rf"\s+(?:that\s+)?(?:{cues('ended')})\s+(?:on\s+|in\s+)?")
_ON = re.compile(r"\s+on\s+(?:the\s+)?")
_JOINTS = {  # between an expression and the date after it that gives its place
    "dates.the_unit": _ENDED,
    "dates.duration": _ENDED,
    "dates.ordinal_unit": re.compile(r"\s+in\s+"),
    **{f"dates.{name}": _ON for name in ("clock", "clock_24", "clock_colon", "clock_plain", "oclock")},
    **{f"dates.{name}": _ON for name in ("noon", "noon_of")},
    **{f"dates.{name}": shared.IN for name in ("month", "month_and", "month_name")},
    "dates.the_day_part": re.compile(r"(?:\s+in\s+[A-Z]\w+)?\s+on\s+(?:the\s+)?"),
}
_COMPARED = re.compile(  # `2.4% in`, `$3 million for` after `from`: what follows is looked back at
    rf"\b(?:{cues('compared')})\s+(?:(?:an?|the|about|some)\s+)?"
    r"(?:\S*\d\S*(?:\s+\S+){0,3}\s+)?(?:in|for|during)\s+$",
    re.IGNORECASE,
)
# `the worst since records began in 1953`
_SINCE = re.compile(r"\bsince\s+(?:(?!and\s)[^\s,;.]+\s+){0,14}$", re.IGNORECASE)
_OF_ORIGIN = re.compile(
    rf"\b(?:{cues('origins')})\s+(?:in\s+)?$",
    re.IGNORECASE,
)
_QUARTER_ENDED = re.compile(r"quarter\s+(?:ended|ending)\s+(?:on\s+)?$", re.IGNORECASE)


def resolve(
    text: str,
    expressions: Sequence[Expression],
    *,
    published: date | None,
    sentences: Sequence[int],
    country: str | None = None,
    make: Callable[..., Context] = Context,
) -> Iterator[tuple[Expression, Meaning]]:
    """The expressions that denote a time, with what they denote, in text order.

    Args:
        text: The article's text.
        expressions: What `find` found in it.
        published: The article's date, or None.
        sentences: Offsets at which sentences begin, ascending.
        country: ISO 3166-1 alpha-2 of the country that the article mentions, or None.
        make: Makes the state of the pass; an explanation notes what it is asked.
    """
    context = make(text=text, published=published, sentences=sentences, country=country)
    if published is None:
        context.text_year = _text_year(expressions)
    context.split_years = shared.names_split_years(text, expressions)
    tails = shared.tails(text, expressions)
    for index, expression in enumerate(expressions):
        within = _located(expressions, index, context) or _shared(expressions, index, tails, context)
        meaning = _meaning(expression, context, within)
        if meaning and within is None and index:
            meaning = _after_first(expressions[index - 1], expression, meaning, context)
        if meaning:
            _remember(expression, meaning, context)
            yield expression, meaning


def _meaning(expression: Expression, context: Context, within: str | None = None) -> Meaning | None:
    """The finest part inside the next coarser one."""
    context.start, context.end = expression.start, expression.end
    meaning: Meaning | None = None
    for part in reversed(expression.parts):
        meaning = _read(part, context, within)
        if meaning is None:
            return None
        within = meaning.value
    mod = expression.parts[0].mod
    return replace(meaning, mod=mod) if meaning and mod else meaning


def _read(part: Part, context: Context, within: str | None) -> Meaning | None:
    """What a part denotes; a user's pattern may lack what is read of the pattern that it is read as."""
    try:
        return HANDLERS[part.rule](part, context, within)
    except (KeyError, ValueError):
        if part.named:
            return None
        raise


def _located(expressions: Sequence[Expression], index: int, context: Context) -> str | None:
    """What follows: the end of `the quarter ended June 30`, the place of `a fifth straight month in May`, the
    day of `5pm on Tuesday`.
    """
    part = expressions[index].parts[0]
    counted = part.article and part["unit"] in ("weeks", "months")
    joint = _JOINTS.get(part.rule)
    if joint is None or (part.rule == "dates.duration" and not counted):
        return None
    if len(expressions[index].parts) > 1 or index + 1 == len(expressions):
        return None
    following = expressions[index + 1]
    if not joint.fullmatch(context.text[part.end : min(following.start, part.end + 40)]):
        return None
    if part.kind == "month" and following.parts[0].kind != "year":
        return None
    meaning = _meaning(following, context)
    return meaning.value if meaning and meaning.timex_type == "DATE" else None


def _after_first(first: Expression, second: Expression, meaning: Meaning, context: Context) -> Meaning:
    """The end of a range is not before its start: `from November to February`."""
    if not context.mentions or not shared.ends_range(context.text, first, second):
        return meaning
    start = context.mentions[-1]
    known = (
        start.start == first.start
        and start.grain in ("month", "day")
        and "X" not in start.value + meaning.value
    )
    if not known or values.grain(meaning.value) != start.grain or meaning.value >= start.value:
        return meaning
    return replace(meaning, value=values.shift(meaning.value, 1, "year"))


def _shared(
    expressions: Sequence[Expression], index: int, tails: Mapping[int, int], context: Context
) -> str | None:
    """The year, month, week or day that the last member of a list or range states for all."""
    if index not in tails:
        return None
    last = expressions[tails[index]]
    meaning = _meaning(last, context, _located(expressions, tails[index], context))
    return shared.within(context.text, expressions[index], last, meaning.value) if meaning else None


def _remember(expression: Expression, meaning: Meaning, context: Context) -> None:
    value, rule = meaning.value, expression.rule
    if meaning.timex_type == "DURATION":
        context.duration, context.duration_at = meaning, expression.start
        if not _tells_year(expression):
            return
        value = values.of_day(meaning.interval[0], "year") if meaning.interval else context.now("year")
    value = value.partition("T")[0]
    grain = values.grain(value.partition("/")[2] or value)
    if grain is None or meaning.timex_type == "SET":
        return
    before = context.text[max(0, expression.start - 24) : expression.start]
    stated = rule in _STATED or any(part["year"] or part["short_year"] for part in expression.parts)
    explicit = stated and not _OF_ORIGIN.search(before) and not _is_origin(expression, context)
    context.mentions.append(Mention(expression.start, value, grain, _role(expression, context), explicit))


def _tells_year(expression: Expression) -> bool:
    """The year of a length of time is spoken of: `the past three months`, `the nine months`."""
    part = expression.parts[0]
    nine_months = part.article and part["unit"] == "months"
    return expression.rule == "dates.span" or bool(expression.rule == "dates.duration" and nine_months)


def _is_origin(expression: Expression, context: Context) -> bool:
    """A time since which something is so: nothing else is counted from it."""
    before = context.text[max(context.sentence[0], expression.start - 120) : expression.start]
    return "since" in before.lower() and bool(_SINCE.search(before))


def _role(expression: Expression, context: Context) -> Role:
    part = expression.parts[0]
    before = context.text[max(0, expression.start - 24) : expression.start]
    if part.kind in _PASSING or _is_origin(expression, context) or _QUARTER_ENDED.search(before):
        return "passing"
    if _COMPARED.search(context.text, max(0, expression.start - 64), expression.start):
        return "comparison"
    for each in expression.parts:  # `two years later` moves the story on
        later = (each["ago"] or each["ago_alone"]) in ("later", "after", "from now", "hence")
        if each.rule in _COMPARISONS and not later:
            return "comparison"
    return "background" if part.rule == "dates.relative_unit" and part["relation"] == "last" else "topic"


def _text_year(expressions: Sequence[Expression]) -> int | None:
    """The latest year in which the text puts a quarter, a half or a year's end."""
    years = [
        int(part["year"])
        for expression in expressions
        if expression.parts[0].kind in ("quarter", "edge")
        for part in expression.parts
        if len(part["year"]) == 4
    ]
    return max(years, default=None)
