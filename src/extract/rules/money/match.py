"""Amounts of money in a text, with the unit as the text writes it.

>>> [(text[a.start:a.end], str(a.low), a.unit) for a in amounts(text := "HK$5.4m, or 4 to 5 million euros")]
[('HK$5.4m', '5400000.0', 'HKD'), ('4 to 5 million euros', '4000000', 'EUR')]

Each number is looked at for a sign or code before it and a sign, code or name after it; then neighbours
that share a unit are joined to ranges. Whose dollar a bare `$` is stays open here (unit `dollar`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract import lexicons
from extract.lexicons.scope import cached, remembered
from extract.rules import numbers
from extract.rules.amounts import Amount, is_below, joined
from extract.rules.coordination import shared
from extract.rules.money import names, signs
from extract.rules.money.currencies import unit_nouns
from extract.rules.money.parts import part_of_whole, with_parts
from extract.rules.number_patterns import NumberPattern, number_patterns
from extract.rules.numbers import SCALES, Number
from extract.rules.slots import Slotted, amount_by, slotted

_LEXICON = lexicons.load("currencies")
_PHRASE_END = lexicons.alternation(_LEXICON["phrase_ends"]["words"])
_STOP = re.compile(rf"\s*(?:$|[.,;:)\]!?\"”’'—–(-]|(?:{_PHRASE_END})\b)")
_MOST = Decimal(10**21)  # of any currency; all the money there is, in the smallest one, is less
_JOINTS = frozenset(_LEXICON["joints"]["words"])
_SAME_CLAUSE = 60  # how far cents may be from the dollars they are cents of


@remembered(8)
def amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of money of a text, in order, without overlaps."""
    every = [n for n in numbers.find(text) if n.form in ("digits", "words")]
    counted, priced = with_parts(text, every, _priced(text, every))
    priced = part_of_whole(text, counted, _same_dollar(text, priced))
    priced = shared(text, counted, priced, kind="money")
    found = joined(text, counted, priced, kind="money", shares_ahead=lambda end: bool(_STOP.match(text, end)))
    return tuple(
        amount
        for amount in found
        if is_below(amount, _MOST) and not numbers.is_cut(text, amount.start, amount.end)
    )


def _priced(text: str, counted: Sequence[Number]) -> list[Amount | None]:
    """What each number is with its sign, code or name; None for a bare one."""
    priced: list[Amount | None] = []
    end = 0
    for number in counted:
        amount = amount_by(own_patterns(), text, number, unit="currency") or _by_what_is_before(text, number)
        if amount is None or amount.start < end:  # the sign before it is that of `10 $` in `10 $ 30 $`
            amount = _by_what_is_behind(text, number)
        priced.append(amount)
        end = amount.end if amount else end
    return priced


def _by_what_is_before(text: str, number: Number) -> Amount | None:
    """The amount that a number is by the first pattern of a sign or code before it."""
    return next(
        (amount for pattern in patterns() if pattern.ahead and (amount := pattern.amount(text, number))), None
    )


def _by_what_is_behind(text: str, number: Number) -> Amount | None:
    """The amount by what follows, the longest and first of them: `410 CFA francs` and not `410 CFA`."""
    if number.glued:
        return None
    found = [pattern.amount(text, number) for pattern in patterns() if not pattern.ahead]
    return max((amount for amount in found if amount), key=lambda amount: amount.end, default=None)


@cached
def patterns() -> tuple[NumberPattern, ...]:
    """The patterns of what is beside a number, from the lexicon `money_patterns`."""
    words = {**signs.sign_words(), **names.sign_words(), "scales": SCALES}
    return number_patterns("money", (signs, names), words)


@cached
def own_patterns() -> tuple[Slotted, ...]:
    """The patterns of a user."""
    return slotted("money", numbers=True)


def _same_dollar(text: str, priced: list[Amount | None]) -> list[Amount | None]:
    """Whose dollars and cents those right after another amount are.

    `US$89 to [$93] billion` is the first's, so is `C$35, up [12.5 cents]`; in `$1 = 1.5 Canadian dollars` the
    first is American.
    """
    amounts_only = [(i, amount) for i, amount in enumerate(priced) if amount]
    for (i, first), (k, second) in pairwise(amounts_only):
        gap = text[first.end : second.start].strip().lower()
        unit = (priced[i] or first).unit
        if gap == "=" and unit == "dollar" and second.unit.isupper():
            priced[i] = replace(first, unit="USD", beside=True)
        near = gap in _JOINTS if second.unit == "dollar" else len(gap) < _SAME_CLAUSE
        if near and second.unit in ("dollar", "cent") and second.unit in unit_nouns(unit):
            priced[k] = replace(second, unit=unit, beside=True)
    return priced
