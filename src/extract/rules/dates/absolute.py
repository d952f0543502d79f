"""Meanings of dates that name their place in the calendar: days, months, years, decades, holidays.

Where the year is left out it is that of the enclosing time (`June last year`), of the sentence, or the
nearest one on the side of the article's date that the verb near by asks for.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

# Days: what lies farther off on the expected side would be named with its year.
_FAR_DAY, _FAR_MONTH = 215, 250
_FAR_BESIDE = 180
_FAR_AHEAD = 330  # farther off than this lies what has just gone by, whatever the verb


def dated(value: str | None, *, exact: bool = True) -> Meaning | None:
    """A DATE of the value, or None for no value."""
    return Meaning("DATE", value, exact=exact) if value else None


def day(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June 9`, `9th of June, 2024`, `Sunday, June 9`, `2024-06-09`, `2024-06-09T14:30Z`."""
    month = int(part["month_number"]) if part["month_number"] else w.MONTHS[part["month"]]
    number = day_number(part)
    year = stated_year(part, within)
    if year is None and part["relation"]:
        year = _related_year(month, w.relation(part["relation"]), context)
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
    """`the last week` of 2003, `the first Friday` of June; a week's days are counted from the month's first."""
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


def era(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`AD 247`, `44 BC`: as TIMEX3 writes them, `0247` and `BC0044`."""
    digits = (part["era_year"] or part["count_year"]).replace(",", "")
    before = part["era"].startswith("b")
    return dated(f"BC{int(digits):04}" if before else f"{int(digits):04}") if int(digits) else None


def numeric(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`25/12/2023`, `9.6.2024`; in `6/9/2024` either number may be the month, so only the year is sure."""
    first, second = int(part["first"]), int(part["second"])
    year = stated_year(part, within)
    if first > 12 or part["sep"] == ".":
        return dated(values.day_value(year, second, first))
    if second > 12 or first == second:
        return dated(values.day_value(year, first, second))
    return dated(f"{year:04}-XX-XX") if year and first and second else None


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
        beside = (
            part.rule == "dates.month_attribute"
            or context.text[context.end : context.end + 2].strip().islower()
        )
        far = _FAR_BESIDE if beside else _FAR_MONTH  # `a June agreement` is mostly the one known
        year = _related_year(number, relation, context) if relation else year_near(context, number, far=far)
    return dated(f"{year:04}-{number:02}" if year else f"XXXX-{number:02}")


def _related_year(number: int, relation: str, context: Context) -> int | None:
    """`last June` is the one before this month, `next June` after it, `that June` of the topic's year."""
    if relation in w.DISCOURSE:
        topic = context.topic()
        year = values.year_of(topic.value) if topic else None
        return year + w.DISCOURSE[relation] if year else None
    now = context.published
    if now is None:
        return None
    steps = w.DEICTIC[relation]
    if steps == 0:
        return now.year + (number < now.month - 6 and context.side() > 0)
    return now.year - (number >= now.month) if steps < 0 else now.year + (number <= now.month)


def month_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`January-March 2024`; a quarter or half of the calendar where it is one."""
    first, last = w.MONTHS[part["month"]], w.MONTHS[part["until_month"]]
    year = stated_year(part, within) or year_near(context, first)
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


def year(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`1996`, `the year 2000`, `nineteen ninety-six`."""
    return dated(
        _year_in_words(part["year_words"]) if part["year_words"] else part["year"] or part["code_year"]
    )


def _year_in_words(words: str) -> str:
    first, *rest = words.replace("-", " ").split()
    small = sum(w.SMALL_NUMBERS.get(word, 0) for word in rest if word != "thousand")
    return f"{2000 + small if first == 'two' else w.SMALL_NUMBERS[first] * 100 + small:04}"


def year_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`1994-1997`, `2021-22`, `1999-00`; `2024-06` is a month."""
    first, until = int(part["year"]), part["until_year"]
    last = int(until) if len(until) == 4 else first // 100 * 100 + int(until)
    if last <= first and until == "00":
        last += 100
    if last <= first:
        return dated(f"{first:04}-{until}" if len(until) == 2 and 1 <= int(until) <= 12 else None)
    split = len(until) == 2 and last == first + 1  # a season or a budget year, not two calendar years
    return dated(f"{first:04}/{last:04}", exact=not split)


def fiscal_year(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`fiscal 1989`, `FY24`, `fiscal 2024-25`: named by the calendar year, with other days."""
    if part["alone"]:
        steps = w.RELATIONS[w.relation(part["relation"])]
        return dated(context.around(steps, "year"), exact=False)
    until = part["until_year"] or part["fiscal_until"] or part["fiscal_last"]
    first = full_year(part["year"] or part["short_year"] or part["fiscal"] or part["fiscal_first"])
    if not until:
        return dated(f"{first:04}", exact=False)
    last = int(until) if len(until) == 4 else first // 100 * 100 + int(until)
    return dated(f"{first:04}/{last:04}", exact=False) if last > first else None


def decade(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the 1990s`, `the '90s`, `the nineties`: the years that begin with 199."""
    if part["decade_words"]:
        return dated(f"19{w.DECADES[part['decade_words']]}")
    digits = part["decade"]
    return dated(digits[:3] if len(digits) == 4 else f"19{digits[0]}")


def century(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the 20th century`: the years that begin with 19."""
    nth = part["nth"]
    number = int(nth[:-2]) if nth[0].isdigit() else w.ORDINALS[nth]
    sign = "BC" if part["era"] else ""
    return dated(f"{sign}{number - 1:02}") if 0 < number <= 30 else None


def holiday(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`Thanksgiving Day`, `Easter week`: the day in the year it is nearest to the article's date."""
    from extract.rules.dates.feasts import day_of  # imports a slow library

    entry, found = w.HOLIDAYS[part["holiday"]], None
    stated = stated_year(part, within) or context.sentence_year()
    if stated is not None:
        found = day_of(entry, stated, context.country)
    elif context.published:
        years = (context.published.year + step for step in (-1, 0, 1))
        days = [day for year in years if (day := day_of(entry, year, context.country))]
        found = _related(days, w.relation(part["relation"]), context.published) or _nearest(days, context)
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
    """The year of a month or day that states none; None when nothing tells."""
    stated, now = context.sentence_year(), context.published
    if now is None and (earlier := context.year_of_month(month)):
        return stated or earlier
    if stated and (now is None or stated == now.year or (stated > now.year) == (context.side() > 0)):
        return stated
    if now is None:
        return None
    days = [
        date(year, month, number or min(now.day, monthrange(year, month)[1]))
        for year in (now.year - 1, now.year, now.year + 1)
        if values.day_value(year, month, number or 1)
    ]
    right = [day for day in days if day.isoweekday() == weekday]
    found = _nearest(right or days, context, far=far or (_FAR_DAY if number else _FAR_MONTH))
    return found.year if found else None


def _nearest(days: Sequence[date], context: Context, *, far: int = _FAR_DAY) -> date | None:
    """The day on the side that the sentence speaks of, unless it is far away; else the nearest."""
    now, side = context.published, context.side()
    if now is None:
        return None
    on_side = [day for day in days if (day - now).days * side >= 0] if side else []
    best = min(on_side, key=lambda day: abs((day - now).days), default=None)
    if best and abs((best - now).days) <= (_FAR_AHEAD if abs(side) > 1 else far):
        return best
    return min(days, key=lambda day: abs((day - now).days), default=None)
