"""Measures in two units, as one in the smaller: `6ft 2in` is 74 inches, `5 lb 3 oz` 83 ounces."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extract import lexicons
from extract.rules.amounts import Amount, with_unit_after
from extract.rules.numbers import Number
from extract.rules.quantities.measures import by_name, by_symbol, unit_at
from extract.rules.quantities.units import symbol_pattern, symbols

_FACTORS: dict[str, dict[str, int]] = lexicons.load("units")["parts_of_units"]
_FEET = re.compile(r"\s?(?:ft\b\.?|f(?:ee|oo)t\b|[’'′](?!\w*[A-Za-z]))", re.IGNORECASE)
_INCHES_LEFT_OUT = re.compile(
    r"-foot-(?P<part>\d{1,2})(?![\w-]|[.,]\d)|\s?ft\s?(?P<bare>\d{1,2})(?=\s*(?:[,.;:)]|$|tall\b))(?![.,]\d)"
)
_METRES = re.compile(r"m\s?(?P<part>\d{1,2})\s?cm\b")
_INCHES = re.compile(r"\s?(?:in\b\.?|inch(?:es)?\b|[\"”″]|''|’’)")
_PART = re.compile(
    r"(?:,?\s+(?:and\s+)?|-)?(?P<part>\d{1,4}(?:\.\d+)?|\d{1,2}½)(?=[\s-]?[^\W\d]|\s?[\"”″'’])"
)


def compound(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """The measure that a number begins, where a smaller unit of the same kind follows right after."""
    metres = _METRES.match(text, number.plain_end)
    if metres and number.scale in ("", "m"):
        plain = replace(number, value=number.plain)
        return _in_parts(text, plain, metres["part"], metres.end(), 100, "centimetre", rule)
    if number.scale or number.value != int(number.value):
        return None
    return _feet_and_inches(text, number, rule) or _two_units(text, number, rule)


def _feet_and_inches(text: str, number: Number, rule: str) -> Amount | None:
    """`6ft 2in`, `6'2"`, `5-foot-10`, `5ft10`."""
    short = _INCHES_LEFT_OUT.match(text, number.end)
    if short:
        return _in_parts(text, number, short["part"] or short["bare"], short.end(), 12, "inch", rule)
    feet = _FEET.match(text, number.end)
    part = _PART.match(text, feet.end()) if feet else None
    inches = _INCHES.match(text, part.end()) if part else None
    if not part or not inches:
        return None
    return _in_parts(text, number, part["part"], inches.end(), 12, "inch", rule)


def _two_units(text: str, number: Number, rule: str) -> Amount | None:
    """`5 lb 3 oz`, `11 stone 4 pounds`, `1m 82cm`."""
    whole = by_name(text, number, rule) or by_symbol(text, number, rule)
    factors = _FACTORS.get(whole.unit) if whole else None
    part = _PART.match(text, whole.end) if whole and factors else None
    if whole is None or factors is None or part is None:
        return None
    unit = _unit_at(text, part.end())
    if unit is None or unit[0] not in factors:
        return None
    return _in_parts(text, number, part["part"], unit[1], factors[unit[0]], unit[0], rule)


def _unit_at(text: str, at: int) -> tuple[str, int] | None:
    found = symbol_pattern().match(text, at)
    return (symbols()[found["symbol"]].unit, found.end()) if found else unit_at(text, at)


def _in_parts(
    text: str, number: Number, part: str, end: int, factor: int, unit: str, rule: str
) -> Amount | None:
    """The whole in the smaller unit; None where the parts would make more than one of the larger."""
    value = Decimal(part.replace("½", ".5"))
    if value >= factor:
        return None
    both = number.value * factor + value
    inner = Number(
        start=number.start,
        end=end,
        value=both,
        form="digits",
        plain=both,
        plain_end=end,
        sign=number.sign,
        glued=number.glued,
    )
    return with_unit_after(text, inner, end, unit, rule)
