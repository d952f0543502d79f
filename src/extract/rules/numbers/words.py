"""Numbers in words: `twenty-five thousand`, `half a million`, `two-thirds`, `ninth`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from extract import lexicons
from extract.rules.numbers.number import (
    AND_A_HALF,
    LEXICON,
    SCALE_WORD,
    SCALES,
    Form,
    Number,
    half_of,
    sign_before,
    stacks,
)

_UNITS: dict[str, int] = LEXICON["units"]
_TENS: dict[str, int] = LEXICON["tens"]
_ORDINALS: dict[str, int] = LEXICON["ordinals"]
_DENOMINATORS: dict[str, int] = LEXICON["denominators"]

_BIG_WORD = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_JOINT = r"(?:(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|\s+|-)"
_SMALL_WORD = rf"(?:{lexicons.alternation([*_UNITS, *_TENS])})"
_DENOMINATOR = rf"(?:{lexicons.alternation(_DENOMINATORS)})"
_DIGIT_WORD = rf"(?:{lexicons.alternation(word for word, value in _UNITS.items() if value < 10)})\b"
# What decimals in words precede: not `at one point two men`.
_MEASURED = rf"\s+(?:{SCALE_WORD}|{lexicons.alternation(LEXICON['after_point']['words'])})\b"
# The first letters of all number words by their first one: most words are passed over by them.
_STARTS = sorted({word[:3] for word in [*_UNITS, *_TENS, *_ORDINALS, "half", "quarter"]})
_BEGINNINGS = "|".join(
    f"{first}(?:{'|'.join(start[1:] for start in starts)})"
    for first, starts in groupby(_STARTS, key=lambda start: start[0])
)
_WORDS = re.compile(
    rf"""
    \b (?=an?[\s-]|{_BEGINNINGS})
    (?: (?: (?:(?P<count>an?|{_SMALL_WORD})[\s-])? (?P<part>half|quarters?) (?:[\s-](?:of[\s-])?an?)?
            | (?P<counted>an?|{_SMALL_WORD})[\s-](?P<share>{_DENOMINATOR})[\s-]of[\s-](?:an?|one) )
          [\s-](?P<whole>{_BIG_WORD})\b
      | (?P<numerator> an?|{_SMALL_WORD})[\s-](?P<denominator>{_DENOMINATOR})\b
      | (?P<words> (?: {_SMALL_WORD} | an?(?=\s{SCALE_WORD}\b) )
                   (?: {_JOINT}(?:{_SMALL_WORD}|{SCALE_WORD})\b )*
                   (?: (?P<half>{AND_A_HALF}) | \s+point(?P<decimals>(?:\s+{_DIGIT_WORD})+)(?={_MEASURED}) )?
                   (?:\s+(?P<after>{SCALE_WORD})\b)? )\b
      | (?P<ordinal> {lexicons.alternation(_ORDINALS)})\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_words(text: str) -> Iterator[Number]:
    """The numbers in words of a text, in order."""
    for match in _WORDS.finditer(text):
        value, form = _words_value(match)
        if value is not None:
            scale = _last_scale(match[0])
            yield Number(
                start=match.start(),
                end=match.end(),
                value=value,
                form=form,
                scale=scale,
                plain=_tidy(value / SCALES.get(scale, 1)),
                plain_end=match.end(),
                sign=sign_before(text, match.start()),
            )


def _words_value(match: re.Match[str]) -> tuple[Decimal | None, Form]:
    if match["whole"]:
        count = lexicons.key(match["count"] or match["counted"] or "a")
        part = _DENOMINATORS[lexicons.key(match["part"] or match["share"])]
        return _tidy(_count_value(count) * SCALES[lexicons.key(match["whole"])] / part), "words"
    if match["denominator"]:
        return _count_value(lexicons.key(match["numerator"])) / _DENOMINATORS[
            lexicons.key(match["denominator"])
        ], "fraction"
    if match["ordinal"]:
        return Decimal(_ORDINALS[lexicons.key(match["ordinal"])]), "ordinal"
    more = match["half"] or match["decimals"]
    stem = match["words"]
    if more:
        stem = stem[: match.start("half" if match["half"] else "decimals") - match.start("words")]
        stem = lexicons.key(stem).removesuffix("point")
    words = [word for word in lexicons.key(stem).replace("-", " ").split() if word != "and"]
    value = None if stacks(words) else _sequence_value(words)
    if value is None or not more:
        return value, "words"
    unit = SCALES.get(words[-1], 1) if match["half"] else 1  # `a million and a half` is half a million more
    value += (half_of(more) if match["half"] else _decimals_value(more)) * (unit if unit > 100 else 1)
    return _tidy(value * SCALES.get(lexicons.key(match["after"] or ""), 1)), "words"


def _count_value(word: str) -> Decimal:
    return Decimal(1 if word in ("a", "an") else _UNITS.get(word, _TENS.get(word, 0)))


def _decimals_value(words: str) -> Decimal:
    """What `two five` adds after `point`: 0.25."""
    return Decimal("0." + "".join(str(_UNITS[word]) for word in lexicons.key(words).split()))


def _sequence_value(words: list[str]) -> Decimal | None:
    """The value of number words in order; None when they do not make one number (`nineteen ninety`)."""
    total = group = 0
    room = 10**30  # what a small word must stay below, as in twenty-[five]
    for word in words:
        if word in ("a", "an"):
            group, room = 1, 0
        elif word in SCALES and SCALES[word] <= 100:
            if group >= 100 or (group == 0 and total == 0):
                return None
            group, room = (group or 1) * SCALES[word], 100
        elif word in SCALES:
            if group == 0:  # two hundred thousand million
                total *= SCALES[word]
            else:
                total, group = total + group * SCALES[word], 0
            room = 1000
        else:
            size = _UNITS.get(word, _TENS.get(word, 0))
            if size >= room:
                return None
            group, room = group + size, 10 if word in _TENS else 0
    return Decimal(total + group)


def _last_scale(words: str) -> str:
    """The scale that number words end in, or ""."""
    last = lexicons.key(words).replace("-", " ").rpartition(" ")[2]
    return last if last in SCALES else ""


def _tidy(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == int(value) else value
