from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator

import fsspec
import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read
from extract.readers.files import suffix_of


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
    assert ids("memory://news/a.txt") == ["a.txt"]
    assert ids("memory://news") == ids("memory://news/") == ["a.txt", "sub/b.jsonl.gz:1"]
    assert ids("memory://news/**/*.jsonl.gz", "memory://other/c.csv") == ["b.jsonl.gz:1", "c.csv:2"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("memory://no.txt", "memory://no.txt: cannot be read"),
        ("memory://news/*.md", "memory://news/*.md: holds no articles; known files end in .txt"),
        ("memory://news/sub/notes.pdf", "no reader for files that end in '.pdf'"),
        ("nosuch://a/b.txt", "nosuch://a/b.txt: cannot be reached (ValueError: Protocol not known"),
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
    assert not isinstance(file, ArticleError)
    assert (file.id, file.suffix) == ("https://a.org/news/rise?x=1", ".html")


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert ids("memory://news/a.txt") == [
        "memory://news/a.txt: files elsewhere need fsspec; pip install 'extract-facts[remote]'"
    ]
