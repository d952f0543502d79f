from __future__ import annotations

from importlib import import_module
from pathlib import Path

from benchmarks import batch, growth, texts, thresholds, writers

ROOT = Path(__file__).parent.parent


def test_tables_of_small_runs() -> None:
    corpus = texts.corpus(str(ROOT / "corpus"))
    heads, marks, row = batch.report(corpus, articles=[5], workers=[1]).splitlines()
    assert row.startswith("| 5 | 1 | ")
    assert heads.count("|") == marks.count("|") == row.count("|")
    assert writers.report(corpus[:1], count=3, formats=["csv"]).splitlines()[2].startswith("| csv | ")
    assert growth.report(corpus, lengths=[600]).splitlines()[2].startswith("| 600 | ")


def test_texts_have_the_words_they_are_said_to_have(tmp_path: Path) -> None:
    corpus = texts.corpus(str(ROOT / "corpus"))
    assert sum(texts.words(article.text) for article in texts.repeated(corpus, 50_000)) >= 50_000
    count = texts.write_long(tmp_path / "long.txt", corpus, 300_000)
    text = (tmp_path / "long.txt").read_text(encoding="utf-8")
    assert (len(text), texts.words(text)) == (300_000, count)
    assert texts.write_many(tmp_path / "many.jsonl", corpus, 100) > 2000
    assert len((tmp_path / "many.jsonl").read_text(encoding="utf-8").splitlines()) == 100


def test_thresholds_are_those_of_the_rules() -> None:
    for module, name, values in thresholds.THRESHOLDS:
        assert getattr(import_module(f"extract.rules.{module}"), name) not in values
