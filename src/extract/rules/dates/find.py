"""Time expressions in a text: the patterns, what stands before them, and parts that make one expression.

>>> [text[e.start:e.end] for e in find(text := "early next year, the third quarter of 1990, at 9 a.m. Tuesday")]
['early next year', 'the third quarter of 1990', '9 a.m. Tuesday']

Pure functions of text, linear in its length: every pattern matches a short stretch and is tried at few words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from extract import lexicons
from extract.rules.dates import words as w
from extract.rules.dates.grammar import Pattern, by_start

_WORD = re.compile(r"[A-Za-z]+|\d{1,4}(?:(?=[a-zA-Z])|\b)|\d+")
_NEAR = 120
_REACH = 48  # how far before a pattern its conditions and modifiers are looked for
_GLUED = re.compile(r"[\w$£€¥₹#@&]$|[\d][.,/:–-]$|[$£€¥₹]\s$|[/_\\=+]$")
_PART_BEFORE = re.compile(
    rf"(?<![\w-])(?P<part>{lexicons.alternation(w.PARTS)})(?:-|\s{{1,3}})$", re.IGNORECASE
)
_ARTICLE_BEFORE = re.compile(r"(?<![\w-])the\s{1,3}$", re.IGNORECASE)
_SOME_ARTICLE_BEFORE = re.compile(r"(?<![\w-])(?:the|an?)\s{1,3}$", re.IGNORECASE)
_EDGE_BEFORE = re.compile(
    rf"(?<![\w-])(?P<article>the\s{{1,3}}|a\s{{1,3}})?(?P<edge>{lexicons.alternation(w.EDGES)})\s{{1,3}}of\s{{1,3}}$",
    re.IGNORECASE,
)
_MODIFIER_BEFORE = re.compile(
    rf"(?<![\w-])(?P<modifier>{lexicons.alternation(w.MODIFIERS)})\s{{1,3}}$", re.IGNORECASE
)
_LATER_BEFORE = re.compile(r"(?<![\w-])(?P<later>earlier|later)\s{1,3}$", re.IGNORECASE)
_LASTS = re.compile(
    r"\b(?:just|well|little|slightly|for|in|after|lasts|lasted|lasting|took|takes|of|spent)\s+$",
    re.IGNORECASE,
)
_TAKES_ARTICLE = frozenset(
    ["relative", "quarter", "season", "decade", "century", "span", "year_ago", "part", "reference", "week"]
)
_TAKES_LATER = re.compile(r"(?:this|last|that|next|yesterday|today|tonight)\b", re.IGNORECASE)
_DAY_JOINT = re.compile(r",?\s{1,3}")
_OF_JOINT = re.compile(r",?\s{1,3}(?:(?:of|in)\s{1,3})?")
_POSSESSIVE_JOINT = re.compile(r"['’]s?\s{1,3}(?:fiscal\s{1,3})?")

_YEARLIKE = frozenset(["year", "relative:year", "fiscal", "definite:year"])
# Which kinds make one expression with a coarser one after them, and over which words.
_JOINTS: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "time": (_DAY_JOINT, frozenset(["weekday", "day", "days", "part"])),
    "part": (_OF_JOINT, frozenset(["weekday", "day", "days"])),
    "weekday": (_OF_JOINT, frozenset(["relative:week"])),
    "month": (_OF_JOINT, frozenset(["year", "relative:year", "definite:year"])),
    "quarter": (_OF_JOINT, _YEARLIKE),
    "season": (_OF_JOINT, _YEARLIKE),
    "span": (_OF_JOINT, _YEARLIKE),
    "same": (_OF_JOINT, _YEARLIKE | {"ago", "day", "month"}),
    "edge": (_OF_JOINT, frozenset(["year"])),
}
_POSSESSED = frozenset(["quarter", "season", "month"])


@dataclass(frozen=True, slots=True)
class Part:
    """One pattern's match: its groups by name, and what stands before it."""

    start: int
    end: int
    rule: str
    kind: str
    groups: dict[str, str]
    mod: str | None = None
    article: bool = False

    def __getitem__(self, group: str) -> str:
        """What the group matched, in small letters, or ""."""
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


@lru_cache(maxsize=8)
def find(text: str) -> tuple[Expression, ...]:
    """All time expressions of a text, in order, without overlaps."""
    found: list[Expression] = []
    classes, tries = w.start_classes(), by_start()
    done = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        key = word[0].lower()
        names = ("digit",) if key[0].isdigit() else classes.get(key)
        if not names:
            continue
        part = _best(text, start, names, tries)
        if part:
            expression = Expression(part.start, part.end, (part,))
            joined = _join(text, found[-1], expression) if found else None
            if joined:
                found[-1] = joined
            else:
                found.append(expression)
            done = part.end
    return tuple(found)


def _best(
    text: str, start: int, names: tuple[str, ...], tries: dict[str, tuple[Pattern, ...]]
) -> Part | None:
    """The longest match that begins at a word, with what stands before it."""
    before = text[max(0, start - _REACH) : start]
    if before and _GLUED.search(before[-2:]):
        return None
    best: tuple[int, Pattern, re.Match[str]] | None = None
    for name in names:
        for pattern in tries.get(name, ()):
            match = pattern.regex.match(text, start)
            if not match or (best and match.end() <= best[0]):
                continue
            if pattern.before and not pattern.before.search(before):
                continue
            if pattern.not_before and pattern.not_before.search(before):
                continue
            if pattern.near and not pattern.near.search(text, max(0, start - _NEAR), match.end() + _NEAR):
                continue
            best = (match.end(), pattern, match)
    return _part(text, best[1], best[2]) if best else None


def _part(text: str, pattern: Pattern, match: re.Match[str]) -> Part:
    groups = {name: value.lower() for name, value in match.groupdict().items() if value is not None}
    groups["whole"] = match[0].lower()
    if pattern.name == "dates.day_list" and pattern.before:
        before = pattern.before.search(text[max(0, match.start() - _REACH) : match.start()])
        groups["month"] = before["month"].lower() if before else ""
    part = Part(match.start(), match.end(), pattern.name, _kind(pattern.kind, groups), groups)
    return _extend(text, part)


def _kind(kind: str, groups: dict[str, str]) -> str:
    """The kind, with the unit where joints ask for it."""
    if kind in ("relative", "definite") and groups.get("unit"):
        return f"{kind}:{groups['unit']}"
    return "same" if groups.get("same") else kind


def _extend(text: str, part: Part) -> Part:
    """The part with the article, `early`, `the end of` and `about` before it."""
    start, mod = part.start, None
    before = text[max(0, start - _REACH) : start]
    main = part.kind.partition(":")[0]
    if main in ("set", "reference", "time") and main != "reference":
        early = None
    else:
        early = _PART_BEFORE.search(before)
    if early and main != "duration":
        mod, start = w.PARTS[early["part"].lower()], start - (len(before) - early.start())
        before = before[: early.start()]
    article = _article(before, main, part, bool(early))
    edge = (
        _EDGE_BEFORE.search(before[: article.start()] if article else before)
        if main not in ("duration", "set")
        else None
    )
    if edge and main not in ("span", "ago", "days", "weekday", "time"):
        start -= len(before) - edge.start()
        return replace(part, start=start, mod=w.EDGES[edge["edge"].lower()] or mod, article=True)
    if article:
        start -= len(before) - article.start()
        before = before[: article.start()]
    later = _LATER_BEFORE.search(before)
    if later and _TAKES_LATER.match(text, start):
        return replace(part, start=start - (len(before) - later.start()), article=bool(article), mod=mod)
    modifier = _MODIFIER_BEFORE.search(before)
    if modifier and _modifies(modifier["modifier"].lower(), main, bool(article), before[: modifier.start()]):
        start -= len(before) - modifier.start()
        mod = w.MODIFIERS[modifier["modifier"].lower()]
    return replace(part, start=start, mod=mod, article=bool(article))


def _article(before: str, main: str, part: Part, early: bool) -> re.Match[str] | None:
    """The article that belongs to the expression."""
    plural = main == "duration" and part["unit"] in w.PLURALS and part["n"] != "a"
    if main in _TAKES_ARTICLE or early or plural or part["th_day"]:
        return _ARTICLE_BEFORE.search(before)
    if main == "ordinal_unit" or part["period"] == "period":
        return _SOME_ARTICLE_BEFORE.search(before)
    if part.rule in ("dates.ordinal_month", "dates.day_month", "dates.year_ago"):
        return (
            _ARTICLE_BEFORE.search(before)
            if part.rule != "dates.day_month" or "th" in part["day_th"]
            else None
        )
    return None


def _modifies(modifier: str, main: str, article: bool, before: str) -> bool:
    """The modifier belongs to the expression; `over the years` and `used over three years` are prepositions."""
    if modifier in ("over", "under", "some", "up to"):
        return (
            main in ("duration", "ago")
            and not article
            and (modifier != "over" or bool(_LASTS.search(before)))
        )
    return main not in ("set", "reference")


def _join(text: str, first: Expression, second: Expression) -> Expression | None:
    """One expression of two neighbours, the finer before the coarser or, with `'s`, after it."""
    between = text[first.end : second.start]
    if len(between) > 12:
        return None
    left, right = first.parts[-1], second.parts[0]
    joint, coarser = _JOINTS.get(left.kind, (None, frozenset()))
    if joint and right.kind in coarser and joint.fullmatch(between) and not left["year"]:
        return Expression(first.start, second.end, first.parts + second.parts)
    if (
        right.kind in _POSSESSED
        and left.kind in _YEARLIKE
        and _POSSESSIVE_JOINT.fullmatch(between)
        and not right["year"]
    ):
        return Expression(first.start, second.end, second.parts + first.parts)
    return None
