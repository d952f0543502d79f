"""Claims of hostile articles in a ledger: nothing runs, commands the terminal or breaks a query."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from extract import ledger
from extract.ledger.store import TABLES
from tests.ledger.made import percent, write
from tests.ledger.test_ask import run

FORMULA = "=HYPERLINK(A1)"
NAME = "x'); DROP TABLE series; --\x1b[2J\u202e<script>\x07"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("hostile")
    hostile = {"subject": FORMULA, "subject_name": NAME, "metric": FORMULA, "metric_id": NAME}
    claims = [
        percent("../../a", "5%", 5, **hostile, source="@SUM(1)"),
        percent("-1.5%", "8%", 8, **hostile, source=NAME, published="2024-02-17"),
        percent("\t+1", "3%", 3, **hostile, status="projected", published="2023-03-01", speaker=FORMULA),
    ]
    path = folder / "ledger.duckdb"
    assert "added 3 claims" in run(write(folder / "facts.jsonl", claims), "-o", str(path)).stderr
    return str(path)


def test_no_text_of_a_table_is_a_formula(base: str, tmp_path: Path) -> None:
    assert run("export", base, "-o", str(tmp_path), "--format", "csv").exit_code == 0
    printed = run("query", base, "SELECT * FROM mentions", "--csv").stdout
    texts = [(tmp_path / f"{name}.csv").read_text() for name in TABLES] + [printed]
    cells = [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "\t"))]
    assert {f"'{FORMULA}", "'@SUM(1)", "-1.5%", "'\t+1", NAME} <= {*cells}


def test_names_are_values_of_queries_and_do_not_command_the_terminal(base: str) -> None:
    for arguments in (
        ("show", base),
        ("show", base, "--subject", NAME),
        ("show", base, "--metric", NAME),
        ("query", base, "SELECT * FROM mentions"),
        ("query", base, 'SELECT owner_name AS "\x1b[2J" FROM series'),
    ):
        done = run(*arguments)
        assert done.exit_code == 0, done.stderr
        assert "x'); DROP TABLE series" in done.stdout or "script" in done.stdout
        assert not [c for c in done.output if not c.isprintable() and c not in "\n\t"]
    with ledger.opened(base) as opened:
        assert opened.execute("SELECT count(*) FROM series").fetchone() != (0,)


def test_an_export_without_room_leaves_no_part(base: str, tmp_path: Path) -> None:
    (tmp_path / ".mentions.csv.part").symlink_to("/dev/full")
    done = run("export", base, "-o", str(tmp_path), "--format", "csv")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
    assert not [*tmp_path.iterdir()]
