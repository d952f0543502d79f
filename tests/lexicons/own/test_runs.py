"""`extract run` with rules: found, named, refused where they differ; in workers."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import extract
from extract import run as running
from extract.cli import main
from extract.errors import RulesError
from extract.lexicons.own import files

RULES = '[verbs]\nincrease = ["vroom"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Exports vroomed 5%.")
    Path("mine.toml").write_text(RULES)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def claims(result: Result) -> list[str]:
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    return [fact["rule"] for fact in facts if fact["kind"] == "growth"]


@pytest.mark.usefixtures("folder")
def test_rules_are_found_and_named() -> None:
    assert claims(run("run", "a.txt", "--rules", "mine.toml")) == ["growth.verb_size"]
    Path("extract.toml").write_text('include = ["mine.toml"]\n')
    Path("below").mkdir()
    result = run("run", "a.txt")
    assert claims(result) == ["growth.verb_size"]
    assert "extract.toml (" in result.stderr
    assert claims(run("run", "a.txt", "--no-rules")) == []
    assert run("run", "a.txt", "--no-rules", "--rules", "mine.toml").exit_code == 2


@pytest.mark.usefixtures("folder")
def test_a_run_with_other_rules_is_not_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = running.run

    def interrupted(*arguments: Any, **options: Any) -> running.Summary:
        summary = whole(*arguments, **options)
        summary.stopped_by = 2
        return summary

    monkeypatch.setattr(running, "run", interrupted)
    assert run("run", "a.txt", "-o", "facts.jsonl", "--rules", "mine.toml").exit_code == 130
    monkeypatch.setattr(running, "run", whole)
    for other in ("b.toml", "c.toml"):
        Path(other).write_text(RULES + ("remove = ['mushroom']\n" if other == "b.toml" else "# the same\n"))
    refused = run("run", "a.txt", "-o", "facts.jsonl", "--resume", "--rules", "b.toml")
    assert (refused.exit_code, "had other options or another program (rules" in refused.stderr) == (2, True)
    assert run("run", "a.txt", "-o", "facts.jsonl", "--resume", "--rules", "c.toml").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_what_workers_load() -> None:
    load = pickle.loads(pickle.dumps(running.pipeline_loader(rules=files.read(["mine.toml"]))))
    assert [fact.rule for fact in extract.facts(load(), "Exports vroomed 5%.")][-1] == "growth.verb_size"
    Path("mine.toml").write_text("[patterns.growth.x]\nmatch = '{nothing}'\nexamples = ['a']\n")
    load = pickle.loads(pickle.dumps(running.pipeline_loader(rules=files.read(["mine.toml"]))))
    with pytest.raises(RulesError, match=r"^mine\.toml:2:10: "):
        load()


@pytest.mark.usefixtures("folder")
def test_evaluation_against_floors_has_no_rules() -> None:
    assert (
        "--rules cannot be combined with --gate" in run("evaluate", "--rules", "mine.toml", "--gate").stderr
    )
