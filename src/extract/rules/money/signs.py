"""Money by a sign or a code before the number: `$5`, `HK$5.4m`, `Rs 5,000 crore`, `USD10m`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from extract import lexicons
from extract.rules.amounts import Amount
from extract.rules.money import coded
from extract.rules.numbers import Number

_LEXICON = lexicons.load("currencies")
_WHOSE: dict[str, str] = _LEXICON["whose_dollar"]
_CAUTIOUS = frozenset(_LEXICON["cautious"]["signs"])
_GLUED = frozenset(_LEXICON["cautious"]["glued"])
_SCALED = frozenset(_LEXICON["cautious"]["scaled"])
_EVIDENCE = {sign: re.compile(pattern) for sign, pattern in _LEXICON["sign_evidence"].items()}

_REACH = 12  # the longest sign, with its spaces
_APART = _LEXICON["cautious"]["apart"]  # `c $ 16.4 million`, but `vitamin C $5`
_MINUS_BEFORE = re.compile(r"(?:^|[\s(])[-−]$")
_WHOSE_AFTER = re.compile(
    rf"\s(?P<whose>{lexicons.alternation(_WHOSE)})(?![\w$])"
    r"(?=\s*(?:[,;:)\]]|\.?\s*$|\.\s|(?:an?|per|to|in|from|for)\b))"
)
_LONG_SCALES = "|".join(
    f"(?P<{scale}>{lexicons.alternation(words)})" for scale, words in _LEXICON["long_scales"].items()
)
_SCALE_AFTER = re.compile(
    rf"\s?(?:{_LONG_SCALES}|(?:(?<=\s)|-)(?P<letter>[mMbB]))\b"
    r"(?![-'’])"
)
_CLOSED = re.compile(r"/[-=](?!\w)")  # `Rs 2,000/-`
_ON_THE = re.compile(rf"\b(?:{lexicons.alternation(_LEXICON['roads']['words'])})\s$", re.IGNORECASE)
_UNKNOWN_AFTER = re.compile(r"(?![pc]\b)[^\W\d_]")  # `$5bio`: a scale that we do not know
_FEWEST: dict[str, int] = _LEXICON["fewest"]
_BIG = 1_000_000
_LAKH = 100_000
_RUPEES = frozenset({"rupee", "INR"})
_LAKH_AFTER = re.compile(r"\s?(?:L|lac)\b(?![-'’.])")  # only of rupees
_SIZES = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "m": 10**6, "b": 10**9}


def _signs() -> dict[str, str]:
    """The unit of each sign that precedes digits."""
    signs: dict[str, str] = lexicons.load("currencies")["signs"]
    return signs


def sign_words() -> dict[str, Iterable[str]]:
    """The signs that precede a number, by the names that patterns have for them."""
    return {"signs_apart": _APART, "signs": set(_signs()).difference(_APART)}


def sign_before(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """The amount that a number is by the sign before it: `$5`, `HK$5.4m`, `Rs 5,000 crore`."""
    unit = _unit(text, number, found)
    if unit is None:
        return None
    before = len(found.string) - found.start()
    return _amount(text, _scaled(text, number, unit), unit, before, bool(found["minus"]), rule)


def code_before(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """The amount that a number is by the code before it: `USD10m`, `EURm 12`."""
    code = coded.code_before(found)
    if code is None or not (code.sure or _is_plain_money(text, number)):
        return None
    number = _scaled(text, number, code.code)
    number = replace(number, value=number.value * code.size)
    return _amount(text, number, code.code, len(found.string) - code.at, code.negative, rule)


def _amount(text: str, number: Number, unit: str, before: int, negative: bool, rule: str) -> Amount | None:
    """The amount of a number with a sign or code that begins so many code points before it."""
    start = number.start - before
    if _UNKNOWN_AFTER.match(text, number.end):
        return None
    unit, end = dollar_country(text, number.end, unit)
    closed = _CLOSED.match(text, end)
    minus_before = not negative and bool(_MINUS_BEFORE.search(text[max(0, start - 2) : start]))
    return Amount(
        start=start - minus_before,
        end=closed.end() if closed else end,
        number=number,
        low=-number.value if negative or minus_before else number.value,
        unit=unit,
        rule=rule,
        prefix=True,
    )


def _unit(text: str, number: Number, found: re.Match[str]) -> str | None:
    """The unit of a sign, None where it is more likely something else."""
    sign, space = lexicons.spaced(found["sign"]), found["space"]
    if sign in _SCALED and not number.scale:
        return None
    if sign in _CAUTIOUS and not (
        (_may_stand(sign, number, space) and _is_plain_money(text, number))
        or (not space and _is_money_of_country(text, number, sign))
    ):
        return None
    return _signs()[sign]


def _is_money_of_country(text: str, number: Number, sign: str) -> bool:
    """The text is about the country of a sign of one letter: `R45` is money there, unless it is a road."""
    pattern = _EVIDENCE.get(sign)
    if pattern is None or number.plain < _FEWEST.get(sign, 10) or number.letter_scale:
        return False
    before = text[max(0, number.start - _REACH) : number.start - len(sign)]
    return not _ON_THE.search(before) and _speaks(pattern, text)


@lru_cache(maxsize=32)
def _speaks(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(text))


def _may_stand(sign: str, number: Number, space: str) -> bool:
    """A short sign is right at the digits; one of two letters may be apart before millions."""
    if not space or len(sign) > 2:
        return True
    return len(sign) == 2 and sign not in _GLUED and bool(number.scale) and number.value >= _BIG


def dollar_country(text: str, end: int, unit: str) -> tuple[str, int]:
    """The unit of dollars or cents that end at an offset, and where the words that say whose they are end.

    `$31.20 US` is American; a unit that nothing follows stays as it is.
    """
    found = _WHOSE_AFTER.match(text, end) if unit in ("dollar", "cent") else None
    return (_WHOSE[lexicons.spaced(found["whose"])], found.end("whose")) if found else (unit, end)


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
