"""Quantities in a text: percentages, points, multiples, measures and counted nouns.

>>> [(text[q.start:q.end], str(q.low), q.unit) for q in quantities(text := "up 5.1 per cent, 3.9-fold, 300 km")]
[('5.1 per cent', '5.1', 'percent'), ('3.9-fold', '3.9', 'factor'), ('300 km', '300', 'kilometre')]

Each number is looked at for what follows it; then neighbours of one unit are joined to ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache

from extract import lexicons
from extract.rules import numbers
from extract.rules.amounts import Amount, follows_change, joined
from extract.rules.modifiers import REACH, without_modifier
from extract.rules.numbers import Number
from extract.rules.quantities import nouns
from extract.rules.quantities.units import MAX_WORDS, symbol_pattern, symbols, unit_of_name

_UNITS = lexicons.load("units")
_COUNTING = lexicons.load("counting")
_FOLDS: dict[str, int] = _UNITS["folds"]
_PARTS: dict[str, str] = _UNITS["parts"]
_SPACED = frozenset(_UNITS["cautious"]["spaced"])
_GLUED = frozenset(_UNITS["cautious"]["glued"])
_LABELS = frozenset(_COUNTING["labels"]["words"].split())

_PERCENT = re.compile(
    r"(?:\s?%|[\s-]?per[\s-]?cents?\b|[\s-]?pct\b\.?|\s?pc\b|\s?p\.c\.)(?P<point>[\s-]points?\b)?",
    re.IGNORECASE,
)
_POINTS_TO_PERCENT = re.compile(r"[\s-]points?\s+to\s+[\d.]+\s?(?:%|per\s?cent)", re.IGNORECASE)
_FOLD = re.compile(r"[\s-]?fold\b|[xX](?!\w)")
_TIMES = re.compile(
    rf"\s+times\b(?P<than>\s+(?:{lexicons.alternation(_UNITS['multiples']['after_times'])})\b)?"
)
_FOLD_WORD = re.compile(rf"\b(?P<fold>{lexicons.alternation(_FOLDS)})\b", re.IGNORECASE)
_PART = re.compile(
    rf"\b(?P<part>{lexicons.alternation(_PARTS)})[\s-](?:of[\s-])?(?:an?|one)[\s-](?=[A-Za-z])", re.IGNORECASE
)
_WORD = re.compile(r"(?P<gap>[\s-]+)(?P<word>[^\W\d_]+)")
_METRES = re.compile(rf"m[\s-](?:{lexicons.alternation(_UNITS['metres']['words'])})\b")
_BEFORE = re.compile(r"(?P<word>[\w.’'&]+)(?:\s+|-)$")
_RATIO_BEFORE = re.compile(
    rf"\b(?:\w+)\s+(?:{lexicons.alternation(_COUNTING['ratio']['words'])})\s+(?:every\s+)?$"
)
_ONE_IN = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+)\s+(?:in|of|out\s+of)\s+(?:every\s+)?$",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\d[-–]$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n“\"(—–•*-]\s*)$")


@lru_cache(maxsize=8)
def quantities(text: str) -> tuple[Amount, ...]:
    """All quantities of a text, in order, without overlaps; those inside money or dates are among them."""
    parts = list(_parts(text))
    counted = [n for n in numbers.find(text) if n.form in ("digits", "words") and not _inside(n.start, parts)]
    found = joined(
        text,
        counted,
        [_measured(text, n) for n in counted],
        kind="quantities",
        shares_ahead=lambda end: False,
    )
    ordered = sorted([*found, *parts, *_folds(text)], key=lambda q: (q.start, -q.end))
    kept: list[Amount] = []
    for quantity in ordered:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return tuple(kept)


def _inside(start: int, spans: Iterable[Amount]) -> bool:
    return any(span.start <= start < span.end for span in spans)


def _measured(text: str, number: Number) -> Amount | None:
    """The quantity that a number is, by what follows it."""
    if number.glued:
        return None
    for rule in (_percent, _multiple, _metres, _measure, _symbol, _counted):
        found = rule(text, number)
        if found:
            return found
    return None


def _amount(
    text: str,
    number: Number,
    end: int,
    unit: str,
    rule: str,
    *,
    size: Decimal = Decimal(1),
    per: str | None = None,
) -> Amount:
    start, value = number.start, number.value * size
    if number.sign < 0:
        value = -value
        before = re.search(r"(?:[-−]|minus\s+)$", text[max(0, start - 8) : start], re.IGNORECASE)
        start -= len(before[0]) if before else 0
    return Amount(
        start=start,
        end=end,
        number=number,
        low=value,
        unit=unit,
        rule=f"quantities.{rule}",
        size=size,
        per=per,
    )


def _percent(text: str, number: Number) -> Amount | None:
    found = _PERCENT.match(text, number.end)
    if found:
        if found["point"]:
            return _amount(text, number, found.end(), "percentage_point", "points")
        return _amount(text, number, found.end(), "percent", "percent")
    if number.value < 100 and _POINTS_TO_PERCENT.match(text, number.end):
        end = text.index("point", number.end) + (
            6 if text[number.end :].lstrip(" -").startswith("points") else 5
        )
        return _amount(text, number, end, "percentage_point", "points")
    return None


def _multiple(text: str, number: Number) -> Amount | None:
    """`3.9-fold`, `3x`, `ten times as much`, `grew four times`; `won three times` counts occasions."""
    if number.letter_scale:
        return None
    fold = _FOLD.match(text, number.end)
    if fold:
        return _amount(text, number, fold.end(), "factor", "multiple")
    times = _TIMES.match(text, number.end)
    if not times:
        return None
    left = without_modifier(text[max(0, number.start - REACH) : number.start])
    end = times.end() - len(times["than"] or "")
    if times["than"] or follows_change(left):
        return _amount(text, number, end, "factor", "multiple")
    return _amount(text, number, end, "time", "counted_noun")


def _metres(text: str, number: Number) -> Amount | None:
    """`a 5m wall`: the letter is no million."""
    if number.scale != "m" or not _METRES.match(text, number.plain_end):
        return None
    plain = Number(
        start=number.start,
        end=number.end,
        value=number.plain,
        form=number.form,
        plain=number.plain,
        sign=number.sign,
    )
    return _amount(text, plain, number.end, "metre", "measure")


def _measure(text: str, number: Number) -> Amount | None:
    """The longest name of a unit that follows: `tonnes`, `square kilometres`, `pound-feet`."""
    found = unit_at(text, number.end)
    if found is None:
        return None
    unit, end = found
    return _amount(text, number, end, unit, "points" if unit.endswith("_point") else "measure")


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The unit whose name begins after the space or hyphen at `at`, the longest one, and where it ends."""
    best, phrase, end = None, "", at
    for _ in range(MAX_WORDS):
        found = _WORD.match(text, end)
        if not found:
            break
        phrase, end = f"{phrase} {found['word'].lower()}".strip(), found.end()
        unit = unit_of_name(phrase)
        if unit:
            best = (unit, end)
    return best


def _symbol(text: str, number: Number) -> Amount | None:
    found = symbol_pattern().match(text, number.end)
    if not found:
        return None
    symbol, gap = found["symbol"], found["gap"]
    if (symbol in _SPACED and not gap) or (symbol in _GLUED and gap.isspace()):
        return None
    if symbol in ("C", "F") and (number.value > 150 or number.scale):
        return None
    meaning = symbols()[symbol]
    rule = "points" if meaning.unit.endswith("_point") else "measure"
    return _amount(text, number, found.end(), meaning.unit, rule, size=meaning.size, per=meaning.per)


def _counted(text: str, number: Number) -> Amount | None:
    """`12 new wind turbines`: from the number to the head noun, unless the number is a label or a year."""
    digits = text[number.start : number.end]
    if _YEAR.fullmatch(digits) or digits.startswith("0") or ("." in digits and not number.scale):
        return None
    if number.value < 2 or _SCORE.search(text[max(0, number.start - 2) : number.start]):
        return None
    if _is_label(text, number.start):
        return None
    found = nouns.head(text, number.end)
    return _amount(text, number, found.end, found.unit, "counted_noun") if found else None


def _is_label(text: str, start: int) -> bool:
    """The number is part of a name, an age or a ratio: `Highway 7`, `aged 12`, `one in five people`."""
    left = text[max(0, start - 40) : start]
    before = _BEFORE.search(left)
    if not before:
        return False
    if _ONE_IN.search(left):
        return True
    word = before["word"]
    if word.lower().strip(".") in _LABELS:
        return True
    named = word[0].isupper() and not word.endswith(("'s", "’s")) and len(word) > 1
    return named and not _SENTENCE_START.search(left[: before.start()]) and word.lower() not in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_COUNTING["stop"]["words"].split())


def _parts(text: str) -> Iterator[Amount]:
    """`half a percentage point`, `a quarter of a mile`."""
    for match in _PART.finditer(text):
        at = match.end() - 1
        value = Decimal(_PARTS[" ".join(match["part"].lower().split())])
        number = Number(start=match.start(), end=at, value=value, form="fraction", plain=value, plain_end=at)
        found = _percent(text, number) or _measure(text, number)
        if found:
            yield found


def _folds(text: str) -> Iterator[Amount]:
    for match in _FOLD_WORD.finditer(text):
        value = Decimal(_FOLDS[match["fold"].lower()])
        number = Number(
            start=match.start(),
            end=match.end(),
            value=value,
            form="words",
            plain=value,
            plain_end=match.end(),
        )
        yield _amount(text, number, match.end(), "factor", "multiple")
