from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from extract.articles import Article
from extract.errors import ArticleError, OptionError
from extract.readers import Known, Options, count, find, parse_date, read

DATELINE = "LONDON, June 9, 2020 (Agency) - Prices rose."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read_one(path: str, options: Options | None = None) -> Article:
    (item,) = read(find([path]), options or Options())
    assert isinstance(item, Article)
    return item


def test_the_date_comes_from_the_nearest_source() -> None:
    name = "2019-06-09.txt"
    header = "---\ndate: 2021-06-09\ntitle: Of the header\n---\n"
    known = {"2019-06-09": Known(published=date(2022, 6, 9), title="Of the metadata")}
    Path(name).write_text(header + DATELINE)
    by_option = read_one(name, Options(published=date(2023, 6, 9), metadata=known))
    by_metadata = read_one(name, Options(metadata=known))
    by_header = read_one(name)
    Path(name).write_text(DATELINE)
    by_dateline = read_one(name)
    Path(name).write_text("Prices rose.")
    by_name = read_one(name)
    years = [
        a.published and a.published.year for a in (by_option, by_metadata, by_header, by_dateline, by_name)
    ]
    assert years == [2023, 2022, 2021, 2020, 2019]
    assert by_metadata.title == "Of the metadata"
    assert by_header.title == "Of the header"


def test_nothing_known_is_no_date() -> None:
    Path("a.txt").write_text("Prices rose on Tuesday.")
    assert read_one("a.txt").published is None
    assert read_one("a.txt", Options(metadata={"a": Known()})).published is None


@pytest.mark.parametrize("key", ["sub/a.txt", "sub/a"])
def test_a_key_of_the_metadata_may_leave_out_the_suffix(key: str) -> None:
    Path("sub").mkdir()
    Path("sub/a.txt").write_text("Prices rose.")
    known = {key: Known(published=date(2024, 6, 9)), "a": Known(published=date(1999, 1, 1))}
    assert read_one(".", Options(metadata=known)).published == date(2024, 6, 9)


def test_a_dotted_name_is_not_a_suffix() -> None:
    Path("ABC19980108.1830.txt").write_text("Prices rose.")
    known = {"ABC19980108.1830": Known(title="T")}
    article = read_one("ABC19980108.1830.txt", Options(metadata=known))
    assert (article.title, article.published) == ("T", date(1998, 1, 8))


def test_metadata_of_other_articles_is_told(caplog: pytest.LogCaptureFixture) -> None:
    Path("a.txt").write_text("Prices rose.")
    read_one("a.txt", Options(metadata={"a": Known(), "b": Known()}))
    assert not caplog.records
    read_one("a.txt", Options(metadata={"news/a": Known()}))
    assert "the metadata names none of the articles; their ids are like 'a.txt'" in caplog.text


def test_the_name_of_a_stream_dates_none_of_its_articles() -> None:
    Path("2024-06-09.jsonl").write_text('{"text": "Prices rose."}')
    assert read_one("2024-06-09.jsonl").published is None


def test_standard_input_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Café\r\nprices rose.".encode())))
    article = read_one("-")
    assert (article.id, article.text, article.published) == ("stdin", "Café\r\nprices rose.", None)


def test_the_second_article_of_an_id_is_refused() -> None:
    Path("a.jsonl").write_text(
        '{"id": "x", "text": "One."}\n{"id": "x", "text": "Two."}\n{"id": "y", "text": "."}'
    )
    one, two, three = read(find(["a.jsonl"]), Options())
    assert isinstance(one, Article)
    assert isinstance(two, ArticleError)
    assert str(two).startswith("a.jsonl: an earlier article of this run has the same id 'x'; give each")
    assert isinstance(three, Article)


def test_what_cannot_be_read_stands_in_its_place() -> None:
    Path("a.txt").write_text("")
    Path("b.txt").write_text("Prices rose.")
    missing, empty, good = read(find(["no", "a.txt", "b.txt"]), Options())
    assert isinstance(missing, ArticleError)
    assert isinstance(empty, ArticleError)
    assert isinstance(good, Article)


def test_count() -> None:
    Path("a.txt").write_text("")
    Path("b.jsonl").write_text("")
    assert count(find(["no", "a.txt"])) == 2
    assert count(find(["."])) is None


def test_parse_date() -> None:
    assert parse_date(None) is None
    assert parse_date("9 June 2024") == date(2024, 6, 9)
    with pytest.raises(OptionError, match="'soon' is not a date; write it as 2024-06-09"):
        parse_date("soon")
