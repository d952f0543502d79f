"""A number in a text, and what digits and words share: scales, halves and signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extract import lexicons

LEXICON = lexicons.load("numbers")
SCALES: dict[str, int] = LEXICON["scales"]
LETTERS: dict[str, int] = LEXICON["letters"]

_STACKED = 1_000_000  # the largest scale that may be its own

SCALE_WORD = rf"(?:{lexicons.alternation(SCALES)})"
AND_A_HALF = r"(?:(?:\s+and|-and)[\s-](?:(?:a|one)[\s-](?:half|quarter)|three[\s-]quarters?)\b)"
_SIGN = re.compile(r"(?:^|[\s(\[])(?:([-−])|([+])|(minus\s))[$£€¥₹]?$", re.IGNORECASE)

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
        glued: A letter is right before it (`RM79`, `A320`).
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
        return self.scale.lower() in LETTERS


def half_of(words: str) -> Decimal:
    """What `and a half`, `and a quarter` or `and three quarters` adds."""
    if words.lower().endswith("half"):
        return Decimal("0.5")
    return Decimal("0.75") if "three" in words.lower() else Decimal("0.25")


def stacks(words: Sequence[str]) -> bool:
    """The same large scale twice, such as `quadrillion quadrillion`, is no number; `a million million` is."""
    return any(first == second and SCALES.get(first, 0) > _STACKED for first, second in pairwise(words))


def sign_before(text: str, start: int) -> int:
    """-1 or 1 for a sign that precedes the offset, and before a currency's; 0 for none."""
    match = _SIGN.search(text[max(0, start - 8) : start])
    if not match:
        return 0
    return 1 if match[2] else -1
