"""The counting of NewsQuant, on sentences written for it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.errors import GoldError
from extract.evaluate import AnnotatedSet, intervals, read_set
from extract.records import Fact
from tests.evaluate.build import fact


def quantity(value: str, unit: str, change: str = "=", concepts: str = "-") -> dict[str, str]:
    return {"value": value, "normalized_unit": unit, "change": change, "referred_concepts": concepts}


def given(folder: Path, *sentences: list[dict[str, str]]) -> AnnotatedSet:
    rows = [{"text": "A sentence.", "quantities": quantities} for quantities in sentences]
    (folder / "NewsQuant.json").write_text(json.dumps(rows))
    return read_set(folder, "newsquant")


def money(amount: str, currency: str = "USD", *, doc: int = 0, high: str | None = None) -> Fact:
    values: dict[str, Any] = {"amount": Decimal(amount), "amount_max": high and Decimal(high)}
    return fact("money", 0, 2, doc=f"NewsQuant-{doc}", currency=currency, **values)


def claim(**values: Any) -> Fact:
    return fact("growth", 0, 2, doc="NewsQuant-0", **values)


def counts(of: AnnotatedSet, *found: Fact) -> dict[str, tuple[int, int, int, int | None]]:
    return {s.row: (s.hits, s.gold, s.found, s.answered) for s in of.figures(found).scores}


def test_money(tmp_path: Path) -> None:
    of = given(tmp_path, [quantity("5", "dollar"), quantity("50", "cent"), quantity("3", "percentage")])
    assert counts(of, money("5"), money("0.5", "EUR"), money("0.50"), money("7")) == {
        "amount": (2, 2, 4, 2),
        "amount+currency": (2, 2, 4, 2),
    }
    assert counts(of, money("5", "EUR"))["amount+currency"] == (0, 2, 1, 0)


def test_a_range_may_be_its_two_ends(tmp_path: Path) -> None:
    of = given(tmp_path, [quantity("3-5", "euro per day")])
    assert counts(of, money("3", "EUR", high="5"))["amount+currency"] == (1, 1, 1, 1)
    assert counts(of, money("3", "EUR"), money("5", "EUR"))["amount+currency"] == (2, 1, 2, 1)
    assert counts(of, money("3", "EUR"))["amount+currency"] == (0, 1, 1, 0)
    both = of.figures([money("3", "EUR"), money("5", "EUR")]).scores[0]
    assert both.precision == both.recall == both.f1 == 1


def test_as_many_pairs_as_can_be(tmp_path: Path) -> None:
    """The first fact fits both quantities, the second one of them alone."""
    of = given(tmp_path, [quantity("5", "franc"), quantity("5", "swiss franc")])
    assert counts(of, money("5", "CHF"), money("5", "FRF"))["amount+currency"] == (2, 2, 2, 2)


def test_change(tmp_path: Path) -> None:
    of = given(
        tmp_path,
        [
            quantity("18", "sen", "up", "shares of Acme"),
            quantity("23.5", "malaysian ringgit", "up", "shares of Acme"),
            quantity("2", "percentage point", "down", "rate"),
            quantity("9", "user", "~"),
        ],
    )
    rose = claim(
        metric="Acme's share",
        change_value=Decimal("0.18"),
        change_unit="MYR",
        to_value=Decimal("23.5"),
        to_unit="MYR",
    )
    wrong_unit = claim(
        direction="decrease", metric="the rate", change_value=Decimal(2), change_unit="percent"
    )
    held = claim(direction="unchanged", to_value=Decimal(9))
    assert counts(of, rose, wrong_unit, held, money("7")) == {
        "amount": (0, 2, 1, 0),
        "amount+currency": (0, 2, 1, 0),
        "value+direction": (2, 3, 2, 3),
        "value+direction+unit": (1, 3, 2, 2),
        "value+direction+concept": (2, 3, 2, 3),
    }


def test_the_other_direction_is_wrong(tmp_path: Path) -> None:
    of = given(tmp_path, [quantity("5", "percentage", "down")])
    assert counts(of, claim())["value+direction"] == (0, 1, 1, 0)
    assert counts(of, claim(direction="decrease"))["value+direction"] == (1, 1, 1, 1)


def test_sentences_add_up_and_have_intervals(tmp_path: Path) -> None:
    of = given(tmp_path, *[[quantity("5", "dollar")]] * 8)
    figures = of.figures([money("5", doc=n) for n in range(6)])
    assert [(s.row, s.hits, s.gold, s.found, s.answered) for s in figures.scores] == [
        ("amount", 6, 8, 6, 6),
        ("amount+currency", 6, 8, 6, 6),
    ]
    ends = intervals(figures)["money", "amount"]
    assert ends["precision"].low == 1
    assert ends["recall"].low < 0.75 < ends["recall"].high


def test_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"NewsQuant\.json: holds no sentences of NewsQuant"):
        given(tmp_path, [{"value": "many", "normalized_unit": "dollar"}])
