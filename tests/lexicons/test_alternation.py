"""The expression of a list of words finds what the words one after the other would, the longest first."""

from __future__ import annotations

import random
import re

import pytest

from extract import lexicons


def plain(words: list[str]) -> str:
    """The words one after the other."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


@pytest.mark.parametrize("seed", range(20))
def test_it_finds_what_the_words_one_by_one_do(seed: int) -> None:
    rng = random.Random(seed)
    words = ["".join(rng.choices("abA .-é", k=rng.randint(1, 5))).strip() or "a" for _ in range(40)]
    text = "".join(rng.choices("abA .-é\n", k=2000))
    for flags in (0, re.IGNORECASE):
        for around in ("{}", r"\b(?:{})\b", r"(?<!a)(?:{}){{2}}"):
            shared, one_by_one = (
                [match.span() for match in re.finditer(around.format(pattern), text, flags)]
                for pattern in (lexicons.alternation(words), plain(words))
            )
            assert shared == one_by_one


def test_words_that_begin_alike_share_their_beginning() -> None:
    assert lexicons.alternation(["pound", "pounds", "per cent", "percent"]) == (
        r"p(?:ound(?:s|)|er(?:cent|\s+cent))"
    )
    assert lexicons.alternation([]) == ""
