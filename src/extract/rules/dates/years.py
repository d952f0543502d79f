"""Meanings of years and longer times: `1996`, `2021-22`, `fiscal 1989`, `the 1990s`, `44 BC`."""

from __future__ import annotations

from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.absolute import dated, full_year
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part


def year(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`1996`, `the year 2000`, `nineteen ninety-six`."""
    return dated(
        _year_in_words(part["year_words"]) if part["year_words"] else part["year"] or part["code_year"]
    )


def new_year(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the New Year`: the one that has just begun, or begins next."""
    now = context.published
    return dated(f"{now.year + (now.month > 2):04}" if now else values.UNKNOWN["year"])


def _year_in_words(words: str) -> str:
    first, *rest = words.replace("-", " ").split()
    small = sum(w.SMALL_NUMBERS.get(word, 0) for word in rest if word != "thousand")
    return f"{2000 + small if first == 'two' else w.SMALL_NUMBERS[first] * 100 + small:04}"


def year_range(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`1994-1997`, `2021-22`, `1999-00`; `2024-06` is a month."""
    first, until = int(part["year"]), part["until_year"]
    if part["until_digit"]:  # 2005-6
        until = f"{first + 1:04}"[2:]
        if until[-1] != part["until_digit"]:
            return None
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


def era(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`AD 247`, `44 BC`: as TIMEX3 writes them, `0247` and `BC0044`."""
    digits = (part["era_year"] or part["count_year"]).replace(",", "")
    before = part["era"].startswith("b")
    return dated(f"BC{int(digits):04}" if before else f"{int(digits):04}") if int(digits) else None
