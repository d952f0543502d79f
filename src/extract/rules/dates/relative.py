"""Meanings of dates relative to the article's date or to the time last spoken of.

`last year`, `Monday`, `three weeks ago` count from the article's date; `the previous year`, `that month`,
`a year earlier`, `two days later` from the topic of the text.
"""

from __future__ import annotations

import re

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.durations import count_of, duration
from extract.rules.dates.extent import Part

_GRAINS = {"D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "Y": "year", "DE": "decade",
           "CE": "century", "F": "week", "N": "day"}  # fmt: skip
_MONTHS_AGO = re.compile(r"\d{4}|XXXX")


def relative_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`last year`, `this week`, `the previous quarter`, `the latest period`."""
    relation = " ".join(part["relation"].split())
    if part["period"]:
        return _period(relation, part, context)
    code = w.SINGULARS[part["unit"]]
    grain = _GRAINS.get(code)
    if grain is None:
        return _clock_unit(relation, code)
    exact = part["adjective"] not in ("fiscal", "financial", "tax", "crop", "marketing", "academic", "school")
    steps = w.RELATIONS.get(relation, 0 if relation == "this coming" else -1)
    if relation in w.DISCOURSE or (grain == "day" and relation in ("next", "this")):
        return Meaning("DATE", _from_topic(relation, steps, grain, context), exact=exact)
    if grain == "day":
        return None
    if grain == "weekend":
        return Meaning("DATE", _weekend(relation, steps, context))
    if relation in ("past", "last") and grain in ("decade", "century") and relation == "past":
        return duration(1, code, side=-1, context=context)
    if relation == "next" and part.article and context.side() < 0:
        return Meaning("DATE", _from_topic("following", 1, grain, context), exact=exact)
    return Meaning("DATE", context.around(steps, grain), exact=exact)


def _from_topic(relation: str, steps: int, grain: str, context: Context) -> str:
    base = context.topic_of(grain)
    if base is None and relation == "latest":
        return context.around(-1, grain)
    return values.shift(base, steps) if base else context.around(steps, grain)


def _weekend(relation: str, steps: int, context: Context) -> str:
    """On a weekday the last weekend is that of the week before."""
    now = context.published
    if now is None:
        return values.UNKNOWN["weekend"]
    if relation in ("past", "this past") and now.isoweekday() >= 6:
        steps = 0
    return values.shift(context.now("weekend"), steps)


def _clock_unit(relation: str, code: str) -> Meaning | None:
    """`the past hour`, `the last minute`."""
    if relation not in ("last", "past", "next", "coming") or code not in ("TH", "TM", "TS", "ML"):
        return None
    return duration(1, code)


def _period(relation: str, part: Part, context: Context) -> Meaning | None:
    """`the latest period`, `the previous session`: a time of the topic's grain."""
    if part["period"] != "period":
        return None
    topic = context.topic()
    if topic is None:
        return None
    return Meaning("DATE", values.shift(topic.value, w.RELATIONS.get(relation, 0)))


def year_period(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the 1988 quarter`, `the 1988 period`: the topic's place in that year."""
    topic = context.topic()
    grain = topic.grain if topic else None
    year = part["year"]
    if topic and grain in ("quarter", "half", "month") and part["period"] in ("period", grain):
        return Meaning("DATE", year + topic.value[4:])
    if part["period"] == "period":
        return Meaning("DATE", year)
    last = context.last(part["period"])
    return Meaning("DATE", year + last[4:]) if last else Meaning("DATE", year)


def same_time(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the same period last year`, `the corresponding quarter of 2023`."""
    if part["n"]:
        unit = "month" if part["same"] == "months" else part["same"]
        return duration(count_of(part["n"]), w.UNITS.get(unit, "M"))
    if part["same"] == "day":
        return Meaning("DATE", context.topic_of("day") or values.UNKNOWN["day"])
    grain = None if part["same"] in ("period", "time frame", "months") else part["same"]
    topic = context.topic()
    value = context.topic_of(grain) if grain else (topic.value if topic else None)
    if within is None:
        return Meaning("DATE", value) if value else None
    if value is None or values.grain(value) not in ("quarter", "half", "month", "day", "season"):
        return Meaning("DATE", within)
    if values.grain(within) == values.grain(value):
        return Meaning("DATE", within)
    return Meaning("DATE", within[:4] + value[4:])


def year_ago(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the year-ago quarter`, `year-earlier results`."""
    if part["n"]:
        return duration(count_of(part["n"]), w.UNITS[part["unit"]])
    topic = context.topic()
    if part["which"]:
        quarter = f"Q{w.QUARTER_ORDINALS[part['which']]}"
        year = values.year_of(topic.value) if topic else None
        year = year or (context.published.year if context.published else None)
        return Meaning("DATE", f"{year - 1:04}-{quarter}" if year else f"XXXX-{quarter}")
    grain = part["period"] if part["period"] in ("quarter", "half", "month", "week") else None
    base = (context.last(grain) if grain else None) or (topic.value if topic else None)
    if base is None:
        base = context.now(grain or "year")
    return Meaning("DATE", values.shift(base, -1, part["step"]))


def edge_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`year-end`, `2022 year-end`, `month's end`."""
    grain = part["unit"] or part["end_unit"]
    if part["year"]:
        return Meaning("DATE", part["year"], "END")
    if within:
        return Meaning("DATE", within, "END")
    if context.text[max(0, context.start - 8) : context.start].lower().endswith("since "):
        return Meaning("DATE", context.around(-1, grain), "END")
    return Meaning("DATE", this_unit(grain, context), "END")


def the_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the quarter`, `the week`, `the year`: the one spoken of, else the article's own."""
    grain, exact = part["unit"], part["adjective"] not in ("fiscal", "financial")
    if within and values.grain(within) == grain:
        return Meaning("DATE", within)
    if within:
        days = values.interval(within)
        if grain == "year":
            return duration(1, "Y")
        return Meaning("DATE", values.of_day(days[1], grain) if days else values.UNKNOWN[grain])
    return Meaning("DATE", this_unit(grain, context), exact=exact)


def this_unit(grain: str, context: Context) -> str:
    """The week, month, quarter, year ... that is meant where the text just says `the`."""
    if grain == "quarter":
        spoken = context.last("quarter")
        return spoken or context.around(-1, "quarter")
    if grain == "weekend":
        return _weekend("past", 0 if context.side() > 0 else -1, context)
    if grain == "year":
        year = context.sentence_year() or (None if context.published else context.text_year)
        return f"{year:04}" if year else context.now("year")
    if grain == "month":
        return context.now("month") if context.published else context.last("month") or values.UNKNOWN["month"]
    return context.now(grain)


def ordinal_unit(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`a third consecutive quarter`, `the 26th epidemiological week`."""
    grain = _GRAINS.get(w.SINGULARS[part["unit"]])
    if grain is None:
        return None
    if part["adjective"] == "epidemiological" and grain == "week":
        digits = re.match(r"\d+", part["nth"])
        number = int(digits[0]) if digits else w.ORDINALS[part["nth"]]
        return week_of(number, context)
    if grain != "quarter":
        return Meaning("DATE", context.now(grain))
    spoken = [mention.value for mention in context.mentions[-8:] if mention.grain == "quarter"]
    return Meaning("DATE", max(spoken, default=context.around(-1, grain)))


def week_number(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`in week 26`."""
    return week_of(int(part["week"]), context)


def week_of(number: int, context: Context) -> Meaning | None:
    """The week of the article's year by its number."""
    year = context.now("year")
    return Meaning("DATE", f"{year}-W{number:02}") if 1 <= number <= 53 else None


def ago(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`three weeks ago`, `a year earlier`, `two days later`, `the year before`."""
    code = w.UNITS[part["unit"]]
    word = part["ago"] or part["ago_alone"]
    forward = word in ("hence", "from now", "later", "after")
    count = count_of(part["n"]) if part["n"] else (1 if part.rule == "dates.the_unit_before" else None)
    if count is None or code.startswith("T") or code == "ML":
        return Meaning("DATE", "FUTURE_REF" if forward else "PAST_REF")
    if part["half"]:
        count = count * 12 + 6 if code == "Y" else count
        code = "M" if code == "Y" else code
    if count != int(count):
        count, code = (int(count * 12), "M") if code == "Y" else (int(count), code)
    steps = int(count) if forward else -int(count)
    if code == "F":
        steps, code = steps * 2, "W"
    grain = _GRAINS[code]
    deictic = word in ("ago", "hence", "from now", "back")
    return Meaning("DATE", _counted(steps, grain, deictic, context))


def _counted(steps: int, grain: str, deictic: bool, context: Context) -> str:
    if abs(steps) == 1 and grain == "year":
        topic = context.topic()
        if (
            topic
            and topic.grain in ("quarter", "half", "month", "year", "season", "day")
            and not (deictic and topic.grain in ("day", "month"))
        ):
            return values.shift(topic.value, steps, "year")
        if not deictic and topic is None:
            return context.around(steps, "year")
    if deictic:
        if context.published is None:
            return "PAST_REF" if steps < 0 else "FUTURE_REF"
        day = values.step(context.published, steps, grain)
        return values.of_day(day, grain) if day else ("PAST_REF" if steps < 0 else "FUTURE_REF")
    base = context.topic_of(grain)
    return values.shift(base, steps) if base else context.around(steps, grain)


def weekday(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`Monday`, `last Friday`, `Tuesday night`."""
    number = w.FULL_WEEKDAYS[part["weekday"]]
    day = _weekday(number, " ".join(part["relation"].split()), context, within)
    if part["part"]:
        return Meaning("TIME", day + w.DAY_PARTS[part["part"]])
    return Meaning("DATE", day)


def _weekday(number: int, relation: str, context: Context, within: str | None) -> str:
    week = values.interval(within) if within else None
    if week:
        return values.step(week[0], number - 1, "day").isoformat()  # type: ignore[union-attr]
    base = context.published
    if relation in w.DISCOURSE:
        last = context.last("day")
        found = values.interval(last) if last else None
        base = found[0] if found else base
    if base is None:
        return f"XXXX-WXX-{number}"
    ahead = (number - base.isoweekday()) % 7
    if relation in ("last", "past", "this past", "previous", "preceding", "prior"):
        ahead = ahead - 7
    elif relation in ("next", "coming", "upcoming", "this coming", "following"):
        ahead = ahead or 7
    elif relation == "this":
        ahead = number - base.isoweekday()
    elif ahead and (context.possessive or context.side() <= 0):
        ahead -= 7
    day = values.step(base, ahead, "day")
    return day.isoformat() if day else f"XXXX-WXX-{number}"


def days(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`today`, `yesterday`, `the day after tomorrow`."""
    return Meaning("DATE", context.around(w.DAYS[" ".join(part["days"].split())], "day"))


def night(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`tonight`, `overnight`."""
    back = -1 if part["night"] == "overnight" and context.published else 0
    return Meaning("TIME", context.around(back, "day") + w.NIGHTS[part["night"]])


def day_part(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the morning`, `this evening`, `last night`, `yesterday afternoon`, `the night of October 3`."""
    code = w.DAY_PARTS[part["part"]]
    relation = " ".join(part["relation"].split())
    if within:
        day = within.partition("T")[0]
    elif part["days"]:
        day = context.around(w.DAYS[part["days"]], "day")
    elif relation in w.DISCOURSE or relation == "next" or not relation:
        day = context.day_near() or (context.topic_of("day") if relation else None) or context.now("day")
        day = values.shift(day, w.RELATIONS.get(relation, 0)) if relation else day
    else:
        day = context.around(w.RELATIONS.get(relation, 0), "day")
    return Meaning("TIME", day + code)


def clock(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`9 a.m. Tuesday`, `14:30 GMT`, `5 o'clock in the evening`."""
    hour = int(part["hour"]) if part["hour"] else count_of(part["n"])
    minute = int(part["minute"] or 0)
    if hour is None or hour > 24:
        return None
    afternoon = part["meridiem"] == "p" or part["part"] in ("afternoon", "evening", "night")
    if part["meridiem"] == "a" and hour == 12:
        hour = 0
    elif afternoon and hour < 12:
        hour += 12
    day = within.partition("T")[0] if within else context.day_near() or context.now("day")
    return Meaning("TIME", f"{day}T{int(hour):02}:{minute:02}")


def reference(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`now`, `recently`, `the future`; `recent years`, `coming weeks`."""
    if part["side"]:
        ahead = part["side"] in ("coming", "upcoming", "future", "next", "ensuing")
        return Meaning("DATE", "FUTURE_REF" if ahead else "PAST_REF")
    return Meaning("DATE", w.REFERENCES[" ".join(part["reference"].split())])
