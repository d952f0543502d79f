"""Whose a metric is: the lexicon, the sorts of figures, what an article is about, what is a country."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

import extract
from extract import lexicons
from extract.articles import Article
from extract.pipeline import processed
from extract.record_builders import build_records
from extract.records import Entity, Growth, Source
from extract.rules.growth.asked import Asked, Before, Whose
from extract.rules.growth.measures import by_place
from extract.rules.growth.names import Names, is_country
from extract.rules.growth.sorts import is_central_bank, is_institution, listed, sort_of
from extract.rules.growth.topic import Topic, topic

TABLES = {name: table for name, table in lexicons.load("owners").items() if isinstance(table, dict)}
SORTS = ("country", "company", "either", "rate")


@pytest.mark.parametrize("name", SORTS)
def test_the_sorts_hold_their_examples(name: str) -> None:
    assert {sort_of(text.split()) for text in TABLES[name]["examples"]} == {name}
    assert name not in {sort_of(text.split()) for text in TABLES[name]["counterexamples"]}


def test_no_figure_is_of_two_sorts() -> None:
    entries = [entry for name in SORTS for entry in TABLES[name]["words"]]
    assert len(entries) == len(set(entries))


def test_institutions() -> None:
    assert all(map(is_institution, TABLES["institutions"]["examples"]))
    assert not any(map(is_institution, TABLES["institutions"]["counterexamples"]))


def test_central_banks() -> None:
    assert all(map(is_central_bank, TABLES["central_banks"]["examples"]))
    assert not any(map(is_central_bank, TABLES["central_banks"]["counterexamples"]))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("counting", "words"),
        ("trade", "words"),
        ("having", "verbs"),
        ("markets", "words"),
        ("prepositions", "words"),
        ("nouns", "company"),
    ],
)
def test_the_words_hold_their_examples(name: str, key: str) -> None:
    words = listed(name, key)
    for wanted, texts in ((True, TABLES[name]["examples"]), (False, TABLES[name]["counterexamples"])):
        for text in texts:
            found = text.lower().rstrip(".").replace("'s", "").split()
            assert words.isdisjoint(found) is not wanted, text


def test_every_table_has_examples() -> None:
    assert all(
        table["examples"] and table["counterexamples"] for name, table in TABLES.items() if name != "speaking"
    )


@pytest.mark.parametrize(
    ("label", "name", "country", "expected"),
    [
        ("GPE", "Germany", "DE", True),
        ("NORP", "German", "DE", True),
        ("GPE", "U.S.", "US", True),
        ("GPE", "Berlin", "DE", False),
        ("GPE", "Scotland", "GB", False),
        ("NORP", "Scottish", "GB", False),
        ("NORP", "Catholics", None, False),
        ("ORG", "Germany", None, False),
    ],
)
def test_a_country(label: str, name: str, country: str | None, expected: bool) -> None:
    source = Source.of(name, (0, len(name)), (0, len(name)), doc_id="", rule="")
    entity = Entity(source=source, label=label, name=name, entity_id="x", country=country)  # type: ignore[arg-type]
    assert is_country(entity) is expected


@pytest.mark.parametrize(
    ("text", "company", "country"),
    [
        (
            "Profit falls at Barclays\n\nBarclays plc said that it was a bad year. Barclays has cut jobs.",
            "Barclays plc",
            None,
        ),
        ("Spanish jobs\n\nSpain is in trouble, say the Spanish unions in Madrid.", None, "Spain"),
        ("Germany and Italy fell out. Germany is sorry. Italy is not.", None, None),
        ("Lloyds met Barclays. Lloyds plc is big. Barclays plc is bigger.", None, None),
        ("It rained. It rained. It rained. It rained. Then Spain won. Spain won.", None, None),
        ("The Treasury said no. The Treasury said it again.", None, None),
    ],
)
def test_what_an_article_is_about(nlp: Language, text: str, company: str | None, country: str | None) -> None:
    normalized, doc = processed(nlp, Article(id="a", text=text))
    names = Names.of(doc, by_place(build_records(doc, normalized.plain)))
    found = topic(names)
    assert (found.company and found.company.name, found.country and found.country.name) == (company, country)


def test_the_place_of_a_dateline_is_no_name(nlp: Language) -> None:
    text = "PARIS, April 7 - The Bank of France left its rate unchanged at 7 pct."
    normalized, doc = processed(nlp, Article(id="a", text=text))
    assert "Paris" not in {
        n.entity.name.title() for n in Names.of(doc, by_place(build_records(doc, normalized.plain))).mentions
    }


def test_a_long_metric_takes_linear_time(nlp: Language) -> None:
    for text in ("number growth of " * 200, "growth in the number of " * 200):
        found = extract.facts(nlp, f"The {text} cars rose 5%.")
        assert not [fact.metric_id for fact in found if isinstance(fact, Growth) and fact.metric_id]


class Tokens:
    """A document that gives its tokens, but not its text, which would be made anew each time."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def __getitem__(self, part: slice) -> Span:
        return self._doc[part]


def test_a_blank_line_before_a_claim(nlp: Language) -> None:
    doc = nlp.make_doc("Sales of Acme Inc rose 5%.\n\nIts costs rose 6%. Profit rose 7%.\n\nDebt rose 8%.")
    asked: list[Asked] = []
    for start in (token.i for token in doc if token.text in ("5", "6", "7", "8")):
        span: Any = SimpleNamespace(doc=Tokens(doc), start=start, end=start + 2)
        before = Before(asked[-1], Whose()) if asked else None
        asked.append(Asked(Names(doc, (), {}), Topic(), span, span, doc[start - 1], before))
    assert [one.opens_paragraph for one in asked] == [False, True, False, True]
