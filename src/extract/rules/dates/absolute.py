"""Meanings of days and months that name their place in the calendar.

Where the year is left out it is that of the enclosing time (`June last year`), of the sentence, or the
nearest one on the side of the article's date that the verb nearby requires.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache

from extract import lexicons
from extract.lexicons.scope import default
from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

# Days: what lies farther off on the expected side would be named with its year.
# No score of gold changes from 120 to 300 for a day, and from 180 to 330 for a month.
# Of a past event a month may be farther: `voted in June`, told in March.
_FAR_DAY, _FAR_MONTH, _FAR_PAST = 215, 250, 290
_FAR_BESIDE = 90  # `the June agreement` is mostly one that is known; on gold as good as 45 and 180
_BESIDE = frozenset(["dates.month_attribute", "dates.month_name", "dates.month_possessive"])
_COMING = re.compile(
    rf"(?:['’]s)?\s(?:[\w-]+\s){{0,2}}(?:{lexicons.alternation(w.CUES['coming_events']['words'])})\b",
    re.IGNORECASE,
)
_EACH_YEAR = re.compile(r"\s+(?:of\s+)?(?:each|every)\s+year\b")
_IN = re.compile(r"(?P<aim>\bfor\s+\w+\s+)?\b[Ii]n\s+$")  # sent to parliament for approval in May
_LATELY = 2  # years: of such a year a statement of today may tell
_SAYING = 40  # characters before a day that hold the verb of its statement
_SAID_ON = re.compile(rf"\b(?:{w.cues('saying')})\s+(?:late\s+|early\s+)?on\s+$", re.IGNORECASE)
_NEAR = 31  # days; of two readings of `6/9/2024` the one that near the article's date is meant
_FAR_AHEAD = 330  # farther off than this lies what has just gone by, whatever the verb


def dated(value: str | None, *, exact: bool = True) -> Meaning | None:
    """A DATE of the value, or None for no value."""
    return Meaning("DATE", value, exact=exact) if value else None


def day(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June 9`, `9th of June, 2024`, `Sunday, June 9`, `2024-06-09`, `2024-06-09T14:30Z`."""
    month = int(part["month_number"]) if part["month_number"] else w.MONTHS[part["month"]]
    number = day_number(part)
    year = stated_year(part, within)
    if year is None and _EACH_YEAR.match(context.text, context.end):
        return dated(values.day_value(None, month, number))
    if year is None and part["relation"]:
        year = _related_year(month, w.relation(part["relation"]), context, day=number)
    if year is None:
        year = year_near(context, month, number, w.WEEKDAYS.get(part["weekday"]))
    value = values.day_value(year, month, number)
    if value and part["hour"] and int(part["hour"]) <= 24 and int(part["minute"]) < 60:
        return Meaning("TIME", f"{value}T{time_of(part)}")
    return dated(value)


def day_number(part: Part) -> int:
    """The day of the month, in digits or words."""
    if part["spelled_day"]:
        return w.SPELLED_DAYS[part["spelled_day"]]
    return int(part["day"]) if part["day"] else w.DAY_ORDINALS[part["day_word"]]


def time_of(part: Part) -> str:
    """`14:30`, or `14:30:05` where the seconds are given."""
    clock = f"{int(part['hour']):02}:{part['minute'] or '00'}"
    return f"{clock}:{part['second']}" if part["second"] else clock


def numeric(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`25/12/2023`, `9.6.2024`; in `6/9/2024` either number may be the month, so only the year is sure.

    Unless the user has stated the order of their dates, `dmy` or `mdy`, or one reading is near the date of
    the article.
    """
    first, second = int(part["first"]), int(part["second"])
    year = stated_year(part, within)
    order = default("date_order") if 0 < first <= 12 and 0 < second <= 12 else None
    if first > 12 or part["sep"] == "." or order == "dmy":
        return dated(values.day_value(year, second, first))
    if second > 12 or first == second or order == "mdy":
        return dated(values.day_value(year, first, second))
    if not (year and first and second):
        return None
    read = {values.day_value(year, first, second), values.day_value(year, second, first)}
    return dated(_near_reading(read, context.published) or f"{year:04}-XX-XX")


def _near_reading(read: set[str | None], now: date | None) -> str | None:
    """Of two readings the one that is near the article's date, if the other lies far off."""
    if now is None or None in read:
        return None
    away = sorted((abs((date.fromisoformat(value) - now).days), value) for value in read if value)
    return away[0][1] if away[0][0] <= _NEAR and away[-1][0] > 2 * _NEAR else None


def free_form(part: Part, context: Context, within: str | None) -> Meaning | None:
    """A date in an order of its own, read by dateparser."""
    found = _parse(" ".join(part["whole"].split()))
    return dated(found.isoformat() if found else None)


@lru_cache(maxsize=512)
def _parse(text: str) -> date | None:
    import dateparser  # slow to import, rarely needed

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": datetime(2000, 1, 1)}
    found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date() if found else None


def day_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June 9-11, 2024`: both ends in one value."""
    month = w.MONTHS[part["month"]]
    until_month = w.MONTHS.get(part["until_month"], month)
    year = stated_year(part, within) or year_near(context, month, int(part["day"]))
    first = values.day_value(year, month, int(part["day"]))
    last = values.day_value(year, until_month, int(part["until_day"]))
    return dated(f"{first}/{last}") if first and last and first < last else None


def month(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June`, `June 2024`, `last June`, `June last year`."""
    number = w.MONTHS[part["month"]]
    year = stated_year(part, within)
    if year is None and within is None:
        relation = w.relation(part["relation"])
        known = part.rule in _BESIDE and not _COMING.match(context.text, context.end)
        far = _FAR_BESIDE if known else None
        year = _related_year(number, relation, context) if relation else year_near(context, number, far=far)
    return dated(f"{year:04}-{number:02}" if year else f"XXXX-{number:02}")


def _related_year(number: int, relation: str, context: Context, *, day: int | None = None) -> int | None:
    """`last June` is the one before last month, `next June` after this, `that June` of the topic's year.

    `last March 27` is the last one that there was.
    """
    if relation in w.DISCOURSE:
        topic = context.topic()
        year = values.year_of(topic.value) if topic else None
        return year + w.DISCOURSE[relation] if year else None
    now = context.published
    if now is None:
        return None
    steps = w.DEICTIC[relation]
    if steps < 0 and day:
        return now.year - ((number, day) >= (now.month, now.day))
    if steps == 0:
        return now.year + (number < now.month - 6 and context.side() > 0)
    return now.year - (number >= now.month - 1) if steps < 0 else now.year + (number <= now.month)


def month_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`January-March 2024`; a quarter or half of the calendar where it is one."""
    first, last = w.MONTHS[part["month"]], w.MONTHS[part["until_month"]]
    year = stated_year(part, within)
    if year is None and (ends := year_near(context, last)):
        year = ends - (last < first) if not part["year"] else ends
    text = f"{year:04}" if year else "XXXX"
    if last == first:
        return None
    if last < first:  # the year that is stated is the last month's
        ends = year if part["year"] else year + 1 if year else None
        return dated(f"{ends - 1:04}-{first:02}/{ends:04}-{last:02}" if ends else None)
    if last - first == 2 and last % 3 == 0:
        return dated(f"{text}-Q{last // 3}")
    if last - first == 5 and last % 6 == 0:
        return dated(f"{text}-H{last // 6}")
    return dated(f"{text}-{first:02}/{text}-{last:02}")


def stated_year(part: Part, within: str | None) -> int | None:
    """The year that the expression itself states, or that the enclosing time lies in."""
    stated = part["year"] or part["short_year"]
    if stated:
        return full_year(stated)
    return values.year_of(within) if within else None


def full_year(digits: str) -> int:
    """2024 for `2024` or `24`; two digits from 50 on are of the last century."""
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= 50 else 2000)


def year_near(
    context: Context,
    month: int,
    number: int | None = None,
    weekday: int | None = None,
    *,
    far: int | None = None,
) -> int | None:
    """The year of a month or day that states none; None when nothing says."""
    now, stated = context.published, _year_of_sentence(context, number)
    if now is None and (earlier := context.year_of_month(month)):
        return stated or earlier
    if stated and (now is None or stated == now.year or (stated > now.year) == (context.side() > 0)):
        return stated
    if now is None:
        return None
    days = list(_days_around(now, month, number))
    right = [day for day in days if day.isoweekday() == weekday]
    found = nearest(right or days, context, far=far or (_FAR_DAY if number else _far_month(context)))
    return found.year if found else None


def _far_month(context: Context) -> int:
    """How far off a month may be, in days."""
    led = _IN.search(context.text, max(0, context.start - _SAYING), context.start)
    return _FAR_PAST if led and not led["aim"] and context.side() < 0 else _FAR_MONTH


def _year_of_sentence(context: Context, number: int | None) -> int | None:
    """The year that the sentence states; not for the day of a statement: `in 2016, it said on Jan 20`."""
    stated, now = context.sentence_year(), context.published
    if stated is None or number is None or now is None or not 0 <= now.year - stated <= _LATELY:
        return stated
    said_on = _SAID_ON.search(context.text, max(0, context.start - _SAYING), context.start)
    return None if said_on else stated


def _days_around(now: date, month: int, number: int | None) -> Iterator[date]:
    """The day of a month in the years around a date; without a number, the same day as that date's."""
    for year in (now.year - 1, now.year, now.year + 1):
        if values.day_value(year, month, number or 1):
            yield date(year, month, number or min(now.day, monthrange(year, month)[1]))


def nearest(days: Sequence[date], context: Context, *, far: int = _FAR_DAY) -> date | None:
    """The day on the side that the sentence mentions, unless it is far away; else the nearest."""
    now, side = context.published, context.side()
    if now is None:
        return None
    on_side = [day for day in days if (day - now).days * side >= 0] if side else []
    best = min(on_side, key=lambda day: abs((day - now).days), default=None)
    if best and abs((best - now).days) <= (_FAR_AHEAD if abs(side) > 1 else far):
        return best
    return min(days, key=lambda day: abs((day - now).days), default=None)
