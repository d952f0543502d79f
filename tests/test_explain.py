from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from spacy.language import Language

import extract
from extract.articles import Article
from extract.explain import Explanation, as_data, explain
from extract.records import Date, Fact
from extract.terminal import print_explanation
from tests.test_gold import corpus

TEXT = (
    "Kenya's exports will rise 5% next year, the IMF said on Monday. They raised $3 million. "
    "Output fell in the third quarter. A year earlier it was 40,000 shillings."
)
ARTICLE = Article(id="a", text=TEXT, published=date(2024, 6, 10))


@pytest.fixture(scope="module")
def explained(nlp: Language) -> list[Explanation]:
    return explain(nlp, ARTICLE)


def why(explained: list[Explanation], text: str, about: str) -> tuple[str | None, str]:
    """The first step of a fact, by its text, that is about something."""
    return next(
        (step.value, step.why)
        for sentence in explained
        for one in sentence.facts
        if one.fact.text == text
        for step in one.steps
        if step.about == about
    )


def test_every_fact_of_the_corpus_is_explained_once(nlp: Language) -> None:
    for article in corpus()[:8]:
        found = [one for sentence in explain(nlp, article) for one in sentence.facts]
        assert all(one.steps for one in found)
        assert all(one.steps[-1].value == one.fact.value for one in found if isinstance(one.fact, Date))

        def key(fact: Fact) -> str:
            return fact.fact_id

        assert sorted((one.fact for one in found), key=key) == sorted(extract.facts(nlp, article), key=key)


def test_words_have_their_kinds(explained: list[Explanation]) -> None:
    words = [(word.text, word.kind) for word in explained[0].words[:7]]
    assert words == [
        ("Kenya", "word"),
        ("'s", "possessive"),
        ("exports", "word"),
        ("will", "auxiliary"),
        ("rise", "change_verb"),
        ("5%", "percent"),
        ("next year", "time"),
    ]


@pytest.mark.parametrize(
    ("text", "about", "value", "part"),
    [
        ("5%", "pattern", "growth.verb_size", "`rise 5%`"),
        ("5%", "status", "projected", "`will`"),
        ("5%", "speaker", "org:international-monetary-fund", "IMF"),
        ("5%", "subject", "country:KE", "by_phrase"),
        ("5%", "period", "next year", "nearest"),
        ("Monday", "article's date", "2024-06-10", "another"),
        ("the third quarter", "tense", "fell in", "looks back"),
        ("A year earlier", "anchor", "2023-Q3", "from `the third quarter"),
        ("$3 million", "currency", "USD", "default"),
        ("40,000 shillings", "currency", "KES", "country"),
        ("IMF", "found", None, "by "),
    ],
)
def test_a_step(explained: list[Explanation], text: str, about: str, value: str | None, part: str) -> None:
    of_growth = [replace(s, facts=tuple(f for f in s.facts if f.fact.kind != "quantity")) for s in explained]
    found, reason = why(of_growth, text, about)
    assert part in reason
    assert value is None or found == value


def test_what_was_refused_and_what_is_near(explained: list[Explanation]) -> None:
    assert ("growth.verb_size", "raised $3 million") in {(s.about, s.value) for s in explained[1].nothing}
    assert explained[1].near
    assert not explained[0].near


def test_a_claim_that_takes_its_level_from_the_sentence_before(nlp: Language) -> None:
    text = "Revenue came to $5.2 million. That compares with $4.1 million a year earlier."
    found = explain(nlp, Article(id="a", text=text), fact_id="growth:16-28")
    assert [sentence.start for sentence in found] == [30]
    assert why(found, "$5.2 million", "to") == ("$5.2 million", "stated in the sentence before")


def test_a_claim_whose_place_the_next_one_takes(nlp: Language) -> None:
    text = "Fees rose to $6 from $5. That is 20% higher than in 2022."
    first, second = explain(nlp, Article(id="a", text=text))
    (taken,) = (step for step in first.nothing if "takes its levels" in step.why)
    assert (taken.about, taken.why[: len("growth:33-36 ")]) == ("growth.verb_level", "growth:33-36 ")
    assert [one.fact.fact_id for one in second.facts if one.fact.kind == "growth"] == ["growth:33-36"]


def test_offsets_are_those_of_the_article(nlp: Language) -> None:
    text = "Sales rose 5\u00a0per\u00adcent.\r\n\r\nWages fell 3%."
    for sentence in explain(nlp, Article(id="a", text=text)):
        assert text[sentence.start : sentence.end] == sentence.text
        assert all(text[word.start : word.end] == word.text for word in sentence.words)
        assert any(one.fact.kind == "growth" for one in sentence.facts)


def test_one_fact_and_one_place(nlp: Language) -> None:
    (one,) = explain(nlp, ARTICLE, fact_id="money:76-86")
    assert [e.fact.text for e in one.facts] == ["$3 million"]
    assert [s.text for s in explain(nlp, ARTICLE, at="Output fell")] == ["Output fell in the third quarter."]


@pytest.mark.parametrize("asked", [{"fact_id": "growth:1-2"}, {"at": "nowhere"}])
def test_what_is_not_there_has_no_explanation(nlp: Language, asked: dict[str, str]) -> None:
    assert explain(nlp, ARTICLE, **asked) == []


def test_as_json_and_on_a_terminal(explained: list[Explanation], capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(json.dumps(as_data(explained[1])))
    assert data["facts"][0]["fact_id"] == "money:76-86"
    assert data["facts"][0]["steps"][1]["about"] == "currency"
    print_explanation(explained[1])
    shown = capsys.readouterr().out
    for part in ("raised{change_verb increase}", "money:76-86  $3 million", "rejected", "closest patterns"):
        assert part in shown
