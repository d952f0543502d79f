"""Words of a user's rules without effect: removed from lists without them, or added to lists with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from babel.numbers import list_currencies

from extract import lexicons
from extract.lexicons.metrics import metrics
from extract.lexicons.own.files import words
from extract.lexicons.own.names import LABELS
from extract.lexicons.own.positions import Path
from extract.lexicons.patterns import KINDS, entries
from extract.rules.entities import gazetteer
from extract.rules.growth.kinds import lexicon, verb_forms
from extract.rules.money.currencies import unit_of_words
from extract.rules.quantities.units import symbols, unit_of_name

Note = tuple[Path, str]
_WAYS = ("increase", "decrease")


def _verbs() -> Set[str]:
    return {form for way in _WAYS for form in verb_forms("change_verb", way)} | _phrases()


def _phrases() -> Set[str]:
    return {" ".join(phrase) for phrase in lexicon().phrases}


def _nouns() -> Set[str]:
    return set(lexicon().nouns) | _phrases()


def _currencies() -> Set[str]:
    tables = lexicons.load("currencies")
    return {*tables["signs"], *tables["after"], *tables["nouns"], *tables["phrases"], *tables["minor"]}


def _units() -> Set[str]:
    return {*symbols(), *lexicons.load("units")["names"]}


def _titles() -> Set[str]:
    tables = lexicons.load("titles")
    return {word for name in ("honorifics", "offices") for word in tables[name]["words"]}


def _metrics() -> Set[str]:
    return {*metrics().names, *metrics().concepts}


def _capitals() -> Set[str]:
    return {word for table in lexicons.load("capitals").values() for word in table["words"]}


def _has(section: str, word: str) -> bool:
    """Whether a shipped list has a word, for lists whose look-up finds more than the words in them."""
    if section == "currencies":
        return unit_of_words(word.lower()) is not None
    if section == "units":
        return unit_of_name(word.lower()) is not None
    return section in LABELS and gazetteer.load().lookup(word) is not None


_LISTS: Mapping[str, Callable[[], Set[str]]] = MappingProxyType(
    {
        "verbs": _verbs,
        "nouns": _nouns,
        "currencies": _currencies,
        "units": _units,
        "titles": _titles,
        "stop_words": _capitals,
        "metrics": _metrics,
        "holidays": lambda: set(lexicons.load("dates")["holidays"]),
        **{section: (lambda: frozenset[str]()) for section in LABELS},
    }
)


def unknown_removals(tables: Mapping[str, Any]) -> Iterator[Note]:
    """The words that a file removes, and that no list has."""
    for section, listed in _LISTS.items():
        known = listed()
        for number, word in enumerate(words(tables.get(section, {}).get("remove"))):
            if word not in known and word.lower() not in known and not _has(section, word):
                yield (section, "remove", number), _unknown(word, section, known)
    for kind in KINDS:
        names = {entry.name for entry in entries(kind) if entry.match}
        for number, name in enumerate(words(tables.get("patterns", {}).get(kind, {}).get("remove"))):
            if name.rpartition(".")[2] not in names:
                yield ("patterns", kind, "remove", number), _unknown(name, "patterns", names)


def _unknown(word: str, section: str, known: Set[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f"{word!r} is in no list of {section}" + (f"; do you mean {near[0]!r}?" if near else "")


def unknown_currencies(tables: Mapping[str, Any], defined: Set[str]) -> Iterator[Note]:
    """The unknown codes of currencies in a file.

    Args:
        tables: The tables of the file.
        defined: The codes that the user's files define in `[currencies]`.
    """
    used: list[tuple[Path, str]] = []
    if "currency" in tables.get("defaults", {}):
        used.append((("defaults", "currency"), tables["defaults"]["currency"]))
    for name, entry in tables.get("patterns", {}).get("money", {}).items():
        if name != "remove":
            used.append((("patterns", "money", name, "currency"), entry["currency"]))
    known = {*list_currencies("en"), *_currency_codes(), *defined}
    for path, code in used:
        if code not in known:
            near = get_close_matches(code, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; define it in [currencies.{code}]"
            yield path, f"{code!r} is not the code of a known currency{hint}"


def _currency_codes() -> Set[str]:
    """The codes in the shipped lexicon, such as BTC, which ISO 4217 lacks."""
    tables = lexicons.load("currencies")
    return {code for name in ("signs", "after", "nouns") for code in tables[name].values()}


def repeated(tables: Mapping[str, Any]) -> Iterator[Note]:
    """The words that a file adds, and that the shipped lists have with the same meaning."""
    for section in ("verbs", "nouns"):
        stated: dict[str, str] = {}
        for way in _WAYS:
            for number, written in enumerate(words(tables.get(section, {}).get(way))):
                word = written.lower().split()[0] if len(written.split()) == 5 else written.lower()
                if stated.setdefault(word, way) != way:
                    yield (
                        (section, way, number),
                        f"{word!r} is under {stated[word]} too; the last one counts",
                    )
                elif _direction(section, word) == way:
                    yield (section, way, number), f"{word!r} is listed already without this file"
    for section, label in LABELS.items():
        for number, name in enumerate(words(tables.get(section, {}).get("names"))):
            entry = gazetteer.load().lookup(name)
            if entry and entry.label == label:
                yield (section, "names", number), f"{name!r} is a known name already without this file"


def _direction(section: str, word: str) -> str | None:
    known = lexicon()
    if " " in word:
        return known.phrases.get(tuple(word.split()), ("", ""))[1]
    return known.nouns.get(word) if section == "nouns" else known.words.get(word, ("", ""))[1]
