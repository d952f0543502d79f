"""The records: one frozen dataclass of plain values per kind of fact.

Every record knows its source: the article, the exact span and the rule. `article.text[start:end] == text`
holds in each. Absent means None. Amounts are exact decimals. Writers derive their columns from the fields
declared here, through `columns` and `row`.
"""

from __future__ import annotations

from extract.records.base import (
    DERIVED,
    INFERRED,
    QUOTED,
    Fact,
    Source,
    changed,
    columns,
    row,
    with_origin,
)
from extract.records.kinds import (
    KINDS,
    Date,
    Entity,
    Growth,
    Money,
    Quantity,
)
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
    Value,
)

__all__ = [
    "DERIVED",
    "INFERRED",
    "KINDS",
    "QUOTED",
    "Balance",
    "Check",
    "CurrencySource",
    "Date",
    "Direction",
    "Entity",
    "EntityLabel",
    "Fact",
    "Growth",
    "Modifier",
    "Money",
    "MoneyRole",
    "Quantity",
    "Source",
    "Status",
    "SubjectSource",
    "TimexType",
    "Value",
    "changed",
    "columns",
    "row",
    "with_origin",
]
