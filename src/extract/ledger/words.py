"""Sets the words of the lexicons that the SQL queries use, as variables of the connection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extract import lexicons
from extract.ledger.store import quoted

_BOUNDS = {
    "approx": "approx",
    "more_than": "more",
    "at_least": "more",
    "less_than": "less",
    "at_most": "less",
}
LEAST_WEIGHT = 2.5  # minimum weight of evidence, in bits, to link incomplete claims; see docs/decisions
MOST_LEADS = 20  # maximum number of tellings with like owner, time and size that others are compared with
MOST_RIVALS = 20  # maximum number of statements on one metric and period compared with one another


def set_words(base: Any) -> None:
    """Set the variables: lists of words, regular expressions, and maps from words to values."""
    words = lexicons.load("ledger")
    for name in ("neutral", "generic", "across"):
        _set(base, name, _list(words[name]["words"]))
    for name in ("alone", "moving", "loose", "yearly"):
        _set(base, name, _list(words[name]["metrics"]))
    concepts = lexicons.load("metrics")["words"]
    for name in ("of_countries", "of_companies"):
        _set(base, name, _list(concepts[name].split()))
    _set(base, "measures", _list(_measures()))
    _set(base, "growth_of", _map({name: quoted(of) for name, of in words["growth_of"].items()}))
    _set(base, "scales", _map({name: f"{scale}::DOUBLE" for name, scale in words["scales"].items()}))
    bounds = _bounds(words["nearly"]["words"])
    _set(base, "bounds", _map({word: quoted(bound) for word, bound in bounds.items()}))
    _set(base, "peoples", _map({name: quoted(owner) for name, owner in _peoples().items()}))
    countries = lexicons.load("countries")["countries"].values()
    _set(
        base, "adjectives", _list(sorted({name.lower() for of in countries for name in of.get("people", ())}))
    )
    _set(base, "countries", _map({f"country:{code}": quoted(name) for code, name in _countries().items()}))
    families = {metric: quoted(name) for name, metrics in words["families"].items() for metric in metrics}
    _set(base, "families", _map(families))
    of_words = {word: quoted(name) for name, listed in words["family_words"].items() for word in listed}
    _set(base, "family_words", _map(of_words))
    listed = {name: words[name]["words"] for name in ("year", "previous", "revision")}
    for name, phrases in {**listed, "foreseeing": concepts["foreseeing"].split()}.items():
        _set(base, name, quoted(rf"(?:^|\W)(?:{lexicons.alternation(phrases)})(?:\W|$)"))
    _set(base, "before", quoted(rf"(?i)(?:^|\W)({lexicons.alternation(bounds)})\s+$"))
    _set(base, "number", quoted(_number(bounds, words["scales"])))
    _set(base, "most_rivals", str(MOST_RIVALS))
    _set(base, "most_leads", str(MOST_LEADS))
    _set(base, "strict", "99")
    _set(base, "least_weight", str(LEAST_WEIGHT))


def _bounds(nearly: Iterable[str]) -> dict[str, str]:
    """The bound expressed by words before an amount: `approx`, `more`, `less` or `nearly`."""
    before = lexicons.load("modifiers")["before"]
    found = {lexicons.key(word): bound for name, bound in _BOUNDS.items() for word in before[name]}
    return found | dict.fromkeys(nearly, "nearly")


def _number(bounds: Iterable[str], scales: Iterable[str]) -> str:
    """A regular expression for a number, with optional bounding words, currency sign and scale."""
    between = lexicons.alternation(lexicons.load("modifiers")["between"]["words"])
    return (
        rf"(?i)(?:\b({lexicons.alternation(bounds)})\s+(?:(?:{between})\s+)?)?"
        rf"(?:[A-Z]{{0,3}}[$€£¥₹]\s?|[A-Z]{{1,3}}\s?)?\d[\d,]*(?:\.\d+)?"
        rf"(?:[\s-]?(?:{lexicons.alternation(scales)})\b)?"
    )


def _measures() -> list[str]:
    """The units of measurement, as opposed to counted nouns."""
    known = lexicons.load("units")["known"]
    return sorted({*known.values()})


def _countries() -> dict[str, str]:
    """The English names of countries, by code."""
    from babel import Locale

    written = Locale("en").territories
    codes = lexicons.load("countries")["countries"]
    return {code: written[code].partition(" (")[0] for code in codes if code in written}


def _peoples() -> dict[str, str]:
    """The owner ids by name of a country or people, such as `country:KR`; ambiguous names are omitted."""
    found: dict[str, set[str]] = {}
    written = _countries()
    for code, country in lexicons.load("countries")["countries"].items():
        own = [written[code]] if code in written else []
        for name in (*country.get("people", ()), *country.get("names", ()), *own):
            found.setdefault(name.lower(), set()).add(f"country:{code}")
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"


def _map(pairs: dict[str, str]) -> str:
    return f"MAP {{{', '.join(f'{quoted(key)}: {value}' for key, value in pairs.items())}}}"


def _set(base: Any, name: str, value: str) -> None:
    base.execute(f"SET VARIABLE {name} = {value}")
