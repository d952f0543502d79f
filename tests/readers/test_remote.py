from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import File, Options, Unread, find, read
from extract.readers.files import suffix_of
from extract.readers.remote import _installing
from tests.readers.test_html import PAGE, PARAGRAPHS


@pytest.fixture(autouse=True)
def _memory() -> Iterator[None]:
    system = fsspec.filesystem("memory")
    for name, content in {
        "/news/a.txt": b"Sales rose.",
        "/news/sub/b.jsonl.gz": gzip.compress(b'{"text": "Sales fell."}\n'),
        "/news/sub/notes.pdf": b"%PDF",
        "/news/.hidden.txt": b"x",
        "/other/c.csv": b"text\nIt rose.\n",
    }.items():
        system.pipe(name, content)
    yield
    system.rm("/news", recursive=True)
    system.rm("/other", recursive=True)


def ids(*paths: str) -> list[str]:
    return [item.id if isinstance(item, Article) else str(item) for item in read(find(paths), Options())]


def test_files_folders_and_globs() -> None:
    text, packed, table = "memory://news/a.txt", "memory://news/sub/b.jsonl.gz:1", "memory://other/c.csv:2"
    assert ids(text) == [text]
    assert ids("memory://news") == ids("memory://news/") == [text, packed]
    assert ids("memory:///news/**/*.jsonl.gz", "memory://other/c.csv") == [
        packed.replace("//", "///"),  # as this file system tells it
        table,
    ]
    found = find(["memory://news", "memory://other/c.csv"], ids="name")
    assert [item.id for item in found if isinstance(item, File)] == ["a.txt", "sub/b.jsonl.gz", "c.csv"]
    assert [item.path for item in found if isinstance(item, Unread)] == ["memory://news/sub/notes.pdf"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("memory://no.txt", "memory://no.txt: cannot be read"),
        ("memory://news/*.md", "memory://news/*.md: contains no articles; known suffixes are .txt"),
        ("memory://news/sub/notes.pdf", "no reader for files that end in '.pdf'"),
        (
            "nosuch://a/b.txt",
            "nosuch://a/b.txt: has a protocol that fsspec does not know; use a path",
        ),
    ],
)
def test_what_is_not_there(path: str, message: str) -> None:
    (error,) = read(find([path]), Options())
    assert isinstance(error, ArticleError)
    assert message in str(error)


def test_addresses_of_the_web_are_pages() -> None:
    assert suffix_of("https://a.org/news/rise?x=1.txt") == ".html"
    assert suffix_of("https://a.org/feed.JSONL.gz?x=1") == ".jsonl"
    (file,) = find(["https://a.org/news/rise?x=1"])
    assert isinstance(file, File)
    assert (file.id, file.suffix) == ("https://a.org/news/rise?x=1", ".html")


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a server."""
    (tmp_path / "a.txt").write_text("Sales rose.")
    (tmp_path / "news").write_text(PAGE.format(*PARAGRAPHS, head="", byline=""))
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_web(web: str) -> None:
    text, page, missing = read(find([f"{web}/a.txt", f"{web}/news", f"{web}/no.txt"]), Options())
    assert isinstance(text, Article)
    assert (text.id, text.text) == (f"{web}/a.txt", "Sales rose.")
    assert isinstance(page, Article)
    assert PARAGRAPHS[0] in page.text
    assert str(missing) == f"{web}/no.txt: cannot be read (not found, or out of reach); check the path"


def test_a_place_that_needs_another_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    (message,) = ids("s3://bucket/a.txt")
    assert message.startswith("s3://bucket/a.txt: needs another library (")
    assert message.endswith("; pip install s3fs")
    assert _installing(ImportError("SMB requires smbprotocol")) == "install it by pip"


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert ids("memory://news/a.txt") == [
        "memory://news/a.txt: remote files need fsspec; pip install 'fsspec[http]'"
    ]
