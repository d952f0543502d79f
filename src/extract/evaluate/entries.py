"""Parses one entry of a gold file: checks its values against the record of its kind and locates its spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.keys import NAMED, SPANS, Key, keys
from extract.evaluate.texts import folded, near_misses, nearest, occurrences, quoted
from extract.evaluate.values import string
from extract.records import Date, Entity, Fact, Growth, Source

_PAIRS = [("date_start", "date_end")]  # sizes and levels may have no unit
_SIGNS = {"increase": 1, "decrease": -1, "unchanged": 0}
_RANGES = [("amount", "amount_max"), ("change_value", "change_max"), ("date_start", "date_end")]


def facts_of(
    entry: Mapping[str, Any], kind: type[Fact], article: Article, known: Iterable[Fact]
) -> list[Fact]:
    """The facts of one entry: one for each occurrence that its `nth` names.

    Args:
        entry: The keys and values of the entry.
        kind: The record of its kind.
        article: The article that it is about.
        known: The facts of the file so far. From its entities come the full names of owners and speakers,
            from its dates the values of times.

    Raises:
        GoldError: the entry is wrong; the message is only the reason, without the place.
    """
    values = _values(entry, kind)
    spans = _spans(entry, "text", article.text)
    for part in SPANS:
        if f"{part}_nth" in entry and part not in values:
            raise GoldError(f"{part}_nth requires a {part}; add it, or remove {part}_nth")
        if part in values:
            values |= _linked(part, _spans(entry, part, article.text)[0], entry, known)
    for key in (*NAMED, "role") if kind.kind in ("growth", "entity") else ():
        if key in values and folded(values[key]) not in folded(article.text):
            raise GoldError(_absent(key, values[key], article.text))
    for key in NAMED:
        if key in values:
            values[key] = _full_name(key, values[key], known)
    if kind is Growth:
        values = _implied(values) | values
    if kind is Entity:
        values |= _identity(values, entry["text"], article.text)
    held = {field.name for field in fields(kind)}
    values = {name: value for name, value in values.items() if name in held}
    return [kind(source=_source(article, start, end), **values) for start, end in spans]


def _values(entry: Mapping[str, Any], kind: type[Fact]) -> dict[str, Any]:
    """The values of an entry, by the fields of the record.

    Raises:
        GoldError: a key is unknown or missing, or the values do not fit together.
    """
    declared = keys(kind.kind)
    _check_keys(entry, declared)
    values = {field.field: field.parse(entry[key]) for key, field in declared.items() if key in entry}
    _check_pairs(values)
    if "status" in declared and not {"change_value", "from_value", "to_value"} & values.keys():
        raise GoldError("states neither a change nor a level: add change_value, from_value or to_value")
    return values


def _check_keys(entry: Mapping[str, Any], declared: Mapping[str, Key]) -> None:
    """Reject an entry with keys that its kind does not have, or without those that it requires.

    Raises:
        GoldError: there are such keys.
    """
    allowed = [*declared, "text", "nth", *(f"{part}_nth" for part in SPANS if part in declared)]
    if unknown := [key for key in entry if key not in allowed]:
        hint = nearest(unknown[0], allowed) or f"; known are {' '.join(allowed)}"
        raise GoldError(f"unknown keys: {', '.join(sorted(unknown))}{hint}")
    required = ["text", *(key for key, field in declared.items() if field.required)]
    if missing := [key for key in required if key not in entry]:
        raise GoldError(f"lacks {', '.join(missing)}")


def _check_pairs(values: Mapping[str, Any]) -> None:
    """Reject values that are incomplete or contradictory: one end of an interval, a unit without a value.

    Raises:
        GoldError: there are such values.
    """
    for one, other in _PAIRS:
        if (one in values) != (other in values):
            raise GoldError(f"{one} and {other} go together: state both or neither")
    for unit in values:
        if unit.endswith("_unit") and (value := unit.replace("_unit", "_value")) not in values:
            raise GoldError(f"{unit} requires a {value}; add it, or remove {unit}")
    for low, high in _RANGES:
        if high in values and (low not in values or values[low] > values[high]):
            raise GoldError(f"{high} is the upper end of a range and requires a smaller {low}")


def _linked(
    part: str, span: tuple[int, int], entry: Mapping[str, Any], known: Iterable[Fact]
) -> dict[str, Any]:
    """The fields derived from the span of a part: offsets of a metric, value of a time, id of a fact."""
    start, end = span
    if part == "metric":
        return {"metric_start": start, "metric_end": end}
    if part == "restates":
        return {"restates": f"money:{start}-{end}"}
    name, chosen = f"{part}_value", f"{part}_nth" in entry
    dates = [fact for fact in known if isinstance(fact, Date) and fact.text == entry[part]]
    values = {fact.value for fact in dates if not chosen or fact.start == start}
    return {name: values.pop()} if len(values) == 1 and name not in entry else {}


def _implied(values: Mapping[str, Any]) -> dict[str, Decimal]:
    """The signed change in per cent or percentage points, if the stated size or levels imply it."""
    sign = _SIGNS[values["direction"]]
    if sign == 0:
        rate = {"point_change": Decimal(0)} if values.get("to_unit") == "percent" else {}
        return {"percent_change": Decimal(0), **rate}
    return _implied_by_size(values, sign) or _implied_by_levels(values, sign)


def _implied_by_size(values: Mapping[str, Any], sign: int) -> dict[str, Decimal]:
    size, unit = values.get("change_value"), values.get("change_unit")
    if size is None:
        return {}
    match unit:
        case "percent":
            return {"percent_change": sign * size}
        case "factor":
            return {"percent_change": (size - 1) * 100}
        case "percentage_point":
            return {"point_change": sign * size}
        case "basis_point":
            return {"point_change": sign * size / 100}
    return {}


def _implied_by_levels(values: Mapping[str, Any], sign: int) -> dict[str, Decimal]:
    to, from_ = values.get("to_value"), values.get("from_value")
    unit = values.get("to_unit")
    if to is None or from_ is None or not unit or unit != values.get("from_unit"):
        return {}
    if unit == "percent":
        return {"point_change": to - from_}
    if unit.isupper() and (to - from_) * sign < 0:
        to, from_ = from_, to  # an exchange rate: "the yen fell to 150.4" means more yen per dollar
    return {"percent_change": round((to - from_) / from_ * 100, 2)} if from_ > 0 else {}


def _identity(values: Mapping[str, Any], text: str, article: str) -> dict[str, Any]:
    """The name of an entity, and an id shared by all mentions with this name and label."""
    name = values.get("name", text)
    if folded(name) not in folded(article):
        raise GoldError(_absent("name", name, article))
    return {"name": name, "entity_id": f"{values['label']}:{folded(name)}"}


def _absent(key: str, name: str, text: str) -> str:
    return f"the {key} {quoted(name)} is not in the article{near_misses(name, text)}"


def _full_name(key: str, name: str, known: Iterable[Fact]) -> str:
    """The full name of the entity with this name or mention; unchanged if the file has no entities.

    Raises:
        GoldError: the file has entities, but none with this name.
    """
    entities = [fact for fact in known if isinstance(fact, Entity)]
    names = {folded(entity.text): entity.name for entity in entities}
    names |= {folded(entity.name): entity.name for entity in entities}
    if names and folded(name) not in names:
        hint = nearest(name, [*names.values(), *(entity.text for entity in entities)])
        raise GoldError(
            f"the {key} {quoted(name)} is not an [[entity]] of the file; add one, or correct it{hint}"
        )
    return names.get(folded(name), name)


def _spans(entry: Mapping[str, Any], key: str, text: str) -> list[tuple[int, int]]:
    """The offsets of the occurrences of `entry[key]` that its `nth` selects."""
    nth_key = "nth" if key == "text" else f"{key}_nth"
    nth = entry.get(nth_key, 1)
    wanted = nth if isinstance(nth, list) else [nth]
    if not wanted or any(type(n) is not int or n < 1 for n in wanted) or (key != "text" and len(wanted) > 1):
        raise GoldError(
            f"{nth_key} is {nth!r}, not a number from 1" + (" or a list" if key == "text" else "")
        )
    quote = string(key, entry[key])
    places = list(occurrences(quote, text))
    if max(wanted) > len(places):
        what = "the text" if key == "text" else f"the {key} {quoted(quote)}"
        hint = near_misses(quote, text) if not places else f"; lower {nth_key}"
        raise GoldError(f"{what} occurs {len(places)} times as whole words, not {max(wanted)}{hint}")
    return [places[n - 1] for n in wanted]


def _source(article: Article, start: int, end: int) -> Source:
    return Source.of(article.text, (start, end), (start, end), doc_id=article.id, rule="gold")
