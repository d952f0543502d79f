"""What surrounds an amount: words that make it inexact, and what one of it is paid for.

>>> modifier_of("sold more than 300 tonnes", 15, 25)
'more_than'
>>> per_of("paid $90 a barrel", 5, 8)
'barrel'

Pure functions of text, shared by the rules of money and quantities.
"""

from __future__ import annotations

import re
from typing import cast

from extract import lexicons
from extract.records import Modifier

REACH = 60  # how many code points before an amount are looked at

_MODIFIERS = lexicons.load("modifiers")
_RATES = lexicons.load("rates")


def _by_phrase(table: dict[str, list[str]]) -> dict[str, Modifier]:
    return {phrase: cast(Modifier, modifier) for modifier, phrases in table.items() for phrase in phrases}


_BEFORE = _by_phrase(_MODIFIERS["before"])
_AFTER = _by_phrase(_MODIFIERS["after"])
_AT_END = _by_phrase(_MODIFIERS["at_end"])
_BETWEEN = lexicons.alternation(_MODIFIERS["between"]["words"])
_MODIFIER_BEFORE = re.compile(
    rf"(?:(?<=\s)|(?<=[(\[“‘\"'—–-])|^)(?P<phrase>{lexicons.alternation(_BEFORE)})\s*(?:(?<=\s)(?:{_BETWEEN})\s+)?$",
    re.IGNORECASE,
)
_MODIFIER_AFTER = re.compile(
    rf"\s?(?:(?P<phrase>{lexicons.alternation(_AFTER)})(?!\w)"
    rf"|(?P<last>{lexicons.alternation(_AT_END)})(?=\s*(?:[.,;:!?)”\"]|$)))",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(rf"\b(?:{lexicons.alternation(_MODIFIERS['neutral']['words'])})\s+$", re.IGNORECASE)
_NEGATED = re.compile(r"(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+)?$", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+)\s+$")

_SHORT: dict[str, str] = _RATES["short"]
_ADVERBS: dict[str, str] = _RATES["adverbs"]
_FIRST_WORDS = rf"(?:{lexicons.alternation(_RATES['first_words']['words'])})"
_QUALIFIERS = rf"(?:{lexicons.alternation(_RATES['qualifiers']['words'])})"
_NOT_RATE = lexicons.alternation(_RATES["not_before"]["words"])
_NOUN = lexicons.alternation([*_RATES["nouns"]["goods"], *_SHORT])
_NO_NOUN = rf"(?:{lexicons.alternation([*_RATES['not_nouns']['words'], *_RATES['nouns']['time']])})"
_RATE_END = rf"\s*(?:[.,;:)!?”\"]|$|\s(?:{lexicons.alternation(_RATES['ends']['words'])})\b)"
_PER_AFTER = re.compile(
    rf"""
    (?:\s*\([^()]{{1,40}}\)|\))? (?:\s+(?:more|extra))?
    (?:\s+of (?:\s+(?!(?:by|of|in|on|for|to|from|with|the|at)\b)[a-z-]+){{1,2}}? (?=\s+(?:an?|per)\s))?
    (?: \s+for\s+(?:each|every\s+one)\s+of\s+(?:the|its|their|his|her)\s+
        (?:[\w.,’'-]+\s+){{0,6}}?(?P<each>{_NOUN})s\b
      | (?: \s+(?:an?|(?:for\s+)?(?:each|every))\s+(?:(?:{_QUALIFIERS})\s+)* | -an?- | \s?/\s? )
        (?: (?P<time>{lexicons.alternation(_RATES["nouns"]["time"])})\b (?!\s+(?:{_NOT_RATE})\b) (?!-\w)
          | (?P<noun>{_NOUN})\b (?!-\w) )
      | \s+(?:an?|for\s+(?:each|every))\s+(?P<other>(?!{_NO_NOUN}\b)[a-z]{{3,}}) (?= {_RATE_END} )
      | (?: \s+per\s+ | -per- )
        (?:(?:{_QUALIFIERS})[\s-]+)*
        (?P<any>(?:{_FIRST_WORDS}[\s-]+)?[A-Za-z]+
             |\d[\d,]*\b(?!\.\d)(?:\s+(?:people|[a-z]{{3,}}s)\b)?)
      | \s+to\s+the\s+(?P<money>dollar|euro|pound)\b
      | \s+(?P<adverb>{lexicons.alternation(_ADVERBS)})\b (?!\s+(?:of|other|and\s+every)\b) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PER_BEFORE = re.compile(
    rf"\bper[\s-](?P<noun>{lexicons.alternation(_RATES['leading']['words'])})\b"
    r"(?:[^\d.,;:()\n$£€]|(?:19|20)\d\d\b|\d+(?:\.\d+)?\s?(?:%|pct\b|per\s?cent\b))*$",
    re.IGNORECASE,
)

_RATED = re.compile(
    r"\d\S*(?<![.;:!?])\s(?:[A-Za-z.]+\s)?$"
)  # the rate is that of another amount: `48 dlrs per share for 89 pct`


def modifier_of(text: str, start: int, end: int) -> Modifier | None:
    """The modifier of the amount at `start` to `end`: the words right before it, else right after it."""
    left = text[max(0, start - REACH) : start]
    before = _MODIFIER_BEFORE.search(left)
    if before and not _is_complement(left, before):
        modifier = _BEFORE[lexicons.key(before["phrase"])]
        outer = _MODIFIER_BEFORE.search(left[: before.start()]) if modifier == "approx" else None
        if outer and not _is_complement(left, outer):
            return _BEFORE[lexicons.key(outer["phrase"])]  # `up to nearly $7,000`
        return modifier
    after = _MODIFIER_AFTER.match(text, end)
    if not after:
        return None
    return _AFTER[lexicons.key(after["phrase"])] if after["phrase"] else _AT_END[lexicons.key(after["last"])]


def without_modifier(left: str) -> str:
    """The text before an amount, without the modifier, or words that take its place, at its end."""
    neutral = _NEUTRAL.search(left)
    left = left[: neutral.start()] if neutral else left
    before = _MODIFIER_BEFORE.search(left)
    return left[: before.start()] if before else left


def _is_complement(left: str, modifier: re.Match[str]) -> bool:
    """The modifier belongs to the word before it (`handed over`) or is negated (`did not rise above`)."""
    if _NEGATED.search(left[: modifier.start()]):
        return True
    refused = _MODIFIERS["not_after"].get(lexicons.key(modifier["phrase"]))
    word = _LAST_WORD.search(left[: modifier.start()]) if refused else None
    return bool(word and word[1].lower() in refused)


def per_of(text: str, start: int, end: int, *, any_noun: bool = False) -> str | None:
    """What one of the amount is paid for or counted by (`share`, `year`); `item` for `each` and `apiece`.

    With `any_noun` a noun that is not known to make rates does so too after `a`, where the phrase ends with
    it: `$3 a tank.` is a rate, `gave 300 farmers a card.` is none.
    """
    after = _PER_AFTER.match(text, end)
    if after and (any_noun or not after["other"]):
        if after["adverb"]:
            return _ADVERBS[lexicons.key(after["adverb"])]
        return _rate_noun(
            next(word for word in after.group("each", "time", "noun", "other", "any", "money") if word)
        )
    left = text[max(0, start - REACH) : start]
    before = _PER_BEFORE.search(left)
    if before is None or _RATED.search(left[: before.start()]):
        return None
    return _rate_noun(before["noun"])


def _rate_noun(noun: str) -> str:
    words = lexicons.key(noun)
    return _SHORT.get(words, lexicons.spaced(noun) if noun.isupper() else words)
