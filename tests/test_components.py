"""Each component in anyone's pipeline: it gives right values, or it names what it lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

import extract
from extract import Article
from extract.errors import PipelineError
from extract.pipeline import COMPONENTS, RECORDS
from extract.records import Fact, Money
from extract.rules import tokens

TEXT = "Exports rose 5.5% to 3 million euros in the year to May. Theresa May paid $5 for the Sunday Times."
NEEDED = {
    "extract_sentences": (),
    "extract_entities": (),
    "extract_dates": ("extract_sentences", "extract_entities"),
    "extract_money": (),
    "extract_quantities": ("extract_entities", "extract_dates", "extract_money"),
    "extract_growth": COMPONENTS[:-1],
}
SENTENCES = "extract_sentences"
KINDS = [name for name in COMPONENTS if name != SENTENCES]  # those that find facts


def pipeline(*names: str) -> Language:
    nlp = spacy.blank("en", config=dict(tokens.CONFIG))
    for name in names:
        nlp.add_pipe(name)
    return nlp


def closure(name: str) -> list[str]:
    """A component after all that it needs, and that these need."""
    wanted = {name}
    for component in reversed(COMPONENTS):
        if component in wanted:
            wanted |= set(NEEDED[component])
    return [component for component in COMPONENTS if component in wanted]


@pytest.mark.parametrize("name", COMPONENTS)
def test_alone_it_works_or_names_what_it_lacks(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    if not NEEDED[name]:
        assert nlp(TEXT).text == TEXT
        return
    with pytest.raises(PipelineError) as refused:
        nlp(TEXT)
    assert str(refused.value).startswith(f"{name}: the pipeline lacks {', '.join(NEEDED[name])} before it")


@pytest.mark.parametrize("name", [SENTENCES, *KINDS])
def test_with_what_it_needs_its_spans_are_those_of_the_whole(name: str) -> None:
    few, all_ = pipeline(*closure(name))(TEXT), pipeline(*COMPONENTS)(TEXT)
    group = name.removeprefix("extract_")
    if name == SENTENCES:
        assert [sent.text for sent in few.sents] == [sent.text for sent in all_.sents]
    else:
        found = [(span.text, span.label_, span.id_) for span in few.spans[group]]
        assert found == [(span.text, span.label_, span.id_) for span in all_.spans[group]] != []


@pytest.mark.parametrize("missing", closure("extract_growth")[:-1])
def test_each_missing_component_is_named(missing: str) -> None:
    nlp = pipeline(*COMPONENTS)
    nlp.remove_pipe(missing)
    with pytest.raises(PipelineError, match=f"lacks {missing} before it"):
        nlp(TEXT)


def test_needs_and_gains_are_declared() -> None:
    alone = pipeline("extract_growth").analyze_pipes()
    analysis = pipeline(*COMPONENTS, RECORDS).analyze_pipes()
    assert alone is not None
    assert analysis is not None
    assert alone["problems"] == {"extract_growth": ["token.is_sent_start", "doc.spans"]}
    assert not any(analysis["problems"].values())
    assert all(told["assigns"] for told in analysis["summary"].values())
    assert analysis["attrs"]["doc._.facts"]["assigns"] == [RECORDS]


def without_role_by_claim(fact: Fact) -> Fact:
    """`rose 5.5% to [3 million euros]` is trade by the claim; `paid [$5] for the` is a price by its words."""
    if isinstance(fact, Money) and fact.text == "3 million euros":
        return replace(fact, role=None)
    return fact


@pytest.mark.parametrize("name", KINDS)
def test_the_records_of_few_components_are_those_of_all(name: str) -> None:
    needed = closure(name) if name != "extract_money" else ["extract_entities", name]
    few = pipeline(*dict.fromkeys([SENTENCES, *needed]), RECORDS)
    kinds = {component.removeprefix("extract_") for component in needed}
    singular = {"entities": "entity", "dates": "date", "quantities": "quantity"}
    wanted = {singular.get(kind, kind) for kind in kinds}
    whole = [fact for fact in pipeline(*COMPONENTS, RECORDS)(TEXT)._.facts if fact.kind in wanted]
    if name != "extract_growth":  # without claims of growth, money lacks the roles that they give
        whole = [without_role_by_claim(fact) for fact in whole]
    assert few(TEXT)._.facts == whole != []
    assert extract.facts(few, TEXT) == few(TEXT)._.facts


@pytest.mark.parametrize(
    ("names", "lacking"),
    [
        (["extract_entities"], "records of entities: the pipeline lacks extract_sentences"),
        ([SENTENCES, "extract_money"], "records of money: the pipeline lacks extract_entities"),
    ],
)
def test_records_that_could_be_wrong_are_refused(names: list[str], lacking: str) -> None:
    with pytest.raises(PipelineError, match=lacking):
        pipeline(*names, RECORDS)(TEXT)
    with pytest.raises(PipelineError, match=lacking):
        extract.facts(pipeline(*names), TEXT)


def test_a_pipeline_that_finds_no_facts_is_refused() -> None:
    with pytest.raises(PipelineError, match="no component that finds facts"):
        extract.facts(spacy.blank("en"), Article(id="a", text=TEXT))
    with pytest.raises(PipelineError, match="no component that finds facts"):
        extract.pipe([TEXT], nlp=spacy.blank("en"))
    with pytest.raises(PipelineError, match="no component before it finds facts"):
        pipeline(RECORDS)(TEXT)


def test_sentences_may_be_those_of_another_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for name in (*COMPONENTS[1:], RECORDS):
        nlp.add_pipe(name)
    assert {fact.kind for fact in nlp(TEXT)._.facts} == {"entity", "date", "money", "quantity", "growth"}


def test_spans_of_others_are_ignored(nlp: Language) -> None:
    """Here a component of another's adds a span to each group, before or after ours has written it."""

    @Language.component("tests_other_spans")
    def other_spans(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
        for group in ("entities", "dates", "money", "quantities", "growth", "growth_parts"):
            if group not in doc.spans:
                doc.spans[group] = []
            doc.spans[group].append(Span(doc, 0, len(doc), label="MINE"))
        return doc

    wanted, other = extract.facts(nlp, TEXT), extract.load()
    for place in nlp.pipe_names[:-1]:
        other.add_pipe("tests_other_spans", after=place)
        assert extract.facts(other, TEXT) == other(TEXT)._.facts == wanted
        other.remove_pipe("tests_other_spans")


def test_a_group_that_others_wrote_is_no_substitute(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc.spans["dates"] = [doc[:2]]
    with pytest.raises(PipelineError, match="lacks extract_entities, extract_dates, extract_money"):
        nlp.get_pipe("extract_quantities")(doc)


def test_a_saved_pipeline_gives_the_same_facts(tmp_path: Path) -> None:
    nlp = extract.load()
    nlp.to_disk(tmp_path / "saved")
    saved = spacy.load(tmp_path / "saved")
    text = "Shares of Acme rose 5.5% to HK$5.4m—up 3% on Monday."
    assert saved(text)._.facts == extract.facts(nlp, text) != []
