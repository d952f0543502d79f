"""Facts as a data frame."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import pytest

import extract
from extract.errors import OptionError
from extract.records import KINDS, Fact, Growth, columns, row
from extract.writers import Found
from tests.samples import FACTS

pandas = pytest.importorskip("pandas")


@pytest.fixture(scope="module")
def facts(found: list[Found]) -> Sequence[Fact]:
    return [*FACTS, *(fact for _, of_article in found for fact in of_article)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_of_a_kind_has_its_columns_and_values(facts: Sequence[Fact], kind: str) -> None:
    frame = extract.to_dataframe(facts, kind=kind, numbers="exact")
    assert tuple(frame.columns) == columns(KINDS[kind])
    wanted = [tuple(row(fact).values()) for fact in facts if fact.kind == kind]
    assert [tuple(map(plain, line)) for line in frame.itertuples(index=False)] == wanted


def plain(value: Any) -> Any:
    if pandas.isna(value):
        return None
    return value.date() if isinstance(value, pandas.Timestamp) else value


def test_numbers_can_be_calculated_with(facts: Sequence[Fact]) -> None:
    frame = extract.to_dataframe(iter(facts), kind="growth")
    assert frame.percent_change.dtype == "float64"
    largest = max(fact.percent_change or 0 for fact in facts if isinstance(fact, Growth))
    assert frame.nlargest(1, "percent_change").percent_change.tolist() == [float(largest)]
    dates = extract.to_dataframe(facts, kind="date")
    assert (dates.date_end - dates.date_start).dt.days.min() >= 0


def test_a_frame_of_all_kinds(facts: Sequence[Fact]) -> None:
    frame = extract.to_dataframe(facts)
    assert list(frame.kind) == [fact.kind for fact in facts]
    assert set(frame.columns) == {name for cls in KINDS.values() for name in columns(cls)}
    money = frame[frame.kind == "money"]
    assert money.metric.isna().all()
    assert money.amount.notna().all()


def test_no_facts_have_the_same_columns(facts: Sequence[Fact]) -> None:
    for kind in (None, *KINDS):
        assert extract.to_dataframe([], kind).dtypes.equals(extract.to_dataframe(facts, kind).dtypes)


def test_days_of_any_year() -> None:
    facts = extract.facts("It was built in 1066, and in 9999 BC.") + extract.facts("In 1066 and 9998.")
    frame = extract.to_dataframe(facts, kind="date")
    assert frame.date_start.min() == pandas.Timestamp("1066-01-01")


def test_what_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError, match="unknown kind 'cash'"):
        extract.to_dataframe([], kind="cash")
    with pytest.raises(OptionError, match="'double' is unknown"):
        extract.to_dataframe([], numbers="double")  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(OptionError, match="needs pandas; pip install pandas"):
        extract.to_dataframe([])
