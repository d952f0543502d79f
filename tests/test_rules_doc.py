"""`docs/rules.md` is held to the code: it names every rule, and each rule finds its example.

The tables of it and of `docs/metrics.md` are held to the lexicons.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extract import lexicons
from extract.articles import Article
from extract.lexicons import docs
from extract.pipeline import facts
from extract.rules import growth, money, quantities
from extract.rules.entities import names

ROOT = Path(__file__).parent.parent
PAGES = [(ROOT / page).read_text(encoding="utf-8") for page in docs.PAGES]
TEXT = PAGES[0]
LINE = re.compile(r"^\| `(\w+\.\w+)` \| `(.+)` \|$", re.MULTILINE)
RULES = {
    "entities": (*names.RULES, "entities.model"),
    "dates": tuple(f"dates.{name}" for name in lexicons.load("dates_patterns")["patterns"]),
    "money": money.RULES,
    "quantities": quantities.RULES,
    "growth": growth.RULES,
}
TABLES = {kind: LINE.findall(TEXT.partition(f"\n### {kind}\n")[2].partition("\n### ")[0]) for kind in RULES}
PUBLISHED = date(2024, 6, 10)


@pytest.fixture(scope="module")
def without_model() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_entities")
    return nlp


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_is_told_once_and_in_order(kind: str) -> None:
    assert [rule for rule, _ in TABLES[kind]] == list(RULES[kind])


@pytest.mark.parametrize(("rule", "example"), [line for lines in TABLES.values() for line in lines])
def test_each_rule_finds_its_example(nlp: Language, without_model: Language, rule: str, example: str) -> None:
    before, span, after = re.split(r"[\[\]]", example)
    text = before + span + after
    if rule in names.RULES:
        doc = without_model(text)
        found = {(mention.start_char, mention.text, mention.id_) for mention in doc.spans["entities"]}
    else:
        article = Article(id="a", text=text, published=PUBLISHED)
        found = {(fact.start, fact.text, fact.rule) for fact in facts(nlp, article)}
    assert (len(before), span, rule) in found, found


def test_the_tables_from_the_lexicons_are_fresh() -> None:
    assert [docs.renewed(page) for page in PAGES] == PAGES, "make rules-doc writes them anew"
    assert all(f"<!-- made from {name}.toml -->" in "".join(PAGES) for name in docs.TABLES)


def test_the_case_in_the_text_is_one_of_the_cases() -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    cases = (Path(__file__).parent / "cases" / "money.toml").read_text(encoding="utf-8")
    assert block in cases
