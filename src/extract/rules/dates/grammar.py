"""The named patterns of time expressions, and what may stand before them.

In a pattern a blank is one gap (blanks, at most one line break) and `@name` is a part from `_PARTS`. A pattern is
tried only at words of its `starts`, so that text without such words costs one look-up a word. `before` must, and
`not_before` must not, match the text that ends where the pattern begins; `near` must occur in its neighbourhood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract import lexicons
from extract.rules.dates import words as w

_GAP = r"(?:[^\S\n]{1,4}|[^\S\n]{0,4}\n[^\S\n]{0,4})"

_PARTS: dict[str, str] = {
    "month": rf"(?-i:(?=[A-Z]))(?P<month>{lexicons.alternation(w.MONTHS)})\b(?:\.(?=[\s\d,–-]))?",
    "until_month": rf"(?-i:(?=[A-Z]))(?P<until_month>{lexicons.alternation(w.MONTHS)})\b(?:\.(?=[\s\d,–-]))?",
    "full_month": rf"(?-i:(?=[A-Z]))(?P<month>{lexicons.alternation(w.FULL_MONTHS)})\b",
    "weekday": rf"(?-i:(?=[A-Z]))(?P<weekday>{lexicons.alternation(w.FULL_WEEKDAYS)})\b",
    "any_weekday": rf"(?-i:(?=[A-Z]))(?P<weekday>{lexicons.alternation(w.WEEKDAYS)})\b\.?",
    "day": r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)",
    "until_day": r"(?P<until_day>3[01]|[12]\d|0?[1-9])(?!\d)",
    "th": r"(?:st|nd|rd|th)\b",
    "day_word": rf"(?P<day_word>{lexicons.alternation(w.DAY_ORDINALS)})",
    "year": r"(?P<year>(?:1\d|20|21)\d\d)(?![\d%]|,\d{3}|\.\d)\b",
    "until_year": r"(?P<until_year>(?:1\d|20|21)\d\d|\d\d)(?![\d%]|[,.]\d)\b",
    "short_year": r"['’](?P<short_year>\d\d)\b",
    "n": rf"(?P<n>{w.NUMBER}(?:(?: ?[-–] ?| to | or ){w.NUMBER})?)",
    "unit": rf"(?P<unit>{lexicons.alternation(w.SINGULARS)})\b",
    "units": rf"(?P<unit>{lexicons.alternation(w.UNITS)})\b",
    "plural": rf"(?P<unit>{lexicons.alternation(w.PLURALS)})\b",
    "adjective": rf"(?P<adjective>{lexicons.alternation(w.UNIT_ADJECTIVES)})",
    "relation": rf"(?P<relation>this past|this coming|{lexicons.alternation(w.RELATIONS)})\b",
    "which": rf"(?P<which>{lexicons.alternation(w.QUARTER_ORDINALS)})",
    "nth": rf"(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|{lexicons.alternation(w.ORDINALS)})\b",
    "season": rf"(?P<season>{lexicons.alternation(w.SEASONS)})\b",
    "part": rf"(?P<part>{lexicons.alternation(w.DAY_PARTS)})\b",
    "zone": rf"(?:\(?(?P<zone>{lexicons.alternation(w.ZONES)})\b\)?)",
    "ago": r"(?P<ago>ago|earlier|later|previously|hence|from now|back)\b(?! than)",
    "beside": r"(?P<ago>before|after|earlier|later)\b(?=\s*(?:[.,;:)”\"]|$|\n|\s(?:and|but|when|while|to|in|on|at|from)\b))",
    "clause_end": r"(?=\s*(?:[.,;:)”\"]|$|\n|\s(?:and|but|when|while|to)\b))",
}
_COUNTED = r"(?! (?:per cent|percent|people|points?|tonnes?|tons?|barrels?|miles?|kilomet\w+|km|metres?|meters?|feet|acres?"
_COUNTED += r"|hectares?|dollars?|euros?|pounds?|shares?|troops|soldiers|workers|employees|jobs|homes|houses|cases|deaths"
_COUNTED += r"|votes|students|members|hours|times|units|million|billion|trillion|thousand|hundred|degrees|residents|seats)\b)"
_NOT_OLD = r"(?![\s-]{1,2}(?:old|olds|of\s{1,2}age)\b)"
_PREPOSITION = r"(?:in|since|by|of|until|till|from|to|for|during|through|throughout|before|after|between|and|or|than|on|into)"
_YEAR_BEFORE = rf"(?:\b(?:{_PREPOSITION}|the|a|an|that|its|his|her|their|this|our|year|ended|ending|circa|early|late|mid|around"
_YEAR_BEFORE += (
    r"|about|as|with|versus|vs|against|over|beyond|past|like|back|is|was)|['’]s|mid-|pre-|post-|\()\s*$"
)
_MONTH_BEFORE = rf"\b(?:{_PREPOSITION}|early|late|mid|last|next|this|every|each|ended|ending|over|as|until|around|about)[\s-]+$"
_BUSINESS = rf"\b(?:{lexicons.alternation(w.BUSINESS)})\b|[%$£€]|\b(?:19|20)\d\d\b"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern: its kind says what it may be joined with, its starts where it is tried."""

    name: str
    kind: str
    starts: tuple[str, ...]
    regex: re.Pattern[str]
    before: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None


def _pattern(
    name: str,
    kind: str,
    starts: str,
    template: str,
    *,
    before: str = "",
    not_before: str = "",
    near: str = "",
) -> Pattern:
    expanded = template.replace("[ -]", r"(?:~|-)").replace(" ", "~")
    expanded = re.sub(r"@(\w+)", lambda part: _PARTS[part[1]].replace(" ", "~"), expanded).replace("~", _GAP)
    return Pattern(
        name=f"dates.{name}",
        kind=kind,
        starts=tuple(starts.split()),
        regex=re.compile(expanded, re.IGNORECASE),
        before=re.compile(before, re.IGNORECASE) if before else None,
        not_before=re.compile(not_before, re.IGNORECASE) if not_before else None,
        near=re.compile(near, re.IGNORECASE) if near else None,
    )


def _days() -> list[Pattern]:
    return [
        _pattern(
            "iso",
            "day",
            "digit",
            r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month_number>\d\d)(?P=sep)(?P<day>\d\d)"
            r"(?:(?:T| )(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]|\.\d)",
        ),
        _pattern(
            "numeric",
            "day",
            "digit",
            r"(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|\d\d(?<=/\d\d))"
            r"(?![\w/-]|\.\d)",
        ),
        _pattern(
            "month_day",
            "day",
            "month weekday",
            r"(?:@any_weekday,? )?@month (?:the )?@day(?:@th)?(?:(?:,? |,)@year|,? @short_year)?"
            r"(?![\d%$]|[,.:]\d| (?:percent|per cent|million|billion|points)\b)",
        ),
        _pattern(
            "day_month",
            "day",
            "digit weekday",
            r"(?:@any_weekday,? (?:the )?)?@day(?:@th)?(?: day)?(?: of )?[ -]?@month(?:(?:,? |-|,)@year|,? @short_year)?",
            before=r"(?:^|[^\w.,$£€/-]|[,.]\s|–|—)$",
        ),
        _pattern("ordinal_month", "day", "ordinal", r"@day_word(?: day)? of @month(?:,? @year)?"),
        _pattern("month_ordinal", "day", "month", r"@month (?:the )?@day_word\b(?:,? @year)?(?! quarter)"),
        _pattern(
            "day_range",
            "range",
            "month",
            r"@month @day(?:@th)? ?[-–—] ?(?:@until_month )?@until_day(?:@th)?(?:,? @year)?(?![\d%])",
        ),
        _pattern(
            "day_range_month",
            "range",
            "digit",
            r"@day(?:@th)?(?: ?[-–—] ?| to )@until_day(?:@th)? (?:of )?@month(?:,? @year)?",
        ),
        _pattern(
            "day_list",
            "day",
            "digit",
            r"@day(?:@th)?(?:,? @year)?(?![\w%]|[,.:]\d|-)(?! @month)",
            before=rf"\b(?P<month>{lexicons.alternation(w.MONTHS)})\.?\s+\d{{1,2}}(?:th|st|nd|rd)?"
            r"(?:,\s\d{1,2})?(?:,|,?\s(?:and|or|to|through))\s$",
        ),
        _pattern("free_form", "day", "digit", r"\d{4},? @month \d{1,2}(?:@th)?(?![\w%])"),
    ]


def _months() -> list[Pattern]:
    return [
        _pattern("month_year", "month", "month", r"@month(?:,? |,? of |-|/)(?:@year|@short_year)"),
        _pattern(
            "month_range",
            "range",
            "month",
            r"@month(?:[-–—]| ?[–—] ?|-to-)@until_month(?: (?P<unit>quarter|period))?(?:,? (?:of )?@year)?",
        ),
        _pattern("relative_month", "month", "relation", r"@relation @full_month"),
        _pattern("month", "month", "month", r"@month(?![\w-]*\w)", before=_MONTH_BEFORE),
        _pattern(
            "month_name",
            "month",
            "month",
            r"(?!may|march|mar\b|jun\b|jan\b)@month(?!['’]?\w)(?! (?-i:[A-Z][a-z]+))",
            not_before=r"(?-i:[A-Z])[\w.]+\s+$",
        ),
        _pattern(
            "month_attribute",
            "month",
            "month",
            r"@full_month(?= (?-i:[a-z]{3,}))",
            before=r"\b(?:the|a|an|its|their|his|['’]s)\s+$",
            not_before=r"(?-i:[A-Z])[\w.]+\s+$",
        ),
    ]


def _years() -> list[Pattern]:
    return [
        _pattern(
            "year",
            "year",
            "digit",
            rf"@year(?![-–/.:]\d|['’]s \d|-year){_COUNTED}",
            before=_YEAR_BEFORE,
            not_before=r"\b(?:room|flight|route|no|number|at|page|bus|channel|boeing|about|around|over)\.?\s$",
        ),
        _pattern(
            "year_alone",
            "year",
            "digit",
            rf"(?P<year>(?:19|20)\d\d)(?=[,;:.)]?(?:\s|$|['’]s\b)|,|\)){_COUNTED}(?! [a-z]+s\b)",
            before=r"(?:^|\n|(?:[a-z]{3}|\b(?-i:[A-Z])\w+),?\s|[(–—]\s?)$",
            not_before=r"\b(?:room|flight|route|no|number|at|page|bus|channel|boeing|about|around|over|some|nearly|almost"
            r"|than|least|rose|fell|all|highway|model|series|office|windows|to|by|of)\.?\s$",
        ),
        _pattern("the_year", "year", "the", rf"the year (?:@year|(?P<year_words>{w.YEAR_WORDS}))"),
        _pattern("year_words", "year", "number", rf"(?P<year_words>{w.YEAR_WORDS_19})"),
        _pattern("year_range", "range", "digit", r"@year ?[-–—/] ?@until_year(?!-)(?! season ticket)"),
        _pattern(
            "fiscal_year",
            "fiscal",
            "fiscal",
            r"(?:fiscal|financial)(?:[ -]year)?[ -](?:ended |ending )?(?:@year(?: ?[-–/] ?@until_year)?|@short_year)"
            r"|FY ?['’]?(?P<fiscal>\d{4}|\d\d)(?:[-–/](?P<fiscal_until>\d\d))?\b",
        ),
        _pattern(
            "decade",
            "decade",
            "digit",
            r"(?P<decade>(?:1\d|20)\d0|(?<=['’])\d0|[2-9]0)['’]?s\b",
            before=r"(?:\b(?:the|early|late|mid|in|since|until|and|from|of)(?:\s|-)['’]?|mid-|\s)$",
            not_before=r"\b(?:his|her|their|my|your|low|high|upper|lower|in)\s$",
        ),
        _pattern(
            "decade_words",
            "decade",
            "decade",
            rf"(?P<decade_words>{lexicons.alternation(w.DECADES)})\b",
            before=r"\b(?:the|(?:the|early|late|mid)[\s-](?:early|late|mid)?)[\s-]$",
        ),
        _pattern(
            "century", "century", "digit ordinal", r"@nth[ -]centur(?:y|ies)(?: (?P<era>bc|b\.c\.|bce))?"
        ),
    ]


def _quarters() -> list[Pattern]:
    return [
        _pattern(
            "quarter",
            "quarter",
            "ordinal digit fiscal relation",
            r"(?:@year )?(?:(?:fiscal|financial)[ -])?@which(?: (?:fiscal|financial|calendar))?[ -](?:quarter|qtr)\b(?! of an?\b)"
            r"(?! (?:hours?|miles?)\b)",
        ),
        _pattern(
            "quarter_code",
            "quarter",
            "q digit",
            r"(?:Q(?P<quarter>[1-4])|(?P<quarter_first>[1-4])Q)(?:[ -]?(?:of |in |FY ?|['’])?(?P<year>(?:19|20)\d\d|\d\d))?\b"
            r"|(?P<code_year>(?:19|20)\d\d)[ -]?Q(?P<code_quarter>[1-4])\b",
        ),
        _pattern(
            "half_code",
            "half",
            "h digit",
            r"H(?P<half>[12])(?:[ -]?(?:of |FY ?|['’])?(?P<year>(?:19|20)\d\d|\d\d))?\b(?![\w+])"
            r"|(?P<half_first>[12])H(?P<half_year>(?:20)?\d\d)\b",
        ),
        _pattern(
            "month_quarter", "quarter", "month", r"@month(?:[-–]@until_month)?[ -](?P<length>quarter|half)\b"
        ),
        _pattern(
            "half",
            "half",
            "ordinal digit fiscal",
            r"(?:@year )?(?:(?:fiscal|financial)[ -])?(?P<half_word>first|second|1st|2nd|latter)[ -]half\b",
            near=_BUSINESS,
        ),
        _pattern("season", "season", "season", r"@season(?: of)? @year"),
        _pattern("relative_season", "season", "relation", r"@relation @season(?! (?:of|in) (?:the|a)\b)"),
        _pattern(
            "the_season",
            "season",
            "season",
            r"@season(?! (?:of|in|from|to|for|at|out)\b)(?!-|['’])",
            before=r"\b(?:in|during|over|by|until|since|through|for|of|into|late|early)\s(?:the\s)?(?:(?:early|late|mid)[\s-])?$",
        ),
    ]


def _relative() -> list[Pattern]:
    return [
        _pattern(
            "relative_part",
            "part",
            "relation days",
            r"(?:@relation|(?P<days>yesterday|tomorrow|today)) (?:(?P<edge>early|late|mid)[ -])?@part",
        ),
        _pattern(
            "relative_unit",
            "relative",
            "relation",
            r"@relation(?: (?:@adjective))?[ -](?:@unit|(?P<period>period|term|session))\b(?![ -]long\b)",
        ),
        _pattern("year_period", "relative", "digit", r"@year (?P<period>period|quarter|half|month)"),
        _pattern(
            "same_time",
            "relative",
            "relation comparable",
            r"(?:same|corresponding|comparable|like|equivalent|similar)(?: @n)?[ -](?P<same>period|quarter|month|week|half|day|time frame|months)\b",
        ),
        _pattern(
            "year_ago",
            "relative",
            "unit",
            r"(?P<step>year|month|week|quarter)[ -](?P<ago>ago|earlier|before)"
            r"(?:[ -](?:(?:@which[ -])?(?P<period>quarter|period|half|month|week)|@n (?P<unit>months|weeks|quarters)))?",
            before=r"(?:\b(?:the|a|its|their|from|in|with|to)\s|^|\n|[.!?]\s+)$",
            not_before=r"\b(?:a|an|one|each|per)\s$",
        ),
        _pattern(
            "edge_unit",
            "edge",
            "unit digit end",
            r"(?:@year )?(?:(?P<unit>year|month|quarter|week|decade|century)(?:[ -]?end|['’]s[ -]end)|end[ -]of[ -](?P<end_unit>year|month|quarter))\b(?! of)",
        ),
        _pattern(
            "the_unit",
            "definite",
            "the",
            r"the (?:(?P<adjective>fiscal|financial|calendar|full|whole|entire) )?(?P<unit>week|month|quarter|year|weekend|decade)\b"
            r"(?! (?:before|earlier|after|later|of the)\b)(?!['’]s (?:best|biggest|top)\b)",
            not_before=r"\b(?<!end )(?<!rest )(?<!half )of\s$",
        ),
        _pattern(
            "ordinal_unit",
            "ordinal_unit",
            "ordinal digit",
            r"@nth (?P<adjective>consecutive|straight|successive|epidemiological) @unit",
        ),
        _pattern(
            "week_number",
            "week",
            "unit",
            r"(?-i:Week|week) (?P<week>[1-5]?\d)\b(?! of (?:the|their|his)\b)",
            before=r"\b(?:in|epidemiological|calendar|for|during|by)\s$",
        ),
        _pattern("ago", "ago", "number digit", r"@n[ -](?:@adjective )?@units(?P<half> and a half)? @ago"),
        _pattern("beside", "ago", "number digit", r"@n (?:@adjective )?@units(?P<half> and a half)? @beside"),
        _pattern("bare_ago", "ago", "unit", r"@plural @ago"),
        _pattern("the_unit_before", "ago", "the", r"the @unit (?:@beside|(?P<ago2>earlier|later)\b)"),
        _pattern(
            "the_day_part",
            "part",
            "part",
            r"@part\b",
            before=r"\b(?:the|in the|by|this|that|until|at|mid|early|late|from|into the)[\s-](?:early\s|late\s|mid[\s-]?)?$",
        ),
        _pattern("weekday", "weekday", "weekday", r"@weekday(?: (?:(?P<edge>early|late|mid)[ -])?@part)?"),
        _pattern("relative_weekday", "weekday", "relation", r"@relation @weekday(?: @part)?"),
        _pattern(
            "references",
            "reference",
            "reference",
            rf"(?P<reference>{lexicons.alternation(w.REFERENCES)})\b(?! as\b)",
        ),
        _pattern("days", "days", "days", rf"(?P<days>{lexicons.alternation(w.DAYS)})\b"),
        _pattern("nights", "days", "nights", rf"(?P<night>{lexicons.alternation(w.NIGHTS)})\b"),
        _pattern(
            "holiday",
            "holiday",
            "holiday",
            rf"(?-i:(?=[A-Z]))(?P<holiday>{lexicons.alternation(w.HOLIDAYS)})\b"
            r"(?:,? @year)?(?:[ -](?P<eve>eve|weekend|week))?",
        ),
    ]


def _durations() -> list[Pattern]:
    return [
        _pattern(
            "span",
            "span",
            "relation ordinal edge",
            r"(?P<side>first|final|opening|closing|remaining|last|past|next|coming|previous|preceding|following|prior|latest|same|recent|initial)"
            rf"(?: (?:fiscal|full|consecutive))? @n (?:@adjective )?@units{_NOT_OLD}",
        ),
        _pattern(
            "vague_span",
            "reference",
            "relation ordinal edge",
            r"(?P<side>recent|past|coming|upcoming|previous|future|earlier|last|next|ensuing|intervening|early) @plural",
        ),
        _pattern(
            "duration",
            "duration",
            "number digit",
            rf"@n[ -](?:(?:@adjective)[ -])?@units(?P<half> and a half)?(?:[ -](?P<period>period|span|stretch|long))?{_NOT_OLD}"
            r"(?! (?:ago|earlier from)\b)",
        ),
        _pattern("unit_long", "duration", "unit", rf"@units[ -]long\b"),
        _pattern("double", "duration", "unit", r"@plural or (?:days|weeks|months|years|decades)\b"),
        _pattern(
            "bare_plural",
            "duration",
            "unit",
            rf"@plural{_NOT_OLD}(?! (?:ago|earlier|later|of age)\b)",
            before=r"\b(?:for|in|over|within|after|through|takes?|took|taken|spent|spend|lasted|lasting|last|be|many)\s(?:the\s|many\s)?$",
        ),
    ]


def _sets() -> list[Pattern]:
    return [
        _pattern(
            "every",
            "set",
            "every",
            r"(?P<every>every|each|every other|alternate|once every|once each)(?: @n)?[ -](?:@units|@weekday|@full_month|@part|@season)",
        ),
        _pattern(
            "times_a_unit",
            "set",
            "times number digit",
            r"(?P<times>once|twice|thrice|@n times)(?: (?:a|an|per|every|each)[ -])@unit",
        ),
        _pattern(
            "per_unit",
            "set",
            "per",
            r"per @unit\b(?! (?:session|level|term)\b)",
            not_before=r"\bkilomet\w+\s$|\bkm\s$|\bmiles\s$",
        ),
        _pattern(
            "a_unit",
            "set",
            "number",
            r"(?:a|an) (?P<unit>year|month|week|day|quarter)\b(?! (?:ago|earlier|later|before|after|or|and a half)\b)",
            before=r"(?:\d|illion|thousand|hundred|percent|cent|%|\b(?:times|dollars|euros|pounds|tonnes|tons|barrels|people|shares|units|cars"
            r"|vehicles|flights|trips|hours|days|visitors|tourists|passengers|copies|deaths|cases|jobs))\s$",
            not_before=r"\b(?:in|for|over|within|after|during|of|about|nearly|almost|than)\s(?:\d+\s)?$",
        ),
        _pattern(
            "frequency", "set", "frequency", rf"(?P<frequency>{lexicons.alternation(w.FREQUENCIES)})\b(?!-)"
        ),
        _pattern(
            "weekdays",
            "set",
            "weekdays",
            rf"(?-i:(?=[A-Z]))(?P<weekdays>{lexicons.alternation(w.FULL_WEEKDAYS)})s\b",
        ),
    ]


def _times() -> list[Pattern]:
    return [
        _pattern(
            "clock",
            "time",
            "digit",
            r"(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))? ?(?P<meridiem>[ap])\.?m\b\.?(?:,? @zone)?",
        ),
        _pattern(
            "clock_24",
            "time",
            "digit",
            r"(?P<hour>2[0-3]|[01]?\d)[:.](?P<minute>[0-5]\d)(?:[:.]\d\d)?(?: ?(?:hrs|hours|h)\b)?(?: @zone)",
        ),
        _pattern(
            "clock_colon",
            "time",
            "digit",
            r"(?P<hour>2[0-3]|[01]?\d):(?P<minute>[0-5]\d)(?![\d:.]\d|\w|%)(?: ?(?:hrs|hours|h)\b)?",
            before=r"\b(?:at|by|until|till|from|around|about|before|after|since|to|and)\s$",
        ),
        _pattern(
            "clock_plain",
            "time",
            "digit",
            r"(?P<hour>2[0-3]|[01]\d)(?P<minute>[0-5]\d) ?(?:hrs|hours|@zone)\b",
        ),
        _pattern("oclock", "time", "digit number", r"@n o['’]clock(?:(?: in the)? @part)?"),
    ]


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns; the earlier wins where two match the same stretch of text."""
    return tuple(
        [*_days(), *_months(), *_years(), *_quarters(), *_relative(), *_durations(), *_sets(), *_times()]
    )


@cache
def by_start() -> dict[str, tuple[Pattern, ...]]:
    """The patterns to try at each class of word."""
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns():
        for start in pattern.starts:
            found.setdefault(start, []).append(pattern)
    return {start: tuple(those) for start, those in found.items()}
