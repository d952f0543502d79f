"""Money by an ISO code or a ticker, and the scale at it: `USD 10m`, `50 MUSD`, `EURm 12`, `3 ETH`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extract import lexicons
from extract.rules.money.currencies import codes
from extract.rules.numbers import Number, scale_of

_LEXICON = lexicons.load("currencies")
_CAUTIOUS = frozenset(_LEXICON["cautious"]["codes"])
_CRYPTO = frozenset(_LEXICON["crypto"]["codes"])
_SCALES: dict[str, int] = _LEXICON["code_scales"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code beside a number.

    Attributes:
        code: ISO 4217, or the ticker of a crypto currency.
        size: The scale at the code.
        at: Where it begins in the text before the number, or where it ends after it.
        negative: A minus is between code and number.
        sure: The code is no word or abbreviation of another kind.
    """

    code: str
    size: Decimal
    at: int
    negative: bool = False
    sure: bool = True


def code_before(found: re.Match[str]) -> Code | None:
    """The code at the end of the text before a number, with the scale at it, by a match of that text."""
    read = _split(found["word"], signed="$" in found[0])
    if not read:
        return None
    code, size = read
    if found["scale"]:
        size *= scale_of(found["scale"])
    sure = code not in _CAUTIOUS or "$" in found[0]
    return Code(code, size, found.start(), bool(found["minus"]), sure)


def code_after(found: re.Match[str], number: Number) -> Code | None:
    """The code after a number, with the scale at it or after it, by a match after the number."""
    read = _split(found["word"], signed=False)
    if not read:
        return None
    code, size = read
    if code in _CAUTIOUS:
        return None
    if found["scale"] and not number.scale:
        return Code(code, size * scale_of(found["scale"]), found.end())
    return Code(code, size, found.end("word"))


def _split(word: str, *, signed: bool) -> tuple[str, Decimal] | None:
    """The code and scale of a word: `USD`, `MUSD`, `EURm`; lower case only before a `$`: `mxn$`."""
    if signed:
        return (word.upper(), Decimal(1)) if word.upper() in codes() else None
    if word in codes() or word in _CRYPTO:
        return word, Decimal(1)
    for scale, code in ((word[:1], word[1:]), (word[3:], word[:3])):
        if scale in _SCALES and code in codes() - _CAUTIOUS:
            return code, Decimal(_SCALES[scale])
    return None
