"""Money by a sign, a code or a name after the number: `1,200€`, `110 JPY`, `20 billion won`, `85 cents`."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from extract import lexicons
from extract.lexicons.scope import cached
from extract.rules.amounts import Amount, with_unit_after
from extract.rules.money.coded import code_after
from extract.rules.money.currencies import unit_of_words
from extract.rules.money.signs import dollar_country
from extract.rules.numbers import SCALES, Number

_LEXICON = lexicons.load("currencies")
_CAUTIOUS = frozenset(_LEXICON["cautious"]["signs"])
_EVIDENCE = {word: re.compile(pattern) for word, pattern in _LEXICON["evidence"].items()}
_WIRE = frozenset(_LEXICON["wire"]["words"])
_NO_MONEY: dict[str, list[str]] = _LEXICON["no_money"]
_NOT_WEIGHT = lexicons.alternation(_LEXICON["weights"]["money_of"])

_WORD = re.compile(r"(?P<gap>[\s-]+)(?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+)")
_COMPOUND = re.compile(r"[-‑](?!an?-|per-|plus\b)\w", re.IGNORECASE)
_HUNDREDTHS = re.compile(r"(?P<letter>[pc¢])(?![\w-])(?P<rate>\s+(?:an?|per)\s)?")
_CENTS_A = re.compile(
    rf"c(?:\s(?:to|from|and)\s\d+(?:\.\d+)?c)?\s+(?:an?|per)\s+(?:{lexicons.alternation(_LEXICON['hundredths']['rates'])})\b"
)
_WEIGHT_AFTER = re.compile(
    rf"\s+(?:of(?!\s+(?:{_NOT_WEIGHT})\b)|{lexicons.alternation(_LEXICON['weights']['after'])})\b"
)
_WEIGHT_BEFORE = re.compile(
    rf"\b(?:{lexicons.alternation(_LEXICON['weights']['before'])})\b[^.;]*$", re.IGNORECASE
)
_PRICED = re.compile(
    rf"\b(?:{lexicons.alternation(_LEXICON['priced']['words'])})\s(?:\w+\s){{0,2}}$", re.IGNORECASE
)
_PRICED_NOUNS = frozenset(_LEXICON["priced"]["nouns"])
_AFTER_VERB = frozenset({"the", "an", "their", "his", "her", "its"})  # `won` is a verb before these
_DOLLARS = re.compile(r"\$\d")
_CENT = Decimal("0.01")
_MILLION = 1_000_000
_MAX_WORDS = 4
_REACH = 40  # how far before pounds a word of weight may stand, and dollars from cents


def _after() -> dict[str, str]:
    """The unit of each sign that stands behind digits."""
    signs: dict[str, str] = lexicons.load("currencies")["after"]
    return signs


@cached
def _sign_behind() -> re.Pattern[str]:
    return re.compile(rf"\s?(?P<sign>{lexicons.alternation(_after())})(?![\w$£€])")


def with_suffix(text: str, number: Number) -> Amount | None:
    """The amount that a number is, by the sign, code or name after it; None when there is none."""
    if number.glued:
        return None
    return _hundredths(text, number) or _longer(_sign_after(text, number), _named(text, number))


def _longer(first: Amount | None, second: Amount | None) -> Amount | None:
    """The amount that reaches further, the first of equals: `410 CFA francs` and not `410 CFA`."""
    if first and second:
        return second if second.end > first.end else first
    return first or second


def _hundredths(text: str, number: Number) -> Amount | None:
    """`85¢`; `20p` in a text that speaks of pounds; `50c` beside dollars, `12.5c a share`."""
    found = None if number.scale else _HUNDREDTHS.match(text, number.end)
    if not found or number.value >= 10_000:
        return None
    letter = found["letter"]
    if letter == "p" and not _speaks_of("pound", text):
        return None
    if letter == "c" and not (
        _CENTS_A.match(text, number.end)
        or _DOLLARS.search(text, max(0, number.start - _REACH), number.end + _REACH)
        or ("$" in text and (found["rate"] or "." in text[number.start : number.end]))
    ):
        return None
    unit = "GBP" if letter == "p" else "cent"
    return with_unit_after(text, number, found.end("letter"), unit, "money.minor_unit", size=_CENT)


def _sign_after(text: str, number: Number) -> Amount | None:
    found = _sign_behind().match(text, number.end)
    sign = lexicons.spaced(found["sign"]) if found else ""
    if found and not (sign in _CAUTIOUS and text[number.end : found.start("sign")] == ""):
        return with_unit_after(text, number, found.end("sign"), _after()[sign], "money.amount_symbol")
    code = code_after(text, number)
    if code is None:
        return None
    scaled = replace(number, value=number.value * code.size) if code.size != 1 else number
    return with_unit_after(text, scaled, code.at, code.code, "money.amount_code")


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
    unit_name, end = dollar_country(text, end, unit_name)
    rule = "money.minor_unit" if parts > 1 else "money.amount_word"
    return with_unit_after(text, number, end, unit_name, rule, size=Decimal(1) / parts)


def _is_noun(text: str, number: Number, phrase: str, end: int) -> bool:
    """The words are money here: no name (`5 Marks & Spencer`), compound (`dollar-denominated`) or weight."""
    if _COMPOUND.match(text, end):
        return False
    word = phrase.rpartition(" ")[2]
    if " " in phrase:
        return True
    if word[0].isupper() and not number.scale and not phrase.isupper() and word.lower() not in _WIRE:
        return False
    following = _WORD.match(text, end)
    if following and following["word"].lower() in _NO_MONEY.get(word, ()):
        return False
    lemma = word if word in _EVIDENCE else word.removesuffix("s").removesuffix("e")
    if lemma not in _EVIDENCE:
        return True
    if lemma == "pound" and _is_weight(text, number, end):
        return False
    if lemma == "won" and following and following["word"] in _AFTER_VERB:
        return False
    left = text[max(0, number.start - _REACH) : number.start]
    return SCALES.get(number.scale, 0) >= _MILLION or _speaks_of(lemma, text) or _is_priced(lemma, left)


def _is_priced(lemma: str, left: str) -> bool:
    """The words before it say that it is a price: `a loaf will cost 2 pounds`."""
    return lemma in _PRICED_NOUNS and bool(_PRICED.search(left))


def _is_weight(text: str, number: Number, end: int) -> bool:
    left = text[max(0, number.start - _REACH) : number.start]
    return bool(_WEIGHT_AFTER.match(text, end) or _WEIGHT_BEFORE.search(left))


@lru_cache(maxsize=32)
def _speaks_of(lemma: str, text: str) -> bool:
    """The text shows that it means this money: its sign, its country, its capital."""
    return bool(_EVIDENCE[lemma].search(text))
