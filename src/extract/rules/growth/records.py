"""From a claim's spans to its record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

from spacy.tokens import Doc, Span, Token

from extract.articles import Article
from extract.records import Date, Direction, Entity, Fact, Growth, Money, Quantity, Source, Status
from extract.rules import numbers
from extract.rules.growth.check import check
from extract.rules.growth.items import PREPOSITIONS
from extract.rules.growth.kinds import lexicon, word_group
from extract.rules.growth.owners import owner, partner
from extract.rules.growth.series import BRACKETED, SIGNED
from extract.rules.growth.twice import compared
from extract.rules.intervals import Measure, rounding
from extract.rules.nouns import is_plural, singular
from extract.rules.spans import group, sources

GROUP = "growth"
PARTS = "growth_parts"

_STATUSES = ("negated", "hypothetical", "projected")
_OF_NAMES = frozenset({SIGNED, BRACKETED})
_RELATIVE = frozenset({"percent", "percentage_point", "basis_point", "factor"})
_UNITS_OF_METRICS = {"toll": "death", "index": "point", "average": "point", "composite": "point"}
_SCALED = re.compile(r"\b(?:mln|million|mn|bln|bn|billion|trillion|tn)\b|\d(?:m|mn|bn|tn)\b", re.IGNORECASE)
_POINTS = re.compile(r"[\s-]points?$")
_HUNDREDTH = Decimal("0.01")


def claim_key(span: Span) -> str:
    """What links a claim's parts to it."""
    return f"{span.start_char}-{span.end_char}"


def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Growth]:
    """The growth records of a document; `known` holds its dates, money and quantities."""
    return compared(list(_records(doc, article, known)), known)


def _records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Growth]:
    facts = {(type(fact), fact.start if isinstance(fact, Date) else fact.end): fact for fact in known}
    parts: dict[str, dict[str, Span]] = defaultdict(dict)
    for part in group(doc, PARTS):
        parts[part.kb_id_][part.label_] = part
    source = sources(doc, article)
    money = [fact for fact in known if isinstance(fact, Money)]
    counted: str | None = None  # the noun last counted: what a bare number behind a name counts too
    for span in group(doc, GROUP):
        record = _record(source(span), span, parts[claim_key(span)], facts, money, counted)
        if record is not None:
            yield record
            units = (record.to_unit, record.from_unit, record.change_unit)
            counted = next((u for u in units if u and u.islower() and u not in _RELATIVE), counted)


Facts = dict[tuple[type[Fact], int], Fact]  # by kind and end, which no two of a kind share; dates by start


def _record(
    source: Source,
    span: Span,
    parts: dict[str, Span],
    facts: Facts,
    money: Sequence[Money],
    counted: str | None,
) -> Growth | None:
    to, from_ = _level(parts, "to", facts), _level(parts, "from", facts)
    levels = {(p.start, p.end) for role, p in parts.items() if role.startswith(("to", "from"))}
    size = None if (span.start, span.end) in levels else _size(span, parts, facts)
    beside = _measure(parts["counted"], facts) if "counted" in parts else None
    noun = (
        beside.unit if beside else _counted(parts["metric"]) or (counted if span.id_ in _OF_NAMES else None)
    )
    amounts = [(parts.get("to"), to), (parts.get("from"), from_), (span if size else None, size)]
    if (currency := _currency(parts["metric"], amounts, money)) is not None and not _is_count(
        parts["metric"]
    ):
        noun = currency
    to, from_ = _same_unit(to, from_, size, noun)
    direction = _direction(span.label_, to, from_)
    if direction is None or (size is None and to is None and from_ is None):
        return None
    if size is not None and size.unit is None:
        size = replace(size, unit=_unit_of_bare(size, to, from_, noun))
    expected = _measure(parts["expected"], facts) if "expected" in parts else None
    metric = parts["metric"]
    period, baseline = parts.get("period"), parts.get("baseline")
    during, against = _interval(period, facts), _interval(baseline, facts)
    return Growth(
        source=source,
        metric=metric.text,
        metric_start=metric.start_char,
        metric_end=metric.end_char,
        direction=direction,
        change_value=size.value if size else None,
        change_max=size.high if size else None,
        change_unit=size.unit if size else None,
        from_value=from_.value if from_ else None,
        from_unit=from_.unit if from_ else None,
        to_value=to.value if to else None,
        to_unit=to.unit if to else None,
        period=period.text if period else None,
        period_value=during.value,
        period_start=during.start,
        period_end=during.end,
        baseline=baseline.text if baseline else None,
        baseline_value=against.value,
        baseline_start=against.start,
        baseline_end=against.end,
        status=cast(Status, next((s for s in _STATUSES if s in parts), "actual")),
        percent_change=percent_change(direction, size, to, from_),
        point_change=point_change(direction, size, to, from_),
        check=check(direction, size, to, from_),
        subject=owner(metric, facts),
        partner=partner(metric, facts),
        expected_value=expected.value if expected else None,
        expected_unit=expected.unit if expected else None,
        speaker=_entity_id(parts.get("speaker"), facts),
    )


def _size(span: Span, parts: dict[str, Span], facts: Facts) -> Measure | None:
    """The size of the change, without the sign that its direction tells."""
    size = _measure(span, facts)
    if size is not None and span.text.lower() == "half" and span.label_ == "decrease":
        size = _spoken(Decimal("0.5"), "factor")
    if size is None:
        return None
    high = _measure(parts["high"], facts) if "high" in parts else None
    return replace(size, value=abs(size.value), high=high.value if high else size.high)


def _level(parts: dict[str, Span], role: str, facts: Facts) -> Measure | None:
    loss = parts.get(f"{role}_loss")
    span = loss or parts.get(role)
    measure = _measure(span, facts) if span is not None else None
    if measure is not None and loss is not None:
        return replace(measure, value=-abs(measure.value), high=None)
    return measure


def _measure(span: Span, facts: Facts) -> Measure | None:
    """The value of an amount's span: from its money or quantity record, or from its own words."""
    fact = facts.get((Money, span.end_char)) or facts.get((Quantity, span.end_char))
    if isinstance(fact, Money | Quantity):
        unit = fact.currency if isinstance(fact, Money) else fact.unit
        half = rounding(span.text, fact.amount, loose=fact.modifier is not None)
        return Measure(fact.amount, unit, fact.amount_max, half)
    word = span.text.lower()
    if word in lexicon().factors:
        return _spoken(Decimal(lexicon().factors[word]), "factor")
    if word == "half":
        return _spoken(Decimal(50), "percent")
    number = numbers.read(_POINTS.sub("", span.text))
    if number is None:
        return _duration(span)
    if number.form == "fraction" and _POINTS.search(span.text):
        return _spoken(number.value, "percentage_point")
    if number.form == "fraction":
        return _spoken((number.value * 100).quantize(_HUNDREDTH), "percent")
    return Measure(number.value, None, None, rounding(span.text, number.value, loose=False))


def _duration(span: Span) -> Measure | None:
    """`11 days`: a length of time, whose unit is the noun."""
    number = numbers.read(span[:-1].text) if len(span) > 1 else None
    if number is None:
        return None
    return Measure(
        number.value, span[-1].lower_.removesuffix("s"), None, rounding(span.text, number.value, loose=False)
    )


def _spoken(value: Decimal, unit: str) -> Measure:
    """A value told in a word, which is taken loosely."""
    return Measure(value, unit, None, rounding("", value, loose=True))


def _same_unit(
    to: Measure | None, from_: Measure | None, size: Measure | None, noun: str | None
) -> tuple[Measure | None, Measure | None]:
    """A bare level takes the unit of the other, of a counted size, or the noun that is counted."""
    unit = next((m.unit for m in (to, from_) if m and m.unit), None)
    if unit is None and size is not None and size.unit not in _RELATIVE:
        unit = size.unit
    unit = unit or noun
    to, from_ = (replace(m, unit=m.unit or unit) if m else None for m in (to, from_))
    return to, from_


def _unit_of_bare(size: Measure, to: Measure | None, from_: Measure | None, noun: str | None) -> str | None:
    """A bare size has the unit of the levels, unless it is too large (`dropped 11 to £10.86`)."""
    if to is not None and to.unit is not None and to.unit.isupper() and size.value > to.value:
        return None
    return next((m.unit for m in (to, from_) if m and m.unit), noun)


def _counted(metric: Span) -> str | None:
    """What a metric counts, in the singular: `new cases`, `number of colleges`, `motorcycle output`."""
    ends = [i for i, token in enumerate(metric) if i and token.lower_ in PREPOSITIONS] + [len(metric)]
    head, thing = metric[ends[0] - 1], metric[ends[0] - 1]
    if head.lower_ in word_group("counts") and len(ends) > 1:
        thing = metric[ends[1] - 1]
    elif head.lower_ in word_group("made"):
        if ends[0] > 2 and metric[ends[0] - 3].text == "-":
            return None  # BMW-brand sales
        thing = metric[ends[0] - 2] if ends[0] > 1 else metric[ends[1] - 1] if len(ends) > 1 else head
        if not is_plural(thing.text):
            return thing.lower_ if thing.is_alpha and thing is not head and not thing.is_title else None
    if thing.lower_ in _UNITS_OF_METRICS:
        return _UNITS_OF_METRICS[thing.lower_]
    if thing.is_title and not thing.is_sent_start:
        return None
    return singular(thing.text) if is_plural(thing.text) else None


def _currency(
    metric: Span, levels: Iterable[tuple[Span | None, Measure | None]], money: Sequence[Money]
) -> str | None:
    """The currency of bare amounts, where the text tells it.

    That of the other level; of what is measured in money, the currency last named; of an amount in millions
    or more beside money in its sentence, that of the sentence.
    """
    beside = next((m.unit for _, m in levels if m and m.unit and m.unit.isupper()), None)
    if beside:
        return beside
    ends = metric.sent.end_char
    named = [fact for fact in money if fact.start < ends]
    if not named:
        return None
    scaled = any(span is not None and m and not m.unit and _SCALED.search(span.text) for span, m in levels)
    if _head(metric).lower_ in word_group("moneyed"):
        return named[-1].currency
    return named[-1].currency if scaled and named[-1].start >= metric.sent.start_char else None


def _is_count(metric: Span) -> bool:
    """`number of colleges` counts, whatever the colleges are worth."""
    return _head(metric).lower_ in word_group("counts")


def _head(metric: Span) -> Token:
    """The last word before the metric's first preposition."""
    return next(
        t for i, t in enumerate(metric) if i + 1 == len(metric) or metric[i + 1].lower_ in PREPOSITIONS
    )


def _direction(label: str, to: Measure | None, from_: Measure | None) -> Direction | None:
    """The direction of the cue; for a comparison, what the levels tell."""
    if label != "compare":
        return cast(Direction, label)
    if to is None or from_ is None or to.unit != from_.unit:
        return None
    if to.value == from_.value:
        return "unchanged"
    return "increase" if to.value > from_.value else "decrease"


def percent_change(
    direction: Direction, size: Measure | None, to: Measure | None, from_: Measure | None
) -> Decimal | None:
    """The signed change in percent: stated, from a factor (3.9-fold is 290), or from two levels."""
    sign = {"increase": 1, "decrease": -1, "unchanged": 0}[direction]
    if direction == "unchanged":
        return Decimal(0)
    if size is not None and size.unit == "percent":
        return sign * size.value
    if size is not None and size.unit == "factor":
        return (size.value - 1) * 100
    if to is not None and to.unit == "percent":
        return None  # a rate: `point_change` says how far it moved
    if to is not None and from_ is not None and to.unit == from_.unit and from_.value > 0:
        return ((to.value - from_.value) / from_.value * 100).quantize(_HUNDREDTH)
    return None


def point_change(
    direction: Direction, size: Measure | None, to: Measure | None, from_: Measure | None
) -> Decimal | None:
    """The signed change of a rate in percentage points: stated, in basis points, or from two rates."""
    sign = {"increase": 1, "decrease": -1, "unchanged": 0}[direction]
    if size is not None and size.unit == "percentage_point":
        return sign * size.value
    if size is not None and size.unit == "basis_point":
        return sign * size.value / 100
    if to is not None and from_ is not None and to.unit == from_.unit == "percent":
        return to.value - from_.value
    return Decimal(0) if direction == "unchanged" and to is not None and to.unit == "percent" else None


class Interval(NamedTuple):
    """A time of a claim: TIMEX3 value, first and last day."""

    value: str | None
    start: date | None
    end: date | None


def _interval(span: Span | None, facts: Facts) -> Interval:
    """What a claim's time denotes; of `March to May` the interval from the one to the other."""
    dates = [] if span is None else [fact for token in span if (fact := facts.get((Date, token.idx)))]
    told = [fact for fact in dates if isinstance(fact, Date)]
    if not told:
        return Interval(None, None, None)
    if len(told) == 1:
        return Interval(told[0].value, told[0].date_start, told[0].date_end)
    first, last = told[-2], told[-1]
    if (
        first.date_start
        and first.date_end
        and last.date_end
        and first.date_start <= last.date_end <= first.date_end
    ):
        return Interval(first.value, first.date_start, last.date_end)  # the week to 16 June
    if first.timex_type == "DURATION" or first.date_start is None:
        return Interval(told[0].value, None, last.date_end)  # the five months to May: from when is not said
    return Interval(f"{first.value}/{last.value}", first.date_start, last.date_end)


def _entity_id(span: Span | None, facts: Facts) -> str | None:
    fact = facts.get((Entity, span.end_char)) if span is not None else None
    return fact.entity_id if isinstance(fact, Entity) else None
