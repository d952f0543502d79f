"""The days of fiscal years, their halves and quarters, where the month in which they start is known.

>>> expression = find("the second quarter of fiscal 2025")[0]
>>> days(expression, FiscalYear(start=10, named="end"), published=None, value="2025-Q2", ahead=False)
(date(2025, 1, 1), date(2025, 3, 31))

The month is stated by an option, or is the one usual in the country that the article mentions. A country's
government keeps that year; a company mostly has its own, so there the sentence must mention public accounts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from extract import lexicons
from extract.lexicons.scope import cached, default
from extract.records import Entity, Fact
from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.absolute import full_year
from extract.rules.dates.extent import Expression, Part
from extract.rules.dates.quarters import code_of
from extract.rules.dates.values import Interval

_LEXICON = lexicons.load("fiscal")
_NAMES: dict[str, str] = _LEXICON["names"]
_COMPANIES = frozenset(_LEXICON["companies"]["countries"])
_PUBLIC = re.compile(rf"\b(?:{lexicons.alternation(_LEXICON['public']['words'])})\b", re.IGNORECASE)
_OTHER_YEAR = re.compile(
    rf"\W?\s?(?:{lexicons.alternation(_LEXICON['other_years']['words'])})\b", re.IGNORECASE
)
_FISCAL = re.compile(r"\b(?:fiscal|financial)\b|\bFY(?![a-z])", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_OF_YEAR = frozenset(f"dates.{name}" for name in ("quarter", "quarter_code", "half", "half_code"))
_NAMED = frozenset(
    f"dates.{name}" for name in ("fiscal_year", "year", "year_alone", "year_range", "the_year")
)
_MENTIONS = 2  # of a country, before an article is taken to mention it
_CLEARLY = 2  # times as many as of any other


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """How fiscal years run.

    Attributes:
        start: The month of their first day, 1 to 12.
        named: The calendar year that a single number means: that of its `start` or `end`; "" when unknown.
        country: ISO 3166-1 alpha-2 of whose government's year it is; None when the user has stated it.
    """

    start: int
    named: str
    country: str | None = None

    def covers(self, sentence: str) -> bool:
        """The fiscal years that a sentence mentions are these."""
        return self.country is None or self.country in _COMPANIES or bool(_PUBLIC.search(sentence))


@cached
def _starts() -> dict[str, int]:
    """The month in which the fiscal years of a country start."""
    return {**dict.fromkeys(_LEXICON["calendar"]["countries"], 1), **lexicons.load("fiscal")["starts"]}


@cached
def _of_companies() -> tuple[re.Pattern[str], dict[str, int]] | None:
    """The companies of a user's rules, and the month in which the fiscal year of each starts."""
    starts: dict[str, int] = lexicons.load("fiscal").get("of_companies", {})
    if not starts:
        return None
    return re.compile(rf"\b(?:{lexicons.alternation(starts)})\b"), starts


def year_of_company(text: str) -> FiscalYear | None:
    """The fiscal year of the one company of a user's rules that a text names; None where it is not one."""
    known = _of_companies()
    months = {known[1][lexicons.spaced(found)] for found in known[0].findall(text)} if known else set()
    return FiscalYear(months.pop(), "end") if len(months) == 1 else None


def country_of_article(known: Iterable[Fact]) -> str | None:
    """ISO 3166-1 alpha-2 of the country that the entities of an article clearly mention, or None.

    Where they do not, that of the user's defaults.
    """
    return _spoken_of(known) or default("country")


def _spoken_of(known: Iterable[Fact]) -> str | None:
    counts = Counter(fact.country for fact in known if isinstance(fact, Entity) and fact.country)
    (country, most), (_, second) = (*counts.most_common(2), (None, 0), (None, 0))[:2]
    return country if most >= _MENTIONS and most >= _CLEARLY * second else None


def year_of_article(country: str | None, start: int | None) -> FiscalYear | None:
    """The fiscal year of an article: the stated one, or that of the country that it mentions.

    A stated year is named by the year in which it ends, as companies do, unless the country's usual year
    starts in the same month and is named by another custom.
    """
    starts = _starts()
    usual = FiscalYear(starts[country], _NAMES.get(country, ""), country) if country in starts else None
    if start is None:
        return usual
    return FiscalYear(start, (usual.named if usual and usual.start == start else "") or "end")


def is_fiscal(text: str, expression: Expression) -> bool:
    """The expression says `fiscal`, `financial` or `FY`."""
    return bool(_FISCAL.search(text, expression.start, expression.end))


def is_split_year(expression: Expression, value: str) -> bool:
    """`2024-25`, or `a year earlier` than it: a fiscal year, or a season; `2024-2025` is two years."""
    part = expression.parts[0]
    first, _, last = value.partition("/")
    if not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last) and int(last) == int(first) + 1):
        return False
    return part.rule != "dates.year_range" or len(part["until_year"]) == 2


def names_accounts(text: str, expression: Expression, sentence: str) -> bool:
    """`2024-25` means the year of public accounts: the sentence mentions them, and no season follows."""
    return bool(_PUBLIC.search(sentence)) and not _OTHER_YEAR.match(text, expression.end)


def days(
    expression: Expression, year: FiscalYear, *, published: date | None, value: str, ahead: bool
) -> Interval | None:
    """First and last day of a fiscal year, half or quarter, or None.

    Args:
        expression: What says `fiscal`, or a name such as `2024-25`.
        year: How fiscal years run.
        published: The article's date; without one, `the current fiscal year` has no days.
        value: What the expression denotes; gives the year of a quarter that states none.
        ahead: The sentence mentions the future: a quarter without a year may be the next or the present one.
    """
    if is_split_year(expression, value) and year.start > 1:  # two calendar years, so not the calendar's
        return _span(int(value[:4]) * 12 + year.start - 1, 12)
    finest, coarsest = expression.parts[0], expression.parts[-1]
    if len(expression.parts) > 2:
        return None
    code = _code(finest, alone=finest is coarsest)
    if finest is not coarsest and not code:
        return None
    first = _first_month(coarsest, year, published)
    length, number = {"Q": 3, "H": 6}[code[0]] if code else 12, int(code[1]) - 1 if code else 0
    if first is not None:
        return _span(first + length * number, length)
    if not code or finest is not coarsest or _states_year(finest) or ahead:
        return None
    return _last_over(year, published, length * number, length, values.year_of(value) or 0)


def _last_over(
    year: FiscalYear, published: date | None, months: int, length: int, stated: int
) -> Interval | None:
    """The days of the last quarter or half that begins so many months into a fiscal year, and is over.

    None for the present one or that of a year ago, and where the `stated` calendar year is another.
    """
    if published is None:
        return None
    found = _span(_current(year, published) + months, length)
    if found and found[0] > published:
        found = _span(_current(year, published) - 12 + months, length)
    if found is None or found[1] >= published:
        return None
    return found if _year_start(found, year) - stated in (0, -1) else None


def _year_start(found: Interval, year: FiscalYear) -> int:
    """The calendar year in which the fiscal year of these days starts."""
    return _current(year, found[0]) // 12


def _code(part: Part, *, alone: bool) -> str:
    """`Q2` or `H1`, "" for a whole year; `the last quarter of fiscal 2024` is its fourth."""
    if part.rule in _OF_YEAR:
        return code_of(part)
    last = part.rule == "dates.relative_unit" and part["unit"] == "quarter" and not alone
    return "Q4" if last and w.relation(part["relation"]) == "last" else ""


def _states_year(part: Part) -> bool:
    return bool(part["year"] or part["code_year"] or part["half_year"])


def _first_month(part: Part, year: FiscalYear, published: date | None) -> int | None:
    """The first month of the fiscal year that a part names, counted from the year 0, or None."""
    if part.rule == "dates.relative_unit":
        steps = w.DEICTIC.get(w.relation(part["relation"]))
        if part["unit"] != "year" or steps is None or published is None:
            return None
        return _current(year, published) + 12 * steps
    split = _split(part) if part.rule in _NAMED else None
    if split is not None:  # two calendar years, so the year is not the calendar's
        return split * 12 + year.start - 1 if year.start > 1 else None
    named = _named_year(part)
    if named is None or not (year.named or year.start == 1):
        return None
    return (named - (year.named == "end" and year.start > 1)) * 12 + year.start - 1


def _named_year(part: Part) -> int | None:
    """The one calendar year that a part states, or None."""
    if _until(part) or part.rule not in _NAMED | _OF_YEAR:
        return None
    keys = ("year", "short_year", "fiscal", "fiscal_first", "code_year", "half_year")
    digits = next((part[key] for key in keys if part[key]), None)
    return full_year(digits) if digits else None


def _until(part: Part) -> str:
    return part["until_year"] or part["fiscal_until"] or part["fiscal_last"]


def _split(part: Part) -> int | None:
    """2024 for `2024-25`; None for a single year and for several."""
    digits = part["year"] or part["fiscal"] or part["fiscal_first"]
    until = _until(part)
    if not digits or not until:
        return None
    first = full_year(digits)
    return first if full_year(until) % 100 == (first + 1) % 100 else None


def _current(year: FiscalYear, published: date) -> int:
    """The first month of the fiscal year in which the article was written."""
    return (published.year - (published.month < year.start)) * 12 + year.start - 1


def _span(first: int, length: int) -> Interval | None:
    try:
        start = date(first // 12, first % 12 + 1, 1)
        return start, date((first + length) // 12, (first + length) % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
