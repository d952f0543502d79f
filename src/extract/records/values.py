"""The values that fields of records are limited to, and what a column may hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

EntityLabel = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Modifier = Literal["approx", "more_than", "less_than", "at_least", "at_most"]
CurrencySource = Literal["stated", "beside", "country", "default"]
MoneyRole = Literal[
    "price",
    "revenue",
    "profit",
    "loss",
    "cost",
    "deal",
    "fine",
    "damages",
    "budget",
    "spending",
    "investment",
    "debt",
    "loan",
    "aid",
    "donation",
    "grant",
    "pay",
    "pension",
    "tax",
    "fee",
    "dividend",
    "assets",
    "market_value",
    "trade",
    "bail",
    "prize",
    "theft",
    "savings",
]
Direction = Literal["increase", "decrease", "unchanged"]
Check = Literal["consistent", "inconsistent", "unchecked"]
Balance = Literal["consistent", "inconsistent"]
SubjectSource = Literal["stated", "article"]
Status = Literal["actual", "projected", "hypothetical", "negated"]

Value = str | int | float | Decimal | date | None  # of a column
