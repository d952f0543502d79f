"""One entry of a gold file: its values checked against the record of its kind, its spans found.

The keys of an entry and the types of their values are those of the record's fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.texts import folded, occurrences, quoted
from extract.records import KINDS, Fact, Source

_PARTS = ("metric", "period", "baseline")
_DERIVED = {"source", "entity_id", "metric_start", "metric_end", "period_value", "baseline_value"}
_DERIVED |= {"period_start", "period_end", "baseline_start", "baseline_end"}
_DERIVED |= {"point_change", "partner", "expected_value", "expected_unit"}
_DERIVED |= {"percent_change", "check", "subject", "speaker", "currency_source", "role", "parts"}
_DERIVED |= {"subject_name", "subject_country", "subject_source", "partner_name", "partner_country"}
_REQUIRED = {"currency", "unit", "metric"}  # the records may lack them, the gold may not
_OPTIONAL = {"name"}
_RENAMED = {"timex_type": "type"}
_PAIRS = [("change_value", "change_unit"), ("from_value", "from_unit"), ("to_value", "to_unit")]
_PAIRS += [("date_start", "date_end")]
_RANGES = [("amount", "amount_max"), ("change_value", "change_max"), ("date_start", "date_end")]

_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?")
_FORMS = {
    "currency": (re.compile(r"[A-Z]{3}"), "an ISO 4217 code of three capitals"),
    "country": (re.compile(r"[A-Z]{2}"), "an ISO 3166-1 code of two capitals"),
    "value": (
        re.compile(
            r"(?:PRESENT|PAST|FUTURE)_REF|P(?=[\dXT])(?:[\dX.]+[A-Z]{1,2})*(?:T(?:[\dX.]+[HMS])+)?"
            r"|(?:BC|FY)?[\dX]{2,4}(?:-[\dXA-Z]{1,3})*(?:T[\dXA-Z:.+-]+)?|[\dX]{4}/[\dX]{4}|T[\dXA-Z:.+-]+"
        ),
        "a TIMEX3 value",
    ),
    "mod": (
        re.compile(
            "BEFORE|AFTER|ON_OR_BEFORE|ON_OR_AFTER|LESS_THAN|MORE_THAN|EQUAL_OR_LESS|EQUAL_OR_MORE"
            "|START|MID|END|APPROX"
        ),
        "a TIMEX3 mod",
    ),
}


def facts_of(entry: Mapping[str, Any], kind: type[Fact], article: Article) -> list[Fact]:
    """The facts of one entry: one for each occurrence that its `nth` names.

    Raises:
        GoldError: The entry cannot be trusted; the message is the reason alone.
    """
    values = _values(entry, kind)
    spans = _spans(entry, "text", article.text)
    for part in _PARTS:
        if f"{part}_nth" in entry and part not in values:
            raise GoldError(f"{part}_nth goes with a {part}")
        if part in values:
            start, end = _spans(entry, part, article.text)[0]
            if part == "metric":
                values |= {"metric_start": start, "metric_end": end}
    if kind.kind == "entity":
        name = values.setdefault("name", entry["text"])
        if folded(name) not in folded(article.text):
            raise GoldError(f"the name {quoted(name)} is not in the article")
        values["entity_id"] = f"{values['label']}:{folded(name)}"
    return [kind(source=_source(article, start, end), **values) for start, end in spans]


def _values(entry: Mapping[str, Any], kind: type[Fact]) -> dict[str, Any]:
    """The fields of an entry as the record holds them."""
    declared = _declared(kind.kind)
    spans = {"text", "nth"} | {f"{part}_nth" for part in _PARTS if part in declared}
    if unknown := sorted(entry.keys() - declared.keys() - spans):
        raise GoldError(f"unknown keys: {', '.join(unknown)}")
    missing = [key for key, field in declared.items() if field.required and key not in entry]
    if missing := [key for key in ("text", *missing) if key not in entry]:
        raise GoldError(f"lacks {', '.join(missing)}")
    values = {field.name: field.parse(entry[key]) for key, field in declared.items() if key in entry}
    for one, other in _PAIRS:
        if (one in values) != (other in values):
            raise GoldError(f"{one} and {other} go together")
    for low, high in _RANGES:
        if high in values and (low not in values or values[low] > values[high]):
            raise GoldError(f"{high} is the upper end of a range and wants a smaller {low}")
    if "status" in declared and not {"change_value", "from_value", "to_value"} & values.keys():
        raise GoldError("states neither a change nor a level")
    return values


@dataclass(frozen=True, slots=True)
class _Field:
    """One key of an entry: the record's field, whether it must be there, how its value is read."""

    name: str
    required: bool
    parse: Callable[[Any], Any]


@cache
def _declared(kind: str) -> dict[str, _Field]:
    """The keys that an entry of a kind may have, derived from the record."""
    hints = get_type_hints(KINDS[kind])
    declared = {}
    for field in fields(KINDS[kind]):
        if field.name not in _DERIVED:
            key = _RENAMED.get(field.name, field.name)
            required = field.name in _REQUIRED or (field.default is MISSING and field.name not in _OPTIONAL)
            declared[key] = _Field(field.name, required, _parser(key, hints[field.name]))
    return declared


def _parser(key: str, hint: Any) -> Callable[[Any], Any]:
    """How the value of a key is read, by the type that the record declares for it."""
    choices = [arg for arg in (*get_args(hint), hint) if get_origin(arg) is Literal]
    types = (*get_args(hint), hint)

    def parse(value: Any) -> Any:
        if choices:
            return _one_of(key, value, get_args(choices[0]))
        if Decimal in types:
            return _amount(key, value)
        return _day(key, value) if date in types else _string(key, value)

    return parse


def _one_of(key: str, value: Any, choices: tuple[str, ...]) -> Any:
    if value not in choices:
        raise GoldError(f"{key} is {value!r}, not one of {' '.join(choices)}")
    return value


def _amount(key: str, value: Any) -> Decimal:
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return Decimal(value)
    raise GoldError(f"{key} is {value!r}, not a number or a quoted decimal")


def _day(key: str, value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise GoldError(f"{key} is {value!r}, not an ISO date") from None


def _string(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or value != value.strip():
        raise GoldError(f"{key} is {value!r}, not a text without spaces around it")
    if key in _FORMS and not _FORMS[key][0].fullmatch(value):
        raise GoldError(f"{key} is {value!r}, not {_FORMS[key][1]}")
    return value


def _spans(entry: Mapping[str, Any], key: str, text: str) -> list[tuple[int, int]]:
    """The offsets of the occurrences of `entry[key]` that its `nth` names."""
    nth_key = "nth" if key == "text" else f"{key}_nth"
    nth = entry.get(nth_key, 1)
    wanted = nth if isinstance(nth, list) else [nth]
    if not wanted or any(type(n) is not int or n < 1 for n in wanted) or (key != "text" and len(wanted) > 1):
        raise GoldError(
            f"{nth_key} is {nth!r}, not a number from 1" + (" or a list" if key == "text" else "")
        )
    quote = _string(key, entry[key])
    places = list(occurrences(quote, text))
    if max(wanted) > len(places):
        what = "the text" if key == "text" else f"the {key} {quoted(quote)}"
        hint = "; it does as a part of a word" if not places and quote in text else ""
        raise GoldError(f"{what} occurs {len(places)} times as whole words, not {max(wanted)}{hint}")
    return [places[n - 1] for n in wanted]


def _source(article: Article, start: int, end: int) -> Source:
    return Source.of(article.text, (start, end), (start, end), doc_id=article.id, rule="gold")
