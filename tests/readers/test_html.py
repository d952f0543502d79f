from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from extract.articles import Article, Page
from extract.errors import ArticleError
from extract.readers import Known, Options, find, pages
from extract.readers import read as articles
from extract.readers.files import File
from extract.readers.html import read

PARAGRAPHS = (
    "Exports from the port of Varna rose by 5.5% in May, the harbour master said, as grain ships came back.",
    "Handling fees brought in €3 million, or a tenth more than in April — a record for the month of May.",
)
PAGE = """<!doctype html><html><head><title>Exports rise | The Harbour Post</title>{head}</head><body>
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Exports rise</h1>{byline}<p>{}</p><p>{}</p></article>
<footer>Copyright 1999-2023 The Harbour Post</footer></body></html>"""


def read_page(path: Path, page: bytes) -> Article:
    path.write_bytes(page)
    (item,) = read(File(path=str(path), id=path.name), Options())
    return item.article()


def test_text_title_and_date(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-06-09T08:00:00Z">'
    article = read_page(tmp_path / "a.html", PAGE.format(*PARAGRAPHS, head=head, byline="").encode())
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "About" not in article.text
    assert "Copyright" not in article.text
    assert article.title == "Exports rise"
    assert str(article.published) == "2024-06-09"


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    page = PAGE.format(*PARAGRAPHS, head="", byline="<p>2 hours ago</p>").encode()
    assert read_page(tmp_path / "a.htm", page).published is None


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    page = PAGE.format(*PARAGRAPHS, head='<meta charset="windows-1252">', byline="").encode("cp1252")
    assert PARAGRAPHS[1] in read_page(tmp_path / "a.html", page).text


def test_a_bad_byte_is_no_other_encoding(tmp_path: Path) -> None:
    page = PAGE.format(*PARAGRAPHS, head='<meta charset="utf-8">', byline="<p>“Café”</p>").encode()
    assert PARAGRAPHS[1] in read_page(tmp_path / "a.html", page.replace(b"tenth", b"tenth\xe9")).text.replace(
        "�", ""
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<html><body></body></html>", "no main text found in the page; save the article's text as .txt"),
        (b"<" * 29_000, "no main text found"),
        (b"<div>" * 29_000, "no main text found"),
        (b"", "is empty"),
        (b"<p>\x00</p>", "is binary data, not text"),
    ],
)
def test_no_article(tmp_path: Path, page: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        read_page(tmp_path / "a.html", page)


def test_the_article_is_drawn_by_whoever_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page travels to another process, with what is known of its article beside it."""
    monkeypatch.chdir(tmp_path)
    Path("2024-06-09.html").write_text(PAGE.format(*PARAGRAPHS, head="", byline=""))
    Path("b.html").write_text("<p></p>")
    options = Options(metadata={"2024-06-09": Known(title="Known")})
    page, other = pages(find(["."]), options)
    assert isinstance(page, Page)
    assert isinstance(other, Page)
    assert pickle.loads(pickle.dumps(page)).article() == next(articles(find(["."]), options))
    assert (page.article().title, str(page.article().published)) == ("Known", "2024-06-09")
    with pytest.raises(ArticleError, match="no main text"):
        other.article()


def _breaks(data: bytes) -> Article:
    raise ZeroDivisionError("division by zero")


def test_a_bug_costs_one_article() -> None:
    with pytest.raises(ArticleError, match=r"a: reading of the page failed \(ZeroDivisionError: .*bug"):
        Page(id="a", data=b"", draw=_breaks).article()


@pytest.mark.parametrize("module", ["lxml_html_clean", "trafilatura", "courlan"])
def test_a_missing_module_is_no_bad_page(tmp_path: Path, module: str) -> None:
    """In a process of its own, which has not imported it."""
    (tmp_path / "a.html").write_text(PAGE.format(*PARAGRAPHS, head="", byline=""))
    code = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from extract.readers import Options, find, read\n"
        "print(*read(find(['a.html']), Options()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    message = done.stdout.strip()
    assert message.startswith("a.html: web pages need a module that cannot be imported ("), done.stderr
    assert module in message
    assert message.endswith("; pip install trafilatura lxml_html_clean")


def _lacks(data: bytes) -> Article:
    import no_such_module  # type: ignore[import-not-found]  # noqa: F401

    raise AssertionError


def test_any_missing_module_is_no_bug() -> None:
    message = r"a: needs a module that cannot be imported \(No module named 'no_such_module'\); .*pip check"
    with pytest.raises(ArticleError, match=message):
        Page(id="a", data=b"", draw=_lacks).article()
