"""`extract run --resume`: runs that are interrupted and continued."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extract import record_builders
from extract.articles import Article
from extract.records import Fact
from tests.cli.commands import Extract, texts
from tests.samples import dollars


def interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write thirty articles to `x.jsonl`, the twentieth of which interrupts a run."""

    def interrupted(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        if article.id == "x.jsonl:20":
            raise KeyboardInterrupt
        return dollars(doc, article, known)

    Path("x.jsonl").write_text("\n".join(json.dumps({"text": f"It cost ${n}."}) for n in range(30)))
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (interrupted,))


def test_an_interruption_keeps_what_was_done(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        if "STOP" in article.text:
            raise KeyboardInterrupt
        return dollars(doc, article, known)

    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (interrupted,))
    lines = [json.dumps({"text": "It cost $5."})] * 40 + [json.dumps({"text": "STOP"})]
    Path("x.jsonl").write_text("\n".join(lines))
    result = extract("run", "x.jsonl", "-o", "facts.jsonl")
    assert result.exit_code == 130
    assert "interrupted: the facts of" in result.stderr
    assert len(texts(Path("facts.jsonl").read_text())) == 32


def test_an_interrupted_run_goes_on(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(monkeypatch)
    stopped = extract("run", "x.jsonl", "-o", "new/facts.jsonl", "--resume")
    assert (
        "new/facts.jsonl.journal: not found, so there is no run to resume; starting a new one"
        in stopped.stderr
    )
    assert "were written; continue with --resume" in stopped.stderr
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))
    forgotten = extract("run", "x.jsonl", "-o", "new/facts.jsonl")
    assert (forgotten.exit_code, "continue it with --resume, or delete" in forgotten.stderr) == (2, True)
    refused = extract("run", "x.jsonl", "-o", "new/facts.jsonl", "--resume", "--fiscal-start", "4")
    assert (
        refused.exit_code,
        "had other options or another program (fiscal_start None, now 4)" in refused.stderr,
    ) == (
        2,
        True,
    )
    assert len(texts(Path("new/facts.jsonl").read_text())) == 16  # neither touched it
    assert extract("run", "x.jsonl", "-o", "new/facts.jsonl", "--resume").exit_code == 0
    assert texts(Path("new/facts.jsonl").read_text()) == [f"${n}" for n in range(30)]
    assert [path.name for path in Path("new").iterdir()] == ["facts.jsonl"]


def test_a_run_that_goes_on_has_the_currency_that_it_began_with(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch)
    extract("run", "x.jsonl", "-o", "facts.jsonl", "--convert-to", "EUR")
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))
    for options in (["--convert-to", "USD"], []):
        refused = extract("run", "x.jsonl", "-o", "facts.jsonl", "--resume", *options)
        assert (
            refused.exit_code,
            "had other options or another program (convert_to 'EUR, rates until" in refused.stderr,
        ) == (
            2,
            True,
        )
    assert extract("run", "x.jsonl", "-o", "facts.jsonl", "--resume", "--convert-to", "EUR").exit_code == 0
    assert len(texts(Path("facts.jsonl").read_text())) == 30
