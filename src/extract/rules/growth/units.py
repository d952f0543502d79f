"""The units of bare numbers: `rose from 12 to 15` of new cases, `5.2 billion` beside `6.1 billion marks`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from spacy.tokens import Span, Token

from extract import lexicons
from extract.records import Money
from extract.rules.growth.items import PREPOSITIONS
from extract.rules.growth.kinds import word_group
from extract.rules.growth.phrases import OWNERS
from extract.rules.intervals import Measure
from extract.rules.nouns import is_plural, singular

RELATIVE = frozenset({"percent", "percentage_point", "basis_point", "factor"})
_UNITS_OF_METRICS = {"toll": "death", "shrs": "share"} | dict.fromkeys(
    ["index", "average", "composite"], "point"
)
_SCALED = re.compile(r"\b(?:mln|million|mn|bln|bn|billion|trillion|tn)\b|\d(?:m|mn|bn|tn)\b", re.IGNORECASE)


_EIGHTHS = re.compile(r"(?:\d+[- ])?\d{1,2}/(?:2|4|8|16|32)")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Amounts(NamedTuple):
    """The values of a claim's amounts."""

    size: Measure | None
    to: Measure | None
    from_: Measure | None


def with_units(
    span: Span, parts: Mapping[str, Span], amounts: Amounts, money: Sequence[Money], noun: str | None
) -> Amounts:
    """The amounts of a claim with the units that the text leaves out.

    Args:
        span: The claim's span, that of its size where it has one.
        parts: The other spans, by role.
        amounts: What they measure; a bare number has no unit.
        money: The article's amounts of money, in order.
        noun: What a bare number counts, if the context of the claim says so.
    """
    size, to, from_ = amounts
    metric = parts["metric"]
    noun = noun or counted_by(metric)
    spans = [(parts.get("to"), to), (parts.get("from"), from_), (span if size else None, size)]
    if _head(metric).lower_ not in word_group("counts"):
        noun = _currency(metric, spans, money) or _named_currency(metric) or noun
    size = _with_unit_of_exchange(size, span, parts) if noun is None else size
    to, from_ = _same_unit(to, from_, size, noun)
    to, from_ = _both_in_points(to, from_)
    to, from_ = _same_scale(parts.get("to"), to, parts.get("from"), from_)
    if size is not None and size.unit == "point" and _in_percent(metric, to, from_):
        size = replace(size, unit="percentage_point")
    if size is not None and size.unit is None:
        size = replace(size, unit=_unit_of_bare(size, to, from_, noun))
    return Amounts(size, to, from_)


def _with_unit_of_exchange(size: Measure | None, span: Span, parts: Mapping[str, Span]) -> Measure | None:
    """A bare size with the unit of the exchange, where it is of a share price."""
    if size is None or size.unit is not None or not _is_share_price(span, parts):
        return size
    return replace(size, unit=_of_exchange(span))


def _both_in_points(to: Measure | None, from_: Measure | None) -> tuple[Measure | None, Measure | None]:
    """Both levels in percentage points, if one of them is and the other is in points."""
    if to is None or from_ is None or "percentage_point" not in (to.unit, from_.unit):
        return to, from_
    to, from_ = (replace(m, unit="percentage_point") if m.unit == "point" else m for m in (to, from_))
    return to, from_


def _is_share_price(span: Span, parts: Mapping[str, Span]) -> bool:
    """`Larrup rose 1/4 to 8-1/8`: until 2001 shares in North America moved by eighths of a dollar."""
    head = _head(parts["metric"])
    if not _EIGHTHS.fullmatch(span.text) or head.lower_ in word_group("in_percent"):
        return False
    shares = not word_group("securities").isdisjoint(token.lower_ for token in span.sent)
    named = head.text[:1].isupper() and not span.sent.text.isupper()  # no `CORN, SPOT` of a price list
    return shares or (named and ("to" in parts or "from" in parts))


def _of_exchange(span: Span) -> str:
    """The currency of the exchange that the sentence names; the US dollar where it names none."""
    canadian = word_group("canadian_exchanges")
    return "CAD" if any(token.lower_ in canadian for token in span.sent) else "USD"


def _in_percent(metric: Span, to: Measure | None, from_: Measure | None) -> bool:
    """`rates rose a quarter point to 5 %`: a change of percentages is in percentage points."""
    stated = next((m.unit for m in (to, from_) if m and m.unit), None)
    return stated == "percent" if stated else _head(metric).lower_ in word_group("in_percent")


def _same_unit(
    to: Measure | None, from_: Measure | None, size: Measure | None, noun: str | None
) -> tuple[Measure | None, Measure | None]:
    """A bare level takes the unit of the other, of a counted size, or the noun that is counted."""
    unit = next((m.unit for m in (to, from_) if m and m.unit), None)
    if unit is None and size is not None and size.unit not in RELATIVE:
        unit = size.unit
    unit = unit or noun
    to, from_ = (replace(m, unit=m.unit or unit) if m else None for m in (to, from_))
    return to, from_


def _same_scale(
    to_span: Span | None, to: Measure | None, from_span: Span | None, from_: Measure | None
) -> tuple[Measure | None, Measure | None]:
    """`$8.3 million, compared with $8.4`: the scale of one is for both, if only that makes them similar."""
    if to is None or from_ is None or to_span is None or from_span is None or to.unit != from_.unit:
        return to, from_
    to_scale, from_scale = _scale(to_span, to), _scale(from_span, from_)
    if to_scale > 1 and from_scale == 1 and _are_near(to.value, from_.value * to_scale):
        return to, replace(from_, value=from_.value * to_scale)
    if from_scale > 1 and to_scale == 1 and _are_near(from_.value, to.value * from_scale):
        return replace(to, value=to.value * from_scale), from_
    return to, from_


def _scale(span: Span, measure: Measure) -> Decimal:
    """A million for `$8.3 million`, 1 for an amount without a word of scale."""
    number = _DIGITS.search(span.text)
    if number is None or not _SCALED.search(span.text):
        return Decimal(1)
    written = Decimal(number[0].replace(",", ""))
    return abs(measure.value) / written if written else Decimal(1)


def _are_near(value: Decimal, other: Decimal) -> bool:
    return abs(value) <= 10 * abs(other) and abs(other) <= 10 * abs(value)


def _unit_of_bare(size: Measure, to: Measure | None, from_: Measure | None, noun: str | None) -> str | None:
    """A bare size has the unit of the levels, unless it is too large (`dropped 11 to £10.86`)."""
    if to is not None and to.unit is not None and to.unit.isupper() and size.value > to.value:
        return None
    return next((m.unit for m in (to, from_) if m and m.unit), noun)


def counted_by(metric: Span) -> str | None:
    """What a metric counts, in the singular: `new cases`, `number of colleges`, `motorcycle output`."""
    ends = [i for i, token in enumerate(metric) if i and token.lower_ in PREPOSITIONS] + [len(metric)]
    if _names_an_index(metric[: ends[0]]):
        return "point"
    head, thing = metric[ends[0] - 1], metric[ends[0] - 1]
    if head.lower_ in word_group("made"):
        return _counted_by_making(metric, ends)
    if head.lower_ in word_group("counts") and len(ends) > 1:
        thing = metric[_end_of_noun(metric, ends[0] + 1, ends[1]) - 1]
    elif head.lower_ in word_group("counts") and ends[0] > 1 and not is_plural(metric[ends[0] - 2].text):
        return None if metric[ends[0] - 2].is_title else _counted_noun(metric[ends[0] - 2])  # rig count
    elif head.lower_ in word_group("gained") and ends[0] > 1 and is_plural(metric[ends[0] - 2].text):
        thing = metric[ends[0] - 2]  # jobs gains
    return _noun_of(thing)


def _names_an_index(phrase: Span) -> bool:
    """`Germany's DAX`, `CAC-40`, `the S&P-ASX 200`; not: Nasdaq volume."""
    last = next((token for token in reversed(phrase) if not token.like_num), phrase[-1])
    return not word_group("indexes").isdisjoint(re.split(r"[-–]", last.lower_))


def _counted_by_making(metric: Span, ends: Sequence[int]) -> str | None:
    """What `output`, `sales` and the like count: `motorcycle output`, `sales of cars`."""
    head = metric[ends[0] - 1]
    if ends[0] > 2 and metric[ends[0] - 3].text == "-":
        return None  # BMW-brand sales
    thing = metric[ends[0] - 2] if ends[0] > 1 else metric[ends[1] - 1] if len(ends) > 1 else head
    thing = head if thing.lower_ in OWNERS or thing.tag_.startswith("JJ") else thing  # its sales
    if not is_plural(thing.text):
        return thing.lower_ if thing.is_alpha and thing is not head and not thing.is_title else None
    return _noun_of(thing)


def _noun_of(thing: Token) -> str | None:
    """The unit that a noun gives, in the singular."""
    if thing.lower_ in word_group("of_persons"):
        return "person"
    if thing.lower_ in _UNITS_OF_METRICS:
        return _UNITS_OF_METRICS[thing.lower_]
    if thing.lower_ in word_group("measuring"):
        return None  # staffing levels
    if (thing.text[:1].isupper() and not thing.is_sent_start) or thing.tag_.startswith("VB"):
        return None
    return singular(thing.text) if is_plural(thing.text) else None


def _end_of_noun(metric: Span, start: int, end: int) -> int:
    """The start of a relative clause after the noun at `start`: `number of hospitals | the company owns`."""
    return next((i for i in range(start + 1, end) if metric[i].lower_ in word_group("clause_openers")), end)


def _counted_noun(token: Token) -> str | None:
    """`rig` of `rig count`; an adjective or a place counts nothing."""
    plain = token.is_alpha and token.tag_ in ("", "NN") and token.lower_ not in OWNERS
    return token.lower_ if plain else None


def _currency(
    metric: Span, levels: Iterable[tuple[Span | None, Measure | None]], money: Sequence[Money]
) -> str | None:
    """The currency of bare amounts, if the text gives it.

    That of the other level; for a metric in money, the last currency before it; for an amount in millions
    or more with money in its sentence, that of the sentence.
    """
    beside = next((m.unit for _, m in levels if m and m.unit and m.unit.isupper()), None)
    if beside:
        return beside
    before = bisect_left(money, metric.sent.end_char, key=lambda fact: fact.start)
    if not before:
        return None
    last = money[before - 1]
    scaled = any(span is not None and m and not m.unit and _SCALED.search(span.text) for span, m in levels)
    if _head(metric).lower_ in word_group("moneyed"):
        return last.currency
    return last.currency if scaled and last.start >= metric.sent.start_char else None


def _named_currency(metric: Span) -> str | None:
    """That of a metric which is a currency: `the yen rose to 102.3`."""
    code = lexicons.load("currencies")["nouns"].get(_head(metric).lower_, "")
    return code if code.isupper() else None


def _head(metric: Span) -> Token:
    """The last word before the metric's first preposition."""
    return next(
        t for i, t in enumerate(metric) if i + 1 == len(metric) or metric[i + 1].lower_ in PREPOSITIONS
    )
