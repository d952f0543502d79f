"""Lists of facts: how they are shown, and as dictionaries."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

import extract
from extract import Facts, notebook
from extract.errors import OptionError
from extract.flat import flattened, restored
from extract.records import KINDS, Entity, columns, row
from tests.samples import FACTS

HOSTILE = "<script>alert('1')</script>&\"<img src=x onerror=alert(1)>"


class Cells(HTMLParser):
    """The texts of the cells of a table, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        self.rows[-1].append(data)


def parsed(html: str) -> Cells:
    cells = Cells()
    cells.feed(html)
    return cells


def test_a_list_in_a_notebook_is_a_table_of_its_facts() -> None:
    cells = parsed(Facts(FACTS)._repr_html_())
    assert cells.rows[0] == ["kind", "at", "text", "values", "rule"]
    assert [line[:1] + line[2:3] for line in cells.rows[1:]] == [[fact.kind, fact.text] for fact in FACTS]
    assert "amount=1000 currency=EUR" in cells.rows[3]
    assert parsed(FACTS[0]._repr_html_()).rows == cells.rows[:2]


def test_hostile_text_is_escaped() -> None:
    fact = FACTS[0]
    assert isinstance(fact, Entity)
    source = replace(fact.source, text=HOSTILE, rule=HOSTILE)
    cells = parsed(Facts([replace(fact, source=source, name=HOSTILE)])._repr_html_())
    assert cells.tags == {"table", "tr", "th", "td", "bdi"}
    assert cells.rows[1][2] == cells.rows[1][4] == HOSTILE
    assert HOSTILE in cells.rows[1][3]


def test_a_long_list_is_cut_off() -> None:
    cells = parsed(Facts(FACTS * 100)._repr_html_())
    assert len(cells.rows) == 201
    assert cells.rows[-1][-1] == "... and 300 more"
    assert repr(Facts(FACTS * 100)).endswith("... and 480 more]")
    assert repr(Facts(FACTS * 4)).count("\n") == 19


def test_a_fact_on_a_line() -> None:
    assert list(map(repr, FACTS)) == [
        "Entity('Müller AG', label='ORG', name='Müller AG', entity_id='e1')",
        "Date('9 June', timex_type='DATE', value='2024-06-09', date_start='2024-06-09', "
        "date_end='2024-06-09')",
        "Money('€1,000', amount=1000, currency='EUR')",
        "Quantity('3.9 tonnes', amount=3.9, unit='tonne', modifier='more_than')",
        "Growth('5.50%\\nto', metric='sales', direction='increase', change_value=5.5, "
        "change_unit='percent', ...)",
    ]
    assert repr(Facts(FACTS[:1])) == f"[{FACTS[0]!r}]"
    long = replace(FACTS[0], source=replace(FACTS[0].source, text="x" * 1000))
    assert len(repr(long)) < 200


def test_it_is_a_list() -> None:
    facts = Facts(FACTS)
    assert facts == list(FACTS)
    assert isinstance(facts[1:3], Facts)
    assert facts[1:3] == list(FACTS[1:3])
    assert facts[-1] is FACTS[-1]
    assert pickle.loads(pickle.dumps(facts)) == facts


def test_dictionaries_are_the_flat_records() -> None:
    assert extract.to_dicts(FACTS) == [row(fact) for fact in FACTS]
    (money,) = extract.to_dicts(FACTS, kind="money")
    assert tuple(money) == columns(KINDS["money"])
    assert money["amount"] == Decimal(1000)
    with pytest.raises(OptionError, match=r"unknown kind 'cash'; known are entity, date"):
        extract.to_dicts(FACTS, kind="cash")


def test_flat_values_are_those_of_json_and_come_back() -> None:
    for fact in FACTS:
        kind, *values = flattened(fact)
        assert all(value is None or type(value) in (str, int) for part in values for value in part)
        assert restored(kind, *values) == fact
    assert any(isinstance(value, date) for fact in FACTS for value in row(fact).values())


def test_rows_of_any_maker_can_be_shown() -> None:
    record = {
        "kind": "growth",
        "start": 1,
        "end": 2,
        "text": "5%",
        "rule": "r",
        "new": Decimal("1E+3"),
        "at": 7,
    }
    assert parsed(notebook.table([record])).rows[1] == ["growth", "1-2", "5%", "new=1000", "r"]
