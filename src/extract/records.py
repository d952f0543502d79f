"""The records: one frozen dataclass of plain values per kind of fact.

Every record knows its source: the article, the exact span and the rule. `article.text[start:end] == text`
holds in each. Absent means None. Amounts are exact decimals. Writers derive their columns from the fields
declared here, through `columns` and `row`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Literal

EntityLabel = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Modifier = Literal["approx", "more_than", "less_than", "at_least", "at_most"]
CurrencySource = Literal["stated", "beside", "country", "default"]
Direction = Literal["increase", "decrease", "unchanged"]
Check = Literal["consistent", "inconsistent", "unchecked"]
Status = Literal["actual", "projected", "hypothetical", "negated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact stands and which rule found it. Offsets count code points of the article's text."""

    doc_id: str
    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all kinds of facts share."""

    kind: ClassVar[str]
    source: Source

    @property
    def doc_id(self) -> str:
        """The article's id."""
        return self.source.doc_id

    @property
    def fact_id(self) -> str:
        """Stable and unique in the article: kind and span, such as `money:1034-1048`."""
        return f"{self.kind}:{self.source.start}-{self.source.end}"

    @property
    def text(self) -> str:
        """The span's text."""
        return self.source.text

    @property
    def start(self) -> int:
        """First code point of the span in the article's text."""
        return self.source.start

    @property
    def end(self) -> int:
        """One past the last code point of the span."""
        return self.source.end

    @property
    def rule(self) -> str:
        """The named pattern that found the fact."""
        return self.source.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Fact):
    """A name of something in the world."""

    kind: ClassVar[str] = "entity"
    label: EntityLabel
    name: str  # the fullest form in the article
    entity_id: str  # one per real-world thing in the article
    country: str | None = None  # ISO 3166-1 alpha-2, for GPE and NORP that name one
    role: str | None = None  # a person's title or role, as first stated in the article


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Fact):
    """A time expression, TIMEX3."""

    kind: ClassVar[str] = "date"
    timex_type: TimexType
    value: str  # TIMEX3 / ISO 8601: 2024-06-09, 2024-Q2, P3Y, XXXX-06-09, PRESENT_REF
    mod: str | None = None  # TIMEX3 mod: START MID END APPROX LESS_THAN MORE_THAN ...
    date_start: date | None = None  # first day of the calendar interval it denotes
    date_end: date | None = None  # last day of it, inclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Fact):
    """An amount of money, in full units of the currency."""

    kind: ClassVar[str] = "money"
    amount: Decimal
    amount_max: Decimal | None = None  # upper end of a range
    currency: str | None = None  # ISO 4217
    currency_source: CurrencySource | None = None  # why this currency; None only without one
    modifier: Modifier | None = None
    per: str | None = None  # what one amount is paid for: share, barrel, year


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Fact):
    """A number with a unit: percentages, measures, counted nouns."""

    kind: ClassVar[str] = "quantity"
    amount: Decimal
    amount_max: Decimal | None = None
    unit: str | None = None  # percent, percentage_point, basis_point, factor, tonne, person ...
    modifier: Modifier | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth(Fact):
    """A claim that a measurable quantity changed. The span is the size of the change, or else a level."""

    kind: ClassVar[str] = "growth"
    metric: str | None = None
    metric_start: int | None = None
    metric_end: int | None = None
    direction: Direction
    change_value: Decimal | None = None
    change_max: Decimal | None = None
    change_unit: str | None = None  # percent percentage_point basis_point factor, ISO 4217, counted noun
    from_value: Decimal | None = None
    from_unit: str | None = None
    to_value: Decimal | None = None
    to_unit: str | None = None
    period: str | None = None
    period_value: str | None = None  # TIMEX3 value of the period
    baseline: str | None = None
    baseline_value: str | None = None
    status: Status
    percent_change: Decimal | None = None  # signed, derived: 3.9-fold -> 290
    check: Check = "unchecked"  # stated size and direction against stated levels
    subject: str | None = None  # entity_id of the metric's owner
    speaker: str | None = None  # entity_id of who says it


KINDS: Mapping[str, type[Fact]] = MappingProxyType(
    {cls.kind: cls for cls in (Entity, Date, Money, Quantity, Growth)}
)

Value = str | int | Decimal | date | None

_COMMON = ("doc_id", "fact_id", "kind", "text", "start", "end", "sentence_start", "sentence_end", "rule")


def columns(kind: type[Fact]) -> tuple[str, ...]:
    """Names of the columns of one kind of fact, in order: the common ones, then its own fields."""
    return _COMMON + tuple(field.name for field in fields(kind) if field.name != "source")


def row(fact: Fact) -> dict[str, Value]:
    """The flat record of a fact: one value per column of its kind, None where absent."""
    source = fact.source
    flat: dict[str, Value] = {
        "doc_id": source.doc_id,
        "fact_id": fact.fact_id,
        "kind": fact.kind,
        "text": source.text,
        "start": source.start,
        "end": source.end,
        "sentence_start": source.sentence_start,
        "sentence_end": source.sentence_end,
        "rule": source.rule,
    }
    for field in fields(fact):
        if field.name != "source":
            flat[field.name] = getattr(fact, field.name)
    return flat
