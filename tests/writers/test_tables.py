from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extract.errors import OptionError
from extract.records import KINDS, columns
from extract.writers.tables import Layout, combined, of_kind, records, rows, table_of_facts, tables
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
    assert meanings["speaker"] == "`entity_id` of who makes the claim."


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
        assert all(
            set(column.words) <= set(made[column.name].words) for column in kind if made[column.name].words
        )
    assert made["role"].words == ()  # fixed words of money, any text of an entity


def test_a_layout_chooses_kinds_and_adds_columns() -> None:
    layout = Layout(kinds=("money", "growth"), keep=("section", "title"), text=False, numbers="float")
    article = replace(ARTICLE, title="Sales", kept=(("section", "Economy"),))
    made = tables(layout)
    assert list(made) == ["articles", "money", "growth"]
    assert [column.name for column in made["articles"]][-2:] == ["text", "section"]
    held = rows([(article, FACTS)], layout)
    assert held["articles"][0][-2:] == (None, "Economy")
    assert {type(cell) for cell in held["money"][0]} == {str, int, float, type(None)}
    alone = table_of_facts(layout)
    (first, second) = records([(article, FACTS)], layout)
    assert [column.name for column in alone][-2:] == ["section", "title"]
    assert (first["amount"], first["section"], first["title"]) == (1000.0, "Economy", "Sales")
    assert set(first) | set(second) == {column.name for column in alone}
    assert {column.type for column in alone} == {str, int, float, date}


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ({"kinds": ("price",)}, "unknown kind 'price'; choose one of entity, date"),
        ({"keep": ("text",)}, "the output already has a column 'text'; rename the field"),
        ({"keep": ("Title",)}, "the output already has a column 'title'"),
        ({"keep": ("change_value",)}, "the output already has a column 'change_value'"),
        ({"keep": ("Section", "section")}, "the output already has a column 'section'"),
    ],
)
def test_a_layout_that_no_output_has(layout: dict[str, tuple[str, ...]], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Layout(**layout)  # type: ignore[arg-type]
