from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html

from extract.cli import main
from extract.cli.pages import write_page
from extract.decimals import plain
from extract.errors import OptionError
from extract.ledger import build
from extract.records import Fact
from extract.report import Wanted, make_report, sources
from extract.report.articles import choose, pages, take
from extract.report.base import counting, rows_of
from extract.writers import Found, Layout, open_writer
from tests.report.facts import HOSTILE, article, found, hostile

KEEP = Layout(keep=("title", "published", "source", "url"))
OUTPUTS = {  # each with its format and layout
    "facts.jsonl": ("jsonl", KEEP),
    "tables": ("csv", Layout()),
    "facts.csv": ("csv", Layout()),
    "parquet": ("parquet", Layout()),
    "facts.arrow": ("arrow", KEEP),
    "facts.duckdb": ("duckdb", Layout()),
    "facts.sqlite": ("sqlite", Layout()),
}


def written(folder: Path, name: str, given: Sequence[Found]) -> str:
    format, layout = OUTPUTS[name]
    with open_writer(str(folder / name), format=format, layout=layout) as writer:
        writer.write(given)
    return str(folder / name)


def loaded(paths: Sequence[str], query: str) -> list[tuple[Any, ...]]:
    with counting() as base:
        for path in paths:
            sources.load(base, path)
        sources.complete(base, several=len(paths) > 1)
        return rows_of(base, query)[1]


def told(fact: Fact, name: str) -> Any:
    """A value as the database has it: decimals as texts."""
    value = getattr(fact, name, None)
    return plain(value) if isinstance(value, Decimal) else value


FACTS = """SELECT doc_id, fact_id, kind, "end" - start, sentence,
    amount, percent_change, rate_date, timex_type
    FROM facts ORDER BY ALL"""


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name != "facts.csv"])
def test_every_format_has_the_same_facts_and_articles(tmp_path: Path, name: str) -> None:
    given = [*found(3), hostile()]
    path = written(tmp_path, name, given)
    names = ("amount", "percent_change", "rate_date", "timex_type")
    expected = [
        (one.doc_id, one.fact_id, one.kind, one.end - one.start, one.sentence, *(told(one, n) for n in names))
        for _, facts in given
        for one in facts
    ]
    assert loaded([path], FACTS) == sorted(expected, key=lambda row: row[:2])
    known = loaded(
        [path], "SELECT doc_id, title, published, source, url, facts, claims FROM articles ORDER BY 1"
    )
    assert known == sorted((a.id, a.title, a.published, a.source, a.url, 5, 1) for a, _ in given)


def test_files_of_a_table_know_the_articles_beside_them(tmp_path: Path) -> None:
    written(tmp_path, "facts.csv", found(2))
    path = str(tmp_path / "facts.growth.csv")
    assert loaded([path], "SELECT title FROM articles ORDER BY 1") == [
        ("Exports rise by 1",),
        ("Exports rise by 2",),
    ]
    assert loaded([path], "SELECT count(*) FROM facts") == [(2,)]


def test_a_folder_of_parts(tmp_path: Path) -> None:
    for number, part in enumerate((found(2), found(3)[2:])):
        written(tmp_path, "parquet", part)
        for file in (tmp_path / "parquet").iterdir():
            place = tmp_path / "parts" / file.stem
            place.mkdir(parents=True, exist_ok=True)
            file.rename(place / f"part-{number:05}.parquet")
    notes = tmp_path / "parts" / "_manifest"
    notes.mkdir()
    (notes / "part-00000.json").write_text(
        json.dumps({"failures": [["a.pdf", "is no text", "leave it out"]]})
    )
    (notes / "run.json").write_text(json.dumps({"made": {"version": "9.9", "model": None}}))
    with counting() as base:
        sources.load(base, str(tmp_path / "parts"))
        assert sources.noted(base, str(tmp_path / "parts")) == {"version": "9.9"}
        assert rows_of(base, "SELECT count(*), count(DISTINCT doc_id) FROM facts")[1] == [(15, 3)]
        assert rows_of(base, "FROM failures")[1] == [("a.pdf", "is no text", "leave it out")]


def test_facts_that_are_in_two_files_count_once(tmp_path: Path) -> None:
    paths = [written(tmp_path, "facts.jsonl", found(3)), written(tmp_path, "parquet", found(4))]
    assert loaded(paths, "SELECT count(*) FROM facts") == [(20,)]
    assert loaded(paths, "SELECT count(*), sum(facts) FROM articles") == [(4, 20)]


def test_an_empty_file_and_articles_without_facts(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    page = make_report([str(tmp_path / "none.jsonl")], Wanted())
    assert "There are none." in page
    path = written(tmp_path, "facts.duckdb", [(found(1)[0][0], [])])
    assert loaded([path], "SELECT facts, claims FROM articles") == [(0, 0)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonl", b'{"doc_id": "a"}\n{"doc_id": ', "a.jsonl: cannot be read"),
        ("a.jsonl", b"\x00\x01\x02", "a.jsonl: is not in a known format"),
        ("a.csv", b"a,b\n1,2\n", r"a.csv: has no facts \(doc_id, fact_id"),
        ("a.parquet", b"PAR1....", "a.parquet: cannot be read"),
        ("a.duckdb", b"12345678DUCK1234" + b"\0" * 5000, "a.duckdb: cannot be read"),
        ("a.sqlite", b"SQLite format 3\0" + b"\0" * 500, "a.sqlite: cannot be read|a.sqlite: holds no facts"),
        ("a.arrow", b"\xff\xff\xff\xff\x10\0\0\0" + b"\0" * 50, "a.arrow: cannot be read"),
        ("none", None, "none: cannot be read .no such file"),
    ],
)
def test_what_is_no_output_is_refused(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OptionError, match=told):
        loaded([str(path)], FACTS)


@pytest.mark.parametrize(
    ("field", "value"), [("amount", True), ("kind", 3.7), ("check", "NaN"), ("doc_id", {})]
)
def test_facts_that_no_run_has_written_are_named(tmp_path: Path, field: str, value: object) -> None:
    path = Path(written(tmp_path, "facts.jsonl", found(3)))
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps({**row, field: value}) + "\n" for row in rows))
    done = CliRunner().invoke(main, ["report", str(path), "-o", str(tmp_path / "report.html")])
    assert isinstance(done.exception, SystemExit | None)
    assert done.exit_code in (0, 2)
    assert "as a bug" not in done.output


def test_a_page_without_room_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "report.html"
    write_page(str(page), "old")
    (tmp_path / ".report.html.part").symlink_to("/dev/full")
    with pytest.raises(OptionError, match=r"report\.html: cannot be written .no space left on device"):
        write_page(str(page), "new" * 10_000)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
    (tmp_path / "link.html").symlink_to("report.html")
    write_page(str(tmp_path / "link.html"), "new")
    assert page.read_text() == "new"


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"failures": [1]}', b"[" * 100_000])
def test_damaged_notes_of_parts_are_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "_manifest").mkdir()
    (tmp_path / "_manifest/part-00000.json").write_bytes(content)
    with counting() as base, pytest.raises(OptionError, match="_manifest: is damaged"):
        sources.noted(base, str(tmp_path))


def test_a_folder_without_facts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="contains no facts; name an output of `extract run`"):
        loaded([str(tmp_path)], FACTS)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """A report with its pages, of ten articles, one of them hostile, of which nine texts are known."""
    folder = tmp_path_factory.mktemp("report")
    given = [*found(), hostile()]
    with open_writer(str(folder / "facts.jsonl")) as writer:
        writer.write(given)
    failed = {"where": HOSTILE, "reason": "is empty", "remedy": HOSTILE}
    (folder / "facts.jsonl.failures.jsonl").write_text(json.dumps(failed) + "\n")
    made: dict[str, str] = {}
    wanted = Wanted(articles=[article for article, _ in given[1:]], pages=3, title=HOSTILE, folder="a")
    return make_report([str(folder / "facts.jsonl")], wanted, write=made.__setitem__), made


def tables(page: str) -> dict[str, list[list[str]]]:
    """The cells of each section."""
    root = html.document_fromstring(page)
    return {
        section.get("id"): [
            [cell.text_content() for cell in row.findall("td")] for row in section.iter("tr")
        ][1:]
        for section in root.iter("section")
    }


def test_what_is_counted(report: tuple[str, dict[str, str]]) -> None:
    shown = tables(report[0])
    assert sorted(row[:3] for row in shown["kinds"]) == [
        [k, "10", "10"] for k in ("date", "entity", "growth", "money", "quantity")
    ]
    assert shown["times"][0] == ["2024-06-02", "1", "5", "1"] and len(shown["times"]) == 9
    assert shown["sources"][0][:3] == ["Cape Monitor", "4", "20"]
    assert shown["entities"][0] == ["Acme", "ORG", "org:acme", "9", "9"]
    assert shown["metrics"][0] == ["exports", "9", "9", "0", "0", "9"]
    assert shown["currencies"] == [["USD", "10", "10", "5,000.5", "5,000.5"]]
    assert [row[0] for row in shown["strongest"]] == [str(n) for n in range(10, 0, -1)]
    assert len(shown["inconsistent"]) == 1
    assert shown["failures"][0][0] == "is empty" and shown["failures"][0][2] == "1"
    assert len(shown["articles"]) == 3


def test_every_chart_has_its_table(report: tuple[str, dict[str, str]]) -> None:
    root = html.document_fromstring(report[0])
    figures = list(root.iter("figure"))
    assert len(figures) >= 7
    for figure in figures:
        details = figure.getnext()
        assert details.tag == "details" and details.find(".//tbody/tr") is not None
        etree.fromstring(html.tostring(figure.find("svg"), method="xml"))
        assert not figure.xpath(".//svg//*[@role]")  # the figure itself has a name


def test_hostile_texts_are_inert(report: tuple[str, dict[str, str]]) -> None:
    for page in (report[0], *report[1].values()):
        assert "<script>alert" not in page and "<img src=x" not in page and "\u202e" not in page
        root = html.document_fromstring(page)
        assert not [one for one in root.iter() if any(name.startswith("on") for name in one.attrib)]
        links = {link for one in root.iter("a") for link in [one.get("href", "")]}
        assert not [
            link
            for link in links
            if not re.match(r"#|a/[0-9a-f]{16}\.html(?:#growth:\d+-\d+)?$|https://example\.org/", link)
        ]
        assert not [
            one for one in root.iter() if one.get("src") or one.get("{http://www.w3.org/1999/xlink}href")
        ]
        assert "default-src &#39;none&#39;" in page


def test_pages_of_articles_are_of_what_a_reader_asks_for(report: tuple[str, dict[str, str]]) -> None:
    """The wrong one, then the strongest; with their texts, and links that lead to them."""
    page, made = report
    assert len(made) == 3
    root = html.document_fromstring(page)
    linked = {
        link.partition("/")[2].partition("#")[0]
        for one in root.iter("a")
        if (link := one.get("href", "")).startswith("a/")
    }
    assert linked == made.keys()
    strongest = next(text for text in made.values() if "Exports rise by 9" in text)
    assert "is not available" not in strongest and "<mark" in strongest


def test_an_article_without_its_text_has_its_sentences(tmp_path: Path) -> None:
    path = written(tmp_path, "facts.jsonl", found(1))
    with counting() as base:
        sources.load(base, path)
        paged = choose(base, 5)
        sources.complete(base, several=False)
        ((_, page),) = pages(base, paged)
    assert "is not available" in page
    words = html.document_fromstring(page).find(".//article").text_content()
    assert "exports rose 1%" in words and "$5,000" in words


@pytest.mark.parametrize("name", ["tables", "parquet", "facts.duckdb", "facts.sqlite"])
def test_texts_are_taken_from_the_table_of_articles(tmp_path: Path, name: str) -> None:
    given = [hostile()]
    path = written(tmp_path, name, given)
    with counting() as base:
        sources.load(base, path)
        paged = choose(base, 5)
        sources.take_texts(base, path)
        take(base, [], paged)
        assert rows_of(base, "SELECT doc_id, text FROM texts")[1] == [(HOSTILE, given[0][0].text)]


def test_the_command(tmp_path: Path) -> None:
    def report(*words: str) -> Result:
        return CliRunner().invoke(main, ["report", *words])

    path = written(tmp_path, "parquet", found(3))
    out = tmp_path / "r.html"
    (tmp_path / "r.articles").mkdir()
    (tmp_path / "r.articles" / "own.txt").write_text("mine")
    for count in (2, 0):
        done = report(path, "-o", str(out), "--pages", str(count), "--title", "Week 23")
        assert done.exit_code == 0, done.stderr
        assert f"with {count} pages" in done.stderr
        assert len(list((tmp_path / "r.articles").glob("*.html"))) == count
    assert (tmp_path / "r.articles" / "own.txt").read_text() == "mine"
    assert '<h1 dir="auto">Week 23</h1>' in out.read_text()
    done = report(path, "-o", str(tmp_path / "parquet" / "growth.parquet"))
    assert done.exit_code == 2 and "is not a page written by extract" in done.stderr


def test_articles_under_other_ids_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "facts.jsonl", found(1))
    page = make_report([path], Wanted(articles=[article(1, id="1.txt")]))
    text = html.document_fromstring(page).text_content()
    assert "None of the given articles has facts here" in text and "like 'day/1.txt'" in text


def test_a_ledger_adds_its_series(tmp_path: Path) -> None:
    path = written(tmp_path, "parquet", [*found(3), hostile()])
    build([path], str(tmp_path / "ledger.duckdb"))
    page = make_report([path], Wanted(ledger=str(tmp_path / "ledger.duckdb")))
    shown = tables(page)
    assert {"series", "forecasts", "contradictions"} <= set(
        re.findall(r'<section class="wide" id="(\w+)"', page)
    )
    assert not shown["contradictions"] and "No two statements contradict each other." in page
    assert "<script>alert" not in page
    with pytest.raises(OptionError, match=r"is not a ledger"):
        make_report([path], Wanted(ledger=str(tmp_path / "parquet" / "growth.parquet")))
