"""Currency specs of Microsoft's Recognizers-Text (`CurrencyModel.json`); each case becomes an article.

A unit without an ISO code is mapped to the currency that it usually means: `Dollar` is USD.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.sets.base import Span
from extract.evaluate.sets.units import money_of


def read(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The cases of a file with their amounts, named `stem-number` from 0."""
    try:
        cases = json.loads(path.read_text(encoding="utf-8-sig"))
        for number, case in enumerate(cases):
            spans = [span for result in case["Results"] if (span := _span(result))]
            yield Article(id=f"{path.stem}-{number}", text=case["Input"]), spans
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise GoldError(f"{path}: has no specs of Recognizers-Text ({error!r})") from error


def _span(result: Mapping[str, Any]) -> Span | None:
    """The amount of a result; None if it has no number (only `dollars`) or is not of the currency model."""
    resolution = result.get("Resolution") or {}
    if result.get("TypeName") != "currency" or resolution.get("value") is None:
        return None
    codes, factor = money_of(resolution["unit"]) or ((None,), Decimal(1))
    if resolution.get("isoCurrency"):
        codes, factor = (resolution["isoCurrency"],), Decimal(1)
    values = {"amount": Decimal(resolution["value"]) * factor, "currency": codes[0]}
    return Span(result["Start"], result["End"] + 1, "MONEY", values)
