from __future__ import annotations

import io
import json
from decimal import Decimal

from rich.console import Console

from extract.articles import Article
from extract.evaluate import as_data, errors, render, score
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
    }
    assert data["labels"] == {"ORG": {"missed": 1}}
