"""Money by a sign, a code or a name after the number: `1,200€`, `110 JPY`, `20 billion won`, `85 cents`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extract import lexicons
from extract.lexicons.scope import remembered
from extract.rules.amounts import Amount, with_unit_after
from extract.rules.money import coded
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
_AFTER_VERB = frozenset(_LEXICON["after_verb"]["words"])
_DOLLARS = re.compile(r"\$\d")
_CENT = Decimal("0.01")
_MILLION = 1_000_000
_MAX_WORDS = 4
_REACH = 40  # how far before pounds a word of weight may stand, and dollars from cents


class _Named(NamedTuple):
    """The unit of a name after a number, how many of it make one of the currency, and where it ends."""

    unit: str
    parts: int
    end: int


def _after() -> dict[str, str]:
    """The unit of each sign that follows digits."""
    signs: dict[str, str] = lexicons.load("currencies")["after"]
    return signs


def sign_words() -> dict[str, Iterable[str]]:
    """The signs that follow a number, by the name that patterns have for them."""
    return {"signs_behind": _after()}


def minor_unit(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`85 cents`; `85¢`; `20p` in a text that mentions pounds; `50c` beside dollars, `12.5c a share`."""
    letter = found["letter"]
    if letter is None:
        return _named(text, number, rule, minor=True)
    if number.scale or number.value >= 10_000:
        return None
    if letter == "p" and not _speaks_of("pound", text):
        return None
    if letter == "c" and not _are_cents(text, number, found):
        return None
    unit = "GBP" if letter == "p" else "cent"
    return with_unit_after(text, number, found.end("letter"), unit, rule, size=_CENT)


def _are_cents(text: str, number: Number, found: re.Match[str]) -> bool:
    """Dollars nearby, or a rate, say that `50c` is cents."""
    if _CENTS_A.match(text, number.end):
        return True
    if _DOLLARS.search(text, max(0, number.start - _REACH), number.end + _REACH):
        return True
    return "$" in text and bool(found["rate"] or "." in text[number.start : number.end])


def sign_after(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`1,200€`, `150 kn`; a sign that may be something else is apart from the number."""
    sign = lexicons.spaced(found["sign"])
    if sign in _CAUTIOUS and found.start("sign") == number.end:
        return None
    return with_unit_after(text, number, found.end("sign"), _after()[sign], rule)


def code_after(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`110 JPY`, `50 MUSD`."""
    code = coded.code_after(found, number)
    if code is None:
        return None
    scaled = replace(number, value=number.value * code.size) if code.size != 1 else number
    return with_unit_after(text, scaled, code.at, code.code, rule)


def name_after(text: str, number: Number, found: re.Match[str], rule: str) -> Amount | None:
    """`20 billion won`, `half a million dollars`."""
    return _named(text, number, rule, minor=False)


def _named(text: str, number: Number, rule: str, *, minor: bool) -> Amount | None:
    """The amount of a number by the name of a currency, or of its subunit, that follows."""
    named = _name_behind(text, number)
    if named is None or (named.parts > 1) != minor:
        return None
    unit, end = dollar_country(text, named.end, named.unit)
    return with_unit_after(text, number, end, unit, rule, size=Decimal(1) / named.parts)


@remembered(2)
def _name_behind(text: str, number: Number) -> _Named | None:
    """The longest name of a currency that follows: `euros`, `Hong Kong dollars`, `U.S. cents`."""
    best, phrase, end = None, "", number.end
    for _ in range(_MAX_WORDS):
        found = _WORD.match(text, end)
        if not found:
            break
        phrase, end = f"{phrase} {found['word']}".strip(), found.end("word")
        unit = unit_of_words(phrase.lower())
        if unit and _is_noun(text, number, phrase, end):
            best = _Named(*unit, end)
    return best


def _is_noun(text: str, number: Number, phrase: str, end: int) -> bool:
    """The words are money here: no name (`5 Marks & Spencer`), compound (`dollar-denominated`) or weight."""
    if _COMPOUND.match(text, end):
        return False
    if " " in phrase:
        return True
    if phrase[0].isupper() and not number.scale and not phrase.isupper() and phrase.lower() not in _WIRE:
        return False
    found = _WORD.match(text, end)
    following = found["word"] if found else ""
    if following.lower() in _NO_MONEY.get(phrase, ()):
        return False
    lemma = phrase if phrase in _EVIDENCE else phrase.removesuffix("s").removesuffix("e")
    return lemma not in _EVIDENCE or _is_shown(text, number, lemma, end, following)


def _is_shown(text: str, number: Number, lemma: str, end: int, following: str) -> bool:
    """A name of money that is another word too, is money here: by the text, the scale or the words beside."""
    if lemma == "pound" and _is_weight(text, number, end):
        return False
    if lemma == "won" and following in _AFTER_VERB:
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
