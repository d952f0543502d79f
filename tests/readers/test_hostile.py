"""Files that someone may well have: each costs itself alone, and the error names it and the remedy."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

import fsspec
import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, parquet_pages, read
from tests.fuzz.bombs import BOMBS, MB, SECONDS, noise, page_of, table_with
from tests.readers.test_html import PAGE, PARAGRAPHS
from tests.readers.test_warc import record

GOOD = "Sales rose by 5% to $3 million."
NOISE = bytes(range(256)) * 4
BINARY = "is binary data, not text; give a text file, saved as UTF-8"
EMPTY = "is empty; remove it, or fill it"
LARGE = "is larger than 32 MB; split it into articles, or raise --max-article-bytes"

# Name, content, and what is told of it.
BAD: dict[str, tuple[bytes, str]] = {
    **{f"binary{suffix}": (NOISE, BINARY) for suffix in (".txt", ".html", ".jsonl", ".csv")},
    **{
        f"empty{suffix}": (b"", EMPTY)
        for suffix in (".txt", ".html", ".jsonl", ".csv", ".txt.gz", ".txt.zst")
    },
    "binary.parquet": (NOISE, "is not a Parquet file, or damaged"),
    "binary.warc": (NOISE, "is not a WARC file"),
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
    "deep.html": (b"<div>" * 29_000, "no main text found in the page"),
    "large.txt": (b"x" * (2**25 + 1), LARGE),
    "large.html": (b"x" * (2**25 + 1), LARGE),
    "large.jsonl": (b'{"text": "' + b"x" * 2**25 + b'"}', " line 1: " + LARGE),
    "large.csv": (b"text\n" + b"x" * (2**25 + 1), " line 2: " + LARGE),
    "large.txt.gz": (gzip.compress(bytes(2**25 + 1), 1), "decompresses to more than 200 times its size"),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(*paths: str) -> list[str]:
    """Texts of the articles and of the errors."""
    found = read(find(paths), Options())
    return [str(item) if isinstance(item, ArticleError) else item.text for item in found]


@pytest.fixture(params=["", "memory://hostile/"], ids=["here", "elsewhere"])
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where files are: what stands before their names."""
    yield request.param
    if request.param:
        fsspec.filesystem("memory").rm("/hostile", recursive=True)


def put(place: str, name: str, content: bytes) -> None:
    if place:
        fsspec.filesystem("memory").pipe(f"/hostile/{name}", content)
    else:
        Path(name).write_bytes(content)


def test_each_costs_itself_alone(place: str) -> None:
    for name, (content, _) in BAD.items():
        put(place, name, content)
    put(place, "zz.txt", GOOD.encode())
    *errors, good = told(place or ".")
    assert good == GOOD
    assert len(errors) == len(BAD)
    for error, (name, (_, message)) in zip(errors, sorted(BAD.items()), strict=True):
        assert error.startswith((f"{place}{name}: {message}", f"{place}{name}{message}"))


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
        "pipe.jsonl: is a pipe or device, not a file; pass its content to standard input, `-`",
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


def test_a_bad_byte_makes_no_other_encoding_of_utf8() -> None:
    lines = [json.dumps({"text": f"Café n° {n}."}, ensure_ascii=False).encode() for n in range(3)]
    Path("a.jsonl").write_bytes(b"\n".join([*lines, b'{"text": "Caf\xe9."}']))
    assert told("a.jsonl") == [
        *(f"Café n° {n}." for n in range(3)),
        "a.jsonl line 4: is not UTF-8; save the file as UTF-8",
    ]
    Path("a.txt").write_bytes("Café, naïve, “quoted”, ".encode() + b"caf\xe9.")
    assert told("a.txt") == ["Café, naïve, “quoted”, caf�."]


def table_of(rows: list[dict[str, str]]) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), stream)
    return stream.getvalue()


ROWS = [{"id": str(n), "date": "2024-06-09", "text": f'It said "{n}", café.'} for n in range(3)]
FILES = {
    ".txt": f"---\ndate: 2024-06-09\n---\n{GOOD}".encode(),
    ".jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode(),
    ".csv": b'id,date,text\n1,2024-06-09,"It said ""so"", caf\xc3\xa9."\n2,,Two.\n',
    ".parquet": table_of(ROWS),
    ".warc": b"".join(record(f"http://a.org/{n}", b"<p>It rose.</p>") for n in range(3)),
    ".html": PAGE.format(*PARAGRAPHS, head="", byline="").encode(),
}


@pytest.mark.parametrize("suffix", FILES)
def test_any_damage_is_told_as_such(suffix: str) -> None:
    """No reader breaks, and none calls damage a bug, whatever a few bytes are replaced by."""
    random = Random(7)
    for _ in range(150 if suffix != ".html" else 20):
        content = bytearray(FILES[suffix])
        for _ in range(random.choice((1, 2, 10))):
            place = random.randrange(len(content))
            content[place : place + random.randrange(50)] = random.randbytes(random.randrange(20)) or b'"'
        Path(f"a{suffix}").write_bytes(content)
        assert not [item for item in told(f"a{suffix}") if "as a bug" in item]


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_cost_minutes_or_memory_is_refused(name: str) -> None:
    make, message = BOMBS[name]
    content = make(1)
    for place in ("", "memory://hostile/"):
        put(place, name, content)
        path = place + name
        begun = process_time()
        error = next(item for item in told(path) if item.startswith(path))
        assert error.startswith((f"{path}: {message}", f"{path} {message}"))
        assert len(error) < 700
        assert process_time() - begun < SECONDS
    fsspec.filesystem("memory").rm("/hostile", recursive=True)


@pytest.mark.parametrize("suffix", FILES)
def test_the_size_of_an_article_may_be_limited(suffix: str) -> None:
    Path(f"a{suffix}").write_bytes(FILES[suffix])
    items = read(find([f"a{suffix}"]), Options(max_bytes=10))
    errors = [str(item) for item in items if isinstance(item, ArticleError)]
    assert errors
    assert all("is larger than 10 bytes; " in text for text in errors)
    assert told(f"a{suffix}")


def test_the_header_of_a_page_counts_not_the_metadata(place: str) -> None:
    table = table_with(text=[noise(1_100_000)])
    size = next(parquet_pages.sizes(io.BytesIO(table), 4, 100))
    assert 1_100_000 < size < 1_101_000
    header = b"\x15" + varint(2 * size)
    assert table.count(header) == 1
    put(place, "a.parquet", table.replace(header, b"\x15" + varint(2 * 127 * MB)))
    (error,) = told(f"{place}a.parquet")
    assert error.startswith(f"{place}a.parquet: has a page of more than 64 MB; write it again")


@pytest.mark.parametrize("damage", [bytes(100), b"\x15" * 100, b"\x1c" * 100, b"\x18\xff\xff\x7f" * 9, b""])
def test_what_is_no_header_of_a_page(damage: bytes) -> None:
    with pytest.raises(ValueError, match="page"):
        list(parquet_pages.sizes(io.BytesIO(damage), 0, 100))


def varint(number: int) -> bytes:
    """A number as Thrift writes it: seven bits a byte, the lowest first."""
    return bytes([number & 127 | 128]) + varint(number >> 7) if number > 127 else bytes([number])


def test_encodings_that_decode_nothing() -> None:
    body = page_of("<p>caf\xe9 is where sales rose.</p>").decode().encode("cp1252")
    for name in ("undefined", "idna", "zlib", "nonsense"):
        Path("a.html").write_bytes(body.replace(b"<head>", b'<head><meta charset="%s">' % name.encode()))
        assert "café" in told("a.html")[0]


def test_ids_from_crawls_hold_no_control_characters() -> None:
    Path("a.warc").write_bytes(record("http://a.org/\0\x1b[2J/\x85x", page_of("")))
    (item,) = read(find(["a.warc"]), Options())
    assert isinstance(item, Article)
    assert item.id == item.url == "http://a.org/%00%1B[2J/%C2%85x"


def test_ordinary_files_that_pack_well_are_read() -> None:
    lines = "".join(json.dumps({"id": str(n), "text": GOOD}) + "\n" for n in range(20_000))
    Path("a.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    Path("a.jsonl.zst").write_bytes(zstandard.compress(lines.encode()))
    assert told("a.jsonl.gz") == [GOOD] * 20_000
    assert len(told("a.jsonl.zst")) == 20_000
