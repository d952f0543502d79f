"""`extract.pipe`: many articles as a stream."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count, islice
from pathlib import Path

import pytest
from spacy.language import Language

import extract
from extract import Article, Facts
from extract.errors import ArticleError, OptionError
from extract.records import Date, Money
from extract.rules import tokens
from extract.run.outcomes import BATCH
from extract.run.workers import AHEAD
from tests.test_gold import corpus


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return corpus()[:4]


def test_the_facts_are_those_of_each_article(nlp: Language, articles: list[Article]) -> None:
    wanted = [(article, extract.facts(nlp, article)) for article in articles]
    for options in ({"nlp": nlp}, {}, {"batch_size": 1}, {"workers": 2, "batch_size": 1}):
        found = list(extract.pipe(articles, **options))
        assert found == wanted
        assert all(isinstance(facts, Facts) for _, facts in found)


def test_options_of_load() -> None:
    text = "Profit rose 5% in fiscal 2024."
    ((article, facts),) = extract.pipe([text], fiscal_start=4)
    assert (article.id, article.text) == ("0", text)
    assert [fact.date_start for fact in facts if isinstance(fact, Date)] == [date(2023, 4, 1)]


def endless(taken: list[int]) -> Iterator[Article]:
    for number in count():
        taken.append(number)
        yield Article(id=str(number), text=f"Sales of Qelva{number} rose 5%.")


@pytest.mark.parametrize("timeout", [None, 60.0])  # in this process, in another one
def test_articles_are_taken_as_they_are_needed(timeout: float | None) -> None:
    taken: list[int] = []
    stream = extract.pipe(endless(taken), timeout=timeout)
    assert taken == []
    assert [article.id for article, _ in islice(stream, 20)] == [str(number) for number in range(20)]
    assert len(taken) <= 20 + BATCH * (1 + AHEAD)
    stream.close()  # type: ignore[attr-defined]


def test_memory_stays_flat(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """What spaCy keeps of new words is freed, but for the first texts; in a loop over `facts` it grows."""
    monkeypatch.setattr(tokens, "_MOST_WORDS", len(nlp.tokenizer._learnt))  # type: ignore[union-attr]
    list(islice(extract.pipe(endless([]), nlp=nlp), 2 * BATCH))
    before = len(nlp.vocab.strings)
    list(islice(extract.pipe(endless([]), nlp=nlp), 10 * BATCH))
    assert len(nlp.vocab.strings) == before
    for article in islice(endless([]), 3):
        extract.facts(nlp, article)
    assert len(nlp.vocab.strings) > before


def test_what_fails_is_raised_or_handed_over(nlp: Language) -> None:
    long = Article(id="long", text="a " * (nlp.max_length // 2 + 1))
    bad = ArticleError("bad.txt", "is broken", "mend it")
    failed: list[ArticleError] = []
    found = list(extract.pipe(["Up 5%.", long, bad, "Up 6%."], nlp=nlp, on_failure=failed.append))
    assert [article.id for article, _ in found] == ["0", "3"]
    assert [error.where for error in failed] == ["long", "bad.txt"]
    stream = extract.pipe(["Up 5%.", long], nlp=nlp)
    assert next(stream)[0].id == "0"
    with pytest.raises(ArticleError, match="long: is longer than 1,000,000 characters; split it"):
        next(stream)


def test_a_currency_goes_before_that_of_the_pipeline(nlp: Language) -> None:
    article = Article(id="a", text="It cost $5 million.", published=date(2024, 6, 11))
    for own in (nlp, None):
        ((_, facts),) = extract.pipe([article], convert_to="eur", nlp=own)
        assert facts == extract.facts(nlp, article, convert_to="EUR")
        assert [fact.amount_converted for fact in facts if isinstance(fact, Money)] == [Decimal("4659832.25")]


def test_options_that_cannot_be_used(nlp: Language) -> None:
    for options, told in (
        ({"workers": 0}, "at least 1, not 0"),
        ({"batch_size": -1}, "at least 1, not -1"),
        ({"nlp": nlp, "workers": 2}, "nlp: cannot be combined with workers"),
        ({"nlp": nlp, "timeout": 1.0}, "nlp: cannot be combined with workers"),
        ({"nlp": nlp, "fiscal_start": 4}, "pass them to load"),
        ({"nlp": nlp, "convert_to": "XYZ"}, "there are no rates of 'XYZ'"),
        ({"fiscal_start": 13}, "no month"),
        ({"convert_to": "XYZ"}, "there are no rates of 'XYZ'"),
    ):
        with pytest.raises(OptionError, match=told):
            extract.pipe([], **options)
    with pytest.raises(TypeError, match="articles or texts, not dict"):
        list(extract.pipe([{"text": "Up 5%."}], nlp=nlp))  # type: ignore[list-item]


def test_a_script_that_starts_workers_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import extract\n"
        "print('begun')\n"
        "for article, facts in extract.pipe(['Exports rose 5%.'] * 2, timeout=60):\n"
        "    print(article.id, len(facts))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["begun", "0 2", "1 2"]
