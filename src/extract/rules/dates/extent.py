"""The extent of a time expression: what belongs to it before its pattern, which neighbours make one with it.

`the`, `early`, `the end of`, `about` belong to what follows them; `the third quarter` and `of 1990` are one
expression of two parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract import lexicons
from extract.rules.dates import words as w

_REACH = 48  # how far before a pattern its modifiers are looked for
_ARTICLE = re.compile(r"(?<![\w-])the\s{1,3}$", re.IGNORECASE)
_SOME_ARTICLE = re.compile(r"(?<![\w-])(?:the|an?)\s{1,3}$", re.IGNORECASE)
_PART = re.compile(  # `end-June`, `by end June`
    rf"(?<![\w-])(?:(?P<part>{w.alternation('parts')})(?:-|\s{{1,3}})"
    r"|end-|(?<=\bby\s|\bat\s|\bof\s)end\s{1,3})$",
    re.IGNORECASE,
)
_EDGE = re.compile(
    rf"(?<![\w-])(?:(?:the|a)\s{{1,3}})?(?P<edge>{w.alternation('edges')})\s{{1,3}}of\s{{1,3}}$",
    re.IGNORECASE,
)
_MODIFIER = re.compile(rf"(?<![\w-])(?P<modifier>{w.alternation('modifiers')})\s{{1,3}}$", re.IGNORECASE)
_LATER = re.compile(r"(?<![\w-])(?:earlier|later)\s{1,3}$", re.IGNORECASE)
_TAKES_LATER = re.compile(rf"(?:{w.cues('takes_later')})\b", re.IGNORECASE)
_LASTS = re.compile(
    rf"\b(?:{w.cues('lasts')})\s+$",
    re.IGNORECASE,
)

_AMOUNT = re.compile(rf"(?:\d|%|illion|\b(?:{w.cues('amounts')}))\s+$", re.IGNORECASE)

# Kinds and patterns that a leading article belongs to; without it the rest takes none.
_WITH_ARTICLE = frozenset(
    [
        "relative",
        "quarter",
        "fiscal",
        "season",
        "decade",
        "century",
        "span",
        "part",
        "vague",
        "week",
        "same",
        "nth",
        "nth_day",
    ]
)
_WITH_ANY_ARTICLE = frozenset(["ordinal_unit"])
_RULES_WITH_ARTICLE = frozenset(
    ["dates.ordinal_month", "dates.year_ago", "dates.relative_weekday", "dates.named_year"]
)
_BARE = frozenset(["dates.plural_beside", "dates.unit_long"])
_NO_PART = frozenset(["set", "reference", "time", "duration", "ago", "nth", "nth_day", "stamp"])
_NO_EDGE = frozenset(
    ["set", "reference", "time", "duration", "span", "ago", "days", "weekday", "nth", "nth_day", "stamp"]
)
_NO_MODIFIER = frozenset(["set", "reference", "weekday", "days"])

_GAP = re.compile(r",?\s{1,3}")
_OF = re.compile(r",?\s{1,3}(?:(?:of|in)\s{1,3})?")
_OF_ONLY = re.compile(r",?\s{1,3}(?:of\s{1,3})?")
_ON = re.compile(r",?\s{1,3}(?:on\s{1,3}(?:the\s{1,3})?)?")
_ON_OR_OF = re.compile(r",?\s{1,3}(?:(?:of|in|on)\s{1,3}(?:the\s{1,3})?)?")
_FROM = re.compile(r"\s{1,3}from\s{1,3}(?:the\s{1,3})?")
_LASTING = re.compile(  # `for two weeks from Monday` is a length of time
    rf"\b(?:{w.cues('lasting')})\s+(?:(?:{w.cues('about')})\s+)?$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?\s{1,3}(?:fiscal\s{1,3})?")
_YEARLIKE = frozenset(["year", "relative:year", "fiscal", "definite:year"])
_MONTHLIKE = frozenset(["month", "relative:month", "definite:month"])
_LONG = (
    _YEARLIKE
    | _MONTHLIKE
    | {"quarter", "relative:quarter", "definite:quarter", "decade", "century", "season"}
)
# Which kinds make one expression with a coarser one after them, and over which words.
_JOINTS: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "time": (_ON, frozenset(["weekday", "day", "days", "part", "relative:day"])),
    "nth": (_OF, _LONG),
    "nth_day": (_OF, frozenset(["relative:month", "definite:month", "set"])),
    "part": (_ON_OR_OF, frozenset(["weekday", "day", "days"])),
    "weekday": (_OF, frozenset(["relative:week", "day"])),
    "day": (_OF, frozenset(["relative:year"])),
    "month": (_OF_ONLY, frozenset(["year", "relative:year", "definite:year", "ago"])),
    "quarter": (_OF, _YEARLIKE),
    "season": (_OF, _YEARLIKE),
    "span": (_OF, _LONG),
    "same": (_OF, _YEARLIKE | {"ago", "day", "month"}),
    "edge": (_OF, frozenset(["year"])),
    "relative:quarter": (_OF, _YEARLIKE),
    "definite:quarter": (_GAP, frozenset(["ago"])),
    "definite:month": (_GAP, frozenset(["ago"])),
    "definite:week": (_OF, frozenset(["day"])),
}
_AND = re.compile(r",?\s{1,3}(?:and\s{1,3})?")
_LENGTHS = ("TS", "TM", "TH", "D", "W", "M", "Y")  # of units, the finest first
_POSSESSED = frozenset(["quarter", "season", "month"])


@dataclass(frozen=True, slots=True)
class Part:
    """One pattern's match: its groups by name in lower case, and what precedes it."""

    start: int
    end: int
    rule: str
    kind: str
    groups: dict[str, str]
    mod: str | None = None
    article: bool = False
    named: str = ""  # the name of a user's pattern, which is read as `rule`

    def __getitem__(self, group: str) -> str:
        """What the group matched, or ""."""
        return self.groups.get(group, "")


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: its offsets, and its parts, the finest first."""

    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def rule(self) -> str:
        """The name of the pattern of the finest part."""
        return self.parts[0].rule


def widen(text: str, part: Part) -> Part:
    """The part with the article, `early`, `the end of` and `about` before it."""
    first = max(0, part.start - _REACH)
    before, main, mod = text[first : part.start], part.kind.partition(":")[0], None
    if main == "decade":  # the '90s
        before = before.removesuffix("'").removesuffix("’")
    early = None if main in _NO_PART else _PART.search(before)
    if early:
        mod, before = w.PARTS[lexicons.key(early["part"] or "end")], before[: early.start()]
    article = _article_of(part, main, early=bool(early)).search(before)
    edge = None if main in _NO_EDGE else _EDGE.search(before[: article.start()] if article else before)
    if edge:
        mod = w.EDGES[lexicons.key(edge["edge"])] or mod
        return replace(part, start=first + edge.start(), mod=mod, article=True)
    if article:
        before = before[: article.start()]
    later = _LATER.search(before)
    modifier = _MODIFIER.search(before)
    if later and _TAKES_LATER.match(text, first + len(before)):
        before = before[: later.start()]
    elif modifier and _modifies(modifier, main, bool(article), before):
        mod, before = w.MODIFIERS[lexicons.key(modifier["modifier"])], before[: modifier.start()]
    return replace(part, start=first + len(before), mod=mod, article=bool(article))


_NONE = re.compile(r"(?!)")


def _article_of(part: Part, main: str, *, early: bool) -> re.Pattern[str]:
    """The article that belongs to the expression."""
    if main in _WITH_ANY_ARTICLE or part["period"] == "period":
        return _SOME_ARTICLE
    if early or main in _WITH_ARTICLE or part.rule in _RULES_WITH_ARTICLE or _takes_article(part, main):
        return _ARTICLE
    return _NONE


def _takes_article(part: Part, main: str) -> bool:
    """`the two weeks`, `the 9th of June`, `the 2021-22 year`."""
    if part.rule == "dates.day_month":
        return bool(part["th"])
    if part.rule == "dates.year_range":
        return part["whole"].endswith("year")
    return main == "duration" and part["unit"] in w.PLURALS and part.rule not in _BARE


def _modifies(modifier: re.Match[str], main: str, article: bool, before: str) -> bool:
    """The modifier belongs to the expression; in `over the years`, `used over a year` it is a preposition."""
    word = lexicons.key(modifier["modifier"])
    if word in ("over", "under", "some", "up to"):
        lasts = word != "over" or bool(_LASTS.search(before[: modifier.start()]))
        return main in ("duration", "ago") and not article and lasts
    compared = word.endswith("than") and _AMOUNT.search(before[: modifier.start()])
    if main == "ago" and (compared or word == "as many as"):
        return False  # 5% less than a year ago, twice as many as a year earlier
    if main in ("duration", "ago", "span"):
        return True
    return main not in _NO_MODIFIER and w.MODIFIERS[word] == "APPROX"


def join(text: str, first: Expression, second: Expression) -> Expression | None:
    """One expression of two neighbours, the finer before the coarser or, with `'s`, after it."""
    if second.start - first.end > 12:
        return None
    between = text[first.end : second.start]
    left, right = first.parts[-1], second.parts[0]
    joint, coarser = _JOINTS.get(left.kind, (_NONE, frozenset()))
    if left.kind == "month" and right.kind == "ago" and right["unit"] not in ("year", "years"):
        return None
    if right.kind in coarser and joint.fullmatch(between) and not left["year"]:
        return Expression(first.start, second.end, first.parts + second.parts)
    if _is_offset(text, first, between, right):
        groups = {**left.groups, "from": "from"}
        return Expression(first.start, second.end, (replace(left, groups=groups), *second.parts))
    if _is_second_finer(left, between, right):
        return Expression(first.start, second.end, second.parts + first.parts)
    return None


def _is_second_finer(left: Part, between: str, right: Part) -> bool:
    """The finer of two neighbours follows: `a year and six months`, `last year's second quarter`."""
    if left.kind == right.kind == "duration":
        return bool(_AND.fullmatch(between)) and _is_finer(right, left)
    possessed = right.kind in _POSSESSED and left.kind in _YEARLIKE and not right["year"]
    return possessed and bool(_POSSESSIVE.fullmatch(between))


def _is_offset(text: str, first: Expression, between: str, right: Part) -> bool:
    """`two weeks from Monday` is a day, but for `for two weeks from Monday`."""
    left = first.parts[-1]
    counted = left.rule == "dates.duration" and left.kind == "duration" and "-" not in left["whole"]
    if (
        not counted
        or left.article
        or right.kind not in ("days", "weekday", "day")
        or not _FROM.fullmatch(between)
    ):
        return False
    return not _LASTING.search(text[max(0, first.start - _REACH) : first.start])


def _is_finer(part: Part, other: Part) -> bool:
    """Both count plain units, and the first one counts finer ones: `three months` after `four years`."""
    counts = [each for each in (part, other) if each.rule == "dates.duration" and each["n"] not in w.VAGUE]
    codes = [w.UNITS.get(each["unit"], "") for each in counts]
    known = len(codes) == 2 and all(code in _LENGTHS for code in codes)
    return known and _LENGTHS.index(codes[0]) < _LENGTHS.index(codes[1])
