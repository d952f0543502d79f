"""`extract evaluate`, `draft` and `agree`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import Extract, read_articles


@pytest.fixture
def _gold() -> None:
    Path("gold").mkdir()
    entry = '[[money]]\ntext = "${}"\namount = {}\ncurrency = "USD"\n'
    Path("gold/a.toml").write_text(entry.format(5, 5) + entry.format(6, 7))
    Path("gold/b.toml").write_text(entry.format(8, 8))


@pytest.mark.usefixtures("_gold")
def test_evaluate(extract: Extract) -> None:
    table = extract("evaluate", "--corpus", "news", "--errors")
    assert table.exit_code == 0
    assert table.stdout.startswith("WRONG money a.txt:14")
    assert "Scores in per cent" in table.stdout
    data = json.loads(extract("evaluate", "--corpus", "news", "--json").stdout)
    (amount,) = (s for s in data["scores"] if (s["kind"], s["row"]) == ("money", "amount"))
    assert (amount["hits"], amount["gold"], amount["found"]) == (2, 3, 3)
    Path("gold/b.toml").unlink()
    assert extract("evaluate", "--corpus", "news").stderr == "skipped, no gold: b.md\n"


@pytest.mark.usefixtures("_gold")
def test_evaluate_records(extract: Extract) -> None:
    for output in ("facts.jsonl", "facts.parquet", "facts.csv"):
        assert extract("run", "news", "--kind", "money", "-o", output).exit_code == 0
    assert extract("run", "news", "--format", "csv", "-o", "tables").exit_code == 0
    scored = [
        json.loads(extract("evaluate", "--corpus", "news", "--records", path, "--json").stdout)["scores"]
        for path in ("facts.jsonl", "facts.parquet", "facts.csv", "tables")
    ]
    money = [[s for s in scores if s["kind"] == "money"] for scores in scored]
    assert money[0][0]["hits"] == 3
    assert money[1:] == money[:1] * 3
    result = extract("evaluate", "--corpus", "news", "--records", "facts.csv", "--per-article", "by.csv")
    assert result.exit_code == 0
    assert "95 %" in result.stdout
    assert Path("by.csv").read_text().splitlines()[:2] == [
        "doc_id,kind,row,precision,recall,f1,hits,gold,found",
        "a.txt,money,found,1.0,1.0,1.0,2,2,2",
    ]
    markdown = extract("evaluate", "--corpus", "news", "--records", "facts.csv", "--markdown").stdout
    assert markdown.startswith("| kind | row | F1 | 95 % | P | R | gold | found |\n")


@pytest.mark.usefixtures("_gold")
def test_evaluate_tells_what_does_not_fit(extract: Extract) -> None:
    records = [
        {"doc_id": "b.md", "kind": "money", "start": 10, "end": 12, "text": "$8", "amount": 8},
        {"doc_id": "elsewhere/b.md", "kind": "money", "start": 10, "end": 12, "text": "$8", "amount": 8},
        {"doc_id": "elsewhere/a.txt", "kind": "money", "start": 8, "end": 10, "text": "$5", "amount": 5},
        {"doc_id": "a.txt", "kind": "Money", "start": 8, "end": 10},
        {"doc_id": "b.md", "kind": "money", "start": 0, "end": 3, "text": "$8", "amount": "8.5"},
        {"doc_id": "x.txt", "kind": "money", "start": 0, "end": 3},
    ]
    Path("other.jsonl").write_text("\n".join(map(json.dumps, records)))
    result = extract("evaluate", "--corpus", "news", "--records", "other.jsonl", "--json")
    found = json.loads(result.stdout)["scores"][0]
    assert (found["row"], found["hits"], found["found"]) == ("found", 2, 3)
    assert result.stderr.splitlines() == [
        "other.jsonl: skipped, no such articles: x.txt",
        "other.jsonl: skipped, several articles have this name: elsewhere/b.md; "
        "use the ids of the articles as doc_id",
        "other.jsonl: 1 documents were matched to articles by file name, not by id",
        "other.jsonl: skipped: 1 records of unknown kinds, Money; "
        "known kinds are entity date money quantity growth",
        "other.jsonl: 1 records have a text that differs from the article at their offsets; "
        "offsets count Unicode code points of the article's text",
    ]


def test_draft(extract: Extract) -> None:
    Path("gold").mkdir()
    draft = extract("draft", "news/a.txt", "-o", "gold/a.toml")
    assert (draft.exit_code, draft.stdout) == (0, "")
    assert draft.stderr == "gold/a.toml: compare it with news/a.txt, correct it, then remove `draft = true`\n"
    refused = extract("evaluate", "--corpus", "news")
    assert refused.exit_code == 1
    assert "gold/a.toml: is a draft; read it against the article" in refused.stderr
    content = Path("gold/a.toml").read_text()
    assert extract("draft", "news/a.txt").stdout == content
    Path("gold/a.toml").write_text(content.replace("draft = true\n", ""))
    scores = json.loads(extract("evaluate", "--corpus", "news", "--json").stdout)["scores"]
    assert scores
    assert all(score["f1"] == 1 for score in scores)
    assert "already exists" in extract("draft", "news/a.txt", "-o", "gold/a.toml").stderr
    assert "contains 2 articles" in extract("draft", "news").stderr
    assert "cannot be written" in extract("draft", "news/a.txt", "-o", "no/a.toml").stderr


@pytest.mark.usefixtures("_gold")
def test_agree(extract: Extract) -> None:
    Path("other").mkdir()
    Path("other/a.toml").write_text('[[money]]\ntext = "$5"\namount = 5\ncurrency = "USD"\n')
    result = extract("agree", "gold", "other", "--corpus", "news", "--errors")
    assert result.exit_code == 0
    assert result.stderr == "skipped, only one has gold for them: b.md\n"
    assert result.stdout.startswith("MISSED money a.txt:14")
    assert "Agreement in per cent" in result.stdout
    found, *_ = json.loads(extract("agree", "gold", "other", "--corpus", "news", "--json").stdout)["scores"]
    assert (found["hits"], found["gold"], found["found"]) == (1, 2, 1)


def test_gold_of_another_format(extract: Extract) -> None:
    labels = [[9, 11, "MONEY"], [0, 3, "FOOD"], [4, 8, "PET"]]
    Path("set.jsonl").write_text(json.dumps({"id": "x", "text": "Ann paid $5.", "label": labels}))
    said = ("evaluate", "--gold", "set.jsonl", "--gold-format", "doccano")
    result = extract(*said, "--json")
    assert result.stderr == "skipped: 2 spans with unknown labels FOOD, PET\n"
    found, *_ = json.loads(result.stdout)["scores"]
    assert (found["kind"], found["row"], found["hits"]) == ("money", "found", 1)
    assert "--gold-format cannot be combined with --gate; remove one" in extract(*said, "--gate").stderr
    assert "remove --errors" in extract("evaluate", "--gold-format", "newsquant", "--errors").stderr


@pytest.mark.usefixtures("_gold")
def test_compare(extract: Extract) -> None:
    assert extract("run", "news", "-o", "a.jsonl").exit_code == 0
    Path("b.jsonl").write_text("")
    result = extract("evaluate", "--corpus", "news", "--compare", "a.jsonl", "b.jsonl")
    assert result.exit_code == 0
    assert "F1 in per cent: A is a.jsonl, B is b.jsonl" in result.stdout
    data = json.loads(
        extract("evaluate", "--corpus", "news", "--compare", "a.jsonl", "b.jsonl", "--json").stdout
    )
    first = data["differences"][0]
    assert (first["row"], first["f1"], first["difference"]) == ("found", [1.0, 0.0], -1.0)


@pytest.mark.usefixtures("_gold")
def test_pages_of_scores_and_of_changes(extract: Extract) -> None:
    assert extract("run", "news", "-o", "a.jsonl").exit_code == 0
    Path("b.jsonl").write_text("")
    to_page = extract("evaluate", "--corpus", "news", "--html", "scores.html")
    assert "Scores in per cent" in to_page.stdout
    assert Path("scores.html").read_text().count('data-outcome="wrong"') == 1
    changed = extract("evaluate", "--corpus", "news", "--compare", "a.jsonl", "b.jsonl", "--html", "-")
    assert changed.stdout.startswith("<!doctype html>")
    assert changed.stdout.count('data-change="broken"') == 2
    refused = extract("evaluate", "--corpus", "news", "--html", "news/a.txt")
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            "--compare a b --errors --model x",
            "--compare cannot be combined with --model --errors; remove one",
        ),
        ("--records a --model x", "--records cannot be combined with --model; remove one"),
        ("--records a --fiscal-start 4", "--records cannot be combined with --fiscal-start; remove one"),
        ("--records a --update-floors", "--records cannot be combined with --update-floors; remove one"),
        ("--json --markdown", "--json cannot be combined with --markdown; remove one"),
        ("--gate --update-floors", "--gate cannot be combined with --update-floors; remove one"),
        ("--allow-lower", "--allow-lower requires --update-floors; add it"),
        ("--kind bogus", "'bogus' is not one of 'entity', 'date', 'money', 'quantity', 'growth'"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(extract: Extract, options: str, told: str) -> None:
    result = extract("evaluate", "--corpus", "news", *options.split())
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.usefixtures("_gold")
def test_errors_are_part_of_the_json(extract: Extract) -> None:
    Path("other").mkdir()
    Path("other/a.toml").write_text('[[money]]\ntext = "$5"\namount = 5\ncurrency = "USD"\n')
    for command in (("evaluate",), ("agree", "gold", "other")):
        data = json.loads(extract(*command, "--corpus", "news", "--errors", "--json").stdout)
        assert [" money a.txt:14" in error for error in data["errors"]] == [True]
        assert "errors" not in json.loads(extract(*command, "--corpus", "news", "--json").stdout)


@pytest.mark.usefixtures("_gold")
def test_scores_of_articles_replace_no_other_file(extract: Extract) -> None:
    before = Path("gold/a.toml").read_text()
    result = extract("evaluate", "--corpus", "news", "--per-article", "gold/a.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert Path("gold/a.toml").read_text() == before


@pytest.mark.usefixtures("_gold")
def test_the_gate(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    assert extract("evaluate", "--corpus", "news", "--gate").exit_code == 1
    assert extract("evaluate", "--corpus", "news", "--update-floors").exit_code == 0
    assert extract("evaluate", "--corpus", "news", "--gate").exit_code == 0
    read_articles(monkeypatch)
    fallen = extract("evaluate", "--corpus", "news", "--gate")
    assert fallen.exit_code == 1
    assert "is below its floor" in fallen.stderr
    assert extract("evaluate", "--corpus", "news", "--update-floors").exit_code == 1
    assert extract("evaluate", "--corpus", "news", "--update-floors", "--allow-lower").exit_code == 0


def test_evaluate_refuses_what_it_cannot_trust(extract: Extract) -> None:
    missing = extract("evaluate", "--corpus", "news")
    assert missing.exit_code == 1
    assert "gold: holds no gold of any of these articles; name its files after theirs" in missing.stderr
    Path("news/empty.txt").write_text("")
    assert "news/empty.txt: is empty" in extract("evaluate", "--corpus", "news").stderr
