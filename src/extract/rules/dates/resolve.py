"""One pass over the expressions of a text: what each denotes, given the article's date and what was spoken of before.

>>> text = "Sales fell in the third quarter from a year earlier."
>>> [m.value for _, m in resolve(text, find(text), published=date(1989, 10, 26), sentences=[0])]
['1989-Q3', '1988-Q3']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from extract.rules.dates import absolute, durations, relative, values
from extract.rules.dates.context import Context, Meaning, Mention
from extract.rules.dates.extent import Expression, Part

Handler = Callable[[Part, Context, str | None], Meaning | None]

_HANDLERS: dict[str, Handler] = {
    "iso": absolute.day,
    "numeric": absolute.numeric,
    "month_day": absolute.day,
    "day_month": absolute.day,
    "ordinal_month": absolute.day,
    "month_ordinal": absolute.day,
    "day_range": absolute.day_range,
    "day_range_month": absolute.day_range,
    "day_list": absolute.day,
    "free_form": absolute.free_form,
    "month_year": absolute.month,
    "month_range": absolute.month_range,
    "relative_month": absolute.month,
    "month": absolute.month,
    "month_name": absolute.month,
    "month_attribute": absolute.month,
    "year": absolute.year,
    "year_alone": absolute.year,
    "the_year": absolute.year,
    "year_words": absolute.year,
    "year_range": absolute.year_range,
    "fiscal_year": absolute.fiscal_year,
    "decade": absolute.decade,
    "decade_words": absolute.decade,
    "century": absolute.century,
    "quarter": absolute.quarter,
    "quarter_code": absolute.quarter,
    "half_code": absolute.quarter,
    "half": absolute.quarter,
    "month_quarter": absolute.month_quarter,
    "season": absolute.season,
    "relative_season": absolute.season,
    "the_season": absolute.season,
    "holiday": absolute.holiday,
    "relative_unit": relative.relative_unit,
    "year_period": relative.year_period,
    "same_time": relative.same_time,
    "year_ago": relative.year_ago,
    "edge_unit": relative.edge_unit,
    "the_unit": relative.the_unit,
    "ordinal_unit": relative.ordinal_unit,
    "week_number": relative.week_number,
    "ago": relative.ago,
    "beside": relative.ago,
    "bare_ago": relative.ago,
    "the_unit_before": relative.ago,
    "the_day_part": relative.day_part,
    "relative_part": relative.day_part,
    "weekday": relative.weekday,
    "relative_weekday": relative.weekday,
    "references": relative.reference,
    "vague_span": relative.reference,
    "days": relative.days,
    "nights": relative.night,
    "clock": relative.clock,
    "clock_24": relative.clock,
    "clock_colon": relative.clock,
    "clock_plain": relative.clock,
    "oclock": relative.clock,
    "span": durations.span,
    "duration": durations.measured,
    "unit_long": durations.bare,
    "double": durations.bare,
    "bare_plural": durations.bare,
    "plural_beside": durations.bare,
    "every": durations.repeated,
    "times_a_unit": durations.repeated,
    "per_unit": durations.repeated,
    "a_unit": durations.repeated,
    "frequency": durations.repeated,
    "weekdays": durations.repeated,
}
_PASSING = frozenset(
    [
        "weekday",
        "days",
        "nights",
        "references",
        "vague_span",
        "relative_weekday",
        "clock",
        "relative_part",
        "the_day_part",
    ]
)
_COMPARED = frozenset(["ago", "beside", "the_unit_before", "year_ago", "same_time"])
_QUARTER_ENDED = re.compile(r"quarter\s+(?:ended|ending)\s+(?:on\s+)?$")
_STATED = frozenset(
    ["iso", "numeric", "year", "the_year", "year_words", "year_range", "fiscal_year", "quarter_code"]
)
_ENDED = re.compile(r"\s+(?:that\s+)?(?:ended|ending|ends|to|through)\s+(?:on\s+|in\s+)?")


def resolve(
    text: str, expressions: Sequence[Expression], *, published: date | None, sentences: Sequence[int]
) -> Iterator[tuple[Expression, Meaning]]:
    """The expressions that denote a time, with what they denote, in text order.

    Args:
        text: The article's text.
        expressions: What `find` found in it.
        published: The article's date, or None.
        sentences: Offsets at which sentences begin, ascending.
    """
    context = Context(text=text, published=published, sentences=sentences)
    if published is None:
        context.text_year = _text_year(expressions)
    for index, expression in enumerate(expressions):
        meaning = _meaning(expression, context, _ended_by(text, expressions, index, context))
        if meaning:
            _remember(expression, meaning, context)
            yield expression, meaning


def _meaning(expression: Expression, context: Context, within: str | None = None) -> Meaning | None:
    """The finest part inside the next coarser one."""
    context.start, context.end = expression.start, expression.end
    meaning: Meaning | None = None
    for part in reversed(expression.parts):
        meaning = _HANDLERS[part.rule.removeprefix("dates.")](part, context, within)
        if meaning is None:
            return None
        within = meaning.value
    mod = expression.parts[0].mod or (meaning.mod if meaning else None)
    return replace(meaning, mod=mod) if meaning else None


def _ended_by(text: str, expressions: Sequence[Expression], index: int, context: Context) -> str | None:
    """The date at which `the quarter ended June 30` ends."""
    expression = expressions[index]
    if expression.parts[0].rule not in ("dates.the_unit", "dates.relative_unit") or index + 1 == len(
        expressions
    ):
        return None
    following = expressions[index + 1]
    if len(expression.parts) > 1 or not _ENDED.fullmatch(text[expression.end : following.start]):
        return None
    if expression.parts[0].rule != "dates.the_unit" or expression.parts[0]["unit"] not in ("quarter", "year"):
        return None
    meaning = _meaning(following, context)
    return meaning.value if meaning and meaning.timex_type == "DATE" else None


def _remember(expression: Expression, meaning: Meaning, context: Context) -> None:
    value, rule = meaning.value, expression.rule.removeprefix("dates.")
    if rule == "span" and meaning.timex_type == "DURATION":
        value = values.of_day(meaning.interval[0], "year") if meaning.interval else context.now("year")
    grain = values.grain(value.partition("/")[2] or value)
    if grain is None or meaning.timex_type == "SET":
        return
    if grain == "time":
        value, grain = value.partition("T")[0], "day"
    explicit = rule in _STATED or any(part["year"] or part["short_year"] for part in expression.parts)
    ended = context.text[max(0, expression.start - 24) : expression.start].lower()
    topic = rule not in _PASSING and not (_QUARTER_ENDED.search(ended))
    compared = rule in _COMPARED and not part_is_later(expression)
    context.mentions.append(
        Mention(expression.start, value, grain, topic and not compared, explicit, baseline=compared)
    )


def part_is_later(expression: Expression) -> bool:
    """`two years later` moves the story on; `two years earlier` only looks back."""
    part = expression.parts[0]
    return (part["ago"] or part["ago_alone"]) in ("later", "after", "from now", "hence")


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
