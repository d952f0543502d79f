"""The pages of an evaluation and of what changed between two."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from extract.articles import Article
from extract.evaluate import as_data, as_row, changes, compare, comparison_as_data, details, score
from extract.records import Fact
from extract.view import comparison_page, evaluation_page
from extract.view.evaluation import _CASES
from tests.evaluate.build import fact
from tests.view.test_article import HOSTILE, Page

TEXT = "Acme <b>sold</b> $3 million, Bo $4 million."
ARTICLES = [Article(id=f"{n}.txt", text=TEXT) for n in range(3)]


def money(n: int, quote: str, amount: int, **values: Any) -> Fact:
    start = TEXT.index(quote)
    return fact(
        "money", start, start + len(quote), doc=f"{n}.txt", text=quote, amount=Decimal(amount), **values
    )


GOLD = [fact("entity", 0, 4, doc="0.txt", text="Acme"), *(money(n, "$3 million", 3000000) for n in range(3))]
FOUND = [
    fact("entity", 0, 4, doc="0.txt", text="Acme", label="PERSON"),
    money(0, "$3 million", 3000000),
    money(1, "$3 million", 3),
    money(2, "$4 million", 4000000),
]


def page_of(gold: list[Fact], found: list[Fact]) -> str:
    figures = score(gold, found)
    articles = {name: [as_row(one) for one in rows] for name, rows in figures.articles.items()}
    told = details(gold, found, ARTICLES)
    return evaluation_page(as_data(figures), told, articles=articles, title="Test", about=("3 articles",))


def test_every_error_is_there_with_what_it_can_be_filtered_by() -> None:
    page = Page(page_of(GOLD, FOUND))
    cases = [attrs for attrs in page.all("li") if "data-outcome" in attrs]
    assert [(c["data-kind"], c["data-outcome"], c["data-article"]) for c in cases] == [
        ("entity", "wrong", "0.txt"),
        ("money", "wrong", "1.txt"),
        ("money", "missed", "2.txt"),
        ("money", "false", "2.txt"),
    ]
    assert "amount" in (cases[1]["data-row"] or "").split("|")
    assert {"outcome", "kind", "article", "row"} <= {s["data-key"] for s in page.all("select")}
    assert "Acme <b>sold</b> " in page.text


def test_scores_have_their_intervals_and_labels_their_confusion() -> None:
    figures = score(GOLD, FOUND)
    (found,) = (one for one in as_data(figures)["scores"] if (one["kind"], one["row"]) == ("money", "found"))
    low, high = found["f1_interval"]
    page = page_of(GOLD, FOUND)
    assert f"{100 * low:.1f} to {100 * high:.1f}" in page
    matrix = page[page.index('<table class="matrix">') :]
    assert re.search(r'<th scope="row">ORG</th><td class="figure off heat5">1</td>', matrix)


def test_text_from_records_and_gold_is_inert() -> None:
    hostile = [replace(one, source=replace(one.source, text=HOSTILE, rule=HOSTILE)) for one in FOUND]
    page = Page(page_of(GOLD, hostile))
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert HOSTILE in page.text


def test_a_page_has_an_end() -> None:
    many = [fact("money", n, n + 1, doc="0.txt", amount=Decimal(n)) for n in range(_CASES + 5)]
    long = [Article(id="0.txt", text="x" * (_CASES + 5))]
    page = evaluation_page({"scores": [], "labels": {}}, details(many, [], long), articles={}, title="Many")
    assert page.count("data-outcome=") == _CASES
    assert "5 more are not on this page" in page


def test_nothing_to_show_is_said() -> None:
    page = page_of(GOLD, GOLD)
    assert "There are none." in page
    assert "data-outcome=" not in page


def test_what_changed_is_shown_with_both_systems() -> None:
    rows = comparison_as_data(compare(score(GOLD, FOUND), score(GOLD, GOLD)))["differences"]
    cases = changes(GOLD, FOUND, GOLD, ARTICLES)
    page = comparison_page(rows, cases, names=("old <1>", "new"), title="Changes")
    parsed = Page(page)
    assert [one["data-change"] for one in parsed.all("li")] == ["fixed"] * 4
    assert "old <1>" in parsed.text
    assert "wrong → right" in parsed.text
    assert re.search(r'<td class="figure ?" data-value="0.3333"><b>\+33.3</b>', page)
