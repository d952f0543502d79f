"""Files made to cost time or memory, each read by another process: `python -m tests.fuzz.bombs [NAME ...]`.

Each is read by its path, and by an address as files elsewhere are.
What is printed: processor seconds, the memory above that of the process before, what was said.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from time import process_time

import pyarrow
import pyarrow.parquet
import zstandard

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read

MB = 2**20
SECONDS, MEMORY = 2.0, 200.0  # of a file at most
LARGE = 20  # times the size that is just refused

Make = Callable[[int], bytes]  # a file's content, of a size in proportion to a number

_TEXT = "<p>" + "Sales rose by 5% to $3 million in the year, the company said on Monday. " * 9 + "</p>"


def page_of(body: str) -> bytes:
    """A page with an article before the body given."""
    return f"<html><head><title>T</title></head><body><article>{_TEXT}{body}</article></body></html>".encode()


def zipped(chunk: bytes, times: int) -> bytes:
    """A chunk so many times, as gzip."""
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=1) as packed:
        for _ in range(times):
            packed.write(chunk)
    return stream.getvalue()


def table_with(*, dictionary: bool = False, **columns: object) -> bytes:
    """A Parquet file."""
    stream = io.BytesIO()
    table = pyarrow.table(columns)
    pyarrow.parquet.write_table(table, stream, compression="zstd", use_dictionary=dictionary)
    return stream.getvalue()


def once(text: str, rows: int) -> object:
    """A column that holds a text once, and names it in each row."""
    return pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows, "int32"), [text])


def noise(size: int) -> str:
    """Letters that do not pack."""
    return Random(size).randbytes(size // 2).hex()


_RATIO = "decompresses to more than 200 times its size; "
_TAGS = "has more than 30,000 tags; save the article's text as .txt"
_BLANK = "has more than 100,000 blank lines; remove them"
_VALUES = "line 1: has more than 500,000 values; remove what is not an article"

# Name, content, and what is said of it.
BOMBS: Mapping[str, tuple[Make, str]] = {
    "attributes.html": (
        lambda n: page_of("<p " + " ".join(f'a{i}="{i}"' for i in range(5000 * n)) + ">x</p>"),
        "has a tag of more than 2,000 attributes; save the article's text as .txt",
    ),
    "paragraphs.html": (lambda n: page_of("<p>a b</p>" * 16_000 * n), _TAGS),
    "breaks.html": (lambda n: page_of("a<br>" * 31_000 * n), _TAGS),
    "entities.html": (
        lambda n: page_of("&amp;" * (3_500_000 + 100_000 * n)),
        "has more than 16,777,216 characters; save the article's text as .txt",
    ),
    "lines.jsonl": (lambda n: b"\n" * 101_000 * n, _BLANK),
    "lines.csv": (lambda n: b"text\n" + b"\n" * 101_000 * n, _BLANK),
    "lines.jsonl.gz": (lambda n: zipped(b"\n" * MB, n), _BLANK),
    "bomb.jsonl.gz": (lambda n: zipped(b"a" * MB, 17 * n), _RATIO),
    "bomb.txt.gz": (lambda n: zipped(b"a" * MB, 17 * n), _RATIO),
    "bomb.warc.gz": (lambda n: zipped(b"WARC/1.0\n", 1) + zipped(b"a" * MB, 17 * n), _RATIO),
    "bomb.csv.gz": (lambda n: zipped(b"text\n", 1) + zipped(b"a," * MB, 9 * n), _RATIO),
    "bomb.jsonl.zst": (lambda n: zstandard.compress(b"a" * 17 * n * MB), _RATIO),
    "bomb.parquet": (lambda n: table_with(text=["a" * 8 * MB] * (2 + n)), f"its column 'text' {_RATIO}"),
    "repeats.parquet": (
        lambda n: table_with(dictionary=True, text=once(noise(100_000), 400 * n)),
        f"its rows {_RATIO.replace('decompresses', 'decompress')}",
    ),
    "page.parquet": (
        lambda n: table_with(text=[noise(9 * MB)] * 8 if n == 1 else [noise(24 * MB + i) for i in range(n)]),
        "has a page of more than 64 MB; write it again with pages of about a megabyte",
    ),
    "zone.parquet": (
        lambda n: table_with(
            text=["It rose."] * n, date=pyarrow.array([0] * n, pyarrow.timestamp("us", tz="Mars/Base"))
        ),
        "row 1: has a time in an unknown zone",
    ),
    "quotes.csv": (lambda n: b"text\n" + b'"a\n' * 5000 * n, "line 2: is not a row"),
    "quotes_apart.csv": (lambda n: b"text\n" + b'"a b\nc\n' * 2500 * n, "line 2: is not a row"),
    "quotes_long.csv": (
        lambda n: b"text\n" + (b'x,"' + b"a" * 300 + b"\n") * 5000 * n,
        "line 2: is not a row",
    ),
    "columns.csv": (
        lambda n: b"text" + b"," * 501_000 * n + b"\nIt rose.",
        "line 1: is not a row (its line has",
    ),
    "cells.csv": (
        lambda n: b"text\n" + b"," * 501_000 * n + b"\n",
        "line 2: is not a row (its line has more",
    ),
    "deep.jsonl": (lambda n: b'{"text":' + b"[" * 100_000 * n, "line 1: "),
    "deep_objects.jsonl": (lambda n: b'{"a":' * 100_000 * n, "line 1: "),
    "wide.jsonl": (lambda n: b'{"text":"It rose.","a":[' + b"0," * 501_000 * n + b"0]}", _VALUES),
    "wide_lists.jsonl": (lambda n: b'{"text":"It rose.","a":[' + b"[]," * 501_000 * n + b"0]}", _VALUES),
    "fields.jsonl": (lambda n: json.dumps({f"f{i}": 0 for i in range(501_000 * n)}).encode(), _VALUES),
    "header.txt": (lambda n: b"---\ndate: " + b"9" * 5000 * n + b"\n---\nIt.", "date in the header: '9999"),
    "record.warc": (lambda n: b"WARC/1.0\r\n" + b"a: b\r\n" * 2000 * n, "record 1: has no Content-Length"),
    "records.warc": (lambda n: b"WARC/1.0\r\nContent-Length: 0\r\n\r\n" * 5000 * n, "contains no pages"),
}

# What is read: as much as the limits allow.
ALLOWED: Mapping[str, Make] = {
    "paragraphs_allowed.html": lambda n: page_of("<p>a b</p>" * 700 * n),
    "breaks_allowed.html": lambda n: page_of("a<br>" * 1400 * n),
    "links_allowed.html": lambda n: page_of("<a href=x>a</a> " * 700 * n),
    "nested_allowed.html": lambda n: page_of("<div>" * 1400 * n),
    "cells_allowed.html": lambda n: page_of("<table>" + "<tr><td>a</td></tr>" * 350 * n + "</table>"),
    "entities_allowed.html": lambda n: page_of("&amp;" * 160_000 * n),
    "text_allowed.html": lambda n: page_of("Sales rose. " * 65_000 * n),
    "comment_allowed.html": lambda n: page_of("<!-- " + "x" * (n * 3 * MB // 4) + " -->"),
    "repeats_allowed.parquet": lambda n: table_with(dictionary=True, text=once(noise(n * MB // 5), 90)),
    "values_allowed.jsonl": lambda n: b'{"text":"It rose.","a":[' + b"[]," * 12_000 * n + b"0]}",
    "header_allowed.txt": lambda n: b"---\n" + b"title: x\n" * 100_000 * n + b"It rose.",
}


def cost(name: str) -> tuple[float, float, str]:
    """Seconds and megabytes of reading a file to its end, and what is said first."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak of memory begins anew
    before, begun, said = _memory("VmRSS"), process_time(), ""
    for item in read(find([name]), Options()):
        if isinstance(item, ArticleError):
            said = said or str(item)
    said = said or "read"
    return process_time() - begun, _memory("VmHWM") - before, said


def _memory(field: str) -> float:
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _is_over(name: str) -> bool:
    """Read a file in a fork of this process, and print what it costs."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    seconds, memory, said = cost(name)
    over = seconds > SECONDS or memory > MEMORY
    print(f"{'OVER ' if over else ''}{name}: {seconds:.1f} s, {memory:.0f} MB, {said[:160]}", flush=True)
    os._exit(over)


def _write(name: str, make: Make) -> None:
    """Make a file in a fork of this process, so that its memory stays small."""
    child = os.fork()
    if not child:
        Path(name).write_bytes(make(LARGE))
        os._exit(0)
    os.waitpid(child, 0)


def main() -> int:
    """Read each; the exit status is 1 where one costs too much."""
    makers = {**{name: make for name, (make, _) in BOMBS.items()}, **ALLOWED}
    names, over = sys.argv[1:] or list(makers), 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("warm.jsonl").write_text(json.dumps({"text": "It rose."}))
        Path("warm.html").write_bytes(page_of(""))
        Path("warm.parquet").write_bytes(table_with(text=["It rose."]))
        # what is loaded when first used is no file's cost
        for item in read(find([".", f"file://{folder}/warm.parquet"]), Options()):
            assert isinstance(item, Article), item
        for name in names:
            _write(name, makers[name])
            over += sum(map(_is_over, (name, f"file://{folder}/{name}")))
            Path(name).unlink()
    print(f"{len(names)} files, each twice, {over} over {SECONDS:g} s or {MEMORY:g} MB")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
