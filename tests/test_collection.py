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
from extract.view import articles_page
from tests.samples import ARTICLE, FACTS

HOSTILE = "<script>alert('1')</script>&\"<img src=x onerror=alert(1)>"


class Cells(HTMLParser):
    """The texts of the cells of a table, the tags around, and the page of a frame."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.page = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.page = dict(attrs).get("srcdoc") or self.page
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        self.rows[-1].append(data)


def parsed(html: str) -> Cells:
    cells = Cells()
    cells.feed(html)
    return cells


def framed(html: str) -> str:
    """The page in the frame that a notebook is given, which is all that it is given."""
    parser = Cells()
    parser.feed(html)
    assert parser.tags == {"iframe"}
    assert not parser.rows
    return parser.page


def test_a_list_in_a_notebook_is_the_page_of_its_article() -> None:
    page = framed(Facts(FACTS, article=ARTICLE)[1:]._repr_html_())
    assert page == articles_page([(ARTICLE, FACTS[1:])])
    assert framed(extract.facts("It rose 5%.")._repr_html_()).count("<mark") == 1


def test_without_its_article_each_fact_is_in_its_sentence() -> None:
    others = [replace(fact, source=replace(fact.source, doc_id="b")) for fact in FACTS]
    page = framed(Facts([*FACTS, *others])._repr_html_())
    assert page == articles_page([(None, FACTS), (None, others)])
    assert framed(Facts(())._repr_html_()).count("<mark") == 0


def test_a_fact_in_a_notebook_is_the_table_of_its_fields() -> None:
    cells = parsed(FACTS[2]._repr_html_())
    assert cells.tags == {"table", "tr", "th", "td", "bdi"}
    shown = {line[0]: line[1] for line in cells.rows}
    assert shown["amount"] == "1000"
    assert set(shown) == {name for name, value in row(FACTS[2]).items() if value is not None}


def test_hostile_text_is_escaped() -> None:
    fact = FACTS[0]
    assert isinstance(fact, Entity)
    hostile = replace(fact, source=replace(fact.source, text=HOSTILE, rule=HOSTILE), name=HOSTILE)
    assert parsed(hostile._repr_html_()).tags == {"table", "tr", "th", "td", "bdi"}
    assert [HOSTILE in line for line in parsed(hostile._repr_html_()).rows].count(True) == 3
    assert "alert(1)" in framed(Facts([hostile])._repr_html_())


def test_a_long_list_is_cut_off() -> None:
    page = framed(Facts(FACTS * 200)._repr_html_())
    assert "The first 500 facts, and 500 more." in page
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
    copy = pickle.loads(pickle.dumps(Facts(FACTS, article=ARTICLE)))
    assert (copy, copy.article) == (facts, ARTICLE)


def test_dictionaries_are_the_flat_records() -> None:
    assert extract.to_dicts(FACTS) == [row(fact) for fact in FACTS]
    (money,) = extract.to_dicts(FACTS, kind="money")
    assert tuple(money) == columns(KINDS["money"])
    assert money["amount"] == Decimal(1000)
    with pytest.raises(OptionError, match=r"unknown kind 'cash'; choose one of entity, date"):
        extract.to_dicts(FACTS, kind="cash")


def test_flat_values_are_those_of_json_and_come_back() -> None:
    for fact in FACTS:
        kind, *values = flattened(fact)
        assert all(value is None or type(value) in (str, int) for part in values for value in part)
        assert restored(kind, *values) == fact
    assert any(isinstance(value, date) for fact in FACTS for value in row(fact).values())


def test_rows_of_any_maker_can_be_shown() -> None:
    assert parsed(notebook.table({"kind": "growth", "new": Decimal("1E+3"), "no": None})).rows == [
        ["kind", "growth"],
        ["new", "1000"],
    ]
