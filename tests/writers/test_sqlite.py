from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.errors import OptionError
from extract.records import KINDS, columns
from extract.writers import open_writer
from tests.samples import ARTICLE, FACTS


@pytest.fixture
def output(tmp_path: Path) -> str:
    return str(tmp_path / "facts.sqlite")


def rows(output: str, query: str) -> list[Any]:
    with closing(sqlite3.connect(output)) as base:
        return base.execute(query).fetchall()


def test_a_table_for_each_kind(output: str) -> None:
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS)])
    for kind, cls in KINDS.items():
        assert tuple(name for _, name, *_ in rows(output, f"PRAGMA table_info({kind})")) == columns(cls)
    assert rows(output, "SELECT amount, typeof(amount), currency, per FROM money") == [
        (1000, "integer", "EUR", None)
    ]
    assert rows(output, "SELECT change_value, to_value FROM growth") == [(5.5, 1e-7)]
    assert rows(output, "SELECT date_start FROM date") == [("2024-06-09",)]
    assert rows(output, "SELECT * FROM articles") == [(ARTICLE.id, ARTICLE.digest, None, "2024-06-11", None)]


def test_a_second_run_replaces_an_article(output: str) -> None:
    other = replace(ARTICLE, id="b")
    with open_writer(output) as writer:
        writer.write([(ARTICLE, FACTS), (other, [])])
    changed = replace(ARTICLE, title="Sales")
    with open_writer(output) as writer:
        writer.write([(changed, FACTS[:3])])
    assert [len(rows(output, f"SELECT * FROM {kind}")) for kind in KINDS] == [1, 1, 1, 0, 0]
    assert dict(rows(output, "SELECT doc_id, digest FROM articles")) == {
        "b": other.digest,
        ARTICLE.id: changed.digest,
    }


def test_claims_in_full(output: str) -> None:
    growth = replace(FACTS[4], subject="e1", speaker="e1", period="9 June", period_value="2024-06-09")  # type: ignore[call-arg]  # a growth fact
    with open_writer(output) as writer:
        writer.write([(ARTICLE, [*FACTS[:4], growth])])
    query = "SELECT subject_name, speaker_name, metric, period_start, period_end, change_value FROM claims"
    assert rows(output, query) == [("Müller AG", "Müller AG", "sales", "2024-06-09", "2024-06-09", 5.5)]


def test_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "notes.sqlite").write_text("Dear diary, today was long." * 50)
    for output in ("notes.sqlite", "no/facts.sqlite"):
        with pytest.raises(OptionError, match=r"cannot be written \(.*\); choose another -o"):
            open_writer(str(tmp_path / output))
    assert (tmp_path / "notes.sqlite").read_text().startswith("Dear diary")
    with pytest.raises(OptionError, match="name it with -o"):
        open_writer(format="sqlite")
