"""One record of each kind, made by hand, for the tests of what handles records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extract.records import Date, Entity, Fact, Growth, Money, Quantity, Source

TEXT = "Müller AG said on 9 June that sales rose by 5.50%\nto €1,000, or more than 3.9 tonnes."


def _source(quote: str, rule: str) -> Source:
    start = TEXT.index(quote)
    return Source(
        doc_id="a/müller.txt",
        text=quote,
        start=start,
        end=start + len(quote),
        sentence_start=0,
        sentence_end=len(TEXT),
        rule=rule,
    )


FACTS: tuple[Fact, ...] = (
    Entity(source=_source("Müller AG", "entity.name"), label="ORG", name="Müller AG", entity_id="e1"),
    Date(
        source=_source("9 June", "date.day_month"),
        timex_type="DATE",
        value="2024-06-09",
        date_start=date(2024, 6, 9),
        date_end=date(2024, 6, 9),
    ),
    Money(source=_source("€1,000", "money.symbol_amount"), amount=Decimal("1E+3"), currency="EUR"),
    Quantity(
        source=_source("3.9 tonnes", "quantity.measure"),
        amount=Decimal("3.9"),
        unit="tonne",
        modifier="more_than",
    ),
    Growth(
        source=_source("5.50%\nto", "growth.verb"),
        metric="sales",
        direction="increase",
        change_value=Decimal("5.50"),
        change_unit="percent",
        to_value=Decimal("0.0000001"),
        status="actual",
    ),
)
