"""The plain text that the rules read, and how what they find is told in the letters of the article."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import extract
from extract import Article
from extract.normalized_text import NormalizedText
from extract.records import Growth, Money


def plain(text: str) -> str:
    return NormalizedText.from_article(Article(id="a", text=text)).plain.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose 5\u00a0per cent", "rose 5 per cent"),
        ("cost 10\u202f500 yen, 1\u2009200\u2009000 won", "cost 10\u00a0500 yen, 1\u00a0200\u00a0000 won"),
        ("a 5\u2011year low, 3\u20104 metres", "a 5-year low, 3-4 metres"),
        ("＄５．２ billion, ￥100, 12％", "$5.2 billion, ¥100, 12%"),
        ("pro\u00adduc\u00adtion\u200b fell\ufeff", "production fell"),
        ("One.\r\n\r\nTwo.\rThree.\u2028Four.", "One.\n\nTwo.\nThree.\nFour."),
        ("Kenya´s 1⁄2 ― no", "Kenya’s 1/2 — no"),
        ("It’s “plain” – $5-6, £3½ − naïve 東京", "It’s “plain” – $5-6, £3½ − naïve 東京"),
        ("", ""),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert plain(text) == expected


PARAGRAPH = (
    "Shipments of polymers from Zakamye rose by 5.5 percent to 71.6 million euros in the third-quarter "
    "of the year, it said on Monday, and its net income was 12 million euros after a loss of 3 million."
)


@pytest.mark.parametrize("width", [60, 72, 80, 95])
def test_lines_of_wrapped_text_are_joined(width: int) -> None:
    wrapped = "\n\n".join([textwrap.fill(PARAGRAPH, width)] * 2)
    assert plain(wrapped) == f"{PARAGRAPH}\n\n{PARAGRAPH}"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["Shares of the Zakamye polymer plant rise to a record on Monday's results"] * 6),
        "\n".join(f"- {n} million euros went to the regions that were flooded in 202{n}" for n in range(6)),
        f"{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}",
        "LONDON\nShares\nrose\nby five\npercent\n",
        "First Division\nFulham 3 Hull City 1\nTorquay 2\nAFC Wimbledon 2\nExeter 1",
    ],
    ids=["headlines", "list", "paragraphs", "short lines", "results"],
)
def test_other_lines_stay(text: str) -> None:
    assert plain(text) == text


WIRE = """    NEW YORK, March 2 - Showers continued all
week in the cocoa zone, easing the drought since early January
and improving prospects for the coming temporao, although it
has stayed rather dry - said Smith.
    The dry period means the temporao will be late this year.
    Arrivals for the week ended February 22 were 155,221 bags
of 60 kilos.
"""


def test_a_wire_shows_paragraphs_by_indents() -> None:
    first, second, third = plain(WIRE).rstrip().split("\n\n")
    assert first.startswith("NEW YORK, March 2 - Showers continued all week in the cocoa zone, easing the")
    assert first.endswith("stayed rather dry - said Smith.")
    assert second == "The dry period means the temporao will be late this year."
    assert third == "Arrivals for the week ended February 22 were 155,221 bags of 60 kilos."


@pytest.mark.parametrize(
    ("item", "joined"),
    [
        ("on Aug.\n22. In the quarter it fell", "on Aug. 22. In the quarter it fell"),
        ("on Aug.\n2. Boil the rice", "on Aug.\n2. Boil the rice"),
        ("tea—\nand milk", "tea—and milk"),
        ("tea --\nand milk", "tea -- and milk"),
    ],
)
def test_what_begins_and_ends_lines_of_wrapped_text(item: str, joined: str) -> None:
    wrapped = "\n\n".join(["1. Wash the rice", textwrap.fill(PARAGRAPH, 70), f"{'x' * 62} {item}"])
    assert plain(wrapped) == "\n\n".join(["1. Wash the rice", PARAGRAPH, f"{'x' * 62} {joined}"])


def test_items_of_a_list_hang() -> None:
    paragraph = textwrap.fill(PARAGRAPH, 70)
    items = [f"- {PARAGRAPH}", f"- {PARAGRAPH}"]
    wrapped = "\n".join(textwrap.fill(item, 70, subsequent_indent="  ") for item in items)
    assert plain(f"{paragraph}\n\n{wrapped}") == "\n\n".join([PARAGRAPH, "\n".join(items)])


def test_what_needs_nothing_is_read_as_it_is() -> None:
    article = Article(id="a", text="“Fine” – said he.")
    normalized = NormalizedText.from_article(article)
    assert normalized.plain is article


@given(st.text(st.sampled_from("a5 \n\r\u00a0\u00ad\u2011-％\u200b")))
def test_offsets_go_back_to_the_same_letters(text: str) -> None:
    normalized = NormalizedText.from_article(Article(id="a", text=text))
    for at, letter in enumerate(normalized.plain.text):
        start, end = normalized.span(at, at + 1)
        assert end == start + 1
        assert plain(text[start]) in (letter, "\n")


def test_records_quote_the_article(nlp: Language) -> None:
    text = "Cold\u00adchain\u2011food sales rose 5.5\u00a0per\u00adcent to €71.6\u202fmillion."
    facts = extract.facts(nlp, Article(id="a", text=text))
    (money,) = (fact for fact in facts if isinstance(fact, Money))
    (growth,) = (fact for fact in facts if isinstance(fact, Growth))
    assert (money.text, str(money.amount)) == ("€71.6\u202fmillion", "71600000.0")
    assert growth.text == "5.5\u00a0per\u00adcent"
    assert growth.metric == text[growth.metric_start : growth.metric_end] == "Cold\u00adchain\u2011food sales"
    assert (growth.source.sentence_start, growth.source.sentence_end) == (0, len(text))
