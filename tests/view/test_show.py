"""`extract show --html`: where the page goes, and what is in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from spacy.language import Language

from extract import run
from extract.cli import main
from tests.view.test_article import data

COMMAND = sys.modules["extract.cli.show"]  # the package has the command itself under this name
TEXT = "Exports of Kenya rose by 5.5% to $71.6 million last year."


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "pipeline_loader", lambda **options: lambda: nlp)
    Path("a.txt").write_text(TEXT)


def shown(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", *arguments], catch_exceptions=False)


def test_a_page_has_the_facts_with_parts_and_explanations() -> None:
    assert shown("a.txt", "--html", "a.html", "--date", "2024-06-11").exit_code == 0
    facts = data(Path("a.html").read_text(encoding="utf-8"))["facts"]
    (claim,) = (fact for fact in facts if fact["kind"] == "growth")
    parts = {role: TEXT[start:end] for role, start, end in claim["parts"]}
    assert parts == {
        "size": "5.5%",
        "metric": "Exports of Kenya",
        "to": "$71.6 million",
        "period": "last year",
        "subject": "Kenya",
    }
    assert ("direction", "increase") in [step[:2] for step in claim["steps"]]
    assert Path("a.html").stat().st_size < 200_000
    assert shown("a.txt", "--html", "-", "--date", "2024-06-11").stdout == Path("a.html").read_text()


def test_it_replaces_pages_alone() -> None:
    for name, told in (
        ("a.txt", "is an input"),
        ("b.txt", "is not a page written by extract"),
        (".", "is a folder"),
        ("no/a.html", "the folder no does not exist"),
    ):
        Path("b.txt").write_text("mine")
        result = shown("a.txt", "--html", name)
        assert result.exit_code == 2
        assert told in result.stderr
    assert Path("b.txt").read_text() == "mine"
    assert [shown("a.txt", "--html", "a.html").exit_code for _ in range(2)] == [0, 0]


def test_a_file_of_articles_is_one_page_unless_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.jsonl").write_text('{"text": "It cost $5."}\n' * 3)
    page = shown("a.jsonl", "--html", "-").stdout
    assert page.count('class="text"') == 3
    monkeypatch.setattr(COMMAND, "_ON_A_PAGE", 2)
    result = shown("a.jsonl", "--html", "a.html")
    assert (result.exit_code, Path("a.html").exists()) == (2, False)
    assert "more than 2 articles" in result.stderr


def test_long_articles_are_shown_without_explanations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COMMAND, "_EXPLAINED", 10)
    result = shown("a.txt", "--html", "-")
    assert "too long for explanations" in result.stderr
    assert not any(fact["steps"] for fact in data(result.stdout)["facts"])
