"""Money by a sign or a code before the number: `$5`, `HK$5.4m`, `Rs 5,000 crore`, `USD10m`."""

from __future__ import annotations

import re
from dataclasses import replace

from extract import lexicons
from extract.rules.amounts import Amount
from extract.rules.money.currencies import codes
from extract.rules.numbers import Number

_LEXICON = lexicons.load("currencies")
_SIGNS: dict[str, str] = _LEXICON["signs"]
_WHOSE: dict[str, str] = _LEXICON["whose_dollar"]
_CAUTIOUS = frozenset(_LEXICON["cautious"]["signs"])
_GLUED = frozenset(_LEXICON["cautious"]["glued"])
_CAUTIOUS_CODES = frozenset(_LEXICON["cautious"]["codes"])

_REACH = 12  # the longest sign, with its spaces
_SIGN_BEFORE = re.compile(
    rf"(?<![A-Za-z\d$£€])(?P<sign>{lexicons.alternation(_SIGNS)})(?P<space>\s?)(?P<minus>[-−]?)$"
)
_CODE_BEFORE = re.compile(r"(?<![A-Za-z\d$£€])(?P<code>[A-Z]{3})\s?(?P<minus>[-−]?)$")
_MINUS_BEFORE = re.compile(r"(?:^|[\s(])[-−]$")
_WHOSE_AFTER = re.compile(
    rf"\s(?P<whose>{lexicons.alternation(_WHOSE)})(?![\w$])"
    r"(?=\s*(?:[,;:)\]]|\.?\s*$|\.\s|(?:an?|per|to|in|from|for)\b))"
)
_SCALE_AFTER = re.compile(
    r"\s?(?:(?P<million>mil|mill|mm|MM)|(?P<billion>bil)|(?P<trillion>tril|tr)|(?:(?<=\s)|-)(?P<letter>[mMbB]))\b"
    r"(?![-'’])"
)
_UNKNOWN_AFTER = re.compile(r"(?![pc]\b)[^\W\d_]")  # `$5bio`: a scale that we do not know
_BIG = 1_000_000
_LAKH = 100_000
_RUPEES = frozenset({"rupee", "INR"})
_LAKH_AFTER = re.compile(r"\s?(?:L|lac)\b(?![-'’.])")  # only of rupees
_SIZES = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "m": 10**6, "b": 10**9}


def with_prefix(text: str, number: Number) -> Amount | None:
    """The amount that a number is, by the sign or code right before it; None when there is none."""
    left = text[max(0, number.start - _REACH) : number.start]
    found = _SIGN_BEFORE.search(left) or _CODE_BEFORE.search(left)
    unit = _unit(text, number, found) if found else None
    if not found or not unit:
        return None
    rule = "money.symbol_amount" if "sign" in found.re.groupindex else "money.code_amount"
    start, number = number.start - (len(left) - found.start()), _scaled(text, number, unit)
    if _UNKNOWN_AFTER.match(text, number.end):
        return None
    unit, end = whose(text, number.end, unit)
    negative = bool(found["minus"]) or bool(_MINUS_BEFORE.search(text[max(0, start - 2) : start]))
    return Amount(
        start=start - (negative and not found["minus"]),
        end=end,
        number=number,
        low=-number.value if negative else number.value,
        unit=unit,
        rule=rule,
        prefix=True,
    )


def _unit(text: str, number: Number, found: re.Match[str]) -> str | None:
    """The unit of a sign or code, None where it is more likely something else."""
    if "code" in found.re.groupindex:
        code = found["code"]
        sure = code not in _CAUTIOUS_CODES or _is_plain_money(text, number)
        return code if code in codes() and sure else None
    sign = found["sign"]
    if sign in _CAUTIOUS and not (_may_stand(sign, number, found["space"]) and _is_plain_money(text, number)):
        return None
    return _SIGNS[sign]


def _may_stand(sign: str, number: Number, space: str) -> bool:
    """A short sign stands right at the digits; one of two letters may stand apart before millions."""
    if not space or len(sign) > 2:
        return True
    return len(sign) == 2 and sign not in _GLUED and bool(number.scale) and number.value >= _BIG


def whose(text: str, end: int, unit: str) -> tuple[str, int]:
    """The unit of dollars or cents that end at an offset, and where the words that say whose they are end.

    `$31.20 US` is American; a unit that nothing follows stays as it is.
    """
    found = _WHOSE_AFTER.match(text, end) if unit in ("dollar", "cent") else None
    return (_WHOSE[found["whose"]], found.end("whose")) if found else (unit, end)


def _is_plain_money(text: str, number: Number) -> bool:
    """A scale, thousands or hundredths say that `R5 million`, `N4,500` or `P45.50` is money, and no label."""
    digits = text[number.start : number.plain_end]
    if number.letter_scale and text[number.end - 1].isupper():
        return "." in digits  # `B10M` is a type, `N1.9M` is money
    return bool(number.scale) or bool(re.search(r"[,\s]|\.\d\d$", digits))


def _scaled(text: str, number: Number, unit: str) -> Number:
    """The number with a scale that only money has: `RM1.2bil`, `$5 mil`, `$3 m`, `Rs 50 L`."""
    lakh = _LAKH_AFTER.match(text, number.end) if unit in _RUPEES and not number.scale else None
    if lakh:
        return replace(number, end=lakh.end(), value=number.value * _LAKH, scale=lakh[0].strip())
    found = None if number.scale else _SCALE_AFTER.match(text, number.end)
    if not found:
        return number
    size = _SIZES[(found["letter"] or found.lastgroup or "").lower()]
    return replace(number, end=found.end(), value=number.value * size, scale=found[0].strip())
