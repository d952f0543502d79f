"""Every named pattern of dates has a reader and compiles."""

from __future__ import annotations

from extract.rules.dates.grammar import patterns
from extract.rules.dates.handlers import HANDLERS


def test_every_pattern_has_a_reader_and_compiles() -> None:
    assert {pattern.name for pattern in patterns()} == set(HANDLERS)
    for pattern in patterns():
        assert pattern.regex.pattern
        assert all(getattr(pattern, key) for key in pattern.expressions if key != "match")
