"""Pieces of text that a page sets apart for the eye alone."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from extract.readers import Options
from extract.readers.files import File
from extract.readers.html import read
from extract.readers.markup import plain


def text(html: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"<br/>", "|", plain(html)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("paid $45<sup>1</sup> million", "paid $45 million"),
        ('paid $45<sup class="ref"><a href="#fn1">1</a></sup> million', "paid $45 million"),
        ("rose 3%<sup>[2]</sup> in May", "rose 3% in May"),
        ("rose 3%<sup>2,3</sup> in May", "rose 3% in May"),
        ("sold 7<sup>*</sup> and 9<SUP>†</SUP> of 12<sup>a</sup>", "sold 7 and 9 of 12"),
        ("2 km<sup>2</sup>, 5 m<sup>3</sup> and 3 ft<sup>2</sup>", "2 km², 5 m³ and 3 ft²"),
        ("10<sup>6</sup> cells", "10^6 cells"),
        ("$10<sup>6</sup> million", "$10 million"),
        ("the 1<sup>st</sup> and 22<sup>nd</sup> of May", "the 1st and 22nd of May"),
        ("Acme<sup>TM</sup> tea", "AcmeTM tea"),
        ("x<sup>1", "x1"),
    ],
)
def test_superscripts(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<strong>REUTERS</strong>The UK grew", "REUTERS|The UK grew"),
        ('<span class="credit">AFP</span><span>Growth slowed</span>', "AFP|Growth slowed"),
        ("<em>By Ana Smith</em><b>London</b> rain", "By Ana Smith|London rain"),
        ("<em>By Ana Smith</em><b>LONDON</b> rain", "By Ana Smith|LONDON rain"),
        ("<b>It rained.</b>The sun came", "It rained.|The sun came"),
        ("<b>“It rained.”</b><i>He left</i>", "“It rained.”|He left"),
        ('<span class="drop">T</span>HE UK grew', "THE UK grew"),
        ("<b>T</b>he UK grew", "The UK grew"),
        ("<b>Mc</b>Donald and e<b>Bay</b>", "McDonald and eBay"),
        ("the <b>UK</b> grew, <a>Reuters</a> said", "the UK grew, Reuters said"),
        ("the <b>Bank</b>’s rate, <b>re</b>open", "the Bank’s rate, reopen"),
        ("Tea<i>Cups</i>", "TeaCups"),
    ],
)
def test_glued_pieces(html: str, expected: str) -> None:
    assert text(html) == expected


def test_a_page_is_read_so(tmp_path: Path) -> None:
    lines = "<p>The port of Varna handled more grain in May than in April, the harbour master said.</p>" * 4
    page = tmp_path / "a.html"
    body = "<p><b>REUTERS</b>The UK paid $45<sup>1</sup> million for ships in the month of May.</p>"
    page.write_text(f"<html><body><article><h1>Ships</h1>{body}{lines}</article></body></html>", "utf-8")
    (item,) = read(File(path=str(page), id="a"), Options())
    assert "REUTERS\nThe UK paid $45 million for ships" in item.article().text


@pytest.mark.parametrize("piece", ["<b>", "</b>", "<sup>", "<sup>1", "A</b>"])
def test_any_page_is_read_in_linear_time(piece: str) -> None:
    began = time.process_time()
    plain(piece * 50_000)
    assert time.process_time() - began < 5
