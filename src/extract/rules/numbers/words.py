"""Numbers in words: `twenty-five thousand`, `half a million`, `two-thirds`, `ninth`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract import lexicons
from extract.rules.numbers.number import AND_A_HALF, SCALE_WORD, SCALES, Form, Number, half_of, sign_before

_LEXICON = lexicons.load("numbers")
_UNITS: dict[str, int] = _LEXICON["units"]
_TENS: dict[str, int] = _LEXICON["tens"]
_ORDINALS: dict[str, int] = _LEXICON["ordinals"]
_DENOMINATORS: dict[str, int] = _LEXICON["denominators"]

_BIG_WORD = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_JOINT = r"(?:(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|\s+|-)"
_SMALL_WORD = rf"(?:{lexicons.alternation([*_UNITS, *_TENS])})"
_WORDS = re.compile(
    rf"""
    \b(?: (?:an?[\s-])?(?P<part>half|quarter)(?:[\s-](?:of[\s-])?an?)?[\s-](?P<whole>{_BIG_WORD})\b
      | (?P<numerator> an?|{_SMALL_WORD})[\s-](?P<denominator>{lexicons.alternation(_DENOMINATORS)})\b
      | (?P<words> (?: {_SMALL_WORD} | an?(?=\s{SCALE_WORD}\b) )
                   (?: {_JOINT}(?:{_SMALL_WORD}|{SCALE_WORD})\b )*
                   (?P<half>{AND_A_HALF}(?:\s+(?P<after>{SCALE_WORD})\b)?)? )\b
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
    if match["part"]:
        half = Decimal("0.5") if match["part"].lower() == "half" else Decimal("0.25")
        return _tidy(half * SCALES[match["whole"].lower()]), "words"
    if match["denominator"]:
        numerator = match["numerator"].lower()
        count = 1 if numerator in ("a", "an") else _UNITS.get(numerator, _TENS.get(numerator, 0))
        return Decimal(count) / _DENOMINATORS[match["denominator"].lower()], "fraction"
    if match["ordinal"]:
        return Decimal(_ORDINALS[match["ordinal"].lower()]), "ordinal"
    words = match["words"]
    if match["half"]:
        words = words[: match.start("half") - match.start("words")]
    value = _sequence_value([w for w in re.split(r"[\s-]+", words.lower()) if w and w != "and"])
    if value is not None and match["half"]:
        scale = match["after"].lower() if match["after"] else ""
        return _tidy((value + half_of(match["half"])) * SCALES.get(scale, 1)), "words"
    return value, "words"


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
    last = re.split(r"[\s-]+", words.lower())[-1]
    return last if last in SCALES else ""


def _tidy(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == int(value) else value
