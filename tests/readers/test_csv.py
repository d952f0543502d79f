from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Options, find, read
from extract.readers.options import LARGEST

DAY = date(2024, 6, 9)
Read = Callable[..., list[Any]]


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """What the rows of a file come to: articles as tuples, errors as texts."""
    monkeypatch.chdir(tmp_path)

    def run(content: str | bytes, name: str = "news.csv", options: Options | None = None) -> list[Any]:
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return [
            str(item) if isinstance(item, ArticleError) else (item.id, item.text, item.title, item.published)
            for item in read(find([name]), options or Options())
        ]

    return run


def test_columns_by_name(rows: Read) -> None:
    header = "\ufeffid, date ,title,text,more\r\n"
    content = header + 'a,2024-06-09,T,"Sales, and ""more"",\r\nrose.",x\r\nb,,,Fell.,\r\n'
    first, second = rows(content)
    assert first == ("a", 'Sales, and "more",\r\nrose.', "T", DAY)  # as it stands in the cell
    assert second == ("b", "Fell.", None, None)
    options = Options(text_field="body", id_field="guid", title_field="head", date_field="day")
    (named,) = rows("guid\tbody\thead\tday\n7\tRose.\tH\t9 June 2024\n", "a.TSV", options)
    assert named == ("7", "Rose.", "H", DAY)


def test_a_bad_row_costs_itself(rows: Read) -> None:
    content = (
        "text,date,id\n"
        "One.,,\n"
        ",,empty\n"
        "Two.,soon,x\n"
        "Three, and more.,,y\n"
        "\n"
        '"Four" said,,z\n'
        "Null\0.,,n\n"
        "Short.\n"
        "Five.,,v,,,\n"
    )
    one, empty, date, many, quotes, null, short, five = rows(content)
    assert one == ("news.csv:2", "One.", None, None)
    assert str(empty).startswith("news.csv line 3: the field 'text' holds no text; choose one of its fields")
    assert date == "news.csv line 4: the field 'date': 'soon' is not a date; write it as 2024-06-09"
    assert str(many).startswith("news.csv line 5: has 4 cells, but the first line has 3; quote cells")
    assert str(quotes).startswith("news.csv line 7: is not a row (',' expected after '\"')")
    assert null == "news.csv line 8: holds a null character; remove it"
    assert str(short).startswith("news.csv line 9: has 1 cells, but the first line has 3")
    assert five == ("v", "Five.", None, None)


def test_quotes_that_never_end_cost_their_row(rows: Read) -> None:
    broken, *others = rows('id,text\na,"It rose.\nb,It fell.\nc,"It, too, fell."\n')
    assert str(broken).startswith("news.csv line 2: ")
    assert others == [("b", "It fell.", None, None), ("c", "It, too, fell.", None, None)]
    last = rows('id,text\na,It rose.\nb,"It fell.\nIt did.\n')
    assert str(last[1]).startswith("news.csv line 3: a quoted cell is not closed; quote cells with quotes")
    assert len(last) == 3  # the line after it is no row


def test_broken_quotes_take_linear_time(rows: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = process_time()
    monkeypatch.setattr("extract.readers.csv._READ_AGAIN", 10_000_000)
    found = rows("id,text\n" + 'b",",d\n' * 100_000)
    assert str(found[-1]).startswith("news.csv: has too many rows with broken quotes")
    assert process_time() - begun < 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "id;text\na;Sales, as told, rose.\n"),
        ("a.tsv", "id,text\na,Sales rose.\n"),
        ("a.csv", "id|date|text\na||Sales rose.\n"),
        ("a.csv", "text\nSales rose.\n"),
    ],
)
def test_the_separator_is_the_one_of_the_first_line(rows: Read, name: str, content: str) -> None:
    ((_, text, _, _),) = rows(content, name)
    assert text.startswith("Sales")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "news.csv: is empty"),
        ("\n\n", "news.csv: is empty"),
        ("id,text\n", "news.csv: has a first line of columns but no row"),
        (
            "id,body\na,b\n",
            "news.csv: has no column 'text'; choose one of its columns with --text-field ('id', 'body')",
        ),
        ("text,text\na,b\n", "news.csv: has the column 'text' twice"),
        ("\0\1\0\2" * 100, "news.csv: is binary data, not text"),
        ('"id,text\na,b\n', "news.csv line 1: a quoted cell is not closed"),
    ],
)
def test_no_table_of_articles(rows: Read, content: str, message: str) -> None:
    (error,) = rows(content)
    assert str(error).startswith(message)


def test_an_option_that_names_no_column_is_no_guess(rows: Read) -> None:
    (error,) = rows("id,text,day\na,b,2024-06-09\n", options=Options(date_field="dya"))
    assert str(error) == (
        "news.csv: has no column 'dya'; choose one of its columns with --date-field ('id', 'text', 'day')"
    )


def test_many_columns_are_not_all_named(rows: Read) -> None:
    columns = ",".join(f"c{n}" for n in range(100_000))
    (error,) = rows(f"{columns}\n{columns}\n")
    assert "'c19' and 99,980 more" in str(error)
    ((name, text, _, _),) = rows(f"{columns},text\n{columns},Sales rose.\n")
    assert (name, text) == ("news.csv:2", "Sales rose.")


def test_large_cells(rows: Read) -> None:
    before = csv.field_size_limit()
    ((_, text, _, _),) = rows('text\n"' + "word " * 200_000 + '"\n')
    assert len(text) == 1_000_000
    assert csv.field_size_limit() == before
    limited = Options(max_bytes=1000)
    large, small = rows("text\n" + "x" * 990 + "\n" + "y" * 100 + "\n", options=limited)
    assert (str(large)[:12], str(small)[:12]) == ("('news.csv:2", "('news.csv:3")
    error, small = rows("text\n" + "x" * 5000 + "\nSmall.\n", options=limited)
    assert str(error).startswith("news.csv line 2: is larger than 1,000 bytes; split it into articles")
    assert small == ("news.csv:3", "Small.", None, None)
    error, small = rows('text\n"' + "x\n" * 2000 + '"\n', options=limited)[::2000]
    assert error.startswith("news.csv line 2: a quoted cell is not closed")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings(rows: Read, encoding: str) -> None:
    ((_, text, _, _),) = rows(
        "text\n“Café £5 – and more” he said, naïvely.\n".replace(",", " ").encode(encoding)
    )
    assert text.startswith("“Café £5 –")


def test_a_row_that_is_not_utf8_costs_itself(rows: Read) -> None:
    content = "text\n" + "Sales rose.\n" * 30_000
    found = rows(content.encode() + b"Caf\xe9.\nLast.\n")
    assert found[-2] == "news.csv line 30002: is not UTF-8; save the file as UTF-8"
    assert found[-1] == ("news.csv:30003", "Last.", None, None)


def test_packed_and_streamed(rows: Read) -> None:
    content = gzip.compress(b"text\n" + b"".join(b"Row %d.\n" % n for n in range(100_000)))
    found = rows(content[: len(content) // 2], "a.csv.gz")
    assert len(found) > 40_000
    assert str(found[-1]).startswith("a.csv.gz: is damaged")
    Path("b.csv").write_text("text\n" + "Row.\n" * 1_000_000)
    stream = read(find(["b.csv"]), Options())
    assert isinstance(next(stream), Article)


def test_the_largest_article_is_far_above_what_is_extracted() -> None:
    assert LARGEST > 10 * 1_000_000
