"""The files of growth's kinds and patterns: errors name their place."""

from __future__ import annotations

import pytest

from extract.errors import LexiconError
from extract.rules.growth import patterns
from extract.rules.growth.kinds import compiled, kinds


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
        patterns.pattern_of("mine", entry, {})


@pytest.mark.parametrize("entry", [{"metric": "nobody"}, {"accepts": "nobody"}, {"matches": ""}])
def test_an_unknown_function_or_key_is_named(entry: dict[str, str]) -> None:
    with pytest.raises(LexiconError, match=r"pattern 'mine'.*(nobody|matches)"):
        patterns.pattern_of("mine", {"match": "{change_verb}", "metric": "subject"} | entry, {})
