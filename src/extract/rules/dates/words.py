"""The words of time, from the lexicon, in the shapes that the patterns and the reading of values need."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract import lexicons
from extract.lexicons.own.files import words
from extract.lexicons.own.patterns import OWN
from extract.lexicons.scope import cached

LEXICON = lexicons.load("dates")
_NUMBERS = lexicons.load("numbers")

FULL_MONTHS: dict[str, int] = LEXICON["months"]
MONTHS: dict[str, int] = {**LEXICON["months"], **LEXICON["month_abbreviations"]}
FULL_WEEKDAYS: dict[str, int] = LEXICON["weekdays"]
WEEKDAYS: dict[str, int] = {**LEXICON["weekdays"], **LEXICON["weekday_abbreviations"]}
SINGULARS: dict[str, str] = LEXICON["units"]
_IRREGULAR: dict[str, str] = LEXICON["unit_plurals"]
PLURALS: dict[str, str] = {
    **{f"{unit}s": code for unit, code in SINGULARS.items() if unit not in _IRREGULAR.values()},
    **{unit + "s": SINGULARS[unit] for unit in ("second", "minute", "hour", "year")},
    **{plural: SINGULARS[unit] for plural, unit in _IRREGULAR.items()},
}
UNITS: dict[str, str] = {**SINGULARS, **PLURALS}
UNIT_ADJECTIVES: list[str] = LEXICON["unit_adjectives"]["words"]
SEASONS: dict[str, str] = LEXICON["seasons"]
DAY_PARTS: dict[str, str] = LEXICON["day_parts"]
DEICTIC: dict[str, int] = LEXICON["relations"]
DISCOURSE: dict[str, int] = LEXICON["discourse_relations"]
RELATIONS: dict[str, int] = {**DEICTIC, **DISCOURSE}
MODIFIERS: dict[str, str] = LEXICON["modifiers"]
PARTS: dict[str, str] = LEXICON["parts"]
EDGES: dict[str, str] = LEXICON["edges"]
REFERENCES: dict[str, str] = LEXICON["references"]
DAYS: dict[str, int] = LEXICON["days"]
NIGHTS: dict[str, str] = LEXICON["nights"]
FREQUENCIES: dict[str, str] = LEXICON["frequencies"]
ZONES: list[str] = LEXICON["zones"]["words"]
VAGUE: list[str] = LEXICON["vague_numbers"]["words"]
VAGUE_VALUES: dict[str, int] = LEXICON["vague_values"]
FREQUENT: dict[str, str] = LEXICON["frequent"]
PLACES: dict[str, int] = LEXICON["places_in_order"]
OTHER_YEARS: list[str] = LEXICON["other_years"]["words"]
DECADES: dict[str, int] = LEXICON["decades"]

BUSINESS: list[str] = LEXICON["business"]["words"]
CUES = lexicons.load("dates_cues")

ORDINALS: dict[str, int] = _NUMBERS["ordinals"]
QUARTER_ORDINALS: dict[str, int] = LEXICON["quarter_ordinals"]
DAY_ORDINALS: dict[str, int] = {
    form: n for word, n in ORDINALS.items() if n <= 31 for form in (word, word.replace("-", " "))
}

SMALL_NUMBERS: dict[str, int] = {**_NUMBERS["units"], **_NUMBERS["tens"]}
SPELLED_DAYS: dict[str, int] = {
    **{word: n for word, n in SMALL_NUMBERS.items() if 1 <= n <= 30},
    **{
        f"{tens}{gap}{unit}": n + m
        for tens, n in _NUMBERS["tens"].items()
        for unit, m in _NUMBERS["units"].items()
        for gap in "- "
        if 0 < m < 10 and n + m <= 31
    },
}


@cached
def holidays() -> dict[str, dict[str, str]]:
    """The holidays by name in lower case, with those of a user: how their day is found."""
    return {name.lower(): entry for name, entry in lexicons.load("dates")["holidays"].items()}


_FIRST = re.compile(r"[A-Za-z]+|\(\?:[A-Za-z|]+\)")  # the words that a pattern begins with


def relation(words: str) -> str:
    """The word that gives the relation: `past` of `this past`, `same` of `that same`."""
    return words.rpartition(" ")[2]


def cues(*names: str) -> str:
    """The regular expression of words of the lexicon `dates_cues`."""
    return lexicons.alternation(word for name in names for word in CUES[name]["words"])


def is_group(name: str) -> bool:
    """There is a group of words of this name."""
    return name in _COMPOSED or name in _GROUPS or name == "holidays"


def alternation(name: str) -> str:
    """The regular expression of a group of words, its gaps written as blanks."""
    if name in _COMPOSED:
        return _COMPOSED[name]
    if name == "holidays":
        return lexicons.alternation(holidays()).replace(r"\s+", " ")
    return lexicons.alternation(_GROUPS[name]).replace(r"\s+", " ")


_WORD = lexicons.alternation([*SMALL_NUMBERS, "hundred", "thousand"])
_SCALES = "hundred thousand|thousand|million|billion"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,4}(?:\.\d{1,2})?(?:[ -]\d/\d\d?|[½¼¾])?(?!\d)|[½¼¾]"
_VAGUE_WORDS = lexicons.alternation(VAGUE).replace(r"\s+", " ")
_SMALL, _TENS = lexicons.alternation(_NUMBERS["units"]), lexicons.alternation(_NUMBERS["tens"])
_HUNDREDS_YEAR = (
    rf"(?:eighteen|nineteen|twenty)[ -](?:hundred\b|(?:{_TENS})(?:[ -](?:{_SMALL}))?\b|oh[ -](?:{_SMALL})\b"
    r"|(?:ten|eleven|twelve|\w+teen)\b)"
)
_GROUPS: dict[str, Iterable[str]] = {
    "months": FULL_MONTHS,
    "month_abbreviations": LEXICON["month_abbreviations"],
    "weekdays": FULL_WEEKDAYS,
    "weekday_abbreviations": LEXICON["weekday_abbreviations"],
    "day_ordinals": DAY_ORDINALS,
    "singulars": SINGULARS,
    "units": UNITS,
    "plurals": PLURALS,
    "unit_adjectives": UNIT_ADJECTIVES,
    "relations": RELATIONS,
    "quarter_ordinals": QUARTER_ORDINALS,
    "ordinals": ORDINALS,
    "seasons": SEASONS,
    "day_parts": DAY_PARTS,
    "zones": ZONES,
    "business": BUSINESS,
    "counted": LEXICON["counted"]["words"],
    "decades": DECADES,
    "references": REFERENCES,
    "days": DAYS,
    "nights": NIGHTS,
    "frequencies": FREQUENCIES,
    "small_numbers": SMALL_NUMBERS,
    "parts": [word for word in PARTS if word != "end"],  # which needs a hyphen, or a preposition before it
    "edges": EDGES,
    "modifiers": MODIFIERS,
    "spelled_days": SPELLED_DAYS,
    "small_year": SPELLED_DAYS,
    "frequent": FREQUENT,
    "past_forms": [*CUES["past"]["words"], *CUES["participles"]["words"]],
    "places": PLACES,
    "other_years": OTHER_YEARS,
    "fiscals": LEXICON["fiscal_words"]["words"],
    "events": LEXICON["events"]["words"],
    "papers": LEXICON["papers"]["words"],
    "yearly": LEXICON["yearly"]["words"],
}
_COMPOSED = {
    "number": rf"(?:{_DIGITS}) (?:{_SCALES})|{_DIGITS}|(?:{_VAGUE_WORDS})(?: more)?"
    rf"|(?:{_WORD})\b(?:[ -](?:and[ -])?(?:{_WORD})\b){{0,6}}(?: (?:{_SCALES})\b)?(?:[ -]and[ -]a[ -]half)?"
    r"|half[ -]an?|a half|another|an?|one",
    "hundreds_year_words": _HUNDREDS_YEAR,
    "year_words": rf"{_HUNDREDS_YEAR}|two thousand(?: and)?(?: (?:{_SMALL}))?\b",
}

_START_CLASSES: tuple[tuple[str, Iterable[str]], ...] = (
    ("month", MONTHS),
    ("weekday", WEEKDAYS),
    ("weekdays", [f"{day}s" for day in FULL_WEEKDAYS]),
    ("unit", UNITS),
    ("relation", [*RELATIONS, "very"]),
    ("number", [*SMALL_NUMBERS, "a", "an", "half", "another", *(words.split()[0] for words in VAGUE)]),
    ("ordinal", [*ORDINALS, *QUARTER_ORDINALS, "latter"]),
    ("edge", LEXICON["edge_starts"]["words"]),
    ("the", ["the"]),
    ("last", ["last"]),
    ("near", ["this", "last", "next"]),
    ("season", SEASONS),
    ("part", [*DAY_PARTS, "mid"]),
    ("fiscal", [*LEXICON["fiscal_words"]["words"], "fy"]),
    ("other_year", [*OTHER_YEARS, "calendar"]),
    ("era", ["ad", "a", "ce"]),
    ("frequent", FREQUENT),
    ("q", ["q"]),
    ("h", ["h"]),
    ("end", ["end"]),
    ("comparable", LEXICON["comparable"]["words"]),
    ("every", LEXICON["every"]["words"]),
    ("times", LEXICON["times"]["words"]),
    ("per", ["per"]),
    ("frequency", FREQUENCIES),
    ("reference", REFERENCES),
    ("days", DAYS),
    ("nights", NIGHTS),
    ("decade", DECADES),
)


@cached
def own_starts() -> dict[str, list[str]]:
    """The words at which each of a user's patterns is tried: those it states, or else begins with."""
    found: dict[str, list[str]] = {}
    for name, entry in lexicons.load("dates_patterns")["patterns"].items():
        if name.startswith(OWN):
            first = _FIRST.match(entry["match"])
            found[name] = words(entry.get("starts")) or (re.findall(r"[A-Za-z]+", first[0]) if first else [])
    return found


def start_classes() -> dict[str, tuple[str, ...]]:
    """The classes of each word that a time expression may begin with."""
    classes: dict[str, list[str]] = {}
    for name, members in (*_START_CLASSES, ("holiday", holidays())):
        for word in members:
            first = re.match(r"\w+", word.lower())
            if first and name not in classes.setdefault(first[0], []):
                classes[first[0]].append(name)
    for pattern, starts in own_starts().items():
        for word in starts:
            classes.setdefault(word.lower(), []).append(pattern)
    return {word: tuple(names) for word, names in classes.items()}
