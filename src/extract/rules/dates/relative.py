"""Meanings of dates relative to the article's date or to the time last spoken of.

`last year`, `three weeks ago` count from the article's date; `the previous year`, `that month`,
`a year earlier`, `two days later` from the topic of the text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.durations import count_of, duration
from extract.rules.dates.extent import Part

_GRAINS = {"D": "day", "N": "day", "W": "week", "F": "week", "WE": "weekend", "M": "month", "Q": "quarter",
           "Y": "year", "DE": "decade", "CE": "century"}  # fmt: skip
_INEXACT = frozenset(w.LEXICON["inexact_years"]["words"])
_FULL = frozenset(w.LEXICON["full_years"]["words"])
_PARTS_OF_YEAR = frozenset(["quarter", "half", "month", "day", "season"])
_AHEAD = frozenset(w.LEXICON["steps_ahead"]["words"])
_MIDYEAR = 7  # the month in which fiscal years of two calendar years begin, where nothing else is known
_SPOKEN = 200  # characters within which `this period` is the length of time named before
_YEAR = re.compile(r"(?:19|20)\d\d")
_DEICTIC = frozenset(w.LEXICON["steps_from_now"]["words"])


def relative_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`last year`, `this week`, `the previous quarter`, `the latest period`."""
    relation = w.relation(part["relation"])
    if part["period"]:
        return _period(relation, context)
    if within:  # the last quarter of 2023
        return Meaning("DATE", f"{within[:4]}-Q4") if relation == "last" else None
    code, steps = w.SINGULARS[part["unit"]], w.RELATIONS[relation]
    grain = _GRAINS.get(code)
    if grain is None or (code in ("DE", "CE") and relation == "past"):
        timely = relation in ("last", "past", "next", "coming")
        return duration(1, code, side=steps, context=context) if timely else None
    exact = part["adjective"] not in _INEXACT
    if grain == "year" and context.split_years and (not exact or relation == "current"):
        return Meaning("DATE", _split_year(steps, context), exact=False)
    if relation in w.DISCOURSE or _is_after_topic(part, relation, grain, context):
        return Meaning("DATE", _from_topic(relation, steps, grain, context), exact=exact)
    return _from_now(relation, steps, grain, context, exact=exact)


def _is_after_topic(part: Part, relation: str, grain: str, context: Context) -> bool:
    """`the next day`, and `the next year` in a sentence of what is past, count from the time spoken of."""
    return relation == "next" and (grain == "day" or (part.article and context.side() < 0))


def _from_now(relation: str, steps: int, grain: str, context: Context, *, exact: bool) -> Meaning | None:
    """A unit counted from the article's date."""
    if grain == "day":
        return None
    if grain == "weekend":
        return Meaning("DATE", _weekend(relation, steps, context))
    if context.published is None and grain == "quarter" and steps < 1:
        return Meaning("DATE", _latest_quarter(context), exact=exact)
    return Meaning("DATE", context.around(steps, grain), exact=exact)


def _split_year(steps: int, context: Context) -> str:
    """The fiscal year in which the article was written, named by two calendar years."""
    now = context.published
    if now is None:
        return values.UNKNOWN["year"]
    first = now.year - (now.month < _MIDYEAR) + steps
    return f"{first:04}/{first + 1:04}"


def _from_topic(relation: str, steps: int, grain: str, context: Context) -> str:
    base = context.topic_of(grain)
    if base is None:
        return context.around(-1 if relation == "latest" else steps, grain)
    return values.shift(base, steps)


def _weekend(relation: str, steps: int, context: Context) -> str:
    """The weekend past is this week's when the article was written on it."""
    now = context.published
    if now is None:
        return values.UNKNOWN["weekend"]
    return values.shift(context.now("weekend"), 0 if relation == "past" and now.isoweekday() >= 6 else steps)


def _period(relation: str, context: Context) -> Meaning | None:
    """`the latest period`: a time of the topic's grain; `that period`: the last duration."""
    if relation in ("that", "same") and context.duration:
        return context.duration
    if relation == "this" and context.duration and context.start - context.duration_at < _SPOKEN:
        return context.duration
    topic = context.topic()
    if topic is None or topic.grain == "day":
        return Meaning("DATE", context.now("year")) if relation == "latest" else None
    return Meaning("DATE", values.shift(topic.value, w.RELATIONS[relation]))


def year_period(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the 1988 quarter`, `the 1988 period`: the topic's place in that year."""
    topic, year = context.topic(begun=True), part["year"]
    if topic and topic.grain in ("quarter", "half", "month") and part["period"] in ("period", topic.grain):
        return Meaning("DATE", year + topic.value[4:])
    last = context.last(part["period"]) if part["period"] != "period" else None
    return Meaning("DATE", year + last[4:] if last else year)


def same_time(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the same period last year`, `the corresponding quarter of 2023`, `the same 1986 period`."""
    if part["n"] and _YEAR.fullmatch(part["n"]):
        within = part["n"]
    elif part["n"]:
        return duration(count_of(part["n"]), w.UNITS.get(part["same"], "M"))
    topic = context.topic(begun=True)
    named = part["same"] if part["same"] in _PARTS_OF_YEAR | {"week"} else None
    value = context.topic_of(named) if named else (topic.value if topic else None)
    if within is None:
        return Meaning("DATE", value) if value else None
    grain = values.grain(value) if value else None
    if value is None or grain not in _PARTS_OF_YEAR or values.grain(within) == grain:
        return Meaning("DATE", within)
    if within == values.UNKNOWN["year"] and values.year_of(
        value
    ):  # `last year` where only the text gives the year
        return Meaning("DATE", values.shift(value, -1, "year"))
    return Meaning("DATE", within[:4] + value[4:])


def year_ago(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the year-ago quarter`, `year-earlier results`, `the year-earlier nine months`."""
    if part["n"]:
        return duration(count_of(part["n"]), w.UNITS[part["unit"]])
    topic = context.topic(begun=True)
    if part["which"]:
        year = values.year_of(topic.value if topic else context.now("year"))
        quarter = f"Q{w.QUARTER_ORDINALS[part['which']]}"
        return Meaning("DATE", f"{year - 1:04}-{quarter}" if year else f"XXXX-{quarter}")
    grain = part["period"] if part["period"] in ("quarter", "half", "month", "week") else None
    base = context.last(grain) if grain else None
    base = base or (topic.value if topic else context.now(grain or "year"))
    return Meaning("DATE", values.shift(base, -1, part["step"]))


def edge_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`year-end`, `2022 year-end`, `month's end`; `since year-end` looks back to the last one."""
    grain = part["unit"] or part["end_unit"]
    if part["middle"]:
        return Meaning("DATE", _this_unit(grain, context), "MID")
    since = context.text[max(0, context.start - 6) : context.start].lower().startswith("since")
    value = part["year"] or within or (context.around(-1, grain) if since else _this_unit(grain, context))
    return Meaning("DATE", value, "END")


def the_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the quarter`, `the week`: the one spoken of, else the article's own; `the year ended May 31`."""
    grain = part["unit"]
    if within and values.grain(within) == grain:
        return Meaning("DATE", within)
    if within:
        days = values.interval(within)
        if grain == "year":
            first = values.step(days[1], -1, "year") if days else None
            first = values.step(first, 1, "day") if first else None
            return Meaning("DURATION", "P1Y", interval=(first, days[1]) if first and days else None)
        return Meaning("DATE", values.of_day(days[1], grain) if days else values.UNKNOWN[grain])
    if grain == "year" and part["adjective"] in _FULL and context.side() < 0:
        return Meaning("DATE", context.around(-1, "year"))
    return Meaning("DATE", _this_unit(grain, context), exact=part["adjective"] not in _INEXACT)


def _this_unit(grain: str, context: Context) -> str:
    """The week, month, quarter, year ... that is meant where the text just says `the`."""
    if grain == "quarter":
        return context.last("quarter") or context.around(-1, "quarter")
    if grain == "weekend":
        return _weekend("past", 0 if context.side() > 0 else -1, context)
    if grain == "year":
        year = context.sentence_year() or (None if context.published else context.text_year)
        return f"{year:04}" if year else context.now("year")
    spoken, now = context.last(grain), context.now(grain)
    if context.published is None:
        return spoken or now
    if grain == "month" and spoken and context.side() < 0 and spoken in (now, values.shift(now, -1)):
        return spoken  # `Sales fell in July. Exports rose in the month`
    return now


def ordinal_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`a third consecutive quarter`: the latest of the row; `the 26th epidemiological week`."""
    grain = _GRAINS.get(w.SINGULARS[part["unit"]])
    if grain is None:
        return None
    if part["adjective"] == "epidemiological" and grain == "week":
        digits = re.match(r"\d+", part["nth"])
        return _week(int(digits[0]) if digits else w.ORDINALS[part["nth"]], context)
    if within and values.grain(within) == grain:
        return Meaning("DATE", within)
    return Meaning("DATE", _latest_quarter(context) if grain == "quarter" else context.now(grain))


def _latest_quarter(context: Context) -> str:
    """The latest of the quarters spoken of, else the one before the article's date."""
    spoken = [mention.value for mention in context.back() if mention.grain == "quarter"]
    return max((value for value in spoken if "X" not in value), default=context.around(-1, "quarter"))


def week_number(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`in week 26`."""
    return _week(int(part["week"]), context)


def _week(number: int, context: Context) -> Meaning | None:
    """The week of the article's year by its number."""
    return Meaning("DATE", f"{context.now('year')}-W{number:02}") if 1 <= number <= 53 else None


def ago(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`three weeks ago`, `a year earlier`, `the year before`; vague ones are just past."""
    code, word = w.UNITS[part["unit"]], part["ago"] or part["ago_alone"]
    count = count_of(part["n"]) if part["n"] else 1 if part.rule == "dates.the_unit_before" else None
    reference = "FUTURE_REF" if word in _AHEAD else "PAST_REF"
    grain = _GRAINS.get(code)
    if count is None or grain is None or count > 10000:  # 3.8 billion years ago
        return Meaning("DATE", reference) if word in _DEICTIC else duration(count, code)
    if context.published is None and word in _DEICTIC and grain not in ("decade", "century"):
        return Meaning("DATE", values.UNKNOWN[grain])
    if code == "F":
        count *= 2
    if grain == "year":
        count, grain = _in_whole_units(count, half=bool(part["half"]))
    steps = int(count) if word in _AHEAD else -int(count)
    return Meaning("DATE", _counted(steps, grain, context, deictic=word in _DEICTIC) or reference)


def _in_whole_units(years: Decimal | int, *, half: bool) -> tuple[Decimal | int, str]:
    """A count of years, in months where it is no whole one: `a year and a half ago`."""
    if half or years != int(years):
        return years * 12 + (6 if half else 0), "month"
    return years, "year"


def _counted(steps: int, grain: str, context: Context, *, deictic: bool) -> str | None:
    """The time `steps` away; a year away lies the same quarter or month as the one that the text is about."""
    if abs(steps) == 1 and grain == "year":
        topic = context.topic(begun=True)
        alike = ("quarter", "half") if deictic else (*_PARTS_OF_YEAR, "year")
        if topic and topic.grain in alike:
            return values.shift(topic.value, steps, "year")
    if deictic:
        day = values.step(context.published, steps, grain) if context.published else None
        return values.of_day(day, grain) if day else None
    base = context.topic_of(grain)
    return values.shift(base, steps) if base else context.around(steps, grain)


def reference(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`now`, `recently`, `the future`; `recent years`, `coming weeks`."""
    if part["side"]:
        ahead = part["side"] in ("coming", "upcoming", "future", "next", "ensuing")
        return Meaning("DATE", "FUTURE_REF" if ahead else "PAST_REF")
    return Meaning("DATE", w.REFERENCES[part["reference"]])
