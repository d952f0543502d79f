"""What is written like a name and belongs to another kind of fact.

An amount (`USD0.92 Million`), a quarter (`Q1 2018`), a unit (`5 GB`), a time zone (`14:00 CET`), an index
(`FTSE 100`), a sort of goods (`Brent`) and one of several (`Group B`) are no names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache

from babel.core import get_global

from extract import lexicons
from extract.lexicons.scope import cached
from extract.rules.entities.heads import alone, numbered, signs
from extract.rules.entities.names import Name
from extract.rules.entities.shapes import View

_SCALE = r"(?i:[mbtr]+illion|[mbt]n|crore|lakh)"
_NUMBER = r"\d+(?:[.,']\d+)*"
_SCALED = re.compile(rf"[A-Z][A-Za-z.]{{0,4}}[$£€]?{_NUMBER}{_SCALE}|[A-Z]{{1,4}}\$?\d+(?:[.,]\d+)+")
_PERIOD = re.compile(
    r"(?:(?:Q[1-4]|[1-4]Q|H[12]|[12]H)(?:FY|CY)?|[FC]Y)['’]?(?:\d{4}|\d\d)?(?:[-/–]\d{2,4})?"
    r"(?:[FC]Y)?['’]?(?:\d{4}|\d\d)?"
)
_CLOCK = re.compile(r"(?:\d{1,2}[:.]?\d\d|\d{1,2}|[ap]\.?m\.?)", re.IGNORECASE)
_NAMES = lexicons.load("names")
_DOLLARS = frozenset(_NAMES["dollars"]["words"])
_VERBS = frozenset(_NAMES["ordinary_money"]["words"])
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")
_OFFSET = re.compile(r"(?:GMT|UTC)[+-−–]\d{1,2}(?::\d\d)?")


def weed(seen: View, names: Iterable[Name], figures: Set[int]) -> list[Name]:
    """The names without those that belong to facts of other kinds.

    Args:
        seen: The document.
        names: Its names.
        figures: The tokens of its indices, as `indices` gives them.
    """
    return [
        name for name in names if figures.isdisjoint(range(name.start, name.end)) and not _other(seen, name)
    ]


def _other(seen: View, name: Name) -> bool:
    """The name is an amount, a period, a unit, a zone, a sort of goods or one of several."""
    words = seen.words[name.start : name.end]
    joined = "".join(words)
    if name.label in ("GPE", "NORP") and _of_currency(seen, name):
        return True
    if not joined.isalpha() and _figure(words, joined):
        return True
    return _is_period(words) or (_is_lone(seen, name) if len(words) == 1 else _is_numbered(words))


def _is_lone(seen: View, name: Name) -> bool:
    """A word that names nothing when it is alone."""
    word = seen.words[name.start]
    if word in numbered() or (word in alone() and name.rule != "entities.repeat"):
        return True
    return _measures(seen, name.start)


def _is_numbered(words: Sequence[str]) -> bool:
    """`Group B`, `Phase 2`."""
    return len(words) == 2 and words[0] in numbered() and (len(words[1]) == 1 or words[1].isdigit())


def _figure(words: list[str], joined: str) -> bool:
    """An amount, a quarter or a zone with its hours."""
    signed = words[0] in signs() and words[1:2] and words[1][0].isdigit()
    patterns = (_SCALED, _amount(), _PERIOD, _OFFSET)
    return bool(signed) or any(pattern.fullmatch(joined) for pattern in patterns)


@cached
def _amount() -> re.Pattern[str]:
    """Digits after a code of ISO 4217 or a sign that stands for little else."""
    currencies = lexicons.load("currencies")
    letters = {sign for sign in currencies["signs"] if sign[0].isalpha() and len(sign) > 1}
    sure = letters - set(currencies["cautious"]["signs"])
    before = lexicons.alternation([*sure, *get_global("all_currencies")])
    return re.compile(rf"(?:{before})\.?{_NUMBER}(?:{_SCALE}|[mbk])?(?:/-|/=)?")


def _of_currency(seen: View, name: Name) -> bool:
    """The name says whose money it is: `65.4 US cents`, `the Australian dollar`, `73 cents US`."""
    after = name.end + (seen.words[name.end : name.end + 1] == ["-"])
    following = seen.lower[after] if after < len(seen.words) else ""
    if seen.lower[name.start - 1 : name.start] == ["cents"] and following not in _currencies():
        return name.end - name.start == 1 and seen.words[name.start].isupper()
    return following in _DOLLARS or (name.label == "NORP" and following in _currencies())


@cached
def _currencies() -> frozenset[str]:
    """Names of currencies that are words for little else."""
    nouns = lexicons.load("currencies")["nouns"]
    return frozenset(word for word in nouns if " " not in word) - _VERBS


def _measures(seen: View, i: int) -> bool:
    """A unit after a number, or the zone of a time of day."""
    word, before = seen.words[i], seen.words[i - 1] if i else ""
    if word in _units():
        return before[-1:].isdigit()
    return word.lower() in _zones() and word.isupper() and _CLOCK.fullmatch(before) is not None


@cached
def _units() -> frozenset[str]:
    """Symbols of units that have a capital."""
    units = lexicons.load("units")
    symbols = set(units["symbols"]) | {"GB", "TB", "MB", "kB", "Gb", "Hz", "kHz", "MHz", "GHz"}
    return frozenset(symbol for symbol in symbols if not symbol.islower())


@cached
def _zones() -> frozenset[str]:
    return frozenset(word for word in lexicons.load("dates")["zones"]["words"] if " " not in word)


def _is_period(words: list[str]) -> bool:
    """Months, numbers and words of fiscal periods alone: `June Quarter`, `Fiscal 2024`, `January-6th`."""
    periods, fill = _calendar()
    parts = [part for word in words for part in word.split("-") if part]
    return any(part in periods for part in parts) and all(
        part in periods or part in fill or _ORDINAL.fullmatch(part) for part in parts
    )


@cache
def _calendar() -> tuple[frozenset[str], frozenset[str]]:
    """Months and words of fiscal periods, and what may be with them."""
    calendar = lexicons.load("indices")["calendar"]
    months = lexicons.load("capitals")["calendar"]["words"]
    return frozenset([*calendar["words"], *months]), frozenset(calendar["fill"])


@cache
def _phrases() -> Mapping[str, list[tuple[tuple[str, ...], bool]]]:
    """The names of indices by their first token, the longest first, and whether more has to follow."""
    table = lexicons.load("indices")
    careful = frozenset(table["numbered"]["words"])
    phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
    for name in {*table["names"]["words"], *careful}:
        tokens = tuple(re.findall(r"'s|[^\s'/]+|/", name))
        phrases[tokens[0]].append((tokens, name in careful))
    for same in phrases.values():
        same.sort(key=lambda entry: (-len(entry[0]), entry))
    return phrases


def indices(seen: View) -> set[int]:
    """The tokens that are names of indices."""
    covered: set[int] = set()
    firsts = _phrases()
    for i in [i for i, word in enumerate(seen.words) if word in firsts]:
        if i not in covered:
            covered.update(range(i, _index_end(seen, i)))
    return covered


def _index_end(seen: View, start: int) -> int:
    """One past the name of an index that begins at a token; the token itself where none does."""
    table = lexicons.load("indices")
    for tokens, careful in _phrases()[seen.words[start]]:
        end = start + len(tokens)
        if tuple(seen.words[start:end]) != tokens:
            continue
        following = seen.words[end] if end < len(seen.words) else ""
        if following.isdigit() or following in table["after"]["words"]:
            return end + 1
        capital = following[:1].isupper() or following in ("&", "-")
        bare = " ".join(tokens) in table["the"]["words"] and start and seen.lower[start - 1] == "the"
        if not capital and (bare or not careful):
            return end
    return start
