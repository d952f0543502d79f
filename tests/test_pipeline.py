"""The pipeline as a whole: what holds for any text, and three whole articles as they are."""

from __future__ import annotations

import json
import pickle
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_regressions.data_regression import DataRegressionFixture
from spacy.language import Language
from spacy.tokens import Doc

import extract
from extract import Article
from extract.pipeline import facts_of_many
from extract.readers import Options, find
from extract.readers import read as read_files
from extract.record_builders import build_records
from extract.records import Fact, row

CORPUS = Path(__file__).parents[1] / "corpus"
WORDS = """
Kenya Tokayev Bulgarian IMF $ US$ £3 Rs 5,000 crore 1.2bn billion 11-fold 86.5% % percent points rose fell
doubled up down to from of in by a the June 9 2024 Monday last year Q2 quarter , . ( ) " ' — - / + 0 00 １２
½ é 😀
"""
PIECES = st.sampled_from([*WORDS.split(), "9" * 40, "\n", "\t", "\u200b"])
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=40).map(" ".join)
ANY_DAY = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, day=ANY_DAY)
def test_every_record_quotes_its_article(nlp: Language, text: str, day: date | None) -> None:
    article = Article(id="a", text=text, published=day)
    facts = extract.facts(nlp, article)
    for fact in facts:
        assert text[fact.start : fact.end] == fact.text != ""
        assert fact.rule
        assert (
            0 <= fact.source.sentence_start <= fact.start < fact.end <= fact.source.sentence_end <= len(text)
        )
        assert text[fact.source.sentence_start : fact.source.sentence_end] == fact.sentence
        assert set(row(fact)) >= {"doc_id", "fact_id", "kind"}
    ids = [fact.fact_id for fact in facts]
    assert len(ids) == len(set(ids))


def articles_in(*paths: Path) -> list[Article]:
    files = find([str(path) for path in paths], ids="name")
    return [item for item in read_files(files, Options()) if isinstance(item, Article)]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return articles_in(CORPUS)[:6]


def test_alone_in_a_batch_or_in_any_order_the_facts_are_the_same(
    nlp: Language, articles: list[Article]
) -> None:
    alone = {article.id: extract.facts(nlp, article) for article in articles}
    shuffled = random.Random(7).sample(articles, len(articles))
    assert {article.id: facts for article, facts in facts_of_many(nlp, articles)} == alone
    assert {article.id: facts for article, facts in facts_of_many(nlp, shuffled)} == alone


@pytest.mark.parametrize("piece", [200, 1000])
def test_a_long_article_has_the_same_facts_however_it_is_cut(
    nlp: Language, articles: list[Article], monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    article = Article(id="long", text="\n\n".join(article.text for article in articles))
    monkeypatch.setattr(nlp.get_pipe("ner"), "chunk", len(article.text))
    whole = extract.facts(nlp, article)
    assert len(whole) > 500
    monkeypatch.setattr(nlp.get_pipe("ner"), "chunk", piece)
    assert extract.facts(nlp, article) == whole


def test_records_and_documents_survive_pickling(nlp: Language, articles: list[Article]) -> None:
    article = articles[0]
    doc = nlp(article.text)
    facts = build_records(doc, article)
    assert pickle.loads(pickle.dumps(facts)) == facts
    assert build_records(Doc(nlp.vocab).from_bytes(doc.to_bytes()), article) == facts


def test_the_text_is_never_rewritten(nlp: Language, articles: list[Article]) -> None:
    assert all(nlp(article.text).text == article.text for article in articles)


@pytest.mark.parametrize("stem", ["trade_kazakhstan_bulgaria", "commodities_day", "world_briefs"])
def test_whole_articles(nlp: Language, stem: str, data_regression: DataRegressionFixture) -> None:
    (path,) = CORPUS.glob(f"{stem}.*")
    (article,) = articles_in(path)
    data_regression.check({"facts": [told(fact) for fact in extract.facts(nlp, article)]})


def told(fact: Fact) -> str:
    """A record on one line, without what is absent and where it stands."""
    kept = {
        name: str(value)
        for name, value in row(fact).items()
        if value is not None
        and name not in ("doc_id", "kind", "sentence", "sentence_start", "sentence_end", "start", "end")
    }
    return json.dumps(kept, ensure_ascii=False)
