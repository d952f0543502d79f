from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options
from extract.readers.files import File
from extract.readers.text import KEYS, read, split

# What a text file may hold: no half surrogates, no control characters (those make it a binary file).
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t")
TEXTS = st.text(CHARACTERS).filter(lambda text: text.strip() and not text.startswith(("\ufeff", "---")))
VALUES = st.text(st.characters(exclude_categories=["C", "Z"])).filter(lambda v: v[:1] not in ("'", '"'))
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])


def article_of(path: Path) -> Article:
    (item,) = read(File(path=str(path), id=path.name), Options())
    assert isinstance(item, Article)
    return item


@given(text=TEXTS, mark=st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_any_text_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, text: str, mark: bytes
) -> None:
    path = tmp_path_factory.mktemp("texts") / "a.txt"
    path.write_bytes(mark + text.encode())
    assert article_of(path).text == text


@example(fields={"date": ""}, text="\n", newline="\r")
@given(
    fields=st.dictionaries(st.sampled_from(sorted(KEYS)), VALUES, min_size=1),
    text=st.text(),
    newline=NEWLINES,
)
def test_a_header_is_cut_off_and_nothing_else(fields: dict[str, str], text: str, newline: str) -> None:
    lines = ["---", *(f"{key}: {value}" for key, value in fields.items()), "---", text]
    if newline == "\r":  # which is one end of a line with the line feed that follows it
        text = text.removeprefix("\n")
    assert split(newline.join(lines)) == (fields, text)


@given(text=st.text())
def test_split_loses_nothing(text: str) -> None:
    fields, rest = split(text)
    assert text.endswith(rest)
    assert fields or rest == text


def test_header(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(
        b"---\r\ntitle: 'Exports: a record'\r\nDate: 2024-06-09T08:00:00Z\r\nurl: https://example.org\r\n"
        b"topic: trade\r\n---\r\n\r\nExports\r\nsoared.\r\n"
    )
    article = article_of(path)
    assert article.title == "Exports: a record"
    assert str(article.published) == "2024-06-09"
    assert (article.source, article.url) == (None, "https://example.org")
    assert article.text == "\r\nExports\r\nsoared.\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: never closed\n\nText.",
        "---\ntitle: not only keys\nSome prose here.\n---\nText.",
        "---\nBreaking: none of our keys\n---\nText.",
        "---\n---\nText.",
        " ---\ntitle: indented\n---\nText.",
        "Text.\n---\ntitle: not at the start\n---\n",
    ],
)
def test_what_is_no_header_stays_text(text: str) -> None:
    assert split(text) == ({}, text)


def test_a_long_unclosed_header_takes_linear_time() -> None:
    text = "---\n" + "title: x\n" * 200_000
    assert split(text) == ({}, text)


def test_header_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text, reason in [
        ("---\ndate: yesterday\n---\nText.", "'yesterday' is not a date"),
        ("---\ntitle: T\n---\n  \n", "no text"),
    ]:
        path.write_text(text)
        with pytest.raises(ArticleError, match=reason):
            article_of(path)


def test_an_empty_date_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("---\ntitle: T\ndate:\n---\nText.")
    assert article_of(path).published is None
