"""Every named pattern of dates finds its examples, and nothing in its counterexamples."""

from __future__ import annotations

import re

import pytest

from extract import lexicons
from extract.rules.dates.find import find
from extract.rules.dates.grammar import patterns
from extract.rules.dates.handlers import HANDLERS

PATTERNS = lexicons.load("dates_patterns")["patterns"]
EXAMPLES = [(name, text) for name, entry in PATTERNS.items() for text in entry["examples"]]
COUNTEREXAMPLES = [
    (name, text) for name, entry in PATTERNS.items() for text in entry.get("counterexamples", ())
]


@pytest.mark.parametrize(("name", "marked"), EXAMPLES)
def test_example(name: str, marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    wanted = re.findall(r"\[(.*?)\]", marked)
    found = {text[e.start : e.end]: {part.rule for part in e.parts} for e in find(text)}
    assert wanted[0] in found, found
    assert f"dates.{name}" in found[wanted[0]]


@pytest.mark.parametrize(("name", "text"), COUNTEREXAMPLES)
def test_counterexample(name: str, text: str) -> None:
    assert f"dates.{name}" not in {part.rule for e in find(text) for part in e.parts}


def test_every_pattern_has_a_reader_and_compiles() -> None:
    assert {pattern.name for pattern in patterns()} == set(HANDLERS)
    for pattern in patterns():
        assert pattern.regex.pattern
        assert all(getattr(pattern, key) for key in pattern.expressions if key != "match")
