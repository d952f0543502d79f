"""Which claims are one statement, and which two of them contradict one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ledger.made import Claim, built, claim, percent

pytest.importorskip("duckdb")

LEVELS = {"to_value": 71_600_000, "to_unit": "USD", "from_value": 67_900_000, "from_unit": "USD"}
TO = "Exports rose to $71.6 million in 2023 from $67.9 million."
FULL = percent(
    "a", "5.5%", 5.5, "Exports rose 5.5% to $71.6 million in 2023.", to_value=71_600_000, to_unit="USD"
)


def level(doc: str, words: str, value: float, **fields: Any) -> Claim:
    return claim(
        doc,
        words,
        f"Exports rose to {fields.pop('before', '')}{words} in 2023.",
        to_value=value,
        to_unit="USD",
        **fields,
    )


SAME = {
    "the same words": percent("b", "5.5%", 5.5),
    "rounded": percent("b", "5%", 5, "Exports rose about 5% in 2023."),
    "rounded up": percent("b", "6 per cent", 6),
    "levels": claim("b", "$71.6 million", TO, **LEVELS),
    "a rounded level": level("b", "$72 million", 72_000_000, before="nearly "),
    "at least": level("b", "$70 million", 70_000_000, before="more than "),
    "another day, the same period": percent("b", "5.5%", 5.5, published="2024-06-01"),
    "no period, days after": percent(
        "b", "5.5%", 5.5, period_start=None, period_end=None, published="2024-02-20"
    ),
    "another order of words": percent("b", "5.5%", 5.5, metric="total exports"),
    "a factor": claim(
        "b",
        "1.055-fold",
        "Exports rose 1.055-fold.",
        change_value=1.055,
        change_unit="factor",
        percent_change=5.5,
    ),
}
OTHER = {
    "another year": percent("b", "5.5%", 5.5, period_start="2022-01-01", period_end="2022-12-31"),
    "another owner": percent(
        "b", "5.5%", 5.5, subject="country:BG", subject_name="Bulgaria", subject_country="BG"
    ),
    "another metric": percent("b", "5.5%", 5.5, metric_id="imports", metric="imports"),
    "another qualifier": percent("b", "5.5%", 5.5, metric_qualifier="oil", metric="oil exports"),
    "a forecast": percent("b", "5.5%", 5.5, status="projected"),
    "the other way": percent("b", "5.5%", 5.5, direction="decrease"),
    "a value near to it": percent("b", "5.6%", 5.6),
    "a level near to it": level("b", "$71.7 million", 71_700_000),
    "another currency": claim(
        "b", "71.6 million euros", "Exports rose to 71.6 million euros.", to_value=71_600_000, to_unit="EUR"
    ),
    "no period, a year after": percent(
        "b", "5.5%", 5.5, period_start=None, period_end=None, published="2025-02-20"
    ),
    "nobody's": percent("b", "5%", 5, subject=None, subject_name=None, subject_country=None),
    "from the month before": percent(
        "b", "5.5%", 5.5, "Exports rose 5.5% month on month.", baseline="month on month"
    ),
}


Rows = list[tuple[Any, ...]]


def apart(name: str, second: Claim) -> list[Claim]:
    """The full claim and another one, about an owner and in articles of their own."""
    owner = f"org:case-{name.replace(' ', '-')}"
    return [
        made
        | {"doc_id": f"{name}/{made['doc_id']}"}
        | ({"subject": owner, "subject_name": name} if made["subject"] == "country:KZ" else {})
        for made in (FULL, second)
    ]


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The statements of each case, all of them in one ledger."""
    cases = {**SAME, **OTHER}
    found = built(tmp_path_factory.mktemp("cases"), *(c for name in cases for c in apart(name, cases[name])))
    return {name: {row[1] for row in found["mentions"] if row[2].startswith(f"{name}/")} for name in cases}


@pytest.mark.parametrize("name", SAME)
def test_one_claim_is_one_statement(name: str, statements: dict[str, set[str]]) -> None:
    assert len(statements[name]) == 1


@pytest.mark.parametrize("name", OTHER)
def test_another_claim_is_another_statement(name: str, statements: dict[str, set[str]]) -> None:
    assert len(statements[name]) == 2


def test_rounded_values_are_no_chain(tmp_path: Path) -> None:
    """5 % may be 5.4 % or 4.7 %, which are two."""
    found = built(tmp_path, percent("a", "5.4%", 5.4), percent("b", "5%", 5), percent("c", "4.7%", 4.7))
    assert len(found["statements"]) == 2


def test_claims_of_nobody_are_apart(tmp_path: Path) -> None:
    anonymous: dict[str, Any] = {"subject": None, "subject_name": None, "subject_country": None}
    found = built(tmp_path, percent("a", "5.5%", 5.5, **anonymous), percent("b", "5.5%", 5.5, **anonymous))
    assert len(found["statements"]) == 2


def test_an_owner_is_found_by_the_article(tmp_path: Path) -> None:
    """A claim without an owner, in an article on Kazakhstan, is of Kazakhstan where the figures agree."""
    anonymous: dict[str, Any] = {"subject": None, "subject_name": None, "subject_country": None}
    second = percent("b", "11.7%", 11.7, metric_id="imports", metric="imports", start=90)
    first = percent(
        "b",
        "5.5%",
        5.5,
        "Exports rose 5.5% to $71.6 million.",
        to_value=71_600_000,
        to_unit="USD",
        **anonymous,
    )
    assert len(built(tmp_path, FULL, first, second)["statements"]) == 2


def test_what_cannot_both_be_true_contradicts(tmp_path: Path) -> None:
    wrong = percent("b", "8.5%", 8.5, published="2024-02-16")
    (row,) = built(tmp_path, FULL, wrong)["contradictions"]
    assert row[2] == "country:KZ"
    assert "5.5%" in row[9]
    assert "8.5%" in row[10]
    assert row[15] is False


def test_a_revision_says_so(tmp_path: Path) -> None:
    words = "Exports rose 6.1% in 2023, revised figures showed."
    (row,) = built(tmp_path, FULL, percent("b", "6.1%", 6.1, words, published="2024-05-01"))["contradictions"]
    assert row[15] is True


UNCERTAIN = {
    "a year that is not over": percent("b", "8.5%", 8.5, published="2023-11-30"),
    "one article": percent("a", "8.5%", 8.5, "Some exports rose 8.5%.", start=200),
    "a price of a day": percent("b", "8.5%", 8.5, metric_id="share_price", metric="shares"),
    "within the rounding": percent("b", "5%", 5),
    "another basis": percent(
        "b", "1.5%", 1.5, "Exports rose 1.5% month on month.", baseline="month on month"
    ),
}


def test_what_may_be_true_does_not_contradict(tmp_path: Path) -> None:
    found = built(tmp_path, *(made for name, second in UNCERTAIN.items() for made in apart(name, second)))
    assert not found["contradictions"]
    assert len(found["statements"]) == 9


def test_forecasts_of_two_do_not_contradict(tmp_path: Path) -> None:
    ahead = {"status": "projected", "published": "2023-04-01"}
    claims = [
        percent("a", "5.5%", 5.5, speaker="org:imf", **ahead),
        percent("b", "3%", 3, speaker="org:opec", **ahead),
    ]
    assert not built(tmp_path, *claims)["contradictions"]
    again = percent("c", "2%", 2, speaker="org:imf", status="projected", published="2023-10-01")
    assert len(built(tmp_path, *claims, again)["contradictions"]) == 1


def test_a_forecast_meets_its_outcome(tmp_path: Path) -> None:
    ahead = percent("b", "4.5%", 4.5, status="projected", published="2023-04-01")
    (row,) = built(tmp_path, FULL, ahead)["forecasts"]
    assert [float(value) for value in row[14:17]] == [4.5, 5.5, 1.0]


def test_series_have_the_figure_that_most_papers_have(tmp_path: Path) -> None:
    claims = [
        FULL,
        percent("b", "5.5%", 5.5, source="Courier"),
        percent("c", "8.5%", 8.5, published="2024-03-01"),
    ]
    rows = built(tmp_path, *claims)["series"]
    assert {(float(row[8]), row[16], row[14]) for row in rows} == {(5.5, True, 2), (8.5, False, 1)}


def test_a_move_in_two_units_is_one_statement(tmp_path: Path) -> None:
    words = "Exports fell 190 tonnes, or 0.6%."
    both = {"direction": "decrease", "metric_start": 3}
    first = claim("a", "190 tonnes", words, change_value=190, change_unit="tonne", **both)
    second = claim("a", "0.6%", words, change_value=0.6, change_unit="percent", percent_change=-0.6, **both)
    assert len(built(tmp_path, first, second)["statements"]) == 1
