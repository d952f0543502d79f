"""The files of growth's kinds and patterns: examples hold, and errors name their place."""

from __future__ import annotations

import re
from datetime import date

import pytest
from spacy.language import Language

import extract
from extract import Article, lexicons
from extract.errors import LexiconError
from extract.records import Growth
from extract.rules.growth import patterns
from extract.rules.growth.kinds import compiled, kinds

PATTERNS = lexicons.load(patterns.FILE)["patterns"]
EXAMPLES = [(name, text) for name, entry in PATTERNS.items() for text in entry["examples"]]
COUNTEREXAMPLES = [(name, text) for name, entry in PATTERNS.items() for text in entry["counterexamples"]]


def found(nlp: Language, text: str) -> set[tuple[str, str]]:
    article = Article(id="a", text=text, published=date(2024, 6, 10))
    return {(fact.text, fact.rule) for fact in extract.facts(nlp, article) if isinstance(fact, Growth)}


@pytest.mark.parametrize(("name", "marked"), EXAMPLES)
def test_example(nlp: Language, name: str, marked: str) -> None:
    (wanted,) = re.findall(r"\[(.*?)\]", marked)
    assert (wanted, f"growth.{name}") in found(nlp, re.sub(r"[\[\]]", "", marked))


@pytest.mark.parametrize(("name", "text"), COUNTEREXAMPLES)
def test_counterexample(nlp: Language, name: str, text: str) -> None:
    assert f"growth.{name}" not in {rule for _, rule in found(nlp, text)}


def test_a_pattern_in_words_becomes_a_regular_expression() -> None:
    pattern = compiled("cue:{change_verb} {modifier}* by? <a> size:{percent}", {"a": "{^ article}?"})
    match = pattern.search("w" + kinds("change_verb modifier by percent"))
    assert match is not None
    assert (match.start("cue"), match.start("size")) == (1, 4)


@pytest.mark.parametrize(
    ("words", "column"), [("{change_verb} {nonsense}", 15), ("by <nothing>", 4), ("{size} %", 8), ("size", 1)]
)
def test_an_error_names_file_pattern_and_column(words: str, column: int) -> None:
    entry = {"match": words, "metric": "subject"}
    with pytest.raises(LexiconError, match=rf"growth_patterns\.toml, pattern 'mine', column {column}:"):
        patterns.read("mine", entry, {})


@pytest.mark.parametrize("entry", [{"metric": "nobody"}, {"accepts": "nobody"}, {"matches": ""}])
def test_an_unknown_function_or_key_is_named(entry: dict[str, str]) -> None:
    with pytest.raises(LexiconError, match=r"pattern 'mine'.*(nobody|matches)"):
        patterns.read("mine", {"match": "{change_verb}", "metric": "subject"} | entry, {})
