"""Arithmetic: whether the parts that a sentence states add up to the total that it states.

    $5 million: $3 million from X and $2 million from Y         -> consistent
    $7,500, split between $5,000 for X and $2,400 for Y         -> inconsistent

Numbers are compared as what rounds to them (see `intervals`). Amounts that happen to be together are no
sum: one is `consistent` where the words allow a sum and it comes out, `inconsistent` only where they say that
the parts are all there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from extract import lexicons
from extract.records import Balance, Money, Quantity
from extract.rules.intervals import Interval, rounding, total

_LEXICON = lexicons.load("sums")


def _words(group: str, table: str) -> str:
    return rf"(?:\b(?=\w)|(?!\w))(?:{lexicons.alternation(_LEXICON[group][table])})(?:(?<=\w)\b|(?<!\w))"


_OPENS = re.compile(
    rf"(?P<all>{_words('opens', 'all')})|(?P<maybe>{_words('opens', 'maybe')})", re.IGNORECASE
)
_CLOSES = re.compile(
    rf"(?:(?P<all>{_words('closes', 'all')})|(?P<maybe>{_words('closes', 'maybe')}))\s+(?:\w+\s+){{0,2}}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s+(?:{_words('behind', 'maybe')})", re.IGNORECASE)
_REST = re.compile(rf"(?:{_words('rest', 'words')})\s+$", re.IGNORECASE)
_NO_PART = re.compile(rf"\b(?:{_words('no_part', 'words')})\s+$", re.IGNORECASE)
_JOINT = re.compile(r",|;|\band\b|\bplus\b|&", re.IGNORECASE)
_LAST_JOINT = re.compile(r"\band\b|\bplus\b|&", re.IGNORECASE)
_FAR = 120  # how far apart two neighbours of a sum may stand
_MANY = 30  # amounts of a sentence; more are a table
_NEAR = 600  # how far apart parts and total may be in the article; on gold as good as 300 and 1,200
_SURE = 4  # digits of an amount that no others add up to by chance
_RELATIVE = frozenset({"percent", "percentage_point", "basis_point", "factor", "point", None})

Amount = TypeVar("Amount", Money, Quantity)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts by their places among the amounts of a sentence.

    Attributes:
        whole: The total.
        parts: Its parts, at least two.
        complete: The words say that there are no other parts.
    """

    whole: int
    parts: range
    complete: bool


def checked(text: str, facts: Sequence[Amount]) -> Iterator[Amount]:
    """The amounts of an article in order; a total with whether its parts add up, and which these are."""
    found: dict[str, tuple[Balance, Sequence[Amount]]] = {}
    for _, group in groupby(facts, key=lambda fact: fact.source.sentence_start):
        sentence = list(group)
        for place, (balance, of) in _checks(text, sentence) if 2 < len(sentence) <= _MANY else ():
            found[sentence[place].fact_id] = balance, sentence[of.start : of.stop]
    found = _unlikely_by_chance(facts) | found
    for fact in facts:
        if fact.fact_id not in found:
            yield fact
            continue
        balance, parts = found[fact.fact_id]
        yield replace(fact, check=balance, parts=" ".join(part.fact_id for part in parts))


def _unlikely_by_chance(facts: Sequence[Amount]) -> dict[str, tuple[Balance, Sequence[Amount]]]:
    """Neighbours that add up to an amount of so many digits that no words need say so.

    `Turnover came to $375.2 million. Exports were $303.6 million, imports $71.6 million.`
    """
    by_unit: dict[str | None, list[Amount]] = defaultdict(list)
    for fact in facts:
        if fact.amount_max is None and _unit(fact) not in _RELATIVE:
            by_unit[_unit(fact)].append(fact)
    found: dict[str, tuple[Balance, Sequence[Amount]]] = {}
    for amounts in by_unit.values():
        for place, whole in enumerate(amounts):
            if _digits(whole) < _SURE:
                continue
            for count in (3, 2):
                for parts in (amounts[max(0, place - count) : place], amounts[place + 1 : place + 1 + count]):
                    if len(parts) == count and _sums_exactly(whole, parts):
                        found[whole.fact_id] = "consistent", parts
    return found


def _sums_exactly(whole: Amount, parts: Sequence[Amount]) -> bool:
    span = max(whole.end, parts[-1].end) - min(whole.start, parts[0].start)
    alike = all(_digits(part) > 1 and part.amount > 0 and part.per == whole.per for part in parts)
    return span <= _NEAR and alike and sum(part.amount for part in parts) == whole.amount


def _digits(fact: Money | Quantity) -> int:
    """How many digits say more than how large an amount is: four in `$375.2 million`, two in `$1,200`."""
    return len(fact.amount.normalize().as_tuple().digits)


def _checks(text: str, amounts: Sequence[Money | Quantity]) -> Iterator[tuple[int, tuple[Balance, range]]]:
    """The totals of a sentence that can be checked; one that comes out goes before one that does not."""
    for whole in range(len(amounts)):
        sums = [*_behind_it(text, amounts, whole), *_before_it(text, amounts, whole)]
        good = next((found for found in sums if _comes_out(text, amounts, found)), None)
        bad = next((found for found in sums if found.complete and _fails(text, amounts, found)), None)
        if good:
            yield whole, ("consistent", good.parts)
        elif bad:
            yield whole, ("inconsistent", bad.parts)


def _behind_it(text: str, amounts: Sequence[Money | Quantity], whole: int) -> Iterator[Sum]:
    """The parts that follow a total, the longest list of them first."""
    end = whole + 1
    while end < len(amounts) and (end == whole + 1 or _joined(text, amounts[end - 1], amounts[end])):
        if not _alike(amounts[whole], amounts[end]):
            break
        end += 1
    if end < whole + 3:
        return
    gap = text[amounts[whole].end : amounts[whole + 1].start]
    opening = _OPENS.search(gap) if len(gap) <= _FAR else None
    last = text[amounts[end - 2].end : amounts[end - 1].start]
    rest = bool(_REST.search(last))
    if opening is None and not rest:
        return
    said = rest or bool(opening and opening["all"] and _LAST_JOINT.search(last))
    yield Sum(whole, range(whole + 1, end), complete=said)
    for shorter in range(end - 1, whole + 2, -1):
        yield Sum(whole, range(whole + 1, shorter), complete=False)


def _before_it(text: str, amounts: Sequence[Money | Quantity], whole: int) -> Iterator[Sum]:
    """The parts that precede a total, the longest list of them first."""
    start = whole - 1
    while start > 0 and _joined(text, amounts[start - 1], amounts[start]):
        start -= 1
    while 0 <= start < whole and not all(_alike(amounts[whole], part) for part in amounts[start:whole]):
        start += 1
    if start < 0 or whole - start < 2:
        return
    gap = text[amounts[whole - 1].end : amounts[whole].start]
    closing = _CLOSES.search(gap) if len(gap) <= _FAR else None
    if closing is None and not _BEHIND.match(text, amounts[whole].end):
        return
    yield Sum(whole, range(start, whole), complete=bool(closing and closing["all"]))
    for later in range(start + 1, whole - 1):
        yield Sum(whole, range(later, whole), complete=False)


def _joined(text: str, first: Money | Quantity, second: Money | Quantity) -> bool:
    """Two neighbours may be parts of one sum: `$3 million from X and $2 million`."""
    gap = text[first.end : second.start]
    return len(gap) <= _FAR and bool(_JOINT.search(gap)) and not _NO_PART.search(gap)


def _alike(whole: Money | Quantity, part: Money | Quantity) -> bool:
    """Amounts of one unit, no ranges, rates or bounds."""
    exact = all(
        fact.amount_max is None and fact.per is None and fact.modifier in (None, "approx")
        for fact in (whole, part)
    )
    return exact and _unit(whole) == _unit(part) is not None and whole.amount > part.amount > 0


def _unit(fact: Money | Quantity) -> str | None:
    return fact.currency if isinstance(fact, Money) else fact.unit


def _comes_out(text: str, amounts: Sequence[Money | Quantity], found: Sum) -> bool:
    """The parts add up to the total, to half of the last digit that is written."""
    everything = [amounts[found.whole], *(amounts[part] for part in found.parts)]
    halves = [_half(fact, loose=False) for fact in everything]
    whole, *parts = (fact.amount for fact in everything)
    return abs(sum(parts, Decimal(0)) - whole) <= max(halves)


def _fails(text: str, amounts: Sequence[Money | Quantity], found: Sum) -> bool:
    """The parts do not add up, whatever the rounding."""
    whole, parts = _interval(amounts[found.whole]), total(_interval(amounts[part]) for part in found.parts)
    return not whole.meets(parts)


def _interval(fact: Money | Quantity) -> Interval:
    half = _half(fact, loose=fact.modifier is not None)
    return Interval(fact.amount - half, fact.amount + half)


def _half(fact: Money | Quantity, *, loose: bool) -> Decimal:
    """How far rounding may have moved an amount; a whole number without a scale is exact."""
    half = rounding(fact.text, fact.amount, loose=False)
    exact = half == Decimal("0.5")
    return (Decimal(0) if exact else half) + (fact.amount / 10 if loose else 0)
