"""The words by which a run of capitals is read: heads of names, and capitals that name nothing."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extract import lexicons
from extract.lexicons.scope import cached

_IN_PLACES = frozenset(["alone", "numbered"])


class Heads(NamedTuple):
    """Words that say what a name is.

    Attributes:
        after: The label by the last word, or the last two (`River`, `Power Plant`).
        before: The label by the first words (`Ministry of`, `Lake`).
        suffixes: Endings of companies' names (`Ltd`).
        particles: Small words inside people's names (`de`, `bin`).
        openers: Ordinary words that begin many names (`New`, `National`).
    """

    after: dict[str, str]
    before: dict[str, str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    openers: frozenset[str]

    def opens_list(self, words: list[str]) -> bool:
        """One of the words takes an `of` that lists subjects: `Ministry of Trade and Industry`."""
        return any(f"{word} of" in self.before for word in words)


@cached
def heads() -> Heads:
    """The head words of the lexicons. Where two have a word, organisations win over places over works."""
    organisations, regions, works = (lexicons.load(name) for name in ("organisations", "regions", "works"))
    tables = {**works["heads"], **regions["heads"], "ORG": organisations["heads"]}
    after = {word: label for label, table in tables.items() for word in table["after"]}
    after |= dict.fromkeys(organisations["corridors"]["after"], "FAC")
    before = {word: label for label, table in tables.items() for word in table["before"]}
    return Heads(
        after,
        before,
        frozenset(organisations["suffixes"]["words"]),
        frozenset(lexicons.load("titles")["particles"]["words"]),
        frozenset(organisations["openers"]["words"]),
    )


@cached
def ordinary() -> frozenset[str]:
    """Capitalised words that name nothing: months, pronouns, abbreviations of common nouns."""
    tables = lexicons.load("capitals")
    return frozenset(word for name in tables if name not in _IN_PLACES for word in tables[name]["words"])


@cached
def alone() -> frozenset[str]:
    """Words that name nothing when they stand alone, though they are in names: `Brent`."""
    return frozenset(lexicons.load("capitals")["alone"]["words"])


@cache
def numbered() -> frozenset[str]:
    """Words that name nothing with a letter or a number after them: `Group B`."""
    return frozenset(lexicons.load("capitals")["numbered"]["words"])


@cached
def signs() -> frozenset[str]:
    """Letters that precede amounts of money and mean little else: `Sh`, `Rs`."""
    currencies = lexicons.load("currencies")
    letters = {sign for sign in currencies["signs"] if sign.isalpha() and len(sign) > 1}
    return frozenset(letters - set(currencies["cautious"]["signs"]))
