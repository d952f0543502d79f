"""An article is the same in whatever format it comes: its text, its title apart, where it comes from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pytest import MonkeyPatch

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Known, Options, find, read
from extract.readers.fields import as_text
from tests.readers.test_hostile import table_of
from tests.readers.test_warc import record

TITLE = "Exports rise by 9%"
TEXT = "\n".join(
    f"Exports from the port of Varna rose by {n}% in May, the harbour master said, as grain ships came back."
    for n in range(3, 7)
)
FIELDS = {
    "title": TITLE,
    "date": "2024-06-09",
    "source": "The Harbour Post",
    "url": "https://post.example/exports",
    "author": "Ana Petrova",
}
ROW = {"id": "a", "text": TEXT, **FIELDS, "section": "Economy"}
HEAD = "---\n" + "".join(f"{key}: {value}\n" for key, value in FIELDS.items()) + "Section: Economy\n---\n"
META = """<title>{title} | The Harbour Post</title><link rel="canonical" href="{url}">
<meta property="article:published_time" content="{date}"><meta name="author" content="{author}">
<meta property="og:site_name" content="{source}">""".format(**FIELDS)


def page(heading: str, more: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    body = f"<body><article>{heading}{paragraphs}</article></body>"
    return f"<html><head>{META}{more}</head>{body}</html>".encode()


def table(separator: str) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, ROW, delimiter=separator)
    writer.writeheader()
    writer.writerow(ROW)
    return stream.getvalue().encode()


FILES: Mapping[str, Callable[[], bytes]] = {
    "a.txt": lambda: (HEAD + TEXT).encode(),
    "a.md": lambda: (HEAD + TEXT).encode(),
    "heading.html": lambda: page(f"<h1>{TITLE}</h1>"),
    "other_heading.html": lambda: page(
        "<h1>Exports: up by 9% at Varna</h1>", f'<meta property="og:title" content="{TITLE}">'
    ),
    "small_heading.html": lambda: page(f"<h2>{TITLE}</h2>"),
    "no_heading.html": lambda: page(""),
    "a.jsonl": lambda: json.dumps(ROW).encode(),
    "a.csv": lambda: table(","),
    "a.tsv": lambda: table("\t"),
    "a.parquet": lambda: table_of([ROW]),
    "a.warc": lambda: record(FIELDS["url"], page(f"<h1>{TITLE}</h1>")),
}
OF_FIELDS = {"a.txt", "a.md", "a.jsonl", "a.csv", "a.tsv", "a.parquet"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def article_of(path: str, data: bytes, options: Options | None = None) -> Article:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_bytes(data)
    options = options or Options()
    (item,) = read(find([path], ids=options.ids), options)
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("name", FILES)
def test_the_title_is_no_part_of_the_text(name: str) -> None:
    article = article_of(name, FILES[name]())
    assert article.title == TITLE
    assert article.text == TEXT


@pytest.mark.parametrize("name", FILES)
def test_where_it_comes_from(name: str) -> None:
    article = article_of(name, FILES[name]())
    told = {"title": article.title, "date": str(article.published), "source": article.source}
    assert told | {"url": article.url, "author": article.author} == FIELDS


@pytest.mark.parametrize("name", FILES)
def test_an_id_by_the_address(name: str) -> None:
    article = article_of(name, FILES[name](), Options(ids="url"))
    assert article.id == article.url == FIELDS["url"]


@pytest.mark.parametrize("name", FILES)
def test_fields_are_kept_where_there_are_any(name: str) -> None:
    kept = article_of(name, FILES[name](), Options(keep=("section",))).kept
    assert kept == ((("section", "Economy"),) if name in OF_FIELDS else ())
    assert article_of(name, FILES[name]()).kept == ()


def test_a_subheading_is_text() -> None:
    article = article_of("a.html", page("<h2>Grain ships</h2>"))
    assert article.text == f"Grain ships\n{TEXT}"


def test_a_page_of_a_title_alone_keeps_it() -> None:
    data = f"<html><head>{META}</head><body><article><h1>{TITLE}</h1></article></body></html>".encode()
    Path("a.html").write_bytes(data)
    (item,) = read(find(["a.html"]), Options())
    assert isinstance(item, ArticleError) or item.text == TITLE


@pytest.mark.parametrize("key", ["news/a.txt", "news/a", "a.txt", "a"])
def test_metadata_names_an_article_with_or_without_its_folder(key: str) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text(TEXT)
    options = Options(metadata={key: Known(title="T")})
    assert [item.title for item in read(find(["news"]), options) if isinstance(item, Article)] == ["T"]


def test_metadata_of_a_line_without_an_id() -> None:
    Path("news").mkdir()
    Path("news/a.jsonl").write_text('\n{"text": "Sales rose."}')
    options = Options(metadata={"a.jsonl:2": Known(title="T")})
    assert [item.title for item in read(find(["news"]), options) if isinstance(item, Article)] == ["T"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (" ", None),
        ("Reuters ", "Reuters"),
        (["Ana Petrova", "Ivan Ivanov"], "Ana Petrova, Ivan Ivanov"),
        ([], None),
        (7, "7"),
        (2.5, "2.5"),
        (True, "true"),
        ({"id": None, "name": "Café"}, '{"id": null, "name": "Café"}'),
    ],
)
def test_any_value_is_a_text(value: object, text: str | None) -> None:
    assert as_text(value) == text


def test_values_that_no_output_could_hold() -> None:
    for field in ("source", "url", "author", "section"):
        Path("a.jsonl").write_text(json.dumps({"text": "Sales rose.", field: "\ud800"}))
        (item,) = read(find(["a.jsonl"]), Options(keep=("section",)))
        assert "holds half of a surrogate pair" in str(item)


def test_a_column_to_keep_must_be_there() -> None:
    Path("a.csv").write_text("text,part\nSales rose.,x\n")
    (item,) = read(find(["a.csv"]), Options(keep=("section",)))
    assert (
        str(item) == "a.csv: has no column 'section'; choose one of its columns with --keep ('text', 'part')"
    )
