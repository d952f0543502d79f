"""Ids across the articles of the corpus: what a key to join on promises."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pycountry
from spacy.language import Language

import extract
from extract.records import Entity, Growth
from extract.writers import Found

FORM = re.compile(
    r"""
      country:(?:[A-Z]{2}|[A-Z]{4})
    | subdivision:[A-Z]{2}-[A-Z0-9]{1,3}
    | place:(?:\d+|(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?:)?[^\s:]+)
    | (?:org|person|group|facility|product|event|work|law):[^\s:]+
    """,
    re.VERBOSE,
)


def entities(found: list[Found]) -> Iterator[Entity]:
    return (fact for _, facts in found for fact in facts if isinstance(fact, Entity))


def test_every_id_has_its_form(found: list[Found]) -> None:
    assert [fact.entity_id for fact in entities(found) if not FORM.fullmatch(fact.entity_id)] == []


def test_no_id_holds_two_countries(found: list[Found]) -> None:
    countries = defaultdict(set)
    for fact in entities(found):
        if fact.country:
            countries[fact.entity_id].add(fact.country)
    assert {link: of for link, of in countries.items() if len(of) > 1} == {}


def test_a_country_has_one_id_in_all_articles(found: list[Found]) -> None:
    codes = {country.name.casefold(): country.alpha_2 for country in pycountry.countries}
    codes |= {"u.s.": "US", "us": "US", "uk": "GB", "britain": "GB", "british": "GB", "american": "US"}
    articles = defaultdict(set)
    for fact in entities(found):
        code = codes.get(fact.text.casefold())
        if code and fact.label in ("GPE", "NORP") and fact.text != "Georgia":
            assert fact.entity_id == f"country:{code}", fact
            articles[code].add(fact.doc_id)
    assert len([code for code, of in articles.items() if len(of) > 1]) >= 10


def test_who_a_claim_is_about_is_an_entity_of_the_article(found: list[Found]) -> None:
    told = 0
    for _, facts in found:
        ids = {fact.entity_id for fact in facts if isinstance(fact, Entity)}
        for fact in facts:
            if isinstance(fact, Growth):
                links = {fact.subject, fact.speaker, fact.partner} - {None}
                told += len(links)
                assert links <= ids
    assert told > 100


def test_ids_depend_on_the_text_alone(nlp: Language, found: list[Found]) -> None:
    for article, facts in found[:5]:
        other = replace(article, id="other", title=None, source="BBC", published=date(1987, 3, 1))
        again = [fact.entity_id for fact in extract.facts(nlp, other) if isinstance(fact, Entity)]
        assert again == [fact.entity_id for fact in facts if isinstance(fact, Entity)]
