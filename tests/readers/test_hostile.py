"""Files that someone may well have: each costs itself alone, and the error names it and the remedy."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read

GOOD = "Sales rose by 5% to $3 million."
NOISE = bytes(range(256)) * 4
BINARY = "is not text but binary data; give a text file, saved as UTF-8"
EMPTY = "is empty; leave it out or fill it"
LARGE = "is larger than 32 MB; split it into articles"

# Name, content, and what is told of it.
BAD: dict[str, tuple[bytes, str]] = {
    **{f"binary{suffix}": (NOISE, BINARY) for suffix in (".txt", ".html", ".jsonl", ".csv")},
    **{
        f"empty{suffix}": (b"", EMPTY)
        for suffix in (".txt", ".html", ".jsonl", ".csv", ".txt.gz", ".txt.zst")
    },
    "binary.parquet": (NOISE, "is no Parquet file, or damaged"),
    "binary.warc": (NOISE, "is no WARC file"),
    "binary.txt.gz": (NOISE, "is damaged (not a gzipped file"),
    "binary.csv.zst": (NOISE, "is damaged ("),
    "blank.txt": (b" \n\t\n", EMPTY),
    "utf16_without_a_mark.txt": (GOOD.encode("utf-16-le"), BINARY),
    "utf16_without_a_mark.jsonl": (json.dumps({"text": GOOD}).encode("utf-16-le"), BINARY),
    "digits.jsonl": (
        b'{"text": ' + b"9" * 10_000 + b"}",
        " line 1: holds a number of too many digits; put it in",
    ),
    "nulls.txt": (b"Sales\0rose.", BINARY),
    "nulls.jsonl": (b'{"text": "Sales\\u0000rose."}', " line 1: holds a null character; remove it"),
    "cut.jsonl": (
        b'{"text": "Sales\n',
        " line 1: is not valid JSON (invalid control character at character 16)",
    ),
    "deep.html": (b"<div>" * 100_000, "no main text found in the page"),
    "large.txt": (b"x" * (2**25 + 1), LARGE),
    "large.html": (b"x" * (2**25 + 1), LARGE),
    "large.jsonl": (b'{"text": "' + b"x" * 2**25 + b'"}', " line 1: " + LARGE),
    "large.csv": (b"text\n" + b"x" * (2**25 + 1), " line 2: " + LARGE),
    "large.txt.gz": (gzip.compress(bytes(2**25 + 1), 1), LARGE),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(*paths: str) -> list[str]:
    """Texts of the articles and of the errors."""
    found = read(find(paths), Options())
    return [str(item) if isinstance(item, ArticleError) else item.text for item in found]


def test_each_costs_itself_alone() -> None:
    for name, (content, _) in BAD.items():
        Path(name).write_bytes(content)
    Path("zz.txt").write_text(GOOD)
    *errors, good = told(".")
    assert good == GOOD
    assert len(errors) == len(BAD)
    for error, (name, (_, message)) in zip(errors, sorted(BAD.items()), strict=True):
        assert error.startswith((f"{name}: {message}", f"{name}{message}"))


def test_what_comes_after_a_line_that_is_too_long() -> None:
    large = json.dumps({"text": "x" * 2**25})
    Path("a.jsonl").write_text(f"{large}\n" + json.dumps({"text": GOOD}))
    assert told("a.jsonl") == [f"a.jsonl line 1: {LARGE}", GOOD]


def test_what_is_no_file() -> None:
    os.mkfifo("pipe.jsonl")
    Path("gone.txt").symlink_to("nowhere.txt")
    Path("loop.txt").symlink_to("loop.txt")
    Path("folder.txt").mkdir()
    Path("folder.txt/again").symlink_to("..")
    Path("folder.txt/a.txt").write_text(GOOD)
    expected = [
        GOOD,
        "gone.txt: cannot be read (no such file or directory); check the path",
        "loop.txt: cannot be read (too many levels of symbolic links); check the path",
        "pipe.jsonl: is no file but a pipe or device; give what it holds to standard input, `-`",
    ]
    assert told(".") == expected
    assert told("folder.txt", "gone.txt", "loop.txt", "pipe.jsonl") == [
        GOOD,
        "gone.txt: cannot be read (no such file or directory); check the path",
        *expected[2:],
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permissions() -> None:
    Path("a.txt").write_text(GOOD)
    Path("a.txt").chmod(0)
    assert told("a.txt") == ["a.txt: cannot be read (permission denied); check its permissions"]


def test_names_that_lead_elsewhere_are_names() -> None:
    Path("sub").mkdir()
    Path("a.txt").write_text(GOOD)
    Path("b.jsonl").write_text(json.dumps({"id": "../../etc/passwd", "text": GOOD}))
    names = [
        item.id for item in read(find(["sub/../a.txt", "b.jsonl"]), Options()) if isinstance(item, Article)
    ]
    assert names == ["a.txt", "../../etc/passwd"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-32", "utf-8-sig"])
def test_encodings(encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    text = "“Café Müller” said sales rose 5% – to £3 million, naïvely."
    Path("a.txt").write_bytes(text.encode(encoding))
    Path("b.jsonl").write_bytes(json.dumps({"text": text}, ensure_ascii=False).encode(encoding))
    Path("c.tsv").write_bytes(f"id\ttext\n1\t{text[14:]}\n".encode(encoding))
    assert told(".") == [text, text, text[14:]]
    assert len(caplog.records) == (3 if encoding == "cp1252" else 0)


def test_another_encoding() -> None:
    text = "売上高は五パーセント増え、過去最高となった。"
    Path("a.txt").write_bytes((text * 5).encode("shift_jis"))
    assert told("a.txt") == [text * 5]
