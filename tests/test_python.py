"""The public names: what `import extract` gives, and the facts of an article or a text."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from spacy.language import Language

import extract
from extract import Article
from extract.errors import ArticleError, OptionError

DAY = date(2024, 6, 11)
TEXT = "Exports rose 5% last year."


def test_every_way_to_ask_gives_the_same(nlp: Language) -> None:
    article = Article(id="", text=TEXT, published=DAY)
    wanted = extract.facts(nlp, article)
    assert [fact.value for fact in wanted if fact.kind == "date"] == ["2023"]  # type: ignore[attr-defined]
    assert extract.facts(article) == wanted
    assert extract.facts(TEXT, published=DAY) == wanted
    assert extract.facts(TEXT, published="2024-06-11") == wanted
    assert extract.facts(nlp, TEXT, published=DAY) == wanted


def test_the_pipeline_of_those_who_bring_none_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    extract.facts(TEXT)
    monkeypatch.setattr("extract.pipeline.load", None)
    assert extract.facts(TEXT)
    assert list(extract.pipe([TEXT]))


@pytest.mark.parametrize("value", ["June 11", "2024-6-11", ""])
def test_a_day_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(OptionError, match="is not a date"):
        extract.facts(TEXT, published=value)


def test_what_is_no_article_is_refused(nlp: Language) -> None:
    facts: Any = extract.facts
    article = Article(id="a", text=TEXT)
    for arguments in ((), (nlp,), (5,), (article, article), (nlp, 5), (TEXT, DAY)):
        with pytest.raises(TypeError):
            facts(*arguments)
    with pytest.raises(OptionError, match="an article has its own"):
        facts(article, published=DAY)


def test_a_text_that_is_too_long_is_refused(nlp: Language) -> None:
    with pytest.raises(ArticleError, match="the text: is longer than 1,000,000 characters; split it"):
        extract.facts(nlp, "a " * (nlp.max_length // 2 + 1))


def test_public_names_exist_and_are_listed() -> None:
    for name in extract.__all__:
        assert getattr(extract, name) is not None
        assert name in dir(extract)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = extract.nothing


def run(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", code],
        env=os.environ,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def test_the_records_need_no_pipeline() -> None:
    code = "import sys, extract; extract.records.row; extract.Article; extract.to_dicts; print(*sys.modules)"
    loaded = run(code).stdout.split()
    assert "extract.records" in loaded
    assert not {"spacy", "numpy", "thinc", "pandas", "extract.pipeline"} & set(loaded)


def test_import_is_fast() -> None:
    """Nothing is imported beside the package itself; the time bound is wide, for machines at work."""
    told = run("import extract", "-X", "importtime").stderr.splitlines()
    lines = [line.split("|") for line in told if line.split("|")[-1].strip().startswith("extract")]
    assert [name.strip() for *_, name in lines] == ["extract"]
    assert int(lines[0][1]) < 100_000  # microseconds
