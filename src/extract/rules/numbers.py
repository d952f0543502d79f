"""Numbers in text: digits, words, fractions and ordinals, exact and with their scale.

>>> [str(n.value) for n in find("$1.2 billion, half a million, twenty-five thousand, 2½, 5,00,000")]
['1200000000.0', '500000', '25000', '2.5', '500000']
>>> [(n.form, str(n.value)) for n in find("the 9th, two-thirds, one and a half million")]
[('ordinal', '9'), ('fraction', '0.6666666666666666666666666667'), ('words', '1500000')]

Pure functions of text. All patterns are anchored on a digit or a number word and cannot backtrack far, so
that any input is read in linear time; runs of more than `MAX_DIGITS` digits are no numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extract import lexicons

MAX_DIGITS = 30

_LEXICON = lexicons.load("numbers")
_UNITS: dict[str, int] = _LEXICON["units"]
_TENS: dict[str, int] = _LEXICON["tens"]
_SCALES: dict[str, int] = _LEXICON["scales"]
_LETTERS: dict[str, int] = _LEXICON["letters"]
_ORDINALS: dict[str, int] = _LEXICON["ordinals"]
_DENOMINATORS: dict[str, int] = _LEXICON["denominators"]

_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SCALE_WORD = rf"(?:{lexicons.alternation(_SCALES)})"
_BIG_WORD = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_JOINT = r"(?:(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|\s+|-)"
_SMALL_WORD = rf"(?:{lexicons.alternation([*_UNITS, *_TENS])})"
_AND_A_HALF = r"(?:(?:\s+and|-and)[\s-](?:a|one)[\s-](?:half|quarter)\b)"

# `10 000`: thousands apart by a space that does not break; by a plain one where nothing else can be meant.
_SPACED = r"""
    (?:(?<![\d.,])|(?<=[$£€¥₹])|(?<=\bR)) [1-9]\d{0,2}
    (?: (?:[\u00a0\u2009\u202f]\d{3})+ | (?:\x20\d{3}){0,3}\x20000 | (?:\x20\d{3}){2,4}
      | (?:(?<=[$£€¥₹]\d)|(?<=[$£€¥₹]\d\d)|(?<=[$£€¥₹R]\d\d\d)|(?<=\bR\d)|(?<=\bR\d\d))(?:\x20\d{3})+ )
    (?![\d,]) (?:\.\d+)?
"""
_SPACES = re.compile(r"[\u00a0\u2009\u202f\x20]")
_DIGITS = re.compile(
    rf"""
    (?P<digits> {_SPACED} | \d+ (?:,\d+)* (?:\.\d+)* | (?<![\w.])\.\d+ | [{_VULGAR}])
    (?P<power> \s?×\s?10\^?[-−]?\d{{1,2}}(?!\d) )?
    (?P<fraction> [{_VULGAR}] | (?:\s|-)\d{{1,2}}/\d{{1,2}}(?![\d/]) | /\d{{1,2}}(?![\d/]) )?
    (?: (?P<ordinal> st|nd|rd|th)\b
      | (?P<half> {_AND_A_HALF})? [\s-]{{0,2}} (?P<scales> {_SCALE_WORD}s?\b (?:[\s-]{_SCALE_WORD}s?\b)? )
      | (?P<letter> [kmbt])(?![\w]) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = re.compile(
    rf"""
    \b(?: (?:an?[\s-])?(?P<part>half|quarter)(?:[\s-](?:of[\s-])?an?)?[\s-](?P<whole>{_BIG_WORD})\b
      | (?P<numerator> an?|{_SMALL_WORD})[\s-](?P<denominator>{lexicons.alternation(_DENOMINATORS)})\b
      | (?P<words> (?: {_SMALL_WORD} | an?(?=\s{_SCALE_WORD}\b) )
                   (?: {_JOINT}(?:{_SMALL_WORD}|{_SCALE_WORD})\b )*
                   (?P<half>{_AND_A_HALF}(?:\s+(?P<after>{_SCALE_WORD})\b)?)? )\b
      | (?P<ordinal> {lexicons.alternation(_ORDINALS)})\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGN = re.compile(r"(?:^|[\s(\[])(?:([-−])|([+])|(minus\s))[$£€¥₹]?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:[A-Z]{0,3}[$£€¥₹])?$", re.IGNORECASE)
_RANGE = re.compile(r"\s?[-–—−]\s?|\s+to\s+|\s+and\s+")

Form = Literal["digits", "words", "fraction", "ordinal"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        start, end: Offsets of the whole expression, scale included, sign left out.
        value: The exact value, scale applied, without sign. Fractions are rounded to the decimal context.
        form: How it is written. `fraction` is a spoken one (`two-thirds`); `12 1/2` is `digits`.
        scale: The scale's words (`million`, `lakh crore`, `m`) or "".
        plain: The value before the scale.
        plain_end: Where the digits end: `end` without the scale. Only a one-letter scale is worth undoing.
        sign: -1, 0 (none written) or 1.
        glued: A letter stands right before it (`RM79`, `A320`).
    """

    start: int
    end: int
    value: Decimal
    form: Form
    scale: str = ""
    plain: Decimal = Decimal(0)
    plain_end: int = 0
    sign: int = 0
    glued: bool = False

    @property
    def letter_scale(self) -> bool:
        """The scale is one letter, so that `5m` may also be five metres."""
        return self.scale.lower() in _LETTERS


@lru_cache(maxsize=8)
def find(text: str) -> tuple[Number, ...]:
    """All numbers of a text, in order, without overlaps."""
    found = sorted([*_find_digits(text), *_find_words(text)], key=lambda number: (number.start, -number.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def read(text: str) -> Number | None:
    """The number that a text consists of, or None."""
    numbers = find(text.strip())
    whole = len(numbers) == 1 and numbers[0].start == 0 and numbers[0].end == len(text.strip())
    return numbers[0] if whole else None


def in_range(text: str, first: Number, second: Number) -> bool:
    """The numbers are the ends of a range: `3-5`, `3 to 5`, `between 3 and 5`, the second being larger."""
    between = text[first.end : second.start]
    if not _RANGE.fullmatch(between) or spread(first, second)[0] >= second.value:
        return False
    return "and" not in between or bool(_BETWEEN.search(text[max(0, first.start - 20) : first.start]))


def spread(first: Number, second: Number) -> tuple[Decimal, Decimal]:
    """Both ends of a range; the first takes the second's scale where it has none (`3-5m`)."""
    if second.scale and not first.scale and first.value < second.plain:
        return first.value * (second.value / second.plain), second.value
    return first.value, second.value


def _find_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        plain = _digits_value(match["digits"])
        fraction = _fraction_value(match["fraction"])
        if plain is None or fraction is None:
            continue
        if (match["fraction"] or "").startswith("/"):
            plain, fraction = plain * fraction, Decimal(0)
        plain += fraction
        if match["power"]:
            plain = plain.scaleb(int(match["power"].rpartition("10")[2].lstrip("^").replace("−", "-")))
        if match["half"]:
            plain += _half(match["half"])
        scales = (match["scales"] or match["letter"] or "").lower()
        digits_end = max(match.end(part) for part in ("digits", "power", "fraction"))
        yield Number(
            start=match.start(),
            end=match.end(),
            value=plain * _scale_value(scales),
            form="ordinal" if match["ordinal"] else "digits",
            scale=scales,
            plain=plain,
            plain_end=digits_end,
            sign=_sign_before(text, match.start()),
            glued=text[match.start() - 1 : match.start()].isalpha(),
        )


def _digits_value(digits: str) -> Decimal | None:
    """`1,234.5`, `5,00,000`, `1.000.000` and `3,5`; None for lists, versions, addresses and endless runs."""
    if len(digits) > MAX_DIGITS:
        return None
    if len(digits) == 1 and digits in _VULGAR:
        return Decimal(str(unicodedata.numeric(digits)))
    whole, *decimals = _SPACES.sub("", digits).split(".")
    groups = whole.split(",")
    if len(decimals) > 1:
        thousands = len(whole) <= 3 and len(groups) == 1 and all(len(group) == 3 for group in decimals)
        return Decimal(whole + "".join(decimals)) if thousands else None
    if len(groups) == 2 and len(groups[1]) <= 2 and not decimals:
        return Decimal(".".join(groups))  # a decimal comma
    if len(groups) > 1 and not _are_thousands(groups):
        return None
    return Decimal("".join(groups) + ("." + decimals[0] if decimals else "") or "0")


def _are_thousands(groups: list[str]) -> bool:
    """Groups of digits between commas as in `1,234,567` and the Indian `12,34,567`."""
    first, *middle, last = groups
    return len(first) <= 3 and len(last) == 3 and all(len(group) in (2, 3) for group in middle)


def _fraction_value(fraction: str | None) -> Decimal | None:
    """The value of `½`, ` 1/4` or, as a divisor, `/4`; 0 for none, None for what is no fraction."""
    if not fraction:
        return Decimal(0)
    if fraction in _VULGAR:
        return Decimal(str(unicodedata.numeric(fraction)))
    numerator, _, denominator = fraction.strip(" -\t\n").partition("/")
    if int(denominator) not in (2, 3, 4, 5, 6, 8, 10, 16, 32, 64):
        return None
    if not numerator:
        return 1 / Decimal(denominator)
    return Decimal(numerator) / Decimal(denominator) if int(numerator) < int(denominator) else None


def _find_words(text: str) -> Iterator[Number]:
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
                plain=_tidy(value / _SCALES.get(scale, 1)),
                plain_end=match.end(),
                sign=_sign_before(text, match.start()),
            )


def _words_value(match: re.Match[str]) -> tuple[Decimal | None, Form]:
    if match["part"]:
        half = Decimal("0.5") if match["part"].lower() == "half" else Decimal("0.25")
        return _tidy(half * _SCALES[match["whole"].lower()]), "words"
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
        return _tidy((value + _half(match["half"])) * _SCALES.get(scale, 1)), "words"
    return value, "words"


def _sequence_value(words: list[str]) -> Decimal | None:
    """The value of number words in order; None when they do not make one number (`nineteen ninety`)."""
    total = group = 0
    room = 10**30  # what a small word must stay below, as in twenty-[five]
    for word in words:
        if word in ("a", "an"):
            group, room = 1, 0
        elif word in _SCALES and _SCALES[word] <= 100:
            if group >= 100 or (group == 0 and total == 0):
                return None
            group, room = (group or 1) * _SCALES[word], 100
        elif word in _SCALES:
            if group == 0:  # two hundred thousand million
                total *= _SCALES[word]
            else:
                total, group = total + group * _SCALES[word], 0
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
    return last if last in _SCALES else ""


def _half(words: str) -> Decimal:
    return Decimal("0.25") if words.lower().endswith("quarter") else Decimal("0.5")


def _scale_value(scales: str) -> Decimal:
    value = Decimal(1)
    for word in re.split(r"[\s-]+", scales):
        singular = word if word in _SCALES else word.removesuffix("s")
        value *= _SCALES.get(singular, _LETTERS.get(singular, 1))
    return value


def _sign_before(text: str, start: int) -> int:
    match = _SIGN.search(text[max(0, start - 8) : start])
    if not match:
        return 0
    return 1 if match[2] else -1


def _tidy(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == int(value) else value
