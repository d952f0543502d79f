"""Meanings of quarters, halves and seasons.

Where the year is left out it is that of the sentence, or of the latest that has begun; the next one is meant
when it is near and the sentence looks ahead.
"""

from __future__ import annotations

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.absolute import dated, full_year, stated_year, year_near
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

_HALVES: dict[str, str] = w.LEXICON["halves"]


def quarter(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the third quarter`, `Q3 2024`, `H1`, `the first half of last year`."""
    code = code_of(part)
    stated = (
        part["year"] or part["code_year"] or part["half_year"] or part["code_fiscal"] or part["short_year"]
    )
    if not stated and within and values.year_of(within) is None:
        return dated(f"XXXX-{code}")
    year = full_year(stated) if stated else stated_year(part, within)
    fiscal = any(word in part["whole"] for word in ("fiscal", "financial", "fy"))
    return dated(numbered(code, year, context), exact=not fiscal)


def code_of(part: Part) -> str:
    """`Q3` or `H1`, as the expression counts."""
    if part["which"]:
        return f"Q{w.QUARTER_ORDINALS[part['which']]}"
    digit = part["quarter"] or part["quarter_first"] or part["code_quarter"]
    half = part["half"] or part["half_first"]
    return f"Q{digit}" if digit else f"H{half}" if half else _HALVES[part["half_word"]]


def numbered(code: str, year: int | None, context: Context) -> str:
    """The quarter or half of the year, or of the year that is meant when none is given."""
    if year is None:
        year = context.sentence_year()
    if year is None and context.published is None:
        year = context.text_year
    if year is None and context.published:
        size = 4 if code[0] == "Q" else 2
        now = values.of_day(context.published, "quarter" if size == 4 else "half")
        ahead = (int(code[1]) - int(now[-1])) % size
        year = context.published.year - (int(code[1]) > int(now[-1]))
        if 0 < ahead <= size // 2 and context.side() > 0:
            year += 1
    return f"{year:04}-{code}" if year else f"XXXX-{code}"


def month_quarter(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the June quarter`: the three months that end in June; the half: the six months."""
    last = w.MONTHS[part["until_month"] or part["month"]]
    length, code = (3, "Q") if part["length"] == "quarter" else (6, "H")
    year = values.year_of(within) if within else None
    if last % length == 0:
        return dated(numbered(f"{code}{last // length}", year, context))
    year = year or year_near(context, last)
    if year is None or last < length:  # no quarter of the calendar: from its first to its last month
        return None
    return dated(f"{year:04}-{last - length + 1:02}/{year:04}-{last:02}")


def season(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the summer`, `last fall`, `the winter of 1994`, `the autumn next year`."""
    code = w.SEASONS[part["season"]]
    year = stated_year(part, within)
    if year is None and part["year_side"] and context.published:
        year = context.published.year + w.DEICTIC[part["year_side"]]
    if year is None and within is None:
        year = _season_year(code, w.relation(part["relation"]), context)
    return dated(f"{year:04}-{code}" if year else f"XXXX-{code}")


def _season_year(code: str, relation: str, context: Context) -> int | None:
    stated = context.sentence_year()
    if stated and not relation:
        return stated
    if context.published is None:
        return None
    year = context.published.year
    if relation in w.DISCOURSE:
        topic = context.topic()
        return (values.year_of(topic.value) if topic else None) or year + w.DISCOURSE[relation]
    now, wanted = _places(code, context.published.month)
    steps = w.DEICTIC.get(relation)
    if steps == -1:
        return year - (wanted >= now)
    if steps == 1:
        return year + (wanted <= now)
    return year - 1 if not relation and wanted > now and context.side() < 0 else year


def _places(code: str, month: int) -> tuple[int, int]:
    """The places of the present season and of another one in the order of the year; a coming winter is 4."""
    now, wanted = month % 12 // 3, ("WI", "SP", "SU", "FA").index(code)
    if code == "WI" and now:  # in January and February it is the present one
        wanted = 4
    return (4, wanted or 4) if month == 12 else (now, wanted)
