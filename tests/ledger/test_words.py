"""The words of `lexicons/ledger.toml`: their examples, and what numbers in sentences allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from extract import lexicons
from extract.ledger.building import run
from extract.ledger.store import connect
from extract.ledger.words import set_words
from extract.lexicons.metrics import metrics

pytest.importorskip("duckdb")
WORDS = lexicons.load("ledger")


@pytest.fixture(scope="module")
def base() -> Iterator[Any]:
    with connect() as made:
        set_words(made)
        run(made, "macros")
        yield made


@pytest.mark.parametrize("name", ["year", "previous", "revision"])
def test_patterns_match_their_examples(name: str, base: Any) -> None:
    query = f"SELECT regexp_matches(lower(?), getvariable('{name}'))"
    assert all(base.execute(query, [text]).fetchone()[0] for text in WORDS[name]["examples"])
    assert not any(base.execute(query, [text]).fetchone()[0] for text in WORDS[name]["counterexamples"])


@pytest.mark.parametrize("name", ["neutral", "generic"])
def test_words_that_tell_nothing_are_left_out(name: str, base: Any) -> None:
    query = f"SELECT words_of(?, getvariable('{name}'), [])"
    for key, is_one in (("examples", True), ("counterexamples", False)):
        found = [base.execute(query, [text]).fetchone()[0] for text in WORDS[name][key]]
        assert all((" " not in words) == is_one for words in found), found


def test_concepts_are_known() -> None:
    named = [metric for table in WORDS.values() for metric in table.get("metrics", ())]
    named += [metric for of in WORDS["growth_of"].items() for metric in of]
    named += [metric for metrics in WORDS["families"].values() for metric in metrics]
    assert set(named) <= set(metrics().concepts)


NUMBERS = {
    "5.5%": (5.45, 5.55),
    "5%": (4.5, 5.5),
    "about 5%": (4.5, 5.5),
    "about 20%": (18, 22),
    "$71.6 million": (71_550_000, 71_650_000),
    "nearly $72 million": (71_250_000, 72_000_000),
    "more than $70 million": (70_000_000, 80_000_000),
    "at least 1,250 people": (1250, 1260),
    "less than 5%": (4, 5),
    "230,000 jobs": (225_000, 235_000),
    "1,230 jobs": (1229.5, 1230.5),
    "Rs 3,650 crore": (36_495_000_000, 36_505_000_000),
}


@pytest.mark.parametrize("words", NUMBERS)
def test_a_wording_allows_an_interval(words: str, base: Any) -> None:
    query = """WITH found AS (SELECT number_of(number, figure_of(number), scale_of(number),
            bound_of(regexp_extract(number, getvariable('number'), 1))) AS n
        FROM (SELECT unnest(regexp_extract_all(?, getvariable('number'))) AS number))
    SELECT low_of(n.value, n.place, n.round, n.bound), high_of(n.value, n.place, n.round, n.bound)
    FROM found"""
    (found,) = base.execute(query, [f"It rose by {words} last month."]).fetchall()
    assert found == pytest.approx(NUMBERS[words])


def test_nearly_is_below(base: Any) -> None:
    for key, bound in (("examples", "nearly"), ("counterexamples", "approx")):
        for text in WORDS["nearly"][key]:
            query = "SELECT bound_of(regexp_extract(?, getvariable('number'), 1))"
            assert base.execute(query, [text]).fetchone()[0] == bound


@pytest.mark.parametrize(
    ("low", "high", "middle"),
    [
        (252_100, 263_400, "258000"),
        (4.93, 5.34, "5.1"),
        (53_500, 54_500, "54000"),
        (5, 5, "5"),
        (-1.65, -1.55, "-1.6"),
    ],
)
def test_the_middle_has_the_digits_that_are_known(low: float, high: float, middle: str, base: Any) -> None:
    (found,) = base.execute("SELECT middle(?::DOUBLE, ?::DOUBLE)", [low, high]).fetchone()
    assert found == Decimal(middle)
