"""The page of an article: complete, alone, and inert whatever the text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from extract.articles import Article
from extract.records import KINDS, Entity, Fact, columns
from extract.view import article_page, articles_page
from extract.view.article import _LONG, _paragraphs
from extract.view.packed import unpacked
from extract.view.pages import asset
from tests.samples import ARTICLE, FACTS, TEXT

HOSTILE = "<script>alert('1')</script>&\"'<img src=x onerror=alert(1)></textarea>{{ 7*7 }}"
UNSEEN = "\x1b[31m\x07\x9b\u202eevil\u2066\ud800\x00"


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text without scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[str] = []
        self.text = self._within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within not in ("script", "style"):
            self.text += data
        if self._within == "mark":
            self.marked.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def data(page: str) -> dict[str, Any]:
    """What the script of a page knows, its facts with names."""
    held = re.search(r'<script type="application/json" id="facts">(.*?)</script>', page, re.DOTALL)
    assert held
    known: dict[str, Any] = json.loads(held[1])
    return known | {"facts": unpacked(known)}


def hostile(text: str) -> tuple[Article, list[Fact]]:
    entity = FACTS[0]
    assert isinstance(entity, Entity)
    source = replace(entity.source, text=text, start=0, end=len(text), sentence=text, rule=text, doc_id=text)
    made = Article(id=text, text=text + " and more", title=text, source=text, author=text, url=text)
    return made, [replace(entity, source=source, name=text)]


def test_all_facts_are_marked_and_told_with_all_their_fields() -> None:
    page = article_page(ARTICLE, FACTS)
    assert Page(page).marked == [fact.text for fact in FACTS[:2]] + ["5.50%\nto", "€1,000", "3.9 tonnes"]
    known = data(page)
    assert [(one["kind"], TEXT[one["start"] : one["end"]]) for one in known["facts"]] == [
        (fact.kind, fact.text) for fact in sorted(FACTS, key=lambda f: f.start)
    ]
    for one in known["facts"]:
        assert {*one["values"]} <= {*known["columns"][one["kind"]]}
    assert all(
        set(known["columns"][kind]) == set(columns(KINDS[kind])[len(columns(Fact)) :]) for kind in KINDS
    )
    (money,) = (one for one in known["facts"] if one["kind"] == "money")
    assert money["values"] == {"amount": "1,000", "currency": "EUR"}
    assert money["rule"] == "money.symbol_amount"


def test_explanations_are_shown_where_there_are_some() -> None:
    steps = {(FACTS[0].doc_id, FACTS[0].fact_id): [("found", None, "it is <b>known</b>")]}
    with_steps = [one["steps"] for one in data(article_page(ARTICLE, FACTS, explanations=steps))["facts"]]
    assert with_steps == [[("found", "", "it is <b>known</b>")], [], [], [], []]


def test_a_page_asks_for_nothing() -> None:
    page = Page(article_page(replace(ARTICLE, url="https://example.com/a"), FACTS))
    assert not page.all("img") and not page.all("iframe")
    assert [link["href"] for link in page.all("link")] == ["data:,"]
    assert all("src" not in attrs for _, attrs in page.tags)
    code = (asset("style.css") + asset("article.js")).replace("http://www.w3.org/2000/svg", "")  # only a name
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|https?:", code)
    (policy,) = (m["content"] or "" for m in page.all("meta") if m.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    (link,) = (a for a in page.all("a") if (a["href"] or "").startswith("http"))
    assert link["rel"] == "noreferrer noopener"


def test_hostile_text_is_inert() -> None:
    page = article_page(*hostile(HOSTILE))
    tags = Page(page)
    assert len(tags.all("script")) == 3  # ours
    assert not tags.all("img")
    assert not any(name.startswith("on") for _, attrs in tags.tags for name in attrs)
    assert HOSTILE in tags.text
    assert "javascript:" not in article_page(replace(ARTICLE, url="javascript:alert(1)"), FACTS)


def test_what_cannot_be_seen_is_shown_as_a_sign() -> None:
    page = article_page(*hostile(UNSEEN))
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "␛[31m␇" in Page(page).text
    assert not re.search(r"\\u(?:202e|2066|d800|0000|001b)", page)


def test_a_page_is_small() -> None:
    assert len(article_page(Article(id="a", text=""), ()).encode()) < 60_000


def test_without_its_article_a_fact_is_shown_in_its_sentence() -> None:
    page = articles_page([(None, FACTS)])
    assert Page(page).marked[0] == "Müller AG"
    assert "is not available" in page
    assert TEXT.partition("5.50")[0].partition("9 June")[2] in page


def test_a_record_without_its_sentence_is_shown_at_its_place() -> None:
    bare = [
        replace(fact, source=replace(fact.source, sentence="", sentence_start=0, sentence_end=0))
        for fact in FACTS
    ]
    assert Page(articles_page([(None, bare)])).marked == Page(article_page(ARTICLE, FACTS)).marked


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\n \nTwo.\n\n\n",
        "word " * 3000,
        ("a line of words\n" * 900) + "\n\nlast",
        "\n\n\n",
        "x\n" + "y" * 9000 + "\n" + "z" * 9000,
    ],
)
def test_paragraphs_are_the_text_but_for_the_lines_between(text: str) -> None:
    blocks = list(_paragraphs(text))
    assert all(text[start : start + len(block)] == block for start, block in blocks)
    assert "".join("".join(block for _, block in blocks).split()) == "".join(text.split())
    assert all(len(block) <= _LONG or "\n" not in block.strip() for _, block in blocks)


def test_several_articles_have_their_own_offsets() -> None:
    other = replace(ARTICLE, id="b", title="Second")
    page = articles_page([(ARTICLE, FACTS), (other, FACTS)])
    assert [one["section"] for one in data(page)["facts"]] == [0] * 5 + [1] * 5
    assert '<h2 dir="auto">Second</h2>' in page
    assert '<th scope="col">article</th>' in page


def test_the_order_of_facts_makes_no_difference() -> None:
    assert article_page(ARTICLE, FACTS) == article_page(ARTICLE, reversed(FACTS))
