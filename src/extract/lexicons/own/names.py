"""A user's names, titles and stop words, laid over the lexicons of names.

Names that a user lists are names wherever they are written with a capital; see `rules/entities/own.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from extract.lexicons.own.files import words
from extract.lexicons.scope import Lexicons

LABELS: Mapping[str, str] = {
    "organisations": "ORG",
    "people": "PERSON",
    "products": "PRODUCT",
    "places": "GPE",
}


class Listed(NamedTuple):
    """A name that a user lists: its section, label, and country (ISO 3166-1 alpha-2) where it has one."""

    name: str
    section: str
    label: str
    country: str | None = None


def listed(lexicons: Lexicons) -> Iterator[Listed]:
    """The names of all layers, the later ones last."""
    for section, label in LABELS.items():
        for table in lexicons.sections(section):
            for name in _forms(table):
                yield Listed(name, section, label)
            for name, country in table.get("countries", {}).items():
                yield Listed(name, section, label, country)


def removed(lexicons: Lexicons) -> set[str]:
    """The names that a user takes away and does not list."""
    tables = (table for section in LABELS for table in lexicons.sections(section))
    gone = {name for table in tables for name in words(table.get("remove"))}
    return gone - {one.name for one in listed(lexicons)}


def _forms(table: Mapping[str, Any]) -> Iterator[str]:
    yield from words(table.get("names"))
    for full, others in table.get("also", {}).items():
        yield full
        yield from words(others)


def with_organisations(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """What else an organisation is called, so that all its names have one id."""
    for full, others in section.get("also", {}).items():
        tables["aliases"] = {**tables["aliases"], full: [*tables["aliases"].get(full, ()), *words(others)]}


def with_titles(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Take titles of people away, then add others."""
    gone = set(words(section.get("remove")))
    for name in ("honorifics", "offices"):
        tables[name]["words"] = [word for word in tables[name]["words"] if word not in gone]
    tables["offices"]["words"] += words(section.get("words"))


def with_stop_words(tables: dict[str, Any], section: Mapping[str, Any]) -> None:
    """Let words that are no names be names again."""
    gone = set(words(section.get("remove")))
    for table in tables.values():
        table["words"] = [word for word in table["words"] if word not in gone]
