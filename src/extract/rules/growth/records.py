"""Builds the record of a claim from its spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Entity, Fact, Growth, Money, Source, Status
from extract.rules.growth.asked import Whose
from extract.rules.growth.check import check
from extract.rules.growth.cross_check import cross_check
from extract.rules.growth.derived import direction_of, percent_change, point_change
from extract.rules.growth.intervals import interval
from extract.rules.growth.kinds import word_group
from extract.rules.growth.measured import measured
from extract.rules.growth.measures import Facts, by_place, measure, spoken
from extract.rules.growth.quotes import in_own_units, turned
from extract.rules.growth.series import BRACKETED, SIGNED
from extract.rules.growth.units import RELATIVE, Amounts, counted_by, with_units
from extract.rules.growth.whose import owned
from extract.rules.intervals import Bound, Measure
from extract.rules.spans import group, sources

GROUP = "growth"
PARTS = "growth_parts"

_STATUSES = ("negated", "hypothetical", "projected")
_OF_NAMES = frozenset({SIGNED, BRACKETED})


def claim_key(span: Span) -> str:
    """What links a claim's parts to it."""
    return f"{span.start_char}-{span.end_char}"


def build_records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Growth]:
    """The growth records of a document; `known` holds its dates, money and quantities."""
    return cross_check(list(measured(_records(doc, article, known), known)), known)


def _records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Growth]:
    facts = by_place(known)
    parts: dict[str, dict[str, Span]] = defaultdict(dict)
    for part in group(doc, PARTS):
        parts[part.kb_id_][part.label_] = part
    source = sources(doc, article)
    money = [fact for fact in known if isinstance(fact, Money)]
    counted: str | None = None  # the last counted noun: a bare number after a name counts it too
    spans = group(doc, GROUP)
    owners = owned(doc, facts, ((span, parts[claim_key(span)]) for span in spans))
    for span, of in zip(spans, owners, strict=True):
        record = _record(source(span), span, parts[claim_key(span)], facts, money, counted, of)
        if record is not None:
            yield record
            units = (record.to_unit, record.from_unit, record.change_unit)
            counted = next((u for u in units if u and u.islower() and u not in RELATIVE), counted)


def _record(
    source: Source,
    span: Span,
    parts: Mapping[str, Span],
    facts: Facts,
    money: Sequence[Money],
    counted: str | None,
    of: Whose,
) -> Growth | None:
    amounts = with_units(span, parts, _amounts(span, parts, facts), money, _noun(span, parts, facts, counted))
    size, to, from_ = amounts
    judging = parts["cue"].text.lower() in word_group("judging") if "cue" in parts else False
    worth = turned(amounts) if in_own_units(parts["metric"], amounts) else amounts
    direction = direction_of(span.label_, worth, judging=judging)
    if direction is None or not any(amounts):
        return None
    metric, period, baseline = parts["metric"], parts.get("period"), parts.get("baseline")
    expected = measure(parts["expected"], facts) if "expected" in parts else None
    return Growth(
        source=source,
        metric=metric.text,
        metric_start=metric.start_char,
        metric_end=metric.end_char,
        direction=direction,
        change_max=size.high if size else None,
        **_amount("change", size),
        **_amount("from", from_),
        **_amount("to", to),
        **_time("period", period, facts),
        **_time("baseline", baseline, facts),
        status=cast(Status, next((s for s in _STATUSES if s in parts), "actual")),
        percent_change=percent_change(direction, worth),
        point_change=point_change(direction, amounts),
        check=check(direction, *worth),
        **_who("subject", of.subject),
        subject_source=of.source,
        **_who("partner", of.partner),
        **_amount("expected", expected),
        speaker=of.speaker.entity_id if of.speaker else None,
    )


def _amount(name: str, amount: Measure | None) -> dict[str, Any]:
    """The value and unit of an amount, as the fields `name_value` and `name_unit`."""
    return {
        f"{name}_value": amount.value if amount else None,
        f"{name}_unit": amount.unit if amount else None,
    }


def _time(name: str, span: Span | None, facts: Facts) -> dict[str, Any]:
    """The text, value and interval of a time, as the fields `name`, `name_value` and so on."""
    found = interval(span, facts)
    return {
        name: span.text if span else None,
        f"{name}_value": found.value,
        f"{name}_start": found.start,
        f"{name}_end": found.end,
    }


def _amounts(span: Span, parts: Mapping[str, Span], facts: Facts) -> Amounts:
    """Size and levels as the text writes them."""
    levels = {(part.start, part.end) for role, part in parts.items() if role.startswith(("to", "from"))}
    size = None if (span.start, span.end) in levels else _size(span, parts, facts)
    return Amounts(size, _level(parts, "to", facts), _level(parts, "from", facts))


def _noun(span: Span, parts: Mapping[str, Span], facts: Facts, counted: str | None) -> str | None:
    """What a bare number counts, by another amount of the claim, or after a name by the previous claim."""
    beside = measure(parts["counted"], facts) if "counted" in parts else None
    if beside is not None:
        return beside.unit
    return counted if span.id_ in _OF_NAMES and counted_by(parts["metric"]) is None else None


def _size(span: Span, parts: Mapping[str, Span], facts: Facts) -> Measure | None:
    """The size of the change without its sign, which the direction has."""
    size = measure(span, facts)
    if size is not None and span.text.lower() == "half" and span.label_ == "decrease":
        size = spoken(Decimal("0.5"), "factor")
    if size is None:
        return None
    high = measure(parts["high"], facts) if "high" in parts else None
    bound = size.bound or _bound(span)
    return replace(size, value=abs(size.value), high=high.value if high else size.high, bound=bound)


def _bound(span: Span) -> Bound | None:
    """`more than doubled`: the word before a size that is a word."""
    before = span.doc[max(0, span.start - 2) : span.start].text.lower()
    return "low" if before.endswith(("more than", "at least")) else None


def _level(parts: Mapping[str, Span], role: str, facts: Facts) -> Measure | None:
    loss = parts.get(f"{role}_loss")
    span = loss or parts.get(role)
    level = measure(span, facts) if span is not None else None
    if level is not None and (loss is not None or _is_negative(span)):
        return replace(level, value=-abs(level.value), high=None)
    return level


def _is_negative(span: Span | None) -> bool:
    """`a negative 2.3 %`, `minus 5 degrees`."""
    before = span.doc[span.start - 1].lower_ if span is not None and span.start else ""
    return before in word_group("negative")


def _who(role: str, entity: Entity | None) -> dict[str, Any]:
    """The columns of who a claim is about."""
    return {
        role: entity.entity_id if entity else None,
        f"{role}_name": entity.name if entity else None,
        f"{role}_country": entity.country if entity else None,
    }
