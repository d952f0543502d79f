"""What is printed, queried, drawn and exported of a ledger, by the command."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract import ledger
from extract.cli import main
from extract.ledger.store import TABLES, connect
from tests.documents import ROOT, hold
from tests.ledger.made import percent, write

pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("ask")
    words = "Exports rose 5.5% to $71.6 billion in 2023."
    claims = [
        percent("a", "5.5%", 5.5, words, to_value=71_600_000_000, to_unit="USD"),
        percent("b", "8.5%", 8.5, source="Courier", published="2024-02-17"),
        percent("c", "3%", 3, status="projected", published="2023-03-01", speaker="person:aigul"),
        percent("d", "2%", 2, metric_id="imports", period_start="2022-01-01", period_end="2022-12-31"),
    ]
    path = folder / "ledger.duckdb"
    done = run(write(folder / "facts.jsonl", claims), "-o", str(path))
    assert "added 4 claims" in done.stderr
    return str(path)


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, ["ledger", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_show_has_series_forecasts_and_contradictions(base: str) -> None:
    shown = run("show", base, "--subject", "kazakh", "--metric", "exports").stdout
    assert re.search(r"Kazakhstan +exports +2023 +71.6 billion USD +\+5.5 % ", shown)
    assert re.search(r"\+3 % +aigul +2023-03-01 +\+5.5 % +2024-02-14 +\+2.5 points", shown)
    assert "imports" not in shown
    assert "contradictions: 1" in shown


def test_show_says_that_there_is_nothing(base: str) -> None:
    done = run("show", base, "--subject", "Atlantis")
    assert done.exit_code == 2
    assert "has no such series; choose another --subject" in done.stderr


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_chart_is_drawn(base: str, suffix: str, tmp_path: Path) -> None:
    pytest.importorskip("altair")
    path = tmp_path / f"chart.{suffix}"
    assert run("show", base, "--subject", "Kazakhstan", "--chart", str(path)).exit_code == 0
    head = path.read_bytes()[:4]
    assert head == b"<svg" if suffix == "svg" else head == b"\x89PNG"
    if suffix == "svg":
        assert {"reported", "other report", "forecast"} <= set(
            re.findall(r">([\w ]+)</text>", path.read_text())
        )


def test_a_chart_of_another_suffix_is_refused(base: str) -> None:
    pytest.importorskip("altair")
    assert "written as .svg or .png" in run("show", base, "--chart", "chart.pdf").stderr


def test_a_query_has_rows(base: str) -> None:
    rows = list(
        csv.reader(
            io.StringIO(
                run("query", base, "SELECT value, percent FROM series ORDER BY percent", "--csv").stdout
            )
        )
    )
    assert rows == [["value", "percent"], ["", "2"], ["", "3"], ["71600000000", "5.5"], ["", "8.5"]]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM series",
        "SELECT 1; SELECT 2",
        "SELECT * FROM '/etc/hostname'",
        "COPY series TO 'x.csv'",
        "SELEC",
    ],
)
def test_a_query_changes_and_reads_nothing_else(base: str, sql: str) -> None:
    done = run("query", base, sql)
    assert done.exit_code == 2, done.stdout
    assert done.stderr.startswith("error: ")


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_an_export_has_all_tables(base: str, format: str, tmp_path: Path) -> None:
    assert run("export", base, "-o", str(tmp_path / "out"), "--format", format).exit_code == 0
    with connect() as other, ledger.opened(base) as known:
        for name in TABLES:
            count = known.execute(f"SELECT count(*) FROM {name}").fetchone()
            assert other.execute(f"SELECT count(*) FROM '{tmp_path}/out/{name}.{format}'").fetchone() == count


def test_files_that_are_there_are_replaced_only_on_demand(base: str, tmp_path: Path) -> None:
    (tmp_path / "series.csv").write_text("precious")
    to = ["export", base, "-o", str(tmp_path), "--format", "csv"]
    assert "is there already" in run(*to).stderr
    assert (tmp_path / "series.csv").read_text() == "precious"
    assert run(*to, "--overwrite").exit_code == 0
    drawing = str(tmp_path / "series.csv")
    assert "is there already" in run("show", base, "--chart", drawing).stderr


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    assert "is not a ledger; build one" in run("show", str(tmp_path / "a.txt")).stderr
    assert "does not exist; build a ledger" in run("show", str(tmp_path / "none")).stderr


def test_the_tables_of_the_document_are_those_of_a_ledger(base: str, request: pytest.FixtureRequest) -> None:
    document = ROOT / "docs" / "ledger.md"
    text = document.read_text(encoding="utf-8")
    begun = text.index("\n## mentions\n")
    made = []
    with ledger.opened(base) as known:
        for name, table in TABLES.items():
            described = known.execute(f"DESCRIBE {name}").fetchall()
            columns = [(column, type.replace(",", ", ")) for column, type, *_ in described]
            assert columns[: len(table.columns)] == [
                (c.name, c.type.replace(", ", ",").replace(",", ", ")) for c in table.columns
            ]
            lines = "".join(f"| {c.name} | {c.type} | {c.meaning} |\n" for c in table.columns)
            made.append(
                f"\n## {name}\n\n{table.what}\n\n| column | type | meaning |\n| --- | --- | --- |\n{lines}"
            )
    hold(document, (begun, len(text)), "".join(made), request)


def test_rows_that_are_too_wide_for_a_table_are_listed_by_column(base: str) -> None:
    narrow = run("query", base, "SELECT metric, status FROM statements").stdout
    assert re.search(r"metric +status", narrow)
    wide = run("query", base, "SELECT * FROM mentions ORDER BY doc_id LIMIT 2").stdout.splitlines()
    assert [line for line in wide if line.startswith("row")] == ["row 1", "row 2"]
    assert "  doc_id            a" in wide
    assert "  to_value          71600000000" in wide


def test_a_damaged_ledger_is_named(base: str, tmp_path: Path) -> None:
    path = tmp_path / "half.duckdb"
    path.write_bytes(Path(base).read_bytes()[:3000])
    done = run("show", str(path))
    assert (done.exit_code, f"{path}: is damaged (" in done.stderr) == (2, True)
    assert "build it again from the facts" in done.stderr
