"""The five kinds of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from extract.records.base import DERIVED, INFERRED, Fact
from extract.records.values import (
    Balance,
    Check,
    CurrencySource,
    Direction,
    EntityLabel,
    Modifier,
    MoneyRole,
    Status,
    SubjectSource,
    TimexType,
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entity(Fact):
    """A mention of something by name.

    Attributes:
        label: What it is, with the labels of OntoNotes: GPE is a country, city or state, LOC another place,
            FAC a building or other structure, NORP a nationality or a religious or political group.
        name: The fullest form of the name in the article: `Kassym-Jomart Tokayev` for `Tokayev`.
        entity_id: The same for all mentions of one thing in the article, and a key to join articles on. A
            country and its people have the code of ISO 3166 (`country:KZ`), a state its own
            (`subdivision:US-TX`), a city that of GeoNames if it is clear which city is meant
            (`place:727011`); everything else has the normal form of its fullest name in the article
            (`org:marks-and-spencer`). It depends only on the text of the article, and does not prove that
            two `person:john-smith` are the same person.
        country: ISO 3166-1 alpha-2, for a GPE or NORP that names a country or lies in one.
        role: What a person is, in the article's words beside the name: `Trade Minister` before it, `chief
            executive of Acme` or `professor at Lund University` after it, without article or form of address
            (`Mr`). All mentions of a person have the role that is stated first.
    """

    kind: ClassVar[str] = "entity"
    label: EntityLabel
    name: str
    entity_id: str = field(metadata=DERIVED)
    country: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Date(Fact):
    """A time expression, as in TimeML's TIMEX3.

    Attributes:
        timex_type: The type of the TIMEX3.
        value: The value of the TIMEX3, resolved against the article's date if that is known: `2024-06-09`,
            `2024-Q2`, `2024-W23`, `P3Y`, `PRESENT_REF`; `XXXX-06-09` if the year is unknown.
        mod: The modifier of the TIMEX3: `START`, `MID`, `END`, `APPROX`, `LESS_THAN`, `MORE_THAN`, ...;
            `FISCAL` for a fiscal year or quarter that has none of these.
        date_start: First day of that time, if it is known. A fiscal year, half or quarter has days if its
            first month is given (`fiscal_start`), or is usual in the country that the article is about.
        date_end: Last day of that time.
    """

    kind: ClassVar[str] = "date"
    timex_type: TimexType
    value: str
    mod: str | None = None
    date_start: date | None = None
    date_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Money(Fact):
    """An amount of money.

    Attributes:
        amount: In full units of the currency: `375200000` for `$375.2 million`, `0.5` for `50 cents`.
        amount_max: Upper end of a range; `amount` is then its lower end.
        currency: ISO 4217; for a name, the code on the date of the article (`zlotys` of 1987 are `PLZ`); the
            ticker of a crypto currency (`BTC`).
        currency_source: How the currency is known: `stated` by the amount's own sign, code or name (`€5`,
            `A$5`, `5 yen`), or by another amount (`beside`: the second of `US$89 and $93`, and each bare `$`
            after the first `US$`), by the `country` that the article is about or sent from (`$5` in a report
            from Auckland's courts, or below `WELLINGTON, June 9 -`), or by the `default` of an ambiguous sign
            or name (`$5` is USD, `5 pesos` MXN). Null only if `currency` is.
        modifier: How the amount is bounded or hedged, as in `about $5`.
        per: The unit of a rate, if the text states one: `share`, `barrel`, `year`.
        check: Whether the stated parts add up to it, allowing for rounding; `inconsistent` is a slip in the
            article or an error of extraction. Null if no sum is stated.
        parts: The `fact_id` of each of these parts, separated by spaces.
        restates: The `fact_id` of the amount that this one repeats in another currency or scale: `£42 million
            ($53.6 million)`. Count only one of the two in a sum.
        role: What the money is, if its verb or noun makes that clear: `fine` in `a fine of $5m`, `revenue` in
            `sales rose to $3bn`. Null otherwise, and for the size of a change.
        amount_converted: The amount in the requested currency; the same rate applies to `amount_max`.
        currency_converted: ISO 4217 of that currency.
        rate_date: The day of the reference rate, the last one of several days. Null if none was needed.
        conversion_note: Why there is no converted amount, if one was requested.
    """

    kind: ClassVar[str] = "money"
    amount: Decimal
    amount_max: Decimal | None = None
    currency: str | None = None
    currency_source: CurrencySource | None = field(default=None, metadata=INFERRED)
    modifier: Modifier | None = None
    per: str | None = None
    check: Balance | None = field(default=None, metadata=INFERRED)
    parts: str | None = field(default=None, metadata=DERIVED)
    restates: str | None = None
    role: MoneyRole | None = None
    amount_converted: Decimal | None = field(default=None, metadata=DERIVED)
    currency_converted: str | None = field(default=None, metadata=DERIVED)
    rate_date: date | None = field(default=None, metadata=DERIVED)
    conversion_note: str | None = field(default=None, metadata=DERIVED)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Quantity(Fact):
    """A number with a unit that is not money: a percentage, a measure, a count of things.

    Attributes:
        amount: The number, with scale words applied: `1500000` for `1.5 million people`.
        amount_max: Upper end of a range; `amount` is then its lower end.
        unit: In the singular: `percent`, `percentage_point`, `basis_point`, `factor`, `tonne`, `kilometre`,
            `person`, or the noun that is counted. Compound measures have the smaller unit: `6ft 2in` is 74
            `inch`.
        modifier: How the number is bounded or hedged, as in `more than 3 tonnes`.
        per: The unit of a rate: `day` in `1.2 million barrels a day`.
        check: Whether the stated parts add up to it, allowing for rounding; `inconsistent` is a slip in the
            article or an error of extraction. Null if no sum is stated.
        parts: The `fact_id` of each of these parts, separated by spaces.
    """

    kind: ClassVar[str] = "quantity"
    amount: Decimal
    amount_max: Decimal | None = None
    unit: str | None = None
    modifier: Modifier | None = None
    per: str | None = None
    check: Balance | None = field(default=None, metadata=INFERRED)
    parts: str | None = field(default=None, metadata=DERIVED)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Growth(Fact):
    """A claim that a measurable quantity changed, is changing, or is expected to change.

    The span is the size of the change; if no size is stated, the level after it, or else the level before.

    Attributes:
        metric: What changed, in the article's words: `trade turnover between the two countries`.
        metric_start: First code point of the metric's span.
        metric_end: One past its last code point.
        metric_id: The concept of the metric, one of docs/metrics.md: `exports`, `unemployment_rate`. Null if
            the words do not determine one, or the amounts do not fit it.
        metric_qualifier: The words that narrow the concept, without the owner: `beef; to Japan`.
        direction: The direction of the change.
        change_value: The size of the change, always positive: `5.5` for `down 5.5%`; factors are kept: `3.9`
            for `3.9-fold`, `0.5` for `halved`.
        change_max: Upper end of a range of sizes.
        change_unit: `percent`, `percentage_point`, `basis_point`, `factor`, an ISO 4217 code, or the counted
            noun in the singular.
        from_value: The level before, if stated.
        from_unit: Its unit, as for `change_unit`.
        to_value: The level after, if stated.
        to_unit: Its unit.
        period: The time that the change or the new level belongs to, in the article's words.
        period_value: Its TIMEX3 value.
        period_start: Its first day, if known: that of the date record with these words.
        period_end: Its last day.
        baseline: The time it is compared with, in the article's words.
        baseline_value: Its TIMEX3 value.
        baseline_start: Its first day, if known.
        baseline_end: Its last day.
        status: Whether it happened: forecasts, plans and targets are `projected`, possibilities are
            `hypothetical`.
        percent_change: Derived, with a sign: `-5.5` for `down 5.5%`, `290` for `3.9-fold`.
        point_change: The change of a rate in percentage points, with a sign: stated, or computed from two
            rates.
        check: Whether the stated size and direction agree with the stated levels, or with the same change in
            another unit, allowing for rounding. `inconsistent` is a slip in the article or an error of
            extraction; `unchecked` if a part is missing.
        subject: `entity_id` of the owner of the metric: whose exports, whose profit. Never the partner.
        subject_name: Its fullest name in the article.
        subject_country: ISO 3166-1 alpha-2, for an owner that is a country or lies in one.
        subject_source: `stated`: the sentence of the claim names the owner, or refers to it by words such as
            `its` and `the company`; `article`: the article, or the claim before, is about it.
        speaker: `entity_id` of who makes the claim.
        partner: `entity_id` of the other side of a trade or flow: `Japan` in `exports to Japan`.
        partner_name: Its fullest name in the article.
        partner_country: ISO 3166-1 alpha-2, for a partner that is a country or lies in one.
        expected_value: The figure that was expected, if stated: `above the 0.2 % that was expected`.
        expected_unit: Its unit, as for `change_unit`.
    """

    kind: ClassVar[str] = "growth"
    metric: str | None = None
    metric_start: int | None = field(default=None, metadata=DERIVED)
    metric_end: int | None = field(default=None, metadata=DERIVED)
    metric_id: str | None = None
    metric_qualifier: str | None = None
    direction: Direction
    change_value: Decimal | None = None
    change_max: Decimal | None = None
    change_unit: str | None = None
    from_value: Decimal | None = None
    from_unit: str | None = None
    to_value: Decimal | None = None
    to_unit: str | None = None
    period: str | None = None
    period_value: str | None = None
    period_start: date | None = field(default=None, metadata=DERIVED)
    period_end: date | None = field(default=None, metadata=DERIVED)
    baseline: str | None = None
    baseline_value: str | None = None
    baseline_start: date | None = field(default=None, metadata=DERIVED)
    baseline_end: date | None = field(default=None, metadata=DERIVED)
    status: Status
    percent_change: Decimal | None = field(default=None, metadata=INFERRED)
    point_change: Decimal | None = field(default=None, metadata=INFERRED)
    check: Check = field(default="unchecked", metadata=INFERRED)
    subject: str | None = None
    subject_name: str | None = field(default=None, metadata=DERIVED)
    subject_country: str | None = None
    subject_source: SubjectSource | None = None
    speaker: str | None = None
    partner: str | None = None
    partner_name: str | None = field(default=None, metadata=DERIVED)
    partner_country: str | None = None
    expected_value: Decimal | None = None
    expected_unit: str | None = None


KINDS: Mapping[str, type[Fact]] = MappingProxyType(
    {cls.kind: cls for cls in (Entity, Date, Money, Quantity, Growth)}
)
