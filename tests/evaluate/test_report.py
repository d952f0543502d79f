from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from extract.articles import Article
from extract.errors import OptionError
from extract.evaluate import (
    as_data,
    compare,
    comparison_as_data,
    errors,
    markdown,
    render,
    render_comparison,
    score,
    write_articles,
)
from extract.records import Fact
from tests.evaluate.build import fact

TEXT = "Acme sold shares for $3 million\nand bonds for $4 million in [2024] after B paid $5 million."
ARTICLE = Article(id="a.txt", text=TEXT)


def money(text: str, amount: int, **values: object) -> Fact:
    start = TEXT.index(text)
    return fact("money", start, start + len(text), text=text, amount=Decimal(amount), **values)  # type: ignore[arg-type]


GOLD = [fact("entity", 0, 4, text="Acme"), money("$3 million", 3000000), money("$4 million", 4000000)]
FOUND = [money("$3 million", 3000000), money("$4 million", 4, per="year"), money("$5 million", 5000000)]


def test_every_error_stands_in_its_context() -> None:
    missed, wrong, false = errors(GOLD, FOUND, [ARTICLE])
    assert missed.splitlines() == [
        "MISSED entity a.txt:0",
        "    [[Acme]] sold shares for $3 million and bonds for $4 million in [202",
        "    gold  text='Acme' label='ORG' name='Acme' country=-",
    ]
    assert wrong.splitlines() == [
        "WRONG money a.txt:46 (scale, amount, amount+currency, per, all fields)",
        "    Acme sold shares for $3 million and bonds for [[$4 million]] in [2024] after B paid $5 million.",
        "    gold  amount='4000000' per=-",
        "    got   amount='4' per='year'  [test.rule]",
    ]
    assert false.startswith("FALSE money a.txt:80\n")


def test_errors_of_one_kind() -> None:
    assert [error.split()[0] for error in errors(GOLD, FOUND, [ARTICLE], kind="money")] == ["WRONG", "FALSE"]


def test_no_errors() -> None:
    assert list(errors(GOLD, GOLD, [ARTICLE])) == []


def test_the_tables_tell_every_row_and_label() -> None:
    console = Console(width=120, file=io.StringIO())
    figures = score(GOLD, FOUND)
    console.print(render(figures))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(s.row in text for s in figures.scores)
    assert "66.7" in text
    assert "missed" in text


def test_intervals_stand_beside_the_scores() -> None:
    gold = [fact("money", 0, 5, doc=f"{n}.txt") for n in range(20)]
    figures = score(gold, gold[:15])
    first = as_data(figures)["scores"][0]
    assert first["recall_interval"][0] < first["recall"] == 0.75 < first["recall_interval"][1]
    assert first["precision_interval"] == [1, 1]
    low, high = (f"{100 * share:.1f}" for share in first["f1_interval"])
    assert f"| money | found | 85.7 | {low} to {high} | 100.0 | 75.0 | 20 | 15 |" in markdown(figures)


def test_the_scores_of_articles_add_up(tmp_path: Path) -> None:
    gold = [fact("money", 0, 5, doc=f"{n % 3}.txt") for n in range(3)] + GOLD
    figures = score(gold, FOUND)
    write_articles(figures, tmp_path / "by.csv")
    with (tmp_path / "by.csv").open() as file:
        lines = list(csv.DictReader(file))
    for one in figures.scores:
        mine = [line for line in lines if (line["kind"], line["row"]) == (one.kind, one.row)]
        for name in ("hits", "gold", "found"):
            assert sum(int(line[name]) for line in mine) == getattr(one, name)
    with pytest.raises(OptionError, match="cannot be written"):
        write_articles(figures, tmp_path / "no" / "by.csv")
    before = (tmp_path / "by.csv").read_bytes()
    write_articles(figures, tmp_path / "by.csv")
    assert (tmp_path / "by.csv").read_bytes() == before
    (tmp_path / "notes.txt").write_text("mine\n")
    with pytest.raises(OptionError, match="holds something else than scores of articles; name a new file"):
        write_articles(figures, tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "mine\n"


def test_a_comparison_names_both_and_marks_chance() -> None:
    gold = [fact("money", 0, 5, doc=f"{n}.txt") for n in range(20)]
    differences = compare(score(gold, gold), score(gold, gold[:5]))
    console = Console(width=120, file=io.StringIO())
    console.print(render_comparison(differences, ("new.jsonl", "old.jsonl")))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "A is new.jsonl, B is old.jsonl" in text
    assert "-60.0" in text
    (one, *_) = comparison_as_data(differences)["differences"]
    assert (one["f1"], one["difference"], one["p"] < 0.001) == ([1, 0.4], -0.6, True)


def test_the_data_is_json() -> None:
    data = json.loads(json.dumps(as_data(score(GOLD, FOUND))))
    rows = {(entry["kind"], entry["row"]): entry for entry in data["scores"]}
    assert rows["money", "found"] == {
        "kind": "money",
        "row": "found",
        "precision": 0.6667,
        "recall": 1.0,
        "f1": 0.8,
        "hits": 2,
        "gold": 2,
        "found": 3,
        "precision_interval": None,  # of one article there is none
        "recall_interval": None,
        "f1_interval": None,
    }
    assert data["labels"] == {"ORG": {"missed": 1}}
