"""Plural nouns and their singulars."""

from __future__ import annotations

import pytest

from extract.rules.nouns import is_plural, singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("turbines", "turbine"),
        ("people", "person"),
        ("children", "child"),
        ("cities", "city"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("buses", "bus"),
        ("houses", "house"),
        ("losses", "loss"),
        ("heroes", "hero"),
        ("shoes", "shoe"),
        ("wolves", "wolf"),
        ("aircraft", "aircraft"),
        ("first-graders", "first-grader"),
        ("MPs", "MP"),
        ("SUVs", "SUV"),
        ("Egyptians", "egyptian"),
    ],
)
def test_singular(plural: str, one: str) -> None:
    assert is_plural(plural)
    assert singular(plural) == one


@pytest.mark.parametrize("word", ["glass", "virus", "crisis", "news", "famous", "physics", "new", "as"])
def test_no_plural(word: str) -> None:
    assert not is_plural(word)
