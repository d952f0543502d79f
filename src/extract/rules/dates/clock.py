"""Meanings of weekdays, of days counted from the article's, of parts of the day and times of day.

A bare weekday is the one before the article's date, or the one after it where the verb nearby requires it.
"""

from __future__ import annotations

import re
from datetime import date

from extract import lexicons
from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.durations import count_of
from extract.rules.dates.extent import Part

_GENERAL_BEFORE = re.compile(
    rf"\b(?:{lexicons.alternation(w.CUES['general_before']['words'])})\s+$", re.IGNORECASE
)
_GENERAL_AFTER = re.compile(rf"\s?(?:{lexicons.alternation(w.CUES['general_after']['words'])})\b")


def weekday(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`Monday`, `last Friday`, `Tuesday night`, `Monday of last week`, `Sunday week`."""
    number = w.FULL_WEEKDAYS[part["weekday"]]
    whole = values.interval(within) if within else None
    day = None
    if whole:  # the day itself, or its week
        day = whole[0] if whole[0] == whole[1] else values.step(whole[0], number - 1, "day")
    if day is None:
        relation = "next" if part["week_after"] else w.relation(part["relation"])
        day = _related_weekday(number, relation, context)
        if day and part["week_after"]:
            day = values.step(day, 7, "day")
    value = day.isoformat() if day else f"XXXX-WXX-{number}"
    if part["part"]:
        return Meaning("TIME", value + w.DAY_PARTS[part["part"]])
    return Meaning("DATE", value)


def _related_weekday(number: int, relation: str, context: Context) -> date | None:
    base = context.published
    if relation in w.DISCOURSE:
        base = _spoken_day(number, context) or base
    elif not relation and (earlier := context.range_start()):
        return values.step(earlier, (number - earlier.isoweekday()) % 7, "day")
    if base is None:
        return None
    return values.step(base, _days_ahead(number - base.isoweekday(), relation, context), "day")


def _days_ahead(apart: int, relation: str, context: Context) -> int:
    """How many days ahead a weekday lies that is so many days apart in its week; below 0 it is past."""
    ahead, steps = apart % 7, w.RELATIONS.get(relation)
    if steps == -1:
        return ahead - 7
    if steps == 1:
        return ahead or 7
    if relation == "this":
        return apart
    return ahead - 7 if ahead and (context.possessive or context.side() <= 0) else ahead


def _spoken_day(number: int, context: Context) -> date | None:
    """The day last spoken of, one of the same name before others."""
    spoken = [days[0] for m in context.back() if m.grain == "day" and (days := values.interval(m.value))]
    return next((day for day in spoken[:6] if day.isoweekday() == number), spoken[0] if spoken else None)


def days(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`today`, `yesterday`, `the day after tomorrow`."""
    if part["days"] == "today" and _is_general(context):
        return Meaning("DATE", "PRESENT_REF")
    return Meaning("DATE", context.around(w.DAYS[part["days"]], "day"))


def _is_general(context: Context) -> bool:
    """`today` means these times: `people today`, `today's world`."""
    before, after = context.text[max(0, context.start - 24) : context.start], context.end
    return bool(_GENERAL_BEFORE.search(before) or _GENERAL_AFTER.match(context.text, after))


def night(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`tonight`, `overnight`: the night before the article's day."""
    back = -1 if part["night"] == "overnight" else 0
    return Meaning("TIME", context.around(back, "day") + w.NIGHTS[part["night"]])


def day_part(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the morning`, `this evening`, `last night`, `yesterday afternoon`, `the night of October 3`."""
    relation = w.relation(part["relation"])
    steps = w.RELATIONS.get(relation, 0)
    if within:
        day = within.partition("T")[0]
    elif part["days"]:
        day = context.around(w.DAYS[part["days"]], "day")
    elif not relation or relation in w.DISCOURSE or relation == "next":
        recorded = context.now("day") if context.side() < 0 else values.UNKNOWN["day"]
        day = values.shift(context.day_near() or recorded, steps)
    else:
        day = context.around(steps, "day")
    return Meaning("TIME", day + w.DAY_PARTS[part["part"] or part["twelve"]])


def clock(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`9 a.m. Tuesday`, `14:30 GMT`, `five o'clock in the evening`."""
    count = count_of(part["n"]) if part["n"] else None
    hour = int(part["hour"]) if part["hour"] else int(count) if count is not None else 25
    if hour > 24:
        return None
    if part["meridiem"] == "a" and hour == 12:
        hour = 0
    elif (part["meridiem"] == "p" or part["part"] in ("afternoon", "evening", "night")) and hour < 12:
        hour += 12
    if part.rule == "dates.clock_of_range":
        hour = _hour_before(hour, within)
    day = (within or context.day_near() or context.now("day")).partition("T")[0]
    seconds = f":{part['second']}" if part["second"] else ""
    return Meaning("TIME", f"{day}T{hour:02}:{part['minute'] or '00'}{seconds}")


def _hour_before(hour: int, until: str | None) -> int:
    """The hour of the day of `9` in `9 to 11 p.m.`: the latest before the other."""
    last = re.search(r"T(\d\d)", until or "")
    if not last:
        return hour
    hour %= 12
    return hour + 12 if hour + 12 < int(last[1]) else hour
