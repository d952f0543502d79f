"""Formats text and values for a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from extract.decimals import stripped
from extract.records import Date, Entity, Fact, Growth, Money, Quantity

Text = TypeVar("Text", bound=str)

_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | {127: 0x2421}
# Characters that change the direction of text, and surrogates, which UTF-8 cannot encode.
_UNSHOWN = (*range(128, 160), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN: Mapping[int, int] = MappingProxyType(_CONTROLS | dict.fromkeys(_UNSHOWN, 0xFFFD))
_SURROGATES = re.compile("[\ud800-\udfff]")

_SIGNS: Mapping[str, str] = MappingProxyType(
    {"percent": "%", "percentage_point": " points", "basis_point": " bp", "factor": "×"}
)
_PLURALS: Mapping[str, str] = MappingProxyType(
    {"person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet"}
)
_ENDS = (
    *((end, f"{end}es") for end in ("s", "x", "ch", "sh")),
    *((f"{letter}y", f"{letter}ies") for letter in "bcdfghklmnprstvz"),
)
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ARROWS: Mapping[str, str] = MappingProxyType({"increase": "↑", "decrease": "↓", "unchanged": "→"})
_BOUNDS: Mapping[str, str] = MappingProxyType(
    {"approx": "about ", "more_than": "over ", "less_than": "under ", "at_least": "≥ ", "at_most": "≤ "}
)


def shown(text: Text) -> Text:
    """A text with a symbol for each control character and each one that changes the direction of text."""
    made = text.translate(_SHOWN)
    if _SURROGATES.search(made):
        made = type(text)(_SURROGATES.sub("\ufffd", made))
    return made  # type: ignore[return-value]  # a Markup stays one


def number(value: Decimal) -> str:
    """A number in plain notation, with commas: `71,600,000`."""
    return stripped(format(value, ",f"))


def short(value: Decimal) -> str:
    """A number as in headlines, exact if it is short: `71.6 million`."""
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{stripped(format(value / scale, ',.3f'))} {name}"
    return stripped(format(value, ",.4f")) if abs(value) >= 1 else number(value)


def amount(value: Decimal | None, unit: str | None, upper: Decimal | None = None) -> str:
    """An amount with its unit: `5.5%`, `71.6 million USD`, `5 to 6%`; empty if there is none."""
    if value is None:
        return ""
    text = short(value) if upper is None else f"{short(value)} to {short(upper)}"
    return text + (_SIGNS.get(unit) or f" {_counted(unit, one=(upper or value) == 1)}" if unit else "")


def _counted(unit: str, *, one: bool) -> str:
    """The unit after a number: codes of currencies unchanged, nouns in the plural except for one."""
    noun = unit.replace("_", " ")
    if one or not unit.islower():
        return noun
    return _PLURALS.get(noun) or next(
        (f"{noun.removesuffix(end)}{plural}" for end, plural in _ENDS if noun.endswith(end)), f"{noun}s"
    )


def size(claim: Growth) -> str:
    """The size of a claim with its direction: `↑ 5.5%`."""
    text = amount(claim.change_value, claim.change_unit, claim.change_max)
    return f"{_ARROWS[claim.direction]} {text}".strip()


def summary(fact: Fact) -> str:
    """What a fact says, in a few words."""
    match fact:
        case Entity():
            return " · ".join(filter(None, (fact.label, fact.name, fact.role)))
        case Date():
            return fact.value
        case Money():
            return _BOUNDS.get(fact.modifier or "", "") + _rate(
                amount(fact.amount, fact.currency, fact.amount_max), fact.per
            )
        case Quantity():
            return _BOUNDS.get(fact.modifier or "", "") + _rate(
                amount(fact.amount, fact.unit, fact.amount_max), fact.per
            )
        case Growth():
            return f"{fact.metric or 'something'} {size(fact)}"
    return fact.text


def _rate(text: str, per: str | None) -> str:
    return f"{text} per {per}" if per else text
