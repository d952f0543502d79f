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


ANONYMOUS: dict[str, Any] = {"subject": None, "subject_name": None, "subject_country": None}
AHEAD = {"status": "projected", "published": "2023-04-01"}
WAGES: dict[str, Any] = {**ANONYMOUS, "metric": "wages", "metric_id": "wages"}
UNTIMED: dict[str, Any] = {"period": None, "period_value": None, "period_start": None, "period_end": None}
ACROSS = {"partner": "country:US", "partner_country": "US"}
TWO_UNITS = "Exports fell 190 tonnes, or 0.6%."
DOWN = {"direction": "decrease", "metric_start": 3}
OPEN = "Exports rose 5.5% to $71.6 million."

UNCERTAIN = {
    "a year that is not over": percent("b", "8.5%", 8.5, published="2023-11-30"),
    "one article": percent("a", "8.5%", 8.5, "Some exports rose 8.5%.", start=200),
    "a price of a day": percent("b", "8.5%", 8.5, metric_id="share_price", metric="shares"),
    "within the rounding": percent("b", "5%", 5),
    "another basis": percent(
        "b", "1.5%", 1.5, "Exports rose 1.5% month on month.", baseline="month on month"
    ),
}
STORIES = {
    "a chain": [percent("a", "5.4%", 5.4), percent("b", "5%", 5), percent("c", "4.7%", 4.7)],
    "nobody": [percent("a", "5.5%", 5.5, **ANONYMOUS), percent("b", "5.5%", 5.5, **ANONYMOUS)],
    "an owner by the article": [
        FULL,
        percent("b", "5.5%", 5.5, OPEN, to_value=71_600_000, to_unit="USD", **ANONYMOUS),
        percent("b", "11.7%", 11.7, metric_id="imports", metric="imports", start=90),
    ],
    "a headline": [
        FULL,
        percent("b", "9.5%", 9.5, title="A headline in figures", **WAGES),
        percent("c", "9.5%", 9.5, title="A headline, and others", **WAGES),
    ],
    "two headlines": [
        FULL,
        percent("b", "9.5%", 9.5, title="Two headlines and Bulgaria", **WAGES),
        percent("c", "9.5%", 9.5, title="Two headlines, Bulgaria", **WAGES),
    ],
    "a period by the lead": [
        percent("b", "9.5%", 9.5, start=10),
        percent("b", "4.1%", 4.1, metric_id="imports", metric="imports", start=90, **UNTIMED),
        percent("c", "4.1%", 4.1, metric_id="imports", metric="imports", published="2024-09-09"),
    ],
    "forecasts side by side": [
        percent("a", "6%", 6, **AHEAD),
        percent("a", "5.8%", 5.8, start=90, **AHEAD),
    ],
    "another good": [
        percent("a", "9.5%", 9.5, metric="coffee exports", metric_qualifier="coffee"),
        percent("b", "9.5%", 9.5, metric="tea", metric_id=None),
    ],
    "a word of its family": [
        percent("a", "9.5%", 9.5, metric="coffee output", metric_id="production", metric_qualifier="coffee"),
        percent("b", "9.5%", 9.5, metric="harvest", metric_id=None),
    ],
    "two words for the other side": [
        percent("a", "9.5%", 9.5, metric_qualifier="to America", partner_name="America", **ACROSS),
        percent(
            "b", "9.5%", 9.5, metric_qualifier="to the United States", partner_name="United States", **ACROSS
        ),
    ],
    "a mistake": [FULL, percent("b", "8.5%", 8.5, published="2024-02-16")],
    "a revision": [
        FULL,
        percent(
            "b", "6.1%", 6.1, "Exports rose 6.1% in 2023, revised figures showed.", published="2024-05-01"
        ),
    ],
    "two forecasters": [
        percent("a", "5.5%", 5.5, speaker="org:imf", **AHEAD),
        percent("b", "3%", 3, speaker="org:opec", **AHEAD),
    ],
    "one forecaster": [
        percent("a", "5.5%", 5.5, speaker="org:imf", **AHEAD),
        percent("b", "2%", 2, speaker="org:imf", status="projected", published="2023-10-01"),
    ],
    "a forecast": [FULL, percent("b", "4.5%", 4.5, **AHEAD)],
    "a majority": [
        FULL,
        percent("b", "5.5%", 5.5, source="Courier"),
        percent("c", "8.5%", 8.5, published="2024-03-01"),
    ],
    "two units": [
        claim("a", "190 tonnes", TWO_UNITS, change_value=190, change_unit="tonne", **DOWN),
        claim("a", "0.6%", TWO_UNITS, change_value=0.6, change_unit="percent", percent_change=-0.6, **DOWN),
    ],
}
CASES = {name: [FULL, second] for name, second in (SAME | OTHER | UNCERTAIN).items()} | STORIES


def apart(name: str, claims: list[Claim]) -> list[Claim]:
    """Claims about an owner, and in articles, of their own."""
    owner = {"subject": f"org:case-{name.replace(' ', '-')}", "subject_name": name}
    return [
        made | {"doc_id": f"{name}/{made['doc_id']}"} | (owner if made["subject"] == "country:KZ" else {})
        for made in claims
    ]


class Found:
    """What one ledger of all cases has of each."""

    def __init__(self, tables: dict[str, list[tuple[Any, ...]]]) -> None:
        self._tables = tables

    def statements(self, name: str) -> int:
        return len({row[1] for row in self._tables["mentions"] if row[2].startswith(f"{name}/")})

    def rows(self, table: str, name: str) -> list[tuple[Any, ...]]:
        return [row for row in self._tables[table] if f"org:case-{name.replace(' ', '-')}" in row]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("cases")
    return Found(built(folder, *(made for name, claims in CASES.items() for made in apart(name, claims))))


@pytest.mark.parametrize("name", SAME)
def test_one_claim_is_one_statement(name: str, found: Found) -> None:
    assert found.statements(name) == 1
    assert not found.rows("contradictions", name)


@pytest.mark.parametrize("name", OTHER)
def test_another_claim_is_another_statement(name: str, found: Found) -> None:
    assert found.statements(name) == 2


def test_rounded_values_are_no_chain(found: Found) -> None:
    """5 % may be 5.4 % or 4.7 %, which are two."""
    assert found.statements("a chain") == 2


def test_claims_of_nobody_are_apart(found: Found) -> None:
    assert found.statements("nobody") == 2


def test_an_owner_is_found_by_the_article(found: Found) -> None:
    """A claim without an owner is of whom the article's other claims are, where the figures agree."""
    assert found.statements("an owner by the article") == 2


def test_the_owner_that_the_headline_names(found: Found) -> None:
    """It is taken where the headline names one owner, and marked."""
    inferred = [row[5] for row in found.rows("statements", "a headline")]
    assert sorted(inferred) == [False, True]
    assert not any(row[5] for row in found.rows("statements", "two headlines"))


def test_the_period_of_the_first_claim(found: Found) -> None:
    assert found.statements("a period by the lead") == 2
    assert not any(row[12] for row in found.rows("statements", "a period by the lead"))


def test_forecasts_side_by_side_are_two(found: Found) -> None:
    assert found.statements("forecasts side by side") == 2


def test_words_that_are_no_concept(found: Found) -> None:
    """`tea` is no exports of coffee; `the harvest` may be that of coffee."""
    assert found.statements("another good") == 2
    assert found.statements("a word of its family") == 1


def test_the_other_side_of_a_trade_is_known_by_its_id(found: Found) -> None:
    assert found.statements("two words for the other side") == 1
    (row,) = found.rows("statements", "two words for the other side")
    assert row[8] == "country:US"


def test_a_longer_name_of_an_owner(tmp_path: Path) -> None:
    """`Acme Motors` may be `Acme`, but not `Acme Foods`."""
    words = "Wages rose 9.5% to $71.6 million."
    fields: dict[str, Any] = {"metric": "pay", "metric_id": None, "subject_country": None} | UNTIMED
    made = [
        percent(doc, "9.5%", 9.5, words, to_value=71_600_000, to_unit="USD", subject=f"org:{name}", **fields)
        for doc, name in (("a", "acme"), ("b", "acme-motors"), ("c", "beta-foods"), ("d", "beta-motors"))
    ]
    joined = [row[1] for row in sorted(built(tmp_path, *made)["mentions"], key=lambda row: str(row[2]))]
    assert joined[0] == joined[1]
    assert len(set(joined)) == 3


def test_a_central_bank_sets_the_rate_of_its_country(tmp_path: Path) -> None:
    rate: dict[str, Any] = {"metric": "policy rate", "metric_id": "policy_rate", "subject_country": None}
    bank = percent("a", "5.5%", 5.5, subject="org:bank-of-ghana", subject_name="Bank of Ghana", **rate)
    country = percent("b", "5.5%", 5.5, subject="country:GH", subject_name="Ghanaian", **rate)
    (row,) = built(tmp_path, bank, country)["statements"]
    assert (row[1], row[3]) == ("country:GH", "Ghana")


def test_what_cannot_both_be_true_contradicts(found: Found) -> None:
    (row,) = found.rows("contradictions", "a mistake")
    assert "5.5%" in row[9]
    assert "8.5%" in row[10]
    assert row[15] is False


def test_a_revision_says_so(found: Found) -> None:
    (row,) = found.rows("contradictions", "a revision")
    assert row[15] is True


@pytest.mark.parametrize("name", UNCERTAIN)
def test_what_may_be_true_does_not_contradict(name: str, found: Found) -> None:
    assert not found.rows("contradictions", name)
    assert found.statements(name) == 1 + (name != "within the rounding")


def test_forecasts_contradict_those_of_the_same_speaker(found: Found) -> None:
    assert not found.rows("contradictions", "two forecasters")
    assert len(found.rows("contradictions", "one forecaster")) == 1


def test_a_forecast_meets_its_outcome(found: Found) -> None:
    (row,) = found.rows("forecasts", "a forecast")
    assert [float(value) for value in row[14:17]] == [4.5, 5.5, 1.0]


def test_series_have_the_figure_that_most_papers_have(found: Found) -> None:
    rows = found.rows("series", "a majority")
    assert {(float(row[8]), row[16], row[14]) for row in rows} == {(5.5, True, 2), (8.5, False, 1)}


def test_a_move_in_two_units_is_one_statement(found: Found) -> None:
    assert found.statements("two units") == 1
