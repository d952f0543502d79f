"""What other components of a pipeline know: rulers, and spans with values."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import extract
from extract.errors import ComponentError, PipelineError
from extract.records import Growth, Money, Quantity

TEXT = "Sales rose to 5 zubroks and 7 crates, from $4, at quiltworks."


def given(doc: Doc, values: dict[str, Any], text: str = "5 zubroks", name: str = "money") -> None:
    start = doc.text.index(text)
    span = doc.char_span(start, start + len(text), span_id="zubroks")
    assert span is not None
    span._.fact = values
    doc.spans[name] = [span]


@Language.component("tests_own_money")
def own_money(doc: Doc) -> Doc:
    given(doc, {"amount": 5, "currency": "ZBK"})
    given(doc, {"amount": "7", "unit": "crate of tea"}, "7 crates", "quantities")
    return doc


@pytest.mark.parametrize("processes", [1, 2])
def test_spans_with_values(processes: int) -> None:
    nlp = extract.load()
    nlp.add_pipe("tests_own_money", before="extract_money")
    for doc in nlp.pipe([TEXT, TEXT], n_process=processes, batch_size=1):
        facts = {fact.text: fact for fact in doc._.facts if fact.kind != "growth"}
        money, quantity = facts["5 zubroks"], facts["7 crates"]
        assert isinstance(money, Money)
        assert (money.rule, str(money.amount), money.currency) == ("mine.zubroks", "5", "ZBK")
        assert isinstance(quantity, Quantity)
        assert (quantity.rule, quantity.unit) == ("mine.zubroks", "crate of tea")
        assert facts["$4"].rule == "money.symbol_amount"
        claims = [fact for fact in doc._.facts if isinstance(fact, Growth)]
        assert [(str(claim.to_value), claim.to_unit) for claim in claims] == [("5", "ZBK")]


@pytest.mark.parametrize(
    "values, why",
    [
        ({"amount": 5}, "must have amount and currency"),
        ({"amount": 5, "currency": "zubrok"}, "'zubrok' is no currency"),
        ({"amount": "five", "currency": "ZBK"}, "'five' is no amount"),
        ({"amount": float("nan"), "currency": "ZBK"}, "nan is no amount"),
        ({"amount": 5, "currency": "ZBK", "role": "fine"}, "may have amount_max"),
    ],
)
def test_values_that_cannot_be_used(values: dict[str, Any], why: str) -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("extract_money")
    doc = nlp.make_doc(TEXT)
    given(doc, values)
    with pytest.raises((PipelineError, ComponentError), match=why):
        component(doc)


def test_a_component_that_runs_twice() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("extract_money")
    doc = nlp.make_doc(TEXT)
    given(doc, {"amount": 5, "currency": "ZBK"})
    assert [span.id_ for span in component(component(doc)).spans["money"]] == [
        "mine.zubroks",
        "money.symbol_amount",
    ]


@pytest.mark.parametrize(
    "name, config",
    [
        ("entity_ruler", {"overwrite_ents": True}),
        ("span_ruler", {}),
        ("span_ruler", {"spans_key": "mine"}),
        ("span_ruler", {"spans_key": None, "annotate_ents": True}),
    ],
)
def test_rulers(name: str, config: dict[str, Any]) -> None:
    nlp = extract.load()
    ruler: Any = nlp.add_pipe(name, before="extract_entities", config=config)
    ruler.add_patterns([{"label": "ORG", "pattern": "quiltworks"}, {"label": "TEA", "pattern": "crates"}])
    found = [(fact.text, fact.rule) for fact in extract.facts(nlp, TEXT) if fact.kind == "entity"]
    assert found == [("quiltworks", "mine.ruler")]


def test_a_span_without_values_is_ignored() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("extract_money")
    doc = nlp.make_doc(TEXT)
    doc.spans["money"] = [Span(doc, 3, 5)]
    assert [span.text for span in component(doc).spans["money"]] == ["$4"]
