"""The second annotation: it loads, its agreement is documented, and every difference has its reason."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.corpus import read_articles
from extract.evaluate import Gold, Score, check, load_gold, score, shared
from extract.evaluate.align import aligned
from extract.evaluate.match import Match
from extract.evaluate.texts import folded, words
from extract.records import KINDS, Fact

ROOT = Path(__file__).parent.parent
SECOND = ROOT / "gold" / "second"
DIFFERENCES = SECOND / "differences.csv"

FIELDS = {
    "entity": ("label", "name"),
    "date": ("timex_type", "value", "mod"),
    "money": ("amount", "amount_max", "currency", "modifier", "per"),
    "quantity": ("amount", "amount_max", "unit", "modifier", "per"),
    "growth": (
        *("metric", "direction", "change_value", "change_max", "change_unit"),
        *("from_value", "from_unit", "to_value", "to_unit", "period", "baseline", "status"),
    ),
}
Key = tuple[str, str, str, str]  # article, kind, start, field


@pytest.fixture(scope="module")
def golds() -> tuple[Gold, Gold]:
    articles = read_articles(str(ROOT / "corpus"))
    assert check(SECOND, articles) == []
    return load_gold(ROOT / "gold", articles), load_gold(SECOND, articles)


@pytest.fixture(scope="module")
def pairs(golds: tuple[Gold, Gold]) -> list[Match]:
    first, second = golds
    return aligned(shared(first, second), second)


@pytest.fixture(scope="module")
def settled() -> list[dict[str, str]]:
    with DIFFERENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_covers_every_kind_in_25_articles_or_more(golds: tuple[Gold, Gold]) -> None:
    _, second = golds
    assert len(second.coverage) >= 25
    assert all(covered.fields.keys() == KINDS.keys() for covered in second.coverage.values())
    assert Counter(fact.kind for fact in second).keys() == KINDS.keys()


def test_the_documented_agreement_is_that_of_the_files(golds: tuple[Gold, Gold]) -> None:
    first, second = golds
    scores = {(one.kind, one.row): one for one in score(shared(first, second), second).scores}
    text = (ROOT / "docs" / "gold.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| (\w+) \| ([^|]+) \| \d+\.\d \| (\d+\.\d) \|$", text, re.MULTILINE)
    assert {kind for kind, *_ in documented} == KINDS.keys()
    assert [(kind, row, now) for kind, row, now in documented] == [
        (kind, row, _per_cent(scores[kind, row])) for kind, row, _ in documented
    ], "write these figures into the table of docs/gold.md"


def test_every_difference_that_is_left_has_a_reason(
    pairs: list[Match], settled: list[dict[str, str]]
) -> None:
    left = {key for pair in pairs for key in _differences(pair)}
    reasons = {_key(line): line["settled"] for line in settled}
    assert len(reasons) == len(settled)
    assert all(line["why"] for line in settled)
    assert set(reasons.values()) == {"first", "second", "both", "neither"}
    assert left - reasons.keys() == set(), f"settle these in {DIFFERENCES.name}"
    open_ = {key for key, which in reasons.items() if which in ("first", "both")}
    assert open_ - left == set(), "these no longer differ; `first` and `both` leave the two as they were"
    assert not {key for key, which in reasons.items() if which == "second"} & left


def _differences(pair: Match) -> Iterator[Key]:
    """The fields in which two annotations of one thing differ; `found` where only one has it."""
    where = (pair.fact.doc_id, pair.fact.kind, str(pair.fact.start))
    if pair.gold is None or pair.found is None:
        yield *where, "found"
        return
    if (pair.gold.start, pair.gold.end) != (pair.found.start, pair.found.end):
        yield *where, "span"
    yield from ((*where, name) for name in FIELDS[pair.fact.kind] if _differ(pair.gold, pair.found, name))


def _differ(first: Fact, second: Fact, name: str) -> bool:
    one, other = getattr(first, name), getattr(second, name)
    if name == "metric":
        return words(one) != words(other)
    return bool(folded(one) != folded(other) if name == "name" else one != other)


def _key(line: dict[str, str]) -> Key:
    return line["article"], line["kind"], line["start"], line["field"]


def _per_cent(one: Score) -> str:
    return f"{100 * one.f1:.1f}"
