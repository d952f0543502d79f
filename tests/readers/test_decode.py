from __future__ import annotations

import codecs
import random

import pytest

from extract.errors import ArticleError
from extract.readers.decode import decode

TEXT = "Société Générale’s profit – up 5% – rose to €3 billion.\r\nThe café in São Paulo did well, too.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_unicode_comes_without_a_warning(data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert decode(data, "a.txt") == TEXT
    assert not caplog.records


@pytest.mark.parametrize("before", [0, 2_000_000])
def test_another_encoding_is_guessed_with_a_warning(before: int, caplog: pytest.LogCaptureFixture) -> None:
    text = "x" * before + TEXT
    assert decode(text.encode("cp1252"), "a.txt") == text
    assert "a.txt: not UTF-8, read as cp1252" in caplog.text
    assert "% sure" in caplog.text


def test_a_far_encoding_is_guessed() -> None:
    text = "Компания сообщила о росте прибыли на пять процентов. " * 5
    assert decode(text.encode("cp1251"), "a.txt") == text


def test_a_declared_encoding_is_taken() -> None:
    assert decode("Łódź".encode("iso8859-2"), "a.html", declared="iso-8859-2") == "Łódź"
    assert decode("Łódź".encode(), "a.html", declared="no-such-encoding") == "Łódź"


def _noise(lowest: int) -> bytes:
    dice = random.Random(7)
    return bytes(dice.randrange(lowest, 256) for _ in range(5000))


@pytest.mark.parametrize(
    "data",
    [
        _noise(0),
        _noise(1),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"text\x00text",
        TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"odd" + b"\x00\xd8" * 3,
    ],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.txt: is binary data, not text; give a text file"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n", "\u3000".encode()]
)
def test_empty(data: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.txt: is empty"):
        decode(data, "a.txt")
