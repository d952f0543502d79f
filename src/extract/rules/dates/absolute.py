"""Meanings of dates that name their place in the calendar: days, months, quarters, seasons, years, decades.

Where the year is left out it is that of the enclosing time (`June last year`), of the sentence, or the nearest one
on the side of the article's date that the verb near by asks for.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

_FAR = 245  # days: a date that lies farther off on the expected side would be named with its year


def dated(value: str | None, *, exact: bool = True) -> Meaning | None:
    """A DATE of the value, or None for no value."""
    return Meaning("DATE", value, exact=exact) if value else None


def day(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June 9`, `9th of June, 2024`, `Sunday, June 9`, `2024-06-09`."""
    month = int(part["month_number"]) if part["month_number"] else w.MONTHS.get(part["month"], 0)
    number = int(part["day"]) if part["day"] else w.DAY_ORDINALS.get(" ".join(part["day_word"].split()), 0)
    year = stated_year(part, within)
    if year is None:
        year = _year_near(context, month, number, w.WEEKDAYS.get(part["weekday"]))
    value = values.day_value(year, month, number)
    if value and part["hour"] and int(part["hour"]) < 25 and int(part["minute"]) < 60:
        return Meaning("TIME", f"{value}T{part['hour']}:{part['minute']}")
    return dated(value)


def numeric(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`6/9/2024`: the day where one number can be no month; else only the year is sure."""
    first, second = int(part["first"]), int(part["second"])
    year = stated_year(part, within)
    if first == second or (second > 12 >= first):
        return dated(values.day_value(year, first, second))
    if first > 12 >= second or part["sep"] == ".":
        return dated(values.day_value(year, second, first))
    return dated(f"{year:04}-XX-XX") if year and max(first, second) < 13 and min(first, second) else None


def free_form(part: Part, context: Context, within: str | None) -> Meaning | None:
    """A date in an order of its own, read by dateparser."""
    found = _parse(" ".join(part["whole"].split()))
    return dated(found.isoformat() if found else None)


@lru_cache(maxsize=512)
def _parse(text: str) -> date | None:
    import dateparser  # noqa: PLC0415 - slow to import, rarely needed

    found = dateparser.parse(
        text,
        languages=["en"],
        settings={"REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": datetime(2000, 1, 1)},
    )
    return found.date() if found else None


def day_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June 9-11, 2024`: both ends in one value."""
    month = w.MONTHS[part["month"]]
    until_month = w.MONTHS.get(part["until_month"], month)
    year = stated_year(part, within) or _year_near(context, month, int(part["day"]), None)
    first = values.day_value(year, month, int(part["day"]))
    last = values.day_value(year, until_month, int(part["until_day"]))
    return dated(f"{first}/{last}") if first and last and first < last else dated(first)


def month(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`June`, `June 2024`, `last June`."""
    number = w.MONTHS[part["month"]]
    year = stated_year(part, within)
    if year is None and part["relation"]:
        return dated(related_month(number, part["relation"], context))
    if year is None:
        year = _year_near(context, number, None, None)
    return dated(f"{year:04}-{number:02}" if year else f"XXXX-{number:02}")


def related_month(number: int, relation: str, context: Context) -> str:
    """`last June` is the one before this month, `next June` the one after it, `that June` the one of the topic's year."""
    relation = " ".join(relation.split())
    if relation in w.DISCOURSE:
        topic = context.topic()
        year = values.year_of(topic.value) if topic else None
        steps = w.DISCOURSE[relation]
        return f"{year + steps:04}-{number:02}" if year else f"XXXX-{number:02}"
    now = context.published
    if now is None:
        return f"XXXX-{number:02}"
    year = now.year
    if relation in ("last", "past", "this past"):
        year -= number >= now.month
    elif relation in ("next", "coming", "upcoming", "this coming"):
        year += number <= now.month
    elif abs(number - now.month) > 6 and relation == "this":
        year += 1 if number < now.month and context.side() > 0 else 0
    return f"{year:04}-{number:02}"


def month_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`January-March 2024`; a quarter of the calendar where it is one."""
    first, last = w.MONTHS[part["month"]], w.MONTHS[part["until_month"]]
    year = stated_year(part, within) or _year_near(context, first, None, None)
    text_year = f"{year:04}" if year else "XXXX"
    if last - first == 2 and last % 3 == 0:
        return dated(f"{text_year}-Q{last // 3}")
    if last <= first:
        return dated(f"{year:04}-{first:02}/{year + 1:04}-{last:02}" if year else None)
    return dated(f"{text_year}-{first:02}/{text_year}-{last:02}")


def month_quarter(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the June quarter`: the three months that end in June."""
    last = w.MONTHS[part["until_month"] or part["month"]]
    length = 3 if part["length"] == "quarter" else 6
    code = "Q" if length == 3 else "H"
    if last % length:
        return _odd_quarter(last, length, context, within)
    year = values.year_of(within) if within else None
    return dated(_numbered(f"{code}{last // length}", year, context))


def _odd_quarter(last: int, length: int, context: Context, within: str | None) -> Meaning | None:
    """A quarter that is none of the calendar's: from its first to its last month."""
    year = (values.year_of(within) if within else None) or _year_near(context, last, None, None)
    if year is None or last < length:
        return None
    return dated(f"{year:04}-{last - length + 1:02}/{year:04}-{last:02}")


def quarter(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the third quarter`, `Q3 2024`, `H1`, `the first half of last year`."""
    code = _code(part)
    if code is None:
        return None
    year_text = part["year"] or part["code_year"] or part["half_year"]
    year = full_year(year_text) if year_text else (values.year_of(within) if within else None)
    fiscal = "fiscal" in part["whole"] or "financial" in part["whole"]
    if within is not None and year is None:
        return dated(f"{within[:4]}-{code}" if within.startswith("XXXX") else None)
    return dated(_numbered(code, year, context), exact=not fiscal)


def _code(part: Part) -> str | None:
    if part["which"]:
        return f"Q{w.QUARTER_ORDINALS[part['which']]}"
    digits = part["quarter"] or part["quarter_first"] or part["code_quarter"]
    if digits:
        return f"Q{digits}"
    half = part["half"] or part["half_first"]
    if half:
        return f"H{half}"
    return {"first": "H1", "1st": "H1", "second": "H2", "2nd": "H2", "latter": "H2"}.get(part["half_word"])


def _numbered(code: str, year: int | None, context: Context) -> str:
    """The quarter or half of the year, or the latest that has begun, or the next when it is near and expected."""
    if year is None:
        year = context.sentence_year()
    if year is None and context.published is None:
        return f"{context.text_year:04}-{code}" if context.text_year else f"XXXX-{code}"
    if year is None and context.published:
        size = 4 if code[0] == "Q" else 2
        now = values.of_day(context.published, "quarter" if size == 4 else "half")
        ahead = (int(code[1]) - int(now[-1])) % size
        year = context.published.year
        if int(code[1]) > int(now[-1]):
            year -= 1
        if ahead and ahead * 2 < size + (size == 2) and context.side() > 0:
            year += 1
    return f"{year:04}-{code}"


def season(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the summer`, `last fall`, `the winter of 1994`."""
    code = w.SEASONS[part["season"]]
    year = stated_year(part, within)
    if within and year is None:
        return dated(f"XXXX-{code}")
    if year is None:
        year = _season_year(code, " ".join(part["relation"].split()), context)
    return dated(f"{year:04}-{code}" if year else f"XXXX-{code}")


def _season_year(code: str, relation: str, context: Context) -> int | None:
    stated = context.sentence_year()
    if stated and not relation:
        return stated
    if context.published is None:
        return None
    order = ("WI", "SP", "SU", "FA")
    now, wanted = context.published.month % 12 // 3, order.index(code)
    year = context.published.year
    if relation in w.DISCOURSE:
        topic = context.topic()
        return (values.year_of(topic.value) or year) + w.DISCOURSE[relation] if topic else year
    if code == "WI":
        wanted = 4
    if now == 0 and context.published.month == 12:
        now = 4
    if relation in ("last", "past", "this past"):
        return year - (wanted >= now)
    if relation in ("next", "coming", "upcoming", "this coming"):
        return year + (wanted <= now)
    if not relation and wanted > now and context.side() < 0:
        return year - 1
    return year


def year(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`1996`, `the year 2000`, `nineteen ninety-six`."""
    if part["year_words"]:
        return dated(_year_in_words(part["year_words"]))
    return dated(part["year"])


def _year_in_words(words: str) -> str | None:
    values = {**w.SMALL_NUMBERS, "oh": 0, "hundred": 0, "and": 0}
    first, *rest = words.replace("-", " ").split()
    if first == "two":
        return f"{2000 + sum(values.get(word, 0) for word in rest if word != 'thousand'):04}"
    return f"{values[first] * 100 + sum(values.get(word, 0) for word in rest):04}"


def year_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`1994-1997`, `2021-22`; `2024-06` is a month."""
    first, until = int(part["year"]), part["until_year"]
    last = int(until) if len(until) == 4 else first // 100 * 100 + int(until)
    if len(until) == 2 and last <= first:
        if 1 <= int(until) <= 12:
            return dated(f"{first:04}-{until}")
        last += 100 if first % 100 == 99 and until == "00" else 0
    if last <= first:
        return None
    fiscal = len(until) == 2 and last == first + 1
    return dated(f"{first:04}/{last:04}", exact=not fiscal)


def fiscal_year(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`fiscal 1989`, `FY24`, `fiscal 2024-25`: named by the calendar year, whose days are not the fiscal ones."""
    until = part["until_year"] or part["fiscal_until"]
    first = full_year(part["year"] or part["short_year"] or part["fiscal"])
    if not until:
        return dated(f"{first:04}", exact=False)
    last = first // 100 * 100 + int(until) if len(until) == 2 else int(until)
    return dated(f"{first:04}/{last:04}", exact=False) if last > first else None


def decade(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the 1990s`, `the '90s`, `the nineties`."""
    digits = part["decade"]
    if part["decade_words"]:
        digits = f"{w.DECADES[part['decade_words']]}0"
    return dated(digits[:3] if len(digits) == 4 else f"19{digits[0]}")


def century(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the 20th century` is 19."""
    nth = part["nth"]
    number = int(nth[:-2]) if nth[0].isdigit() else w.ORDINALS[nth]
    return dated(f"{number - 1:02}") if 0 < number <= 30 and not part["era"] else None


def holiday(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`Thanksgiving Day`, `Easter week`: the day in the year it is nearest to the article's date."""
    from extract.rules.dates.feasts import day_of  # noqa: PLC0415 - imports a slow library

    entry = w.HOLIDAYS[part["holiday"]]
    stated = stated_year(part, within) or context.sentence_year()
    if stated is None and context.published:
        years = (context.published.year + step for step in (-1, 0, 1))
        found = _nearest([day for year in years if (day := day_of(entry, year))], context)
    else:
        found = day_of(entry, stated) if stated else None
    if found is None:
        fixed = entry.get("day")
        return dated(f"XXXX-{fixed}" if fixed else "XXXX-XX-XX")
    if part["eve"] == "eve":
        return dated(values.shift(found.isoformat(), -1))
    return dated(values.of_day(found, part["eve"] or "day"))


def stated_year(part: Part, within: str | None) -> int | None:
    """The year that the expression itself states, or that the enclosing time lies in."""
    if part["year"]:
        return full_year(part["year"])
    if part["short_year"]:
        return full_year(part["short_year"])
    return values.year_of(within) if within else None


def full_year(digits: str) -> int:
    """2024 for `2024` or `24`; two digits from 50 on are of the last century."""
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= 50 else 2000)


def _year_near(context: Context, month: int, number: int | None, weekday: int | None) -> int | None:
    """The year of a month or day that states none; None when nothing tells."""
    stated = context.sentence_year()
    now = context.published
    if stated and (now is None or stated >= now.year or context.side() <= 0):
        return stated
    if now is None:
        return None
    days = []
    for year in (now.year - 1, now.year, now.year + 1):
        if values.day_value(year, month, number or 1):
            days.append(date(year, month, number or min(now.day, monthrange(year, month)[1])))
    right = [day for day in days if day.isoweekday() == weekday] if weekday else []
    found = _nearest(right or days, context)
    return found.year if found else None


def _nearest(days: list[date], context: Context) -> date | None:
    """The day on the side that the sentence speaks of, unless it is far away; else the nearest."""
    assert context.published
    now, side = context.published, context.side()
    on_side = [day for day in days if (day - now).days * side >= 0] if side else []
    best = min(on_side, key=lambda day: abs((day - now).days), default=None)
    if best and abs((best - now).days) <= _FAR:
        return best
    return min(days, key=lambda day: abs((day - now).days), default=None)
