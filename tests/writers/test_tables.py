from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extract.records import KINDS, columns
from extract.writers.tables import combined, of_kind, rows, tables
from tests.samples import ARTICLE, FACTS


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_columns(kind: str) -> None:
    made = of_kind(KINDS[kind])
    assert tuple(column.name for column in made) == columns(KINDS[kind])
    assert made == tables()[kind]


def test_types_words_and_nulls() -> None:
    money = {column.name: column for column in tables()["money"]}
    assert (money["amount"].type, money["amount"].optional, money["amount"].nullable) == (
        Decimal,
        False,
        True,
    )
    assert (money["start"].type, money["start"].nullable) == (int, False)
    assert (money["currency"].type, money["currency"].optional, money["currency"].words) == (str, True, ())
    assert (money["kind"].words, money["kind"].optional) == (("money",), False)
    assert money["modifier"].words[:2] == ("approx", "more_than")
    assert {column.name: column.type for column in tables()["articles"]}["published"] is date


def test_every_column_says_what_it_means() -> None:
    """What the docstrings of the dataclasses tell goes into documents and schemas."""
    for table, made in tables().items():
        assert all(column.meaning.endswith((".", "...")) for column in made), table
    meanings = {column.name: column.meaning for column in tables()["growth"]}
    assert meanings["speaker"] == "`entity_id` of who says it."


def test_rows_have_a_value_for_each_column() -> None:
    made = rows([(ARTICLE, FACTS)])
    assert made["articles"] == [
        (ARTICLE.id, ARTICLE.digest, None, date(2024, 6, 11), None, None, None, ARTICLE.text)
    ]
    for table, (row,) in made.items():
        assert len(row) == len(tables()[table])
        assert all(
            type(value) is column.type or (value is None and column.optional)
            for column, value in zip(tables()[table], row, strict=True)
        )


def test_one_table_of_all_kinds() -> None:
    kinds = [tables()[kind] for kind in KINDS]
    made = {column.name: column for column in combined(kinds)}
    assert len(made) == len({column.name for kind in kinds for column in kind})
    assert made["kind"].words == tuple(KINDS)
    assert not made["doc_id"].optional
    assert made["amount"].optional
    assert made["direction"].optional
    for kind in kinds:  # columns of one name mean one type, in whatever kind
        assert all(made[column.name].type is column.type for column in kind)
        assert all(set(column.words) <= set(made[column.name].words) for column in kind)
