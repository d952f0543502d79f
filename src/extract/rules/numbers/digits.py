"""Numbers in digits: `1,234.5`, `5,00,000`, `10 000`, `2½`, `3 1/2`, `1.2 million`, `9th`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from extract import lexicons
from extract.rules.numbers.number import (
    AND_A_HALF,
    LETTERS,
    LEXICON,
    SCALE_WORD,
    SCALES,
    Number,
    half_of,
    sign_before,
    stacks,
)

MAX_DIGITS = 30

VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

# `10 000`: thousands apart by a space that does not break; by a plain one where nothing else can be meant.
_CODED = "|".join(
    rf"(?<=\b{re.escape(mark)}\x20\d{{{length}}})"
    for mark in LEXICON["spaced"]["after"]
    for length in (1, 2, 3)
)
_SPACED = rf"""
    (?<![\d.,]) [1-9]\d{{0,2}}
    (?: (?:[\u00a0\u2009\u202f]\d{{3}})+ | (?:\x20\d{{3}}){{0,3}}\x20000 | (?:\x20\d{{3}}){{2,4}}
      | (?:(?<=[$£€¥₹]\d)|(?<=[$£€¥₹]\d\d)|(?<=[$£€¥₹R]\d\d\d)|(?<=\bR\d)|(?<=\bR\d\d))(?:\x20\d{{3}})+
      | (?=\x20\d{{3}}) (?:{_CODED}) (?:\x20\d{{3}})+ )
    (?!\d|,\d) (?:\.\d+)?
"""
_SPACED_OUT = r"(?<![\d.,]) [1-9]\d{0,2} (?:[\u00a0\u2009\u202f\x20]\d{3})+ (?!\d|,\d) (?:\.\d+)?"
_GAPS = re.compile(r"[\u00a0\u2009\u202f\x20'’]")
_COMMA_LAST = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_APOSTROPHES = r"\d{1,3} (?:['’]\d{3})+ (?!['’]?\d) (?:\.\d+)?"  # `1'250'000`
_POINTS = r"\d{1,3} (?:\.\d{3})+ ,\d{1,2} (?!\d|,\d)"  # `12.500,00`
_SPLIT = r"(?<=\b[A-Z]{3}) \d{1,3} \x20\.\d{1,3} (?!\d)"  # `EUR1 .65 m` of a text that was cut into words
_QUOTE = r"(?P<bid>\d+\.\d{1,4}) / (?P<ask>\d{2,4}) (?![\d/]|[.,]\d)"  # `3.75/80 pct`, `1.8055/65 marks`
_PATTERN = rf"""
    (?=[\d.{VULGAR}])  # passes over most places in one step
    (?: {_QUOTE} |
    (?P<digits> SPACED | {_SPLIT} | {_APOSTROPHES} | {_POINTS}
      | \d+ (?:,\d+)* (?:\.\d+)* | (?<![\w./])\.\d+ | [{VULGAR}])
    (?P<power> \s?(?:×\s?10\^?|x\s?10\^)[-−]?\d{{1,2}}(?!\d) )?
    (?P<fraction> [{VULGAR}] | (?:\s|-|\sand\s)\d{{1,2}}/\d{{1,2}}(?![\d/]) | /\d{{1,2}}(?![\d/]) )?
    (?: (?P<ordinal> st|nd|rd|th)\b
      | (?P<half> {AND_A_HALF})? [\s-]{{0,2}} (?P<scales> {SCALE_WORD}s?\b (?:[\s-]{SCALE_WORD}s?\b)? )
      | (?P<letter> [kmbt])(?![\w]) )? )
"""
_DIGITS = re.compile(_PATTERN.replace("SPACED", _SPACED), re.VERBOSE | re.IGNORECASE)
_DIGITS_SPACED = re.compile(_PATTERN.replace("SPACED", _SPACED_OUT), re.VERBOSE | re.IGNORECASE)
_NO_FRACTION = re.compile(r"[^\d/]+")
_SHOWS_SPACES = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\x20000\b(?!,?\d)")
_SHOWS_COMMAS = re.compile(r"\d,\d{3}\b")


def find_digits(text: str) -> Iterator[Number]:
    """The numbers in digits of a text, in order."""
    spaced_out = _SHOWS_SPACES.search(text) and not _SHOWS_COMMAS.search(text)
    for match in (_DIGITS_SPACED if spaced_out else _DIGITS).finditer(text):
        if match["bid"]:
            yield from _quote(text, match)
            continue
        plain = _plain_value(match)
        if plain is None:
            continue
        scales = match["scales"] or match["letter"] or ""
        scales = lexicons.key(scales) if scales else ""
        if scales and stacks(scales.split()):
            continue
        yield Number(
            start=match.start(),
            end=match.end(),
            value=plain * scale_value(scales),
            form="ordinal" if match["ordinal"] else "digits",
            scale=scales,
            plain=plain,
            plain_end=max(match.end("digits"), match.end("power"), match.end("fraction")),
            sign=sign_before(text, match.start()),
            glued=text[match.start() - 1 : match.start()].isalpha(),
        )


def _quote(text: str, match: re.Match[str]) -> Iterator[Number]:
    """Both prices of a dealer's quote: `1.8055/65` is 1.8055 and 1.8065."""
    bid, ask = match["bid"], match["ask"]
    if len(ask) <= len(bid.partition(".")[2]):
        ask = bid[: -len(ask)] + ask
    for part, digits in (("bid", bid), ("ask", ask)):
        start, end = match.span(part)
        value = Decimal(digits)
        glued = part == "bid" and text[start - 1 : start].isalpha()
        yield Number(
            start=start, end=end, value=value, form="digits", plain=value, plain_end=end, glued=glued
        )


def _plain_value(match: re.Match[str]) -> Decimal | None:
    """The value of digits, power and fraction before the scale; None for what is no number."""
    plain, fraction = _digits_value(match["digits"]), _fraction_value(match["fraction"])
    if plain is None or fraction is None:
        return None
    if (match["fraction"] or "").startswith("/"):
        plain, fraction = plain * fraction, Decimal(0)
    plain += fraction
    if match["power"]:
        plain = plain.scaleb(int(match["power"].rpartition("10")[2].lstrip("^").replace("−", "-")))
    return plain + half_of(match["half"]) if match["half"] else plain


def _are_dotted_thousands(whole: str, groups: list[str]) -> bool:
    """`1.000.000`, and no version."""
    return len(whole) <= 3 and "," not in whole and all(len(group) == 3 for group in groups)


def _digits_value(digits: str) -> Decimal | None:
    """`1,234.5`, `5,00,000`, `1.000.000`, `12.500,00`, `1'250`, `3,5`; None for lists and versions."""
    if len(digits) > MAX_DIGITS:
        return None
    if len(digits) == 1 and digits in VULGAR:
        return Decimal(str(unicodedata.numeric(digits)))
    digits = _GAPS.sub("", digits)
    if _COMMA_LAST.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    whole, *decimals = digits.split(".")
    groups = whole.split(",")
    if len(decimals) > 1:
        return Decimal(whole + "".join(decimals)) if _are_dotted_thousands(whole, decimals) else None
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
    if fraction in VULGAR:
        return Decimal(str(unicodedata.numeric(fraction)))
    numerator, _, denominator = _NO_FRACTION.sub("", fraction).partition("/")
    if int(denominator) not in (2, 3, 4, 5, 6, 8, 10, 16, 32, 64):
        return None
    if not numerator:
        return 1 / Decimal(denominator)
    return Decimal(numerator) / Decimal(denominator) if int(numerator) < int(denominator) else None


def scale_value(scales: str) -> Decimal:
    """What the words of a scale, in lower case, multiply by."""
    value = Decimal(1)
    for word in re.split(r"[\s-]+", scales):
        singular = word if word in SCALES else word.removesuffix("s")
        value *= SCALES.get(singular, LETTERS.get(singular, 1))
    return value
