"""Meanings of days and weeks by their place in a longer time, and of holidays.

`the 2nd` of this month, `the first Friday` of June, `the last week` of 2003, `Friday the 13th`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.absolute import dated, day_number, nearest, stated_year
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part


def day_of_month(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`24` of `24 and 25 June`, `Monday 20` before `Tuesday, April 21`, `the 2nd` of this month."""
    if within and within.startswith("P1M"):  # of each month
        return Meaning("SET", f"XXXX-XX-{day_number(part):02}")
    if within is None or values.grain(within) not in ("month", "day"):
        return None
    year, month = values.year_of(within), within[5:7]
    if not month.isdigit():
        return dated(f"XXXX-XX-{day_number(part):02}")
    return dated(values.day_value(year, int(month), day_number(part)))


def nth_of(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the last week` of 2003, `the first Friday` of June; weeks are counted from the first day."""
    if within is None:
        return None
    place, unit = w.PLACES[part["nth_word"]], part["unit"] or "weekday"
    whole = values.interval(within)
    if whole is None:
        return dated(values.UNKNOWN["day" if unit == "weekday" else unit])
    if unit in ("weekday", "weekend"):
        number = w.FULL_WEEKDAYS[part["weekday"]] if unit == "weekday" else 6
        found = _nth_weekday(whole, place, number)
        return dated(values.of_day(found, "day" if unit == "weekday" else unit)) if found else None
    edge = whole[0] if place > 0 else values.step(whole[1], 1, "day")
    first = values.step(edge, place - 1 if place > 0 else place, unit) if edge else None
    after = values.step(first, 1, unit) if first else None
    last = values.step(after, -1, "day") if after else None
    if first is None or last is None or last > whole[1]:
        return None
    if unit == "week":  # the calendar week that holds most of it
        return Meaning("DATE", values.of_day(first + timedelta(days=3), "week"), interval=(first, last))
    return dated(values.of_day(first, unit))


def _nth_weekday(whole: values.Interval, place: int, number: int) -> date | None:
    """The nth Friday of a month; the last one for -1."""
    first, last = whole
    if place > 0:
        found = first + timedelta(days=(number - first.isoweekday()) % 7 + 7 * (place - 1))
    else:
        found = last - timedelta(days=(last.isoweekday() - number) % 7)
    return found if first <= found <= last else None


def weekday_the_nth(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`Friday the 13th`: the nearest such day."""
    now, number = context.published, int(part["day"])
    if now is None:
        return dated(f"XXXX-XX-{number:02}")
    months = [values.shift(context.now("month"), step) for step in range(-12, 13)]
    spans = (values.interval(f"{month}-{number:02}") for month in months)
    wanted = w.FULL_WEEKDAYS[part["weekday"]]
    days = [span[0] for span in spans if span and span[0].isoweekday() == wanted]
    found = nearest(days, context)
    return dated(found.isoformat() if found else None)


def holiday(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`Thanksgiving Day`, `Easter week`: the day in the year it is nearest to the article's date."""
    from extract.rules.dates.holiday_dates import day_of  # imports a slow library

    entry, found = w.holidays()[part["holiday"]], None
    stated = stated_year(part, within) or context.sentence_year()
    if stated is not None:
        found = day_of(entry, stated, context.country)
    elif context.published:
        years = (context.published.year + step for step in (-1, 0, 1))
        days = [day for year in years if (day := day_of(entry, year, context.country))]
        found = _related(days, w.relation(part["relation"]), context.published) or nearest(days, context)
    if found is None:
        return dated(f"XXXX-{entry['day']}" if "day" in entry else values.UNKNOWN["day"])
    return dated(values.of_day(found, part["around"] or entry.get("grain", "day")))


def _related(days: Sequence[date], relation: str, now: date) -> date | None:
    """`last Christmas` is the one before the article's date, `next` the one after it, `this` in its year."""
    if relation not in w.DEICTIC:
        return None
    steps = w.DEICTIC[relation]
    if steps < 0:
        return max((day for day in days if day < now), default=None)
    return next((day for day in days if (day > now if steps else day.year == now.year)), None)
