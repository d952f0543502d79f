"""The same sentences give the same facts: in one article or alone, as text or web page, however they are set.

Of a growth claim only what its own sentence says is compared; metric and times may come from the one before.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

import extract
from extract import Article
from extract.pipeline import facts_of_many
from extract.readers import Options, find
from extract.readers import read as read_files
from extract.records import Fact, Money, row
from extract.run import in_process, pipeline_loader, run
from extract.run.workers import Workers

CORPUS = Path(__file__).parents[1] / "corpus"
FIELDS = {
    "money": ("amount", "amount_max", "currency", "currency_source", "modifier", "per"),
    "quantity": ("amount", "amount_max", "unit", "modifier", "per"),
    "date": ("timex_type", "value", "mod", "date_start", "date_end"),
    "growth": (
        "direction",
        "change_value",
        "change_max",
        "change_unit",
        "from_value",
        "to_value",
        "status",
        "check",
    ),
}
Told = tuple[object, ...]


def articles_in(*paths: Path) -> list[Article]:
    files = find([str(path) for path in paths], ids="name")
    return [item for item in read_files(files, Options()) if isinstance(item, Article)]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [item for item in articles_in(CORPUS) if not item.id.endswith(".html")][::3]


def told(facts: Iterable[Fact]) -> list[Told]:
    """What facts say, without where they stand and how their letters are set."""
    return [
        (fact.kind, plain(fact.text), *(row(fact)[name] for name in FIELDS[fact.kind]))
        for fact in facts
        if fact.kind in FIELDS
    ]


def plain(words: str) -> str:
    same = str.maketrans({"\u2011": "-", "—": "-", "“": '"', "”": '"', "’": "'", "\u00ad": None})
    return " ".join(words.translate(same).replace(" - ", "-").split())


def wrapped(text: str) -> str:
    """Paragraphs in lines of 72 letters; those with lines of their own, such as lists, as they are."""
    return "\n\n".join(
        textwrap.fill(p, 72, break_on_hyphens=False) if len(p) > 72 and "\n" not in p.strip() else p
        for p in re.split(r"\n\n+", text)
    )


SETTINGS: dict[str, Callable[[str], str]] = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "more empty lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "indented paragraphs": lambda text: re.sub(r"\n+", lambda ends: f"{ends[0]}   ", text),
    "lines of 72 letters": wrapped,
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "thin spaces before units": lambda text: re.sub(r"(?<=\d) (?=[^\W\d])", "\u2009", text),
    "hyphens that do not break": lambda text: re.sub(r"(?<=\w)-(?=\w)", "\u2011", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u00ad", text),
    "two spaces after a sentence": lambda text: re.sub(r"(?<=[.!?]) (?=[A-Z])", "  ", text),
    "straight quotes": lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    "curly quotes": lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text).replace("'", "’"),
    "dashes": lambda text: re.sub(r" [-–] ", " — ", text),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_however_the_text_is_set(nlp: Language, articles: list[Article], setting: str) -> None:
    place = list(SETTINGS).index(setting)
    for article in articles[place % 3 :: 3]:
        other = replace(article, text=SETTINGS[setting](article.text))
        assert told(extract.facts(nlp, other)) == told(extract.facts(nlp, article)), article.id


def test_as_a_web_page(nlp: Language, articles: list[Article], tmp_path: Path) -> None:
    for article in articles[::3]:
        paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in re.split(r"\n\s*\n", article.text.strip()))
        paragraphs = paragraphs.replace("\n", "<br>")
        page = tmp_path / "page.html"
        page.write_text(
            f"<html><body><article><h1>The news</h1>{paragraphs}</article></body></html>", "utf-8"
        )
        (read,) = articles_in(page)
        other = replace(article, text=read.text)
        assert sorted(map(str, told(extract.facts(nlp, other)))) == sorted(
            map(str, told(extract.facts(nlp, article)))
        ), article.id


def test_each_sentence_alone(nlp: Language, articles: list[Article]) -> None:
    """Amounts need nothing but their sentence, except for whose dollar it is, and pence, won and crowns."""
    for article in articles[::2]:
        facts = [fact for fact in extract.facts(nlp, article) if fact.kind in ("money", "quantity")]
        for span in sorted({(fact.source.sentence_start, fact.source.sentence_end) for fact in facts}):
            alone = replace(article, text=article.text[slice(*span)])
            there = [f for f in facts if (f.source.sentence_start, f.source.sentence_end) == span]
            here = [fact for fact in extract.facts(nlp, alone) if fact.kind in ("money", "quantity")]
            assert list(sure(here)) == list(sure(there)), (article.id, alone.text)


def sure(facts: Iterable[Fact]) -> Iterator[Told]:
    for fact in facts:
        if not fact.text.endswith(("p", "won", "crowns")):
            currency = fact.currency if isinstance(fact, Money) and fact.currency_source == "stated" else None
            told = {
                name: value
                for name, value in row(fact).items()
                if name in ("amount", "amount_max", "unit", "per")
            }
            yield (fact.kind, fact.text, currency, *told.values())


class Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def write(self, found: Iterable[tuple[Article, Iterable[Fact]]], /) -> None:
        self.facts.extend(fact for _, facts in found for fact in facts)


def test_between_other_articles_and_in_other_processes(nlp: Language, articles: list[Article]) -> None:
    some = articles[:6]
    alone = [fact for article in some for fact in extract.facts(nlp, article)]
    assert [fact for _, facts in facts_of_many(nlp, some) for fact in facts] == alone
    together, apart = Kept(), Kept()
    run(in_process(nlp), some, together, batch_size=4)
    run(Workers(pipeline_loader(), count=2), some, apart, batch_size=2)
    assert together.facts == alone
    assert apart.facts == alone
