"""Patterns of a user's own: what each kind finds, and what is said of one that cannot be used."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import spacy
from spacy.language import Language

import extract
from extract.errors import RulesError
from extract.lexicons.own.linear import wild
from extract.records import Date, Entity, Money, Quantity

WRONG = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))["case"]
COMPONENTS = {
    "growth": "extract_growth",
    "money": "extract_money",
    "quantity": "extract_quantities",
    "entity": "extract_entities",
    "date": "extract_dates",
}


@pytest.mark.parametrize("case", WRONG, ids=[f"{case['kind']}-{case['why'][:20]}" for case in WRONG])
def test_what_cannot_be_used(tmp_path: Path, case: dict[str, Any]) -> None:
    entry = {key: value for key, value in case.items() if key not in ("kind", "column", "why")}
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    path = tmp_path / "mine.toml"
    path.write_text("\n".join([f"[patterns.{case['kind']}.x]", "examples = ['a']", *lines]))
    with pytest.raises(RulesError) as caught:
        spacy.blank("en").add_pipe(COMPONENTS[case["kind"]], config={"rules": str(path)})
    assert case["why"] in str(caught.value)
    assert caught.value.line in (1, *range(3, 3 + len(lines)))
    assert caught.value.column == case["column"]


def test_each_kind(mine: Language) -> None:
    text = "It cost 5,000 greenbacks in the ski season of 2023. Salinity was 35 per mille."
    found = {fact.rule: fact for fact in extract.facts(mine, text) if fact.rule.startswith("mine.")}
    money, quantity, day = (found[f"mine.{name}"] for name in ("greenbacks", "per_mille", "ski_season"))
    assert isinstance(money, Money)
    assert (money.text, str(money.amount), money.currency) == ("5,000 greenbacks", "5000", "USD")
    assert isinstance(quantity, Quantity)
    assert (quantity.text, str(quantity.amount), quantity.unit) == ("35 per mille", "35", "per mille")
    assert isinstance(day, Date)
    assert (day.text, day.value) == ("ski season of 2023", "2023")


def test_a_pattern_of_names(mine: Language) -> None:
    (fact,) = extract.facts(mine, "The Lutz Pension Fund No. Nine bought it.")
    assert isinstance(fact, Entity)
    assert (fact.text, fact.label, fact.rule) == ("Lutz Pension Fund No. Nine", "ORG", "mine.funds")


def test_a_pattern_switched_off(mine: Language, nlp: Language) -> None:
    text = "Revenue per user went from $4.10 to $4.85."
    rules = [{fact.rule for fact in extract.facts(p, text) if fact.kind == "growth"} for p in (mine, nlp)]
    assert rules == [set(), {"growth.went_from_to"}]


def test_patterns_of_money_and_quantities_switched_off() -> None:
    removed = {"money": {"remove": ["minor_unit"]}, "quantity": {"remove": ["quantities.counted_noun"]}}
    text = "It cost 85 cents and $3 for 12 new boats, 5% more."
    found = {}
    for rules in (None, {"patterns": removed}):
        nlp = spacy.blank("en")
        for name in ("sentences", "entities", "dates", "money", "quantities"):
            nlp.add_pipe(f"extract_{name}", config={"rules": rules} if rules and name != "sentences" else {})
        spans = nlp(text).spans
        found[rules is None] = [span.text for name in ("money", "quantities") for span in spans[name]]
    assert found == {True: ["85 cents", "$3", "12 new boats", "5%"], False: ["$3", "5%"]}


@pytest.mark.parametrize("text", ["crisp " * 5_000 + "5", "Lutz " * 5_000, "ski " * 5_000, "5 per " * 5_000])
def test_linear_in_the_text(mine: Language, text: str) -> None:
    doc = mine.make_doc(text)
    started = process_time()
    for name in ("extract_sentences", "extract_entities", "extract_dates", "extract_money"):
        doc = mine.get_pipe(name)(doc)
    assert process_time() - started < 10


@pytest.mark.parametrize(
    "expression, fine",
    [
        ("(a|b){0,5}c", True),
        ("a{0,60}b{0,60}c{0,60}", True),
        ("(?:a{0,60})(?:a{0,60})(?:x?)(?:a{0,60})y", False),
        ("(a+)+b", False),
        ("(?:(?:a|b){1,9}c?){1,9}d", False),
        (r"(\w)\1", False),
        ("(?:ab?c?){0,60}d", True),
        (r"(?:\d{4}-\d\d ){0,5}x", True),
        ("(?:a(?=b)|ac|b|d){0,60}x", True),
        ("(?:a|aa){0,60}x", False),
        ("(?:a|ab|b|ba|aba){0,60}c", False),
        ("(?:a?a?){0,60}x", False),
        ("(?:a{0,9}){0,7}b", False),
        ("(?:(?:(?:(?:(?:a?){0,2}){0,2}){0,2}){0,2}){0,2}b", False),
        ("(?:é|[^a]){0,60}x", False),
        ("(?:a(?=b)|ab|b){0,60}x", False),
        ("[\u0000-\U0010ffff]{0,60}x", True),
        ("(", False),
        ("(" * 5000 + ")" * 5000, False),
    ],
)
def test_wild_expressions(expression: str, fine: bool) -> None:
    begun = process_time()
    assert (wild(expression) is None) == fine
    assert process_time() - begun < 1


@pytest.mark.parametrize(
    "match",
    ["zoom (?:a|aa){0,60}x", "zoom (?:A|ab|aB){0,60}x", "zoom (a?a?){0,60}x", "zoom (?:a|ab|b|ba){0,60}x"],
)
def test_dates_that_would_take_for_ever(match: str) -> None:
    entry = {"match": match, "reads_as": "weekday", "examples": ["[zoom x]"]}
    with pytest.raises(RulesError, match="can share one stretch of text out"):
        extract.load(rules={"patterns": {"date": {"p": entry}}})
