"""Files made to cost time or memory, each read by a process of its own: `python -m tests.fuzz.bombs [NAME ...]`.

What is printed: processor seconds, the memory that was needed above that of the process before, what was told.
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
from time import process_time

import pyarrow
import pyarrow.parquet
import zstandard

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read

MB = 2**20
SECONDS, MEMORY = 2.0, 200.0  # of a file at most

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


def repeated(text: str, times: int) -> object:
    """A column that holds a text once, and names it in each row."""
    return pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * times, "int32"), [text])


_ATTRIBUTES = " ".join(f'a{n}="{n}"' for n in range(100_000))
_RATIO = "unpacks to more than 200 times its size; "
_TAGS = "has more than 50,000 tags; save the article's text as .txt"
_BLANK = "has more than 100,000 blank lines; remove them"

# Name, content, and what is told of it; `None` where an article is read.
BOMBS: Mapping[str, tuple[Callable[[], bytes], str | None]] = {
    "attributes.html": (lambda: page_of(f"<p {_ATTRIBUTES}>x</p>"), "has a tag of more than 2,000 attributes; save"),
    "paragraphs.html": (lambda: page_of("<p>a b</p>" * 100_000), _TAGS),
    "breaks.html": (lambda: page_of("a<br>" * 100_000), _TAGS),
    "almost.html": (lambda: page_of("<p>a b</p>" * 24_000), None),
    "almost_breaks.html": (lambda: page_of("a<br>" * 48_000), None),
    "almost_links.html": (lambda: page_of("<a href=x>a</a> " * 24_000), None),
    "almost_nested.html": (lambda: page_of("<div>" * 48_000), None),
    "almost_table.html": (lambda: page_of("<table>" + "<tr><td>a</td></tr>" * 12_000 + "</table>"), None),
    "entities.html": (lambda: page_of("&amp;" * 6_000_000), None),
    "long_text.html": (lambda: page_of("Sales rose. " * 2_500_000), None),
    "comment.html": (lambda: page_of("<!-- " + "x" * 30 * MB + " -->"), None),
    "lines.jsonl": (lambda: b"\n" * 30 * MB, _BLANK),
    "lines.csv": (lambda: b"text\n" + b"\n" * 30 * MB, _BLANK),
    "lines.jsonl.gz": (lambda: zipped(b"\n" * MB, 100), _BLANK),
    "lines.csv.gz": (lambda: zipped(b"text\n", 1) + zipped(b"\n" * MB, 100), _BLANK),
    "bomb.jsonl.gz": (lambda: zipped(b"a" * MB, 300), _RATIO),
    "bomb.txt.gz": (lambda: zipped(b"a" * MB, 300), _RATIO),
    "bomb.html.gz": (lambda: zipped(b"a" * MB, 300), _RATIO),
    "bomb.warc.gz": (lambda: zipped(b"WARC/1.0\n", 1) + zipped(b"a" * MB, 300), _RATIO),
    "bomb.csv.gz": (lambda: zipped(b"text\n", 1) + zipped(b"a," * MB, 300), _RATIO),
    "bomb.jsonl.zst": (lambda: zstandard.compress(b"a" * 300 * MB), _RATIO),
    "bomb.txt.zst": (lambda: zstandard.compress(b"a" * 300 * MB), _RATIO),
    "bomb.parquet": (lambda: table_with(text=["a" * 8 * MB] * 20), "its column 'text' " + _RATIO),
    "dictionary.parquet": (
        lambda: table_with(dictionary=True, text=["x" + "a" * 8 * MB] * 20),
        None,
    ),
    "dictionary_noise.parquet": (
        lambda: table_with(dictionary=True, text=repeated(os.urandom(4 * MB).hex(), 5000)),
        None,
    ),
    "large_rows.parquet": (lambda: table_with(text=[os.urandom(12 * MB).hex() for _ in range(17)]), None),
    "zone.parquet": (
        lambda: table_with(
            text=["It rose."], date=pyarrow.array([0], pyarrow.timestamp("us", tz="Mars/Base"))
        ),
        "row 1: has a time in a zone that is not known",
    ),
    "quotes.csv": (lambda: b"text\n" + b'"a\n' * 100_000, "line 2: is no row"),
    "apart.csv": (lambda: b"text\n" + b'"a b\nc\n' * 100_000, "line 2: is no row"),
    "long_quotes.csv": (lambda: b"text\n" + b'x,"' + b"a" * 300 + b"\n" * 2 * 100_000, "line 2: "),
    "columns.csv": (lambda: b"text" + b"," * 5 * MB + b"\nIt rose.", ""),
    "cells.csv": (lambda: b"text\n" + b"," * 20 * MB + b"\n", "line 2: has 20,971,521 cells"),
    "deep.jsonl": (lambda: b'{"text":' + b"[" * 5_000_000, "line 1: is nested too deeply"),
    "deep_objects.jsonl": (lambda: b'{"a":' * 5_000_000, "line 1: is nested too deeply"),
    "deep_whole.jsonl": (lambda: b'{"text":' + b"[" * 10**6 + b"]" * 10**6 + b"}", "line 1: is nested too deeply"),
    "wide.jsonl": (lambda: b'{"text":"It rose.","a":[' + b"0," * 14 * MB + b"0]}", None),
    "wide_lists.jsonl": (lambda: b'{"text":"It rose.","a":[' + b"[]," * 10 * MB + b"0]}", None),
    "fields.jsonl": (
        lambda: json.dumps({f"f{n}": 0 for n in range(1_500_000)}).encode(),
        "line 1: the field 'text' holds no text",
    ),
    "header.txt": (lambda: b"---\ntitle: x\ndate: " + b"9" * 5000 + b"\n---\nIt rose.", "date in the header: '9999"),
    "headers.txt": (lambda: b"---\n" + b"title: x\n" * 2_000_000 + b"It rose.", None),
    "record.warc": (lambda: b"WARC/1.0\r\n" + b"a: b\r\n" * 2_000_000, "record 1"),
    "records.warc": (lambda: b"WARC/1.0\r\ncontent-length: 0\r\n\r\n\r\n" * 500_000, "holds no pages"),
}


def cost(name: str) -> tuple[float, float, str]:
    """Seconds, megabytes and the first thing that is told, of a file that is read to its end or first error."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak of memory begins anew
    before, begun, said = _memory("VmRSS"), process_time(), ""
    for item in read(find([name]), Options()):
        said = str(item) if isinstance(item, ArticleError) else f"article of {len(item.text):,}"
        if isinstance(item, ArticleError):
            break
    return process_time() - begun, _memory("VmHWM") - before, said


def _memory(field: str) -> float:
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> int:
    """Read each; the exit status is 1 where one costs too much."""
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("warm.jsonl").write_text(json.dumps({"text": "It rose."}))
        Path("warm.html").write_bytes(page_of(""))
        Path("warm.parquet").write_bytes(table_with(text=["It rose."]))
        Path("warm.txt").write_text("It rose. \x80")
        for item in read(find(["."]), Options()):
            assert isinstance(item, Article), item
        for name in sys.argv[1:] or BOMBS:
            made = os.fork()
            if not made:
                Path(name).write_bytes(BOMBS[name][0]())
                os._exit(0)
            os.waitpid(made, 0)
            child = os.fork()
            if not child:
                seconds, memory, said = cost(name)
                mark = "OVER " if seconds > SECONDS or memory > MEMORY else ""
                print(f"{mark}{name}: {seconds:.1f} s, {memory:.0f} MB, {said[:160]}", flush=True)
                os._exit(bool(mark))
            over += os.waitpid(child, 0)[1] != 0
            Path(name).unlink()
    print(f"{len(sys.argv[1:] or BOMBS)} files, {over} over {SECONDS:g} s or {MEMORY:g} MB")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
