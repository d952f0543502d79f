"""Words of a user's own: currencies, units, names, metrics, holidays; and what they take away."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from spacy.language import Language

import extract
from extract.records import Date, Entity, Fact, Growth, Money, Quantity

CASES = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))["case"]
KINDS = ("money", "quantity", "entity", "growth", "date")


def value(fact: Fact) -> str | None:
    match fact:
        case Money():
            return f"{fact.amount} {fact.currency}"
        case Quantity():
            return fact.unit
        case Entity():
            return fact.entity_id
        case Growth():
            return fact.metric_id
        case Date():
            return fact.value
    return None


def found(nlp: Language, text: str, kind: str) -> dict[str, str | None]:
    facts = extract.facts(nlp, text, published="2024-08-11")
    return {fact.text: value(fact) for fact in facts if fact.kind == kind}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:20] for case in CASES])
def test_words(mine: Language, nlp: Language, case: dict[str, Any]) -> None:
    for kind in KINDS:
        if kind in case:
            assert found(mine, case["text"], kind) == case[kind]
            assert found(nlp, case["text"], kind) == case.get("not", found(nlp, case["text"], kind))
            assert found(nlp, case["text"], kind) != case[kind]


def test_names_of_the_user_have_rules_of_their_own(mine: Language) -> None:
    (fact,) = extract.facts(mine, "Nebelsbad is small.")
    assert isinstance(fact, Entity)
    assert (fact.rule, fact.country) == ("mine.places", "AT")


def test_what_is_taken_away(mine: Language, nlp: Language) -> None:
    assert found(mine, "Retail sales rose 4%.", "growth")["4%"] != "retail_sales"
    assert found(nlp, "Retail sales rose 4%.", "growth")["4%"] == "retail_sales"
    assert "Halloween" in found(nlp, "On Halloween it rained.", "date")
    assert "Halloween" not in found(mine, "On Halloween it rained.", "date")
    rules = [{f.rule for f in extract.facts(p, "It was 10 fathoms deep.")} for p in (mine, nlp)]
    assert rules == [{"quantities.counted_noun"}, {"quantities.measure"}]


def test_fiscal_years_of_a_company(mine: Language) -> None:
    text = "Zubrowka Rail earned $5 million in the first quarter of fiscal 2025."
    (fact,) = (f for f in extract.facts(mine, text, published="2024-08-11") if isinstance(f, Date))
    assert str(fact.date_start) == "2024-02-01"


def test_defaults(nlp: Language) -> None:
    rules = {"defaults": {"country": "AU", "date_order": "dmy", "fiscal_start": 7}}
    text = "It closed on 03/04/2024, and cost $5 in fiscal 2024."
    facts = list(extract.facts(extract.load(rules=rules), text, published="2024-08-11"))
    dates = [f for f in facts if isinstance(f, Date)]
    assert [f.value for f in dates] == ["2024-04-03", "2024"]
    assert str(dates[1].date_start) == "2023-07-01"
    assert [(f.currency, f.currency_source) for f in facts if isinstance(f, Money)] == [("AUD", "default")]
    assert found(nlp, text, "date")["03/04/2024"] == "2024-XX-XX"


def test_many_verbs_load_fast() -> None:
    begun = process_time()
    verbs = {"increase": [f"zoom{n}" for n in range(3000)], "decrease": ["zoom7", "dwindleg"]}
    nlp = extract.load(rules={"verbs": verbs})
    for verb, direction in (("zoom8ed", "increase"), ("zoom7ed", "decrease"), ("dwindleged", "decrease")):
        (found,) = [fact for fact in extract.facts(nlp, f"Sales {verb} 5%.") if isinstance(fact, Growth)]
        assert found.direction == direction
    assert process_time() - begun < 5


def test_a_verb_that_is_listed_already(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[verbs]\nincrease = ["rise", "swell"]\n', encoding="utf-8")
    own = extract.load(rules=[tmp_path / "own.toml"])
    text = "Exports rose 5% in May. Imports will rise 3%. Debt swelled by 2%."
    assert list(found(own, text, "growth")) == ["5%", "3%", "2%"]
