"""Amounts of money in a text, with the unit as the text writes it.

>>> [(text[a.start:a.end], str(a.low), a.unit) for a in amounts(text := "HK$5.4m, or 4 to 5 million euros")]
[('HK$5.4m', '5400000.0', 'HKD'), ('4 to 5 million euros', '4000000', 'EUR')]

Each number is looked at for a sign or code before it and a sign, code or name after it; then neighbours
that share a unit are joined to ranges. Whose dollar a bare `$` is stays open here (unit `dollar`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extract import lexicons
from extract.rules import numbers
from extract.rules.amounts import Amount, joined
from extract.rules.money.currencies import codes, unit_of_words
from extract.rules.numbers import Number

_LEXICON = lexicons.load("currencies")
_SIGNS: dict[str, str] = _LEXICON["signs"]
_AFTER: dict[str, str] = _LEXICON["after"]
_WHOSE: dict[str, str] = _LEXICON["whose_dollar"]
_CAUTIOUS = frozenset(_LEXICON["cautious"]["signs"])
_CAUTIOUS_CODES = frozenset(_LEXICON["cautious"]["codes"])
_EVIDENCE = {word: re.compile(pattern) for word, pattern in _LEXICON["evidence"].items()}
_NO_MONEY: dict[str, list[str]] = _LEXICON["no_money"]

_SIGN_BEFORE = re.compile(
    rf"(?<![A-Za-z\d$£€])(?P<sign>{lexicons.alternation(_SIGNS)})(?P<space>\s?)(?P<minus>[-−]?)$"
)
_CODE_BEFORE = re.compile(r"(?<![A-Za-z\d$£€])(?P<code>[A-Z]{3})\s?(?P<minus>[-−]?)$")
_SIGN_AFTER = re.compile(rf"\s?(?P<sign>{lexicons.alternation(_AFTER)})(?![\w$£€])")
_CODE_AFTER = re.compile(r"[\s-]?(?P<code>[A-Z]{3})(?![\w-])")
_WHOSE_AFTER = re.compile(
    rf"\s(?P<whose>{lexicons.alternation(_WHOSE)})(?![\w$])(?=\s*(?:[,;:)\]]|\.?\s*$|\.\s|an?\b|per\b|to\b|in\b|from\b|for\b))"
)
_SCALE_AFTER = re.compile(
    r"\s?(?:(?P<million>mil|mill|mm|MM)|(?P<billion>bil)|(?P<trillion>tril)|(?<=\s)(?P<letter>[mMbB]))\b(?![-'’])"
)
_WORD = re.compile(r"(?P<gap>[\s-]+)(?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’]anga)?)")
_COMPOUND = re.compile(r"[-‑](?!an?-|per-|plus\b|a\b)\w", re.IGNORECASE)
_HUNDREDTHS = re.compile(r"(?P<letter>[pc¢])(?![\w-])(?P<rate>\s+(?:a|per)\s)?")
_MINUS_BEFORE = re.compile(r"(?:^|[\s(])[-−]$")
_STOP = re.compile(
    r"\s*(?:$|[.,;:)\]!?\"”’'—–(-]|(?:an?|per|each|in|for|on|at|of|to|and|or|by|this|from|apiece|annually|worth|as|after|over|but|with|when|while|which|who|that|next|last|more)\b)"
)
_WEIGHT_AFTER = re.compile(
    r"\s+(?:of(?!\s+(?:debt|cash|public|taxpayer|money|funding|savings|profit|revenue))|per\s+square|heavier|lighter|overweight|in\s+weight)\b"
)
_WEIGHT_BEFORE = re.compile(r"\b(?:weigh\w*|weight|heavier|lighter|thrust)\b[^.;]*$", re.IGNORECASE)
_OF_THE = re.compile(r"\s+of\s+(?:the|its|his|her|their|an?)\s+")

_JOINTS = frozenset({"to", "and", "or", "-", "–", "—"})
_SIZES = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "m": 10**6, "b": 10**9}
_MAX_WORDS = 4


@lru_cache(maxsize=8)
def amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of money of a text, in order, without overlaps."""
    counted = [n for n in numbers.find(text) if n.form in ("digits", "words")]
    priced = _of_whole(text, counted, _same_dollar(text, [_priced(text, number) for number in counted]))
    return tuple(
        joined(text, counted, priced, kind="money", shares_ahead=lambda end: bool(_STOP.match(text, end)))
    )


def _same_dollar(text: str, priced: list[Amount | None]) -> list[Amount | None]:
    """The second dollar of `US$89 to $93 billion` is the first's; that of `$1 = 1.5 Canadian dollars` is none of them."""
    for i, (first, second) in enumerate(pairwise(priced)):
        if not first or not second or "dollar" not in (first.unit, second.unit):
            continue
        gap = text[first.end : second.start].strip()
        if gap == "=" and first.unit == "dollar":
            priced[i] = replace(first, unit="USD")
        elif gap in _JOINTS and first.unit.endswith("D"):
            priced[i + 1] = replace(second, unit=first.unit)
    return priced


def _of_whole(text: str, counted: list[Number], priced: list[Amount | None]) -> list[Amount | None]:
    """The bare part of `280 million of the 1.5 billion shekels` is in shekels too."""
    for i, whole in enumerate(priced[1:]):
        part = counted[i]
        if whole and not whole.prefix and priced[i] is None and part.scale and not part.glued:
            if _OF_THE.fullmatch(text[part.end : whole.start]):
                value = part.value * whole.size
                priced[i] = replace(
                    whole, start=part.start, end=part.end, number=part, low=value, rule="money.part"
                )
    return priced


def _priced(text: str, number: Number) -> Amount | None:
    """The amount that a number is, by the currency before or after it."""
    return _with_prefix(text, number) or _with_suffix(text, number)


def _with_prefix(text: str, number: Number) -> Amount | None:
    left = text[max(0, number.start - 12) : number.start]
    found = _SIGN_BEFORE.search(left)
    if found:
        unit, rule = _SIGNS[found["sign"]], "money.symbol_amount"
        if found["sign"] in _CAUTIOUS and (
            (found["space"] and len(found["sign"]) < 3) or not _is_plain_money(text, number)
        ):
            return None
    else:
        found = _CODE_BEFORE.search(left)
        if not found or found["code"] not in codes():
            return None
        unit, rule = found["code"], "money.code_amount"
        if unit in _CAUTIOUS_CODES and not _is_plain_money(text, number):
            return None
    start, number = number.start - (len(left) - found.start()), _scaled(text, number)
    end = number.end
    whose = _WHOSE_AFTER.match(text, end) if unit == "dollar" else None
    if whose:
        unit, end = _WHOSE[whose["whose"]], whose.end("whose")
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


def _is_plain_money(text: str, number: Number) -> bool:
    """A scale, thousands or hundredths say that `R5 million`, `N4,500` or `P45.50` is money, and no label."""
    digits = text[number.start : number.plain_end]
    if number.letter_scale and text[number.end - 1].isupper():
        return "." in digits  # `B10M` is a type, `N1.9M` is money
    return bool(number.scale) or "," in digits or bool(re.search(r"\.\d\d$", digits))


def _scaled(text: str, number: Number) -> Number:
    """The number with a scale that only money has: `RM1.2bil`, `$5 mil`, `$3 m`."""
    found = None if number.scale else _SCALE_AFTER.match(text, number.end)
    if not found:
        return number
    size = _SIZES[(found["letter"] or found.lastgroup or "").lower()]
    return replace(number, end=found.end(), value=number.value * size, scale=found[0].strip())


def _with_suffix(text: str, number: Number) -> Amount | None:
    if number.glued:
        return None
    return _hundredths(text, number) or _longer(_sign_after(text, number), _named(text, number))


def _longer(first: Amount | None, second: Amount | None) -> Amount | None:
    """The amount that reaches further, the first of equals: `410 CFA francs` and not `410 CFA`."""
    if first and second:
        return second if second.end > first.end else first
    return first or second


def _amount(text: str, number: Number, end: int, unit: str, rule: str, *, parts: int = 1) -> Amount:
    value = -number.value if number.sign < 0 else number.value
    start = number.start - (number.sign < 0 and text[number.start - 1] in "-−")
    return Amount(
        start=start, end=end, number=number, low=value / parts, unit=unit, rule=rule, size=Decimal(1) / parts
    )


def _hundredths(text: str, number: Number) -> Amount | None:
    """`85¢`; `20p` in a text that speaks of pounds; `12.5c a share` in one with dollars."""
    found = None if number.scale else _HUNDREDTHS.match(text, number.end)
    if not found or number.value >= 10_000:
        return None
    letter = found["letter"]
    if letter == "p" and not _speaks_of("pound", text):
        return None
    if letter == "c" and not ("$" in text and (found["rate"] or "." in text[number.start : number.end])):
        return None
    unit = "GBP" if letter == "p" else "cent"
    return _amount(text, number, found.end("letter"), unit, "money.minor_unit", parts=100)


def _sign_after(text: str, number: Number) -> Amount | None:
    found = _SIGN_AFTER.match(text, number.end)
    if found and not (found["sign"] in _CAUTIOUS and text[number.end : found.start("sign")] == ""):
        return _amount(text, number, found.end("sign"), _AFTER[found["sign"]], "money.amount_symbol")
    found = _CODE_AFTER.match(text, number.end)
    if found and found["code"] in codes() and found["code"] not in _CAUTIOUS_CODES:
        return _amount(text, number, found.end("code"), found["code"], "money.amount_code")
    return None


def _named(text: str, number: Number) -> Amount | None:
    """The longest name of a currency that follows: `euros`, `Hong Kong dollars`, `U.S. cents`."""
    best, phrase, end = None, "", number.end
    for _ in range(_MAX_WORDS):
        found = _WORD.match(text, end)
        if not found:
            break
        phrase, end = f"{phrase} {found['word']}".strip(), found.end("word")
        unit = unit_of_words(phrase.lower())
        if unit and _is_noun(text, number, phrase, end):
            best = (unit, end)
    if best is None:
        return None
    (unit_name, parts), end = best
    whose = _WHOSE_AFTER.match(text, end) if unit_name == "cent" else None
    if whose:
        unit_name, end = _WHOSE[whose["whose"]], whose.end("whose")
    rule = "money.minor_unit" if parts > 1 else "money.amount_word"
    return _amount(text, number, end, unit_name, rule, parts=parts)


def _is_noun(text: str, number: Number, phrase: str, end: int) -> bool:
    """The words are money here: no name (`5 Marks & Spencer`), compound (`dollar-denominated`) or weight."""
    if _COMPOUND.match(text, end):
        return False
    word = phrase.rpartition(" ")[2]
    if word[0].isupper() and not number.scale and not phrase.isupper():
        return False
    if " " in phrase:
        return True
    following = _WORD.match(text, end)
    if following and following["word"].lower() in _NO_MONEY.get(word, ()):
        return False
    lemma = word if word in _EVIDENCE else word.removesuffix("s").removesuffix("e")
    if lemma not in _EVIDENCE:
        return True
    if lemma == "pound" and _is_weight(text, number, end):
        return False
    if lemma == "won" and following and following["word"] in ("the", "an", "their", "his", "her", "its"):
        return False
    return (number.value >= 1_000_000 and bool(number.scale)) or _speaks_of(lemma, text)


def _is_weight(text: str, number: Number, end: int) -> bool:
    left = text[max(0, number.start - 40) : number.start]
    return bool(_WEIGHT_AFTER.match(text, end) or _WEIGHT_BEFORE.search(left))


@lru_cache(maxsize=64)
def _speaks_of(lemma: str, text: str) -> bool:
    """The text shows that it means this money: its sign, its country, its capital."""
    return bool(_EVIDENCE[lemma].search(text))
