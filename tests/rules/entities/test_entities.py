"""The entity rules by themselves: names, one reading an article, and which mentions are one thing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from extract.articles import Article
from extract.records import Entity
from extract.rules import entities
from extract.rules.entities import boundaries, gazetteer
from extract.rules.entities.consistency import harmonize_labels
from extract.rules.entities.ids import Mention
from extract.rules.entities.names import RULES, Name
from extract.rules.entities.resolve import resolve, spells
from extract.rules.entities.shapes import view

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix("").with_name("entities.toml").read_text(encoding="utf-8")
)["case"]


@pytest.fixture(scope="module")
def rules() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_entities")
    return nlp


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_names(rules: Language, case: dict[str, Any]) -> None:
    doc = rules(case["text"])
    assert [[span.text, span.label_, span.id_] for span in doc.spans["entities"]] == case["names"]


def test_each_rule_has_a_case() -> None:
    assert {rule for case in CASES for _, _, rule in case["names"]} == set(RULES)


def records(nlp: Language, text: str) -> list[Entity]:
    return list(entities.build_records(nlp(text), Article(id="a", text=text), ()))


def test_read_gives_the_fullest_name_and_the_country(rules: Language) -> None:
    text = "President Rumen Radev of Bulgaria left Sofia. Radev thanked the Bulgarians and the U.S. team."
    assert [(e.text, e.name, e.country) for e in records(rules, text)] == [
        ("Rumen Radev", "Rumen Radev", None),
        ("Bulgaria", "Bulgaria", "BG"),
        ("Sofia", "Sofia", "BG"),
        ("Radev", "Rumen Radev", None),
        ("Bulgarians", "Bulgarians", "BG"),
        ("U.S.", "U.S.", "US"),
    ]


def links(*texts: str, label: str) -> list[str]:
    return [link.partition(":")[2] for link in resolve([Mention(text, label) for text in texts])]


@pytest.mark.parametrize(
    ("label", "texts", "expected"),
    [
        ("PERSON", ["Kassym-Jomart Tokayev", "Tokayev"], ["kassym-jomart-tokayev"] * 2),
        ("PERSON", ["Tokayev", "Kassym-Jomart Tokayev"], ["kassym-jomart-tokayev"] * 2),
        ("PERSON", ["J. Mehta", "Jaya Mehta", "Mehta"], ["jaya-mehta"] * 3),
        (
            "PERSON",
            ["Ana Silva", "Silva", "Rui Silva", "Silva", "Ana"],
            ["ana-silva", "ana-silva", "rui-silva", "rui-silva", "ana-silva"],
        ),
        ("PERSON", ["Martin Luther King Jr.", "King"], ["martin-luther-king-jr"] * 2),
        ("GPE", ["United States", "US", "U.S.", "America"], ["US"] * 4),
        ("GPE", ["UK", "England", "Britain"], ["GB", "GB-ENG", "GB"]),
        (
            "NORP",
            ["Bulgarian", "Bulgarians", "English", "British"],
            ["BG", "BG", "GB-ENG", "GB"],
        ),
        ("ORG", ["International Monetary Fund", "IMF"], ["international-monetary-fund"] * 2),
        ("ORG", ["Kilima Brokers Ltd", "Kilima Brokers", "Kilima"], ["kilima-brokers"] * 3),
        (
            "ORG",
            ["National Agency for Food and Drug Administration and Control", "NAFDAC"],
            ["national-agency-for-food-and-drug-administration-and-control"] * 2,
        ),
        ("ORG", ["LTV Corp", "LTV", "LTV Steel Co"], ["ltv", "ltv", "ltv-steel"]),
        ("ORG", ["Hospital Corp of America", "Hospital Corp"], ["hospital-corp-of-america"] * 2),
        ("ORG", ["Bank of Ghana", "Bank of Uganda", "Bank"], ["bank-of-ghana", "bank-of-uganda", "bank"]),
    ],
)
def test_resolve(label: str, texts: list[str], expected: list[str]) -> None:
    assert links(*texts, label=label) == expected


@pytest.mark.parametrize(
    ("acronym", "full", "expected"),
    [
        ("IMF", "International Monetary Fund", True),
        ("PFDJ", "People's Front for Democracy and Justice", True),
        ("BoG", "Bank of Ghana", True),
        ("Bog", "Bank of Ghana", False),
        ("WHO", "World Bank", False),
    ],
)
def test_spells(acronym: str, full: str, expected: bool) -> None:
    assert spells(acronym, full) is expected


def test_a_model_before_the_rules_is_evidence(rules: Language) -> None:
    doc = rules.make_doc(
        "The Acme Group's boss, President Ivo Dinkov, and Dinkov's son were in Kenya in 2020."
    )
    doc.ents = [
        Span(doc, 0, 4, label="ORG"),
        Span(doc, 6, 9, label="PER"),
        Span(doc, len(doc) - 2, len(doc) - 1, label="DATE"),
    ]
    found = entities.EntitiesComponent().match(doc)
    assert [(span.text, span.label_, span.id_) for span in found] == [
        ("Acme Group", "ORG", "entities.model"),
        ("Ivo Dinkov", "PERSON", "entities.model"),
        ("Dinkov", "PERSON", "entities.repeat"),
        ("Kenya", "GPE", "entities.known"),
    ]
    assert [ent.label_ for ent in doc.ents] == ["ORG", "PER", "DATE"]


def test_one_label_for_one_surface(rules: Language) -> None:
    seen = view(rules.make_doc("Delqa won. Delqa lost. Delqa drew."))
    names = [Name(0, 1, "ORG", "m"), Name(3, 4, "ORG", "m"), Name(6, 7, "GPE", "m")]
    assert {name.label for name in harmonize_labels(seen, names)} == {"ORG"}


def test_gazetteer_examples() -> None:
    known = gazetteer.load()
    found = [(hit.entry.kind, hit.entry.country) for hit in known.find("Sofia, in Bulgaria; US, U.S. or us")]
    assert found == [("city", "BG"), ("country", "BG"), ("country", "US"), ("country", "US")]
    assert known.lookup("sao tome") == known.lookup("São Tomé")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "’s", "- - -", "a", "A", "(", "Ltd", "of the", "The The The"]
)
def test_any_text(rules: Language, text: str) -> None:
    assert rules(text).text == text


@pytest.mark.parametrize("word", ["Ab Cd ", "of ", "Ministry of Ab, ", "A-", "Ab Cd (AC) ", "Abc and Def "])
def test_long_texts_take_linear_time(rules: Language, word: str) -> None:
    doc = rules(word * 4000)
    assert all(0 <= span.start < span.end <= len(doc) for span in doc.spans["entities"])


def reconciled(rules: Language, text: str, *found: tuple[str, str]) -> list[tuple[str, str]]:
    """The names that come of a model's names (the first occurrence of each) and the rules."""
    doc = rules.make_doc(text)
    starts = [(text.index(name), name, label) for name, label in found]
    spans = [doc.char_span(start, start + len(name), label=label) for start, name, label in starts]
    doc.ents = [span for span in spans if span is not None]
    return [(span.text, span.label_) for span in entities.EntitiesComponent().match(doc)]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("The painter Ana Petrova left.", ("Ana Petrova", "ORG"), [("Ana Petrova", "PERSON")]),
        ("They crossed the Qelva River.", ("Qelva River", "ORG"), [("Qelva River", "LOC")]),
        ("He left Chinese Affairs.", ("Chinese Affairs", "ORG"), [("Chinese", "NORP")]),
        ("Shares of Yan An Insurance fell.", ("Yan An Insurance", "PERSON"), [("Yan An Insurance", "ORG")]),
        (
            "The Kazakh-Bulgarian Trade Council met.",
            ("Bulgarian Trade Council", "ORG"),
            [("Kazakh-Bulgarian Trade Council", "ORG")],
        ),
        ("Likewise, a dog is likewise a pet in Kenya.", ("Likewise", "ORG"), [("Kenya", "GPE")]),
        ("The First Lady of Kenya spoke.", ("First Lady", "ORG"), [("Kenya", "GPE")]),
    ],
)
def test_the_rules_correct_a_model(
    rules: Language, text: str, found: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    assert reconciled(rules, text, found) == expected


def test_a_name_cut_short_is_taken_in_full(rules: Language) -> None:
    text = "The Qelva Transit Works grew. Shares of Qelva Transit Works fell."
    doc = rules.make_doc(text)
    doc.ents = [Span(doc, 1, 4, label="ORG"), Span(doc, 8, 10, label="ORG")]
    found = entities.EntitiesComponent().match(doc)
    assert [span.text for span in found] == ["Qelva Transit Works", "Qelva Transit Works"]


def test_a_name_at_the_very_end_may_begin_a_longer_one(rules: Language) -> None:
    doc = rules.make_doc("Qelva Transit Works grew. Shares fell at Qelva Transit")
    doc.ents = [Span(doc, 0, 3, label="ORG"), Span(doc, 8, 10, label="ORG")]
    found = entities.EntitiesComponent().match(doc)
    assert [span.text for span in found] == ["Qelva Transit Works", "Qelva Transit"]


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("the DPP legislator said", "ORG", "DPP"),
        ("he of the Training School for", "ORG", "Training School"),
        ("President Ana Costa's", "PERSON", "Ana Costa"),
        ("the Haiti earthquake", "EVENT", "Haiti earthquake"),
        ("Kim Hee-in", "PERSON", "Kim Hee-in"),
        ("the Delhi High court", "ORG", "Delhi High court"),
        ("The Sick Child", "WORK_OF_ART", "The Sick Child"),
        ("the Sick Child", "WORK_OF_ART", "Sick Child"),
        ("of the", "ORG", ""),
    ],
)
def test_the_edges_of_a_name(rules: Language, text: str, label: str, name: str) -> None:
    doc = rules.make_doc(text)
    first = 1 if text.startswith("he ") else 0
    last = len(doc) - 1 if text.endswith("said") else len(doc)
    start, end = boundaries.trim(view(doc), first, last, label)
    assert doc[start:end].text == name


def test_an_owner_named_elsewhere_is_a_name_of_its_own(rules: Language) -> None:
    doc = rules.make_doc("Xiao’s Tomorrow Group")
    whole = (0, len(doc))
    assert [doc[a:b].text for a, b in boundaries.split(view(doc), *whole, {"Xiao"})] == [
        "Xiao",
        "Tomorrow Group",
    ]
    assert list(boundaries.split(view(doc), *whole, set())) == [whole]
