"""The named patterns of all kinds: examples hold, functions are there, and errors name their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
import spacy
from spacy.language import Language

import extract
from extract import Article
from extract.errors import LexiconError
from extract.lexicons.patterns import KINDS, Entry, entries, entry_of
from extract.rules import number_patterns, registry
from extract.rules.dates.find import find
from extract.rules.growth import finders

Found = set[tuple[str, str]]  # texts and rules

ENTRIES = [entry for kind in KINDS for entry in entries(kind)]
EXAMPLES = [(entry, text) for entry in ENTRIES for text in entry.examples]
COUNTEREXAMPLES = [(entry, text) for entry in ENTRIES for text in entry.counterexamples]
FINE = {
    "match": "{number} pints",
    "reader": "a.b",
    "examples": ["It held [2 pints]."],
    "counterexamples": ["no"],
}


@pytest.fixture(scope="module")
def without_model() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_entities")
    return nlp


@pytest.fixture(scope="module")
def found(nlp: Language, without_model: Language) -> Callable[[Entry, str], Found]:
    """What is found in a text of the kind of an entry: of names without the model, of dates by part."""

    def of(entry: Entry, text: str) -> Found:
        if entry.kind == "date":
            return {(text[e.start : e.end], part.rule) for e in find(text) for part in e.parts}
        if entry.kind == "entity" and entry.name != "model":
            return {(span.text, span.id_) for span in without_model(text).spans["entities"]}
        article = Article(id="a", text=text, published=date(2024, 6, 10))
        return {(fact.text, fact.rule) for fact in extract.facts(nlp, article) if fact.kind == entry.kind}

    return of


def named(value: Any) -> str | None:
    return value.rule if isinstance(value, Entry) else None


@pytest.mark.parametrize(("entry", "marked"), EXAMPLES, ids=named)
def test_example(found: Callable[[Entry, str], Found], entry: Entry, marked: str) -> None:
    (wanted,) = re.findall(r"\[(.*?)\]", marked)
    assert (wanted, entry.rule) in found(entry, re.sub(r"[\[\]]", "", marked))


@pytest.mark.parametrize(("entry", "text"), COUNTEREXAMPLES, ids=named)
def test_counterexample(found: Callable[[Entry, str], Found], entry: Entry, text: str) -> None:
    assert entry.rule not in {rule for _, rule in found(entry, text)}


def test_every_reader_and_builder_is_there() -> None:
    shared = modules("extract.rules")
    for entry in ENTRIES:
        if entry.kind == "growth" and entry.reader:
            assert callable(getattr(finders, entry.reader)), entry.rule
        else:
            own = modules(f"extract.rules.{KINDS[entry.kind].room}")
            assert callable(registry.function(entry, [*shared, *own]))


def modules(package: str) -> list[ModuleType]:
    names = (found.name for found in iter_modules(import_module(package).__path__) if not found.ispkg)
    return [import_module(f"{package}.{name}") for name in names]


def test_rules_have_names_of_their_own() -> None:
    assert len({entry.rule for entry in ENTRIES}) == len(ENTRIES)


WRONG = [
    ({"examples": ["It held 2 pints."]}, "example 1, column 16: must have what it finds in brackets, once"),
    ({"examples": ["It [held] [2 pints]."]}, "example 1, column 11"),
    ({"examples": ["It held 2] pints."]}, "example 1, column 10"),
    ({"examples": []}, "has no examples; add one"),
    ({"examples": None}, "has no examples; add sentences"),
    ({"counterexamples": None}, "has no counterexamples; add it"),
    ({"reader": None}, "needs match and reader, or a builder alone"),
    ({"builder": "c.d"}, "needs match and reader, or a builder alone"),
    ({"matches": "x"}, "has no 'matches'; do you mean 'match'?"),
    ({"match": 3}, "match must be a string"),
]


@pytest.mark.parametrize(("changes", "why"), WRONG, ids=[why[:24] for _, why in WRONG])
def test_what_has_not_the_shape_of_a_pattern(changes: dict[str, Any], why: str) -> None:
    table = {key: value for key, value in (FINE | changes).items() if value is not None}
    with pytest.raises(LexiconError) as caught:
        entry_of("money", "x", table)
    assert str(caught.value).startswith("money_patterns.toml, pattern 'x': ")
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"match": "pints"}, "must have {number} once"),
        ({"match": "{number} {pint}"}, "column 10: there are no words 'pint'; there are pints"),
        ({"match": "{number} (pints"}, "column 9: cannot be read"),
        (
            {"reader": "registry.functon"},
            "'registry.functon'; do you mean 'registry.function'?",
        ),
        ({"reader": "nothing"}, "there is no function 'nothing'"),
    ],
)
def test_a_pattern_beside_a_number_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], why: str
) -> None:
    entry = entry_of("money", "x", FINE | {"reader": "registry.function"} | changes)
    monkeypatch.setattr(number_patterns, "entries", lambda kind: (entry,))
    with pytest.raises(LexiconError) as caught:
        number_patterns.number_patterns("money", [registry], {"pints": ["pint", "pints"]})
    assert str(caught.value).startswith("money_patterns.toml, pattern 'x'")
    assert why in str(caught.value)


def test_a_wrong_name_in_a_pattern_of_dates_has_its_column() -> None:
    from extract.rules.dates import grammar

    table = {"match": "in @yeer", "reader": "years.year", "kind": "year", "starts": ["in"]}
    entry = entry_of("date", "x", table | {"examples": ["[x]"], "counterexamples": ["y"]})
    with pytest.raises(LexiconError, match=r"dates_patterns\.toml, pattern 'x', column 4: .*no part 'yeer'"):
        _ = grammar.shipped(entry).regex
