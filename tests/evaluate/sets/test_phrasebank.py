"""Financial PhraseBank, on sentences written for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.errors import GoldError
from extract.evaluate import AnnotatedSet, read_set
from extract.records import Fact
from tests.evaluate.build import fact

LINES = """\
Sales rose 5 % .@positive
Profit fell from 5 to 3 .@negative
The firm in Espoo café makes pumps .@neutral
Costs were down 3 % .@positive
The board met in 2009 .@negative
"""


def bank(folder: Path) -> AnnotatedSet:
    (folder / "Sentences.txt").write_bytes(LINES.encode("latin-1"))
    return read_set(folder, "phrasebank")


def claim(line: int, metric: str, direction: str) -> Fact:
    return fact("growth", 0, 2, doc=f"Sentences-{line}", metric=metric, direction=direction)


def counts(given: AnnotatedSet, *found: Fact) -> dict[str, tuple[int, int]]:
    return {score.row: (score.hits, score.gold) for score in given.figures(found).scores}


def test_sentences(tmp_path: Path) -> None:
    given = bank(tmp_path)
    assert [article.id for article in given.articles] == [f"Sentences-{n}" for n in range(1, 6)]
    assert given.articles[2].text == "The firm in Espoo café makes pumps ."


def test_agreement_and_coverage(tmp_path: Path) -> None:
    given = bank(tmp_path)
    assert counts(given) == {"coverage": (0, 3)}
    right = [claim(1, "Sales", "increase"), claim(2, "Profit", "decrease"), claim(3, "sales", "decrease")]
    assert counts(given, *right) == {"agreement": (2, 2), "coverage": (2, 3)}
    assert counts(given, claim(2, "net profit", "increase")) == {"agreement": (0, 1), "coverage": (1, 3)}


def test_what_is_bad_or_goes_two_ways_says_nothing(tmp_path: Path) -> None:
    given = bank(tmp_path)
    both = [claim(1, "sales", "increase"), claim(1, "orders", "decrease")]
    assert counts(given, *both, claim(4, "Cost of sales", "decrease")) == {"coverage": (2, 3)}


def test_json_lines(tmp_path: Path) -> None:
    row = {"id": "p7", "text": "Sales rose 5 % .", "label": "positive"}
    (tmp_path / "dev.jsonl").write_text(json.dumps(row))
    given = read_set(tmp_path / "dev.jsonl", "phrasebank")
    assert [article.id for article in given.articles] == ["p7"]
    assert counts(given, fact("growth", 0, 2, doc="p7")) == {"agreement": (1, 1), "coverage": (1, 1)}


@pytest.mark.parametrize("line", ["Sales rose.", "Sales rose.@good"])
def test_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(f"\n{line}\n")
    with pytest.raises(GoldError, match=r"a\.txt:2: is not a sentence with its label"):
        read_set(tmp_path, "phrasebank")
