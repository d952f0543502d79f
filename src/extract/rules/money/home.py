"""Where an article is at home: its source, its dateline, and whose government, courts or police it mentions.

>>> dateline("Ferry fares rise\\nCOLOMBO, June 9 (News) - Fares rose.")
Dateline(start=17, end=24, agency='News')
>>> jurisdictions("The High Court at Auckland sat.", {"Auckland": "NZ"}, "institutions")
frozenset({'NZ'})
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel.core import get_global

from extract import lexicons

_LOCAL: dict[str, list[str]] = lexicons.load("currencies")["local"]
_OFFICES = {
    kind: re.compile(rf"\b(?:{lexicons.alternation(_LOCAL[kind])})\b", re.IGNORECASE)
    for kind in ("institutions", "governments")
}
_ADDRESS = re.compile(r"https?://[^\s/]*\.([a-z]{2})(?:[:/?#\s]|$)", re.IGNORECASE)
_HOST = re.compile(r"\w\.([a-z]{2})(?:[:/?#]|$)", re.IGNORECASE)

_MONTH = rf"(?:{lexicons.alternation(lexicons.load('currencies')['months']['words'])})[a-z]*"
_PLACE = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?"
_DATELINE = re.compile(
    rf"""
    ^\s* (?P<place>{_PLACE}) \s*
    (?: ,\s*(?:(?i:{_MONTH})\.?\s\d{{1,2}}|\d{{1,2}}\s(?i:{_MONTH}))(?:,?\s\d{{4}})?
        (?:\s\((?P<agency>[^()\n]{{2,30}})\))? \s*[-–—:]
      | \((?P<named>[A-Z][^()\n]{{1,30}})\)\s*[-–—]
      | (?:--|—|–|-)\s )
    """,
    re.VERBOSE | re.MULTILINE,
)
_TOP = 600  # code points in which a dateline stands

_EXCHANGES: dict[str, dict[str, str]] = lexicons.load("exchanges")
_LISTED = re.compile(
    rf"""[<(\[] (?:[A-Z][A-Z0-9]{{0,5}}\.(?P<suffix>{"|".join(_EXCHANGES["suffixes"])})
    | (?P<code>{"|".join(_EXCHANGES["codes"])})\s?:\s?[A-Z0-9.]{{1,6}}) [>)\]]""",
    re.VERBOSE,
)

_WORD = re.compile(r"[\w.'’-]+")
_PLACE_AFTER = re.compile(r"\s+(?:at|in|of)\s+(?:the\s+)?")
_REACH = 40  # how far before and after an office its place may stand
_MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place from which an article is sent, as offsets, and the agency beside it."""

    start: int
    end: int
    agency: str | None = None


def dateline(text: str) -> Dateline | None:
    """The dateline at the top of a text, below a headline or not."""
    found = _DATELINE.search(text[:_TOP])
    if found is None:
        return None
    capitals = found["place"].partition(",")[0].isupper()
    if not capitals and not (found["named"] or found["agency"]):
        return None
    return Dateline(found.start("place"), found.end("place"), found["agency"] or found["named"])


@cache
def _zones() -> dict[str, str]:
    """The country of each city that a time zone is named after; every country has one."""
    zones = get_global("zone_territories")
    return {zone.rpartition("/")[2].replace("_", " ").lower(): country for zone, country in zones.items()}


def country_of_city(name: str) -> str | None:
    """The ISO 3166 alpha-2 code of the country of a city that a time zone is named after, or None."""
    return _zones().get(name.partition(",")[0].lower())


def country_of_address(source: str | None, text: str) -> str | None:
    """The country in the address that an article comes from, which may be the first line of its text."""
    found = _HOST.search(source or "") or _ADDRESS.match(text.lstrip()[:200].partition("\n")[0])
    return found[1].upper() if found else None


def listings(text: str) -> Iterator[tuple[int, str]]:
    """The countries (ISO 3166 alpha-2) of the exchanges of shares, and where: `<VOLV.ST>`, `(TSX: ABC)`."""
    for match in _LISTED.finditer(text):
        yield match.start(), _EXCHANGES["suffixes"].get(match["suffix"]) or _EXCHANGES["codes"][match["code"]]


def jurisdictions(
    text: str, places: Mapping[str, str], offices: Literal["institutions", "governments"]
) -> frozenset[str]:
    """The countries whose courts, police or councils, or whose governments a text mentions by place.

    `places` gives the country (ISO 3166 alpha-2) of each name of a place or people in the text.
    """
    if not places:
        return frozenset()
    named = (name for match in _OFFICES[offices].finditer(text) for name in _names_beside(text, match))
    return frozenset(places[name] for name in named if name in places)


def _names_beside(text: str, office: re.Match[str]) -> Iterator[str]:
    """What may be the place of an office: words right before it, or after `at`, `in` or `of`."""
    start, end = office.span()
    left = text[max(0, start - _REACH) : start]
    before = list(_WORD.finditer(left))[-_MAX_WORDS:]
    for i, first in enumerate(before):
        for last in before[i:]:
            yield left[first.start() : last.end()].removesuffix("'s").removesuffix("’s")
    joint = _PLACE_AFTER.match(text, end)
    if joint:
        right = text[joint.end() : joint.end() + _REACH]
        for word in list(_WORD.finditer(right))[:_MAX_WORDS]:
            yield right[: word.end()].rstrip(".")
