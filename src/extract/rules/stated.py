"""Spans with values that a component of a user puts into `doc.spans["money"]` or `["quantities"]`.

    span._.fact = {"amount": 5, "currency": "ZBK"}
    doc.spans["money"] = [*doc.spans.get("money", ()), span]

Our component, which comes after it, keeps such spans, with the rule `mine.` and the id of the span, in place
of what it finds there itself. The values are plain, in `doc.user_data`, and go wherever the document goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from extract.errors import PipelineError
from extract.lexicons.own.patterns import OWN

FACT = "fact"  # the attribute of a span, `span._.fact`
_CURRENCY = re.compile("[A-Z]{3,5}")
_KEYS = frozenset(["amount", "amount_max"])


class Stated(NamedTuple):
    """The values of a span; `unit` is the currency (ISO 4217) or the unit."""

    amount: Decimal
    amount_max: Decimal | None
    unit: str


def register() -> None:
    """Make `span._.fact` known to spaCy, unless somebody has done so."""
    if not Span.has_extension(FACT):
        Span.set_extension(FACT, default=None)


def kept(doc: Doc, name: str, unit: str, ours: Iterable[Span]) -> list[Span]:
    """The spans of a group that others gave values, and those of ours clear of them, in text order.

    Args:
        doc: The document.
        name: The group.
        unit: What the unit is called in their values: `currency` or `unit`.
        ours: What our component finds.

    Raises:
        PipelineError: the values of a span cannot be used.
    """
    given = [span for span in doc.spans.get(name, ()) if span._.fact is not None]
    if not given:
        return list(ours)
    taken = {i for span in given for i in range(span.start, span.end)}
    for span in given:
        values(span, unit)  # refused here, before anything is written
    label = "MONEY" if unit == "currency" else ""
    theirs = []
    for span in given:
        rule = OWN + (span.id_.removeprefix(OWN) or "span")
        of_unit = label or values(span, unit).unit
        theirs.append(Span(doc, span.start, span.end, label=of_unit, span_id=rule))
    return sorted([*theirs, *(s for s in ours if taken.isdisjoint(range(s.start, s.end)))])


def values(span: Span, unit: str) -> Stated:
    """The values that a span was given.

    Raises:
        PipelineError: they lack an amount or a unit, or hold what is none.
    """
    given: Any = span._.fact
    where = f"the span {span.text!r}, which another component made"
    if not isinstance(given, Mapping) or not {"amount", unit} <= set(given) <= {*_KEYS, unit}:
        raise PipelineError(f"{where}: span._.fact must have amount and {unit}, and may have amount_max")
    code = given[unit]
    if not isinstance(code, str) or not code or (unit == "currency" and not _CURRENCY.fullmatch(code)):
        raise PipelineError(f"{where}: {code!r} is no {unit}; give a code such as USD or the name of a unit")
    most = given.get("amount_max")
    return Stated(_number(given["amount"], where), None if most is None else _number(most, where), code)


def _number(value: Any, where: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        raise PipelineError(f"{where}: {value!r} is no amount; give a number")
    return number


register()
