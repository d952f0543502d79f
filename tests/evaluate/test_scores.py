from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import GoldError
from extract.evaluate import Gold, shared
from extract.evaluate.coverage import Coverage
from extract.evaluate.rows import ROWS, same_number, same_scale
from extract.evaluate.scores import Figures, Score, score
from extract.records import Fact
from tests.evaluate.build import fact


def hits(gold: list[Fact], found: list[Fact]) -> dict[str, tuple[int, int, int]]:
    return {s.row: (s.hits, s.gold, s.found) for s in score(gold, found).scores}


def test_precision_recall_and_f1_of_a_row() -> None:
    one = Score("money", "found", hits=2, gold=4, found=3)
    assert (one.precision, one.recall, one.f1) == (2 / 3, 0.5, 4 / 7)


def test_of_nothing_there_are_no_rows() -> None:
    assert score([], []) == Figures((), {})


def test_all_missed() -> None:
    assert hits([fact("money", 0, 5)], []) == {
        "found": (0, 1, 0),
        "exact span": (0, 1, 0),
        "scale": (0, 1, 0),
        "amount": (0, 1, 0),
        "amount+currency": (0, 1, 0),
        "all fields": (0, 1, 0),
    }


def test_money_by_hand() -> None:
    gold = [
        fact("money", 0, 5),
        fact("money", 10, 20, modifier="approx", per="share"),
        fact("money", 30, 35, amount=Decimal(7)),
        fact("money", 50, 55),
    ]
    found = [
        fact("money", 0, 5, currency="EUR"),
        fact("money", 12, 20, modifier="approx"),
        fact("money", 30, 35, amount=Decimal("7.01"), modifier="at_least"),
    ]
    assert hits(gold, found) == {
        "found": (3, 4, 3),
        "exact span": (2, 4, 3),
        "scale": (3, 4, 3),
        "amount": (2, 4, 3),
        "amount+currency": (1, 4, 3),
        "modifier": (1, 1, 2),
        "per": (0, 1, 0),
        "all fields": (0, 4, 3),
    }


def test_dates_by_hand() -> None:
    interval: dict[str, Any] = {"date_start": date(2024, 1, 1), "date_end": date(2024, 12, 31)}
    gold = [
        fact("date", 0, 4, **interval),
        fact("date", 10, 14),
        fact("date", 20, 30, timex_type="DURATION", value="P1Y"),
    ]
    found = [
        fact("date", 0, 4, **interval),
        fact("date", 10, 14, value="2023", **interval),
        fact("date", 20, 29, value="P1Y"),
        fact("date", 40, 44, **interval),
    ]
    assert hits(gold, found) == {
        "found": (3, 3, 4),
        "exact span": (2, 3, 4),
        "type": (2, 3, 4),
        "value": (2, 3, 4),
        "exact+value": (1, 3, 4),
        "interval": (1, 1, 2),  # the gold of the second leaves it open
    }


def test_entities_by_hand() -> None:
    gold = [
        fact("entity", 0, 4, entity_id="x", country="KZ", label="GPE"),
        fact("entity", 10, 14, entity_id="x", country="KZ", label="GPE"),
        fact("entity", 20, 24, entity_id="x", label="GPE"),
        fact("entity", 30, 34, entity_id="y"),
        fact("entity", 40, 44, entity_id="y"),
    ]
    found = [
        fact("entity", 0, 4, entity_id="1", country="KZ", label="GPE"),
        fact("entity", 10, 14, entity_id="1", country="RU", label="GPE"),
        fact("entity", 20, 25, entity_id="2", label="LOC"),
        fact("entity", 30, 34, entity_id="2", name="ACME"),
        fact("entity", 60, 64, entity_id="3", label="PERSON"),
    ]
    assert hits(gold, found) == {
        "found": (4, 5, 5),
        "exact span": (3, 5, 5),
        "label": (3, 5, 5),
        "exact+label": (3, 5, 5),
        "name": (4, 5, 5),
        "country": (1, 2, 2),
        "same entity (pairs)": (1, 4, 2),
    }
    assert score(gold, found).labels == {
        ("GPE", "GPE"): 2,
        ("GPE", "LOC"): 1,
        ("ORG", "ORG"): 1,
        ("ORG", "missed"): 1,
        ("false", "PERSON"): 1,
    }


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, set()),
        ({"direction": "decrease"}, {"direction", "core"}),
        ({"change_value": Decimal(6)}, {"core"}),
        ({"change_max": Decimal(6)}, {"core"}),
        ({"change_unit": "percentage_point"}, {"core"}),
        ({"metric": "the sales"}, set()),
        ({"metric": "quarterly sales"}, {"core+metric exact"}),
        ({"metric": "profit"}, {"core+metric", "core+metric exact"}),
        ({"to_value": Decimal(9), "to_unit": "USD"}, {"core+levels"}),
        ({"period": "2024"}, {"core+times"}),
        ({"status": "projected"}, {"core+status"}),
    ],
)
def test_growth_rows(changes: dict[str, Any], failed: set[str]) -> None:
    if "core" in failed:
        failed |= {row.name for row in ROWS["growth"] if row.name.startswith("core+")}
    if failed - {"core+metric exact"}:
        failed.add("core+all")
    if failed:
        failed.add("complete")
    counts = hits([fact("growth", 0, 2)], [fact("growth", 0, 2, **changes)])
    assert {row for row, (hit, _, _) in counts.items() if not hit} == failed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("33.33", "33.3333333", True),
        ("66.67", "66.6666667", True),
        ("0.33", "0.3333", True),
        ("12", "12.0", True),
        ("33", "33.33", False),
        ("86.5", "86.6", False),
        ("1200000000", "1205000000", False),
        ("12", None, False),
        (None, None, True),
    ],
)
def test_same_number(one: str | None, other: str | None, same: bool) -> None:
    numbers = [None if number is None else Decimal(number) for number in (one, other)]
    assert same_number(*numbers) is same
    assert same_number(*reversed(numbers)) is same


def money_and_growth(**values: Any) -> list[Fact]:
    return [fact("money", 0, 5, modifier="approx", per="day"), fact("growth", 10, 12, **values)]


def covered(gold: list[Fact], found: list[Fact], **said: list[str]) -> dict[str, tuple[int, int, int]]:
    """The rows of one article whose gold says what it covers."""
    kind = Gold(tuple(gold), {"a.txt": Coverage.of(gold, **said)})
    return {f"{s.kind} {s.row}": (s.hits, s.gold, s.found) for s in score(kind, found).scores}


def test_kinds_that_are_not_covered_do_not_count() -> None:
    rows = covered([], money_and_growth(), covers=["money"])
    assert rows["money found"] == (0, 0, 1)
    assert not any(row.startswith("growth") for row in rows)
    assert "money found" not in covered([], money_and_growth(), omits=["money"])


def test_the_name_beside_an_id_that_is_not_covered_does_not_count() -> None:
    found = fact("growth", 10, 12, subject="country:KZ", subject_name="Kazakhstan")
    rows = covered([fact("growth", 10, 12)], [found])
    assert "growth subject" not in rows
    assert rows["growth complete"] == (1, 1, 1)


def test_fields_that_are_omitted_do_not_count() -> None:
    rows = covered([fact("money", 0, 5)], money_and_growth()[:1], omits=["money.modifier", "money.per"])
    assert "money modifier" not in rows
    assert rows["money all fields"] == (1, 1, 1)
    assert covered([fact("money", 0, 5)], money_and_growth()[:1])["money all fields"] == (0, 1, 1)


def test_further_fields_count_where_the_gold_has_or_covers_them() -> None:
    gold, found = [fact("growth", 10, 12)], [fact("growth", 10, 12, speaker="Ann")]
    assert "growth speaker" not in covered(gold, found)
    assert covered(gold, found)["growth complete"] == (1, 1, 1)
    assert covered(gold, found, covers=["growth.speaker"])["growth speaker"] == (0, 0, 1)
    assert covered(gold, found, covers=["growth.speaker"])["growth complete"] == (0, 1, 1)
    assert covered([fact("growth", 10, 12, speaker="Bo")], found)["growth speaker"] == (0, 1, 1)


def test_two_golds_share_what_both_cover() -> None:
    first = Gold(
        (fact("money", 0, 5, modifier="approx"), fact("growth", 10, 12, speaker="Ann")),
        {"a.txt": Coverage.of([fact("growth", 10, 12, speaker="Ann")]), "b.txt": Coverage.of([])},
    )
    second = Gold(
        (fact("money", 0, 5),), {"a.txt": Coverage.of([], covers=["money"], omits=["money.modifier"])}
    )
    both = shared(first, second)
    assert both.without == ("b.txt",)
    assert {s.row: s.f1 for s in score(both, second).scores}["all fields"] == 1
    assert {s.kind for s in score(both, second).scores} == {"money"}
    with pytest.raises(GoldError, match="no article in common"):
        shared(first, Gold())


def test_articles_without_gold_do_not_count() -> None:
    assert score(Gold((), {}, ("a.txt",)), [fact("money", 0, 5)]) == Figures((), {})


@pytest.mark.parametrize(
    ("gold", "speaker", "right"),
    [
        ("Dana Okafor", "person:dana-okafor", True),
        ("Okafor", "person:dana-okafor", False),  # names that the gold does not resolve are as they are
        ("Dana Okafor", "Dana Okafor", True),
        ("Dana Okafor", "person:okafor", False),
        ("the Bank", "org:bank", True),
        ("Dana Okafor", None, False),
        ("Kazakhstan", "gpe:kazakhstan", True),
        ("Kazakh", "gpe:kazakhstan", True),
        ("Kyrgyz", "gpe:kazakhstan", False),
    ],
)
def test_speakers_agree_by_the_name_of_the_entity(gold: str, speaker: str | None, right: bool) -> None:
    found = [
        fact("entity", 0, 4, entity_id="person:dana-okafor", name="Dana Okafor"),
        fact("entity", 5, 9, entity_id="org:bank", name="Bank"),
        fact("entity", 13, 19, entity_id="gpe:kazakhstan", name="Kazakh", label="NORP"),
        fact("entity", 20, 30, entity_id="gpe:kazakhstan", name="Kazakhstan", label="GPE"),
        fact("growth", 10, 12, speaker=speaker),
    ]
    rows = hits([fact("growth", 10, 12, speaker=gold)], found)
    assert rows["speaker"] == (int(right), 1, int(speaker is not None))


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (("last year", "2023"), ("2023", "2023"), True),
        (("last year", None), ("last year", "2022"), True),
        (("last year", None), ("the year", "2023"), False),  # one word in common is no agreement
        (("the first quarter of 2024", "2024-Q1"), ("the first quarter", "2023-Q1"), False),
        (("last year", "2023"), (None, None), False),
        ((None, None), (None, None), True),
    ],
)
def test_times_agree_by_value_or_words(
    gold: tuple[str | None, str | None], found: tuple[str | None, str | None], right: bool
) -> None:
    for name in ("period", "baseline"):
        values: list[dict[str, Any]] = [{name: text, f"{name}_value": of} for text, of in (gold, found)]
        sides = [fact("growth", 0, 2, **of) for of in values]
        assert hits(sides[:1], sides[1:])["core+times"] == (int(right), 1, 1)


def test_a_value_that_the_gold_leaves_open_does_not_count() -> None:
    rows = hits(
        [fact("growth", 0, 2, period="2024", period_value="2024"), fact("growth", 5, 7, period="May")],
        [
            fact("growth", 0, 2, period_value="2024"),
            fact("growth", 5, 7, period="May", period_value="2024-05"),
        ],
    )
    assert rows["period_value"] == (1, 1, 1)


def facts() -> st.SearchStrategy[list[Fact]]:
    """Facts of all kinds on spans of their own, values from a small range so that some agree."""
    amounts = st.integers(1, 3).map(Decimal)

    def build(row: tuple[int, str, Decimal, str]) -> Fact:
        place, kind, amount, name = row
        values: dict[str, Any] = {"money": {"amount": amount}, "quantity": {"amount": amount}}.get(kind, {})
        if kind == "entity":
            values = {"entity_id": name, "name": name, "country": name if amount > 1 else None}
        if kind == "growth":
            values = {"metric": name, "change_value": amount}
        return fact(kind, 5 * place, 5 * place + 4, **values)

    rows = st.tuples(st.integers(0, 12), st.sampled_from(sorted(ROWS)), amounts, st.sampled_from(["A", "B"]))
    return st.lists(rows, max_size=20, unique_by=lambda row: row[:2]).map(
        lambda rows: [build(r) for r in rows]
    )


@given(facts())
def test_perfect_facts_score_one(gold: list[Fact]) -> None:
    assert all(s.precision == s.recall == s.f1 == 1 for s in score(gold, gold).scores)


@given(facts(), facts())
def test_swapping_the_sides_swaps_precision_and_recall(gold: list[Fact], found: list[Fact]) -> None:
    there, back = score(gold, found).scores, score(found, gold).scores
    assert [(s.row, s.precision, s.recall) for s in there] == [(s.row, s.recall, s.precision) for s in back]


@given(facts(), facts(), st.randoms())
def test_order_does_not_matter(gold: list[Fact], found: list[Fact], random: Any) -> None:
    expected = score(gold, found)
    random.shuffle(gold)
    random.shuffle(found)
    assert score(gold, found) == expected


@given(facts(), facts())
def test_shares_are_shares(gold: list[Fact], found: list[Fact]) -> None:
    for s in score(gold, found).scores:
        assert 0 <= min(s.precision, s.recall) <= s.f1 <= max(s.precision, s.recall) <= 1


@given(facts(), facts())
def test_nested_rows_never_score_higher(gold: list[Fact], found: list[Fact]) -> None:
    by_row = {(s.kind, s.row): s.hits for s in score(gold, found).scores}
    nested = [
        ("money", ["found", "amount", "amount+currency", "all fields"]),
        ("quantity", ["found", "amount", "amount+unit", "all fields"]),
        ("growth", ["found", "direction", "core", "core+metric", "core+metric exact"]),
        ("growth", ["core", "core+levels", "complete"]),
    ]
    for kind, rows in nested:
        counts = [by_row.get((kind, row), 0) for row in rows]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1200000000.0", "1200000000", True),
        ("1200000000", "1.2", False),
        ("0.5", "50", False),
        ("100000", "1E+6", False),
        ("1200000000", "1300000000", True),
        ("0", "5", True),
        (None, "5", True),
    ],
)
def test_same_scale(one: str | None, other: str | None, same: bool) -> None:
    numbers = tuple(None if text is None else Decimal(text) for text in (one, other))
    assert same_scale(*numbers) is same
    assert same_scale(*reversed(numbers)) is same
