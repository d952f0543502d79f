from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read
from extract.readers.options import LARGEST
from tests.readers.test_html import PAGE, PARAGRAPHS

HEAD = '<meta property="article:published_time" content="2024-06-09T08:00:00Z">'
HTML = PAGE.format(*PARAGRAPHS, head=HEAD, byline="")
UNDATED = PAGE.format(*PARAGRAPHS, head="", byline="")
RESPONSE = "application/http; msgtype=response"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def record(
    address: str,
    body: bytes,
    *,
    kind: str = "text/html",
    status: str = "200 OK",
    coding: str = "",
    of: str = "response",
) -> bytes:
    """A record as a crawler writes it, of a page fetched in 2025."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False)
    headers = [("Content-Type", kind)] + ([("Content-Encoding", coding)] if coding else [])
    http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if of == "response" else None
    dated = {"WARC-Date": "2025-01-01T00:00:00Z"}
    writer.write_record(
        writer.create_warc_record(
            address, of, payload=io.BytesIO(body), http_headers=http, warc_headers_dict=dated
        )
    )
    return stream.getvalue()


def items(records: Iterable[bytes], name: str = "crawl.warc") -> list[Article | ArticleError]:
    Path(name).write_bytes(b"".join(records))
    return list(read(find([name]), Options()))


def test_pages_are_articles_and_the_rest_is_skipped() -> None:
    found = items(
        [
            record("http://a.org/info", b"software: x", of="warcinfo"),
            record("http://a.org/1", HTML.encode()),
            record("http://a.org/i.png", b"\0\1\2", kind="image/png"),
            record("http://a.org/2", UNDATED.encode("cp1252"), kind="text/html; charset=windows-1252"),
            record("http://a.org/no", HTML.encode(), status="404 Not Found"),
            record("http://a.org/3", gzip.compress(HTML.encode()), coding="gzip"),
        ]
    )
    assert [item.id for item in found if isinstance(item, Article)] == [
        f"http://a.org/{n}" for n in (1, 2, 3)
    ]
    assert [str(item.published) for item in found if isinstance(item, Article)] == [
        "2024-06-09",
        "None",
        "2024-06-09",
    ]
    assert all(isinstance(item, Article) and PARAGRAPHS[1] in item.text for item in found)


def test_a_broken_record_costs_itself() -> None:
    good = [record(f"http://a.org/{n}", HTML.encode()) for n in range(7)]
    broken = [
        good[1].replace(b"Content-Length", b"Content-Width"),
        good[2].replace(b"<p>", b"<p>more than it tells"),
        record("http://a.org/3", b"no gzip", coding="gzip"),
        record("http://a.org/4", b"<p></p>"),
        good[5].replace(b"WARC-Target-URI", b"WARC-Target"),
    ]
    found = items([good[0], *broken, good[6][:-300]])
    assert isinstance(found[0], Article)
    told = [str(item) for item in found[1:]]
    assert told[0].startswith("crawl.warc record 2: has no Content-Length; fetch it again")
    assert told[1].startswith("crawl.warc record 3: is shorter than its Content-Length")
    assert told[2].startswith("crawl.warc record 4")
    assert told[3].startswith("crawl.warc record 5 (http://a.org/4): no main text found")
    assert told[4].startswith("crawl.warc record 6: has no address")
    assert told[5].startswith("crawl.warc record 7: is shorter than its Content-Length")
    assert [type(item) for item in items([*broken, good[6]])][-1] is Article


def test_packed_record_by_record() -> None:
    packed = [gzip.compress(record(f"http://a.org/{n}", HTML.encode())) for n in range(3)]
    assert [item.id for item in items(packed, "a.warc.gz") if isinstance(item, Article)] == [
        f"http://a.org/{n}" for n in range(3)
    ]
    first, second, damaged = items([*packed[:2], packed[2][:100]], "b.warc.gz")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert str(damaged).startswith("b.warc.gz: is damaged")


def test_no_warc() -> None:
    for content, reason in [
        (b"", "is not a WARC file"),
        (b"<html>", "is not a WARC file"),
        (record("http://a.org/i", b"x", of="warcinfo"), "contains no pages"),
    ]:
        (error,) = items([content])
        assert str(error).startswith(f"crawl.warc: {reason}")


def test_brotli(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = record("http://a.org/1", brotli.compress(HTML.encode()), coding="br")
    plain = record("http://a.org/2", HTML.encode(), coding="br")  # as crawlers write that unpack pages
    assert [type(item) for item in items([packed, plain])] == [Article, Article]
    cut, large = brotli.compress(HTML.encode())[:-9], brotli.compress(bytes(LARGEST + 1))
    short, long = items([record(f"http://a.org/{len(body)}", body, coding="br") for body in (cut, large)])
    assert "record 1: cannot be read (it ends before its end marker)" in str(short)
    assert "record 2: is larger than 32 MB" in str(long)
    monkeypatch.setitem(sys.modules, "brotli", None)
    error, page = items([packed, plain])
    assert str(error) == (
        "crawl.warc record 1: is compressed with brotli, which is not installed; pip install brotli"
    )
    assert isinstance(page, Article)


def test_without_warcio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    (error,) = items([b"WARC/1.0\r\n"])
    assert str(error) == "crawl.warc: WARC files need warcio; pip install warcio brotli"
