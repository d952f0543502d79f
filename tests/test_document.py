"""`doc._.facts` and `doc._.article`: the records on a document, wherever it goes."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import extract
from extract import Article
from extract.errors import OptionError, PipelineError
from extract.records import Date
from tests.test_gold import corpus

DAYS = (date(2024, 6, 11), date(2019, 1, 2), None)
TEXT = "Exports rose 5% last year, Acme Corp said on Sunday."
ARTICLES = tuple(Article(id=f"a{n}", text=TEXT, published=day) for n, day in enumerate(DAYS))
WRAPPED = """Exports through the port of Varna rose by 5.5\u00a0per\u2011cent to $71.6 mil\u00adlion
last year, Bulgaria said on Sunday. The Ministry of Trade of the country said
that it expects a further rise of 3% this year, to be followed by one of a
quarter in the long-
term plan of the govern\u200bment, which runs for ten years.\r
"""


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [*corpus()[:5], *ARTICLES, Article(id="w", text=WRAPPED, published=date(2024, 6, 11))]


@pytest.mark.parametrize("processes", [1, 2])
def test_the_records_are_those_of_the_article(
    nlp: Language, articles: Sequence[Article], processes: int
) -> None:
    pairs = [(article.text, article) for article in articles]
    for doc, article in nlp.pipe(pairs, as_tuples=True, n_process=processes):
        assert doc.text == article.text
        assert doc._.article == article
        assert doc._.facts == extract.facts(nlp, article) != []


@pytest.mark.parametrize("processes", [1, 2])
def test_each_text_has_its_own_date(nlp: Language, processes: int) -> None:
    contexts = {
        "2023": DAYS[0],
        "2018": {"published": "2019-01-02", "id": 7, "other": [1]},
        "XXXX": "not ours",
    }
    pairs = [(TEXT, context) for context in contexts.values()]
    docs = [doc for doc, _ in nlp.pipe(pairs, as_tuples=True, n_process=processes)]
    dates = [next(fact.value for fact in doc._.facts if isinstance(fact, Date)) for doc in docs]
    assert dates == list(contexts)
    assert [doc._.article.id for doc in docs] == ["", "7", ""]


def test_a_context_that_names_no_date_is_refused(nlp: Language) -> None:
    with pytest.raises(OptionError, match="published: 'June 11' is not a date"):
        list(nlp.pipe([(TEXT, {"published": "June 11"})], as_tuples=True))


def test_an_article_may_be_set_beforehand(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.article = ARTICLES[0]
    wanted = extract.facts(nlp, ARTICLES[0])
    assert [made._.facts for made in nlp.pipe([doc], n_process=1)] == [wanted]
    doc._.article = ARTICLES[1]
    with pytest.raises(PipelineError, match="no records were made"):
        _ = doc._.facts
    assert nlp(doc)._.facts == extract.facts(nlp, ARTICLES[1]) != wanted


def test_a_document_may_be_processed_again(nlp: Language) -> None:
    """A new context counts; without one the article stays."""
    doc, _ = next(nlp.pipe([(TEXT, ARTICLES[0])], as_tuples=True))
    assert nlp(doc)._.article == ARTICLES[0]
    ((again, _),) = nlp.pipe([(doc, ARTICLES[1])], as_tuples=True)
    assert again._.facts == extract.facts(nlp, ARTICLES[1])


def test_records_go_where_the_document_goes(nlp: Language, articles: Sequence[Article]) -> None:
    docs = [doc for doc, _ in nlp.pipe([(a.text, a) for a in articles], as_tuples=True)]
    wanted = [extract.facts(nlp, article) for article in articles]
    vocab = spacy.blank("en").vocab
    copies = {
        "bytes": [Doc(vocab).from_bytes(doc.to_bytes()) for doc in docs],
        "pickle": pickle.loads(pickle.dumps(docs)),
        "DocBin": list(DocBin().from_bytes(DocBin(docs=docs).to_bytes()).get_docs(vocab)),
    }
    for how, copied in copies.items():
        assert [doc._.facts for doc in copied] == wanted, how
        assert [doc._.article for doc in copied] == list(articles), how
        assert [[s.text for s in doc.spans["facts"]] for doc in copied] == [
            [s.text for s in doc.spans["facts"]] for doc in docs
        ], how


def test_the_spans_are_those_of_the_records(nlp: Language, articles: Sequence[Article]) -> None:
    """Also in a text whose plain form is another one: its sentences, and the parts of its claims."""
    groups = {"entity": "entities", "date": "dates", "quantity": "quantities"}
    for article in articles:
        doc = next(nlp.pipe([(article.text, article)], as_tuples=True))[0]
        borders = {sent.start_char for sent in doc.sents}
        spans = {name: {(s.start_char, s.end_char, s.id_) for s in doc.spans[name]} for name in doc.spans}
        assert [span.label_ for span in doc.spans["facts"]] == [fact.kind for fact in doc._.facts]
        for fact in doc._.facts:
            assert fact.source.sentence_start in borders
            assert (fact.start, fact.end, fact.rule) in spans[groups.get(fact.kind, fact.kind)]
        claims = {f"{start}-{end}" for start, end, _ in spans["growth"]}
        assert {part.kb_id_ for part in doc.spans["growth_parts"]} == claims


def test_a_document_without_records_says_so(nlp: Language) -> None:
    with pytest.raises(PipelineError, match=r"extract\.load\(\).*extract_facts"):
        _ = nlp.make_doc(TEXT)._.facts
    assert nlp("")._.facts == []


@pytest.mark.parametrize("value", ["2024-06-11", "2024-06-11T23:59:00+02:00", datetime(2024, 6, 11, 23, 59)])
def test_published_becomes_a_day(value: date) -> None:
    assert type(Article(id="a", text="", published=value).published) is date
    assert asdict(Article(id="a", text="", published=value)) == asdict(
        Article(id="a", text="", published=date(2024, 6, 11))
    )


@pytest.mark.parametrize("value", ["", "June 11", "2024-13-01", 20240611, float("nan")])
def test_published_that_is_no_date_is_refused_at_once(value: date) -> None:
    with pytest.raises(OptionError, match=r"published: .* is not a date; give a datetime\.date"):
        Article(id="a", text="", published=value)
