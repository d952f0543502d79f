"""A ledger does not depend on order and parts, is never half written, and refuses what it cannot use."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks.ledger import make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import ledger
from extract.errors import OptionError
from extract.ledger import building
from extract.ledger.building import run
from extract.ledger.store import connect
from tests.ledger.made import Claim, Tables, built, claim, percent, tables, write

pytest.importorskip("duckdb")

VALUES = (4.7, 5, 5.4, 5.5, 8.5)
ANONYMOUS: dict[str, Any] = {"subject": None, "subject_name": None, "subject_country": None}


def claims() -> list[Claim]:
    """Claims that are near one another in all ways."""
    made = [
        percent(f"doc {n}", f"{value}%", value, published=f"2024-02-1{n}") for n, value in enumerate(VALUES)
    ]
    made += [
        percent("doc 5", "5.5%", 5.5, **ANONYMOUS),
        percent("doc 5", "3%", 3, metric_id="imports", start=90),
    ]
    made += [percent("doc 6", "5%", 5, period_start=None, period_end=None, source="Courier")]
    made += [claim("doc 7", "$71.6 million", "It rose to $71.6 million.", to_value=71_600_000, to_unit="USD")]
    made += [
        percent("doc 8", "5.5%", 5.5, metric="overseas shipments"),
        percent("doc 9", "5.5%", 5.5, subject_country=None),
    ]
    made += [
        percent(
            "doc 9",
            "5.5%",
            5.5,
            "Shipments rose 5.5%.",
            metric_id=None,
            metric="goods sent overseas",
            start=50,
        )
    ]
    return made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The ledger of all claims at once."""
    return built(tmp_path_factory.mktemp("whole"), *claims())


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(order=st.permutations(range(len(claims()))), cut=st.integers(1, 11))
def test_order_and_parts_make_no_difference(
    order: list[int], cut: int, whole: Tables, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    for number, part in enumerate((order[:cut], order[cut:])):
        facts = write(folder / f"{number}.jsonl", [claims()[at] for at in part])
        ledger.build([facts], str(folder / "parts.duckdb"))
    assert tables(folder / "parts.duckdb") == whole


def test_nothing_is_added_twice(tmp_path: Path, whole: Tables) -> None:
    facts = write(tmp_path / "facts.jsonl", claims())
    first = ledger.build([facts], str(tmp_path / "l.duckdb"))
    second = ledger.build([facts, facts], str(tmp_path / "l.duckdb"))
    assert (first.added, second.added) == (len(claims()), 0)
    assert tables(tmp_path / "l.duckdb") == whole


def test_formats_make_no_difference(tmp_path: Path, whole: Tables) -> None:
    """Parquet, DuckDB and SQLite, with the table of articles, and JSON Lines that keep its fields."""
    lines = write(tmp_path / "facts.jsonl", claims())
    base = connect()
    base.execute(f"CREATE TABLE facts AS SELECT * FROM read_json('{lines}')")
    known = "max(published)::DATE AS published, max(source) AS source"
    base.execute(f"CREATE TABLE articles AS SELECT doc_id, {known} FROM facts GROUP BY ALL")
    (tmp_path / "folder").mkdir()
    base.execute(
        f"COPY (SELECT * EXCLUDE (published, source) FROM facts) TO '{tmp_path}/folder/growth.parquet'"
    )
    base.execute(f"COPY articles TO '{tmp_path}/folder/articles.parquet'")
    base.execute(f"ATTACH '{tmp_path}/facts.duckdb' AS copy")
    base.execute("CREATE TABLE copy.growth AS SELECT * EXCLUDE (published, source) FROM facts")
    base.execute("CREATE TABLE copy.articles AS FROM articles")
    with sqlite3.connect(tmp_path / "facts.sqlite") as other:
        for table, source in (("growth", "facts"), ("articles", "articles")):
            found = base.execute(f"FROM {source}")
            names = [name for name, *_ in found.description]
            other.execute(f"CREATE TABLE {table} ({', '.join(map(repr, names))})")
            rows = [
                [str(v) if not isinstance(v, int | float | None) else v for v in row]
                for row in found.fetchall()
            ]
            other.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
    base.close()
    for name in ("folder", "facts.duckdb", "facts.sqlite"):
        ledger.build([str(tmp_path / name)], str(tmp_path / f"{name}.l.duckdb"))
        assert tables(tmp_path / f"{name}.l.duckdb") == whole, name


def test_a_killed_run_leaves_the_old_ledger(tmp_path: Path) -> None:
    before = built(tmp_path, *claims())
    many = tmp_path / "many.jsonl"
    with many.open("w") as stream:
        line = json.dumps(percent("more 0", "5.5%", 5.5))
        stream.writelines(line.replace("more 0", f"more {n}") + "\n" for n in range(2000))
    output = str(tmp_path / "ledger.duckdb")
    code = f"from extract import ledger; ledger.build([{str(many)!r}], {output!r}, progress=print)"
    process = subprocess.Popen([sys.executable, "-uc", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    while not process.stdout.readline().startswith("values"):
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert tables(tmp_path / "ledger.duckdb") == before
    assert (tmp_path / ".ledger.duckdb.part").exists()
    again = built(tmp_path, *claims())
    assert again == before
    assert not list(tmp_path.glob(".ledger*"))


def test_two_runs_do_not_write_one_ledger(tmp_path: Path) -> None:
    facts = write(tmp_path / "facts.jsonl", claims())

    def second(step: str) -> None:
        with pytest.raises(OptionError, match="another run is writing this ledger; wait"):
            ledger.build([facts], str(tmp_path / "l.duckdb"))

    assert ledger.build([facts], str(tmp_path / "l.duckdb"), progress=second).added == len(claims())


def refused(path: Path, message: str, output: str = "l.duckdb") -> None:
    with pytest.raises(OptionError, match=message):
        ledger.build([str(path)], str(path.parent / output))
    assert not list(path.parent.glob(".*.part"))


def test_bad_input_is_refused_with_the_remedy(tmp_path: Path) -> None:
    def made(name: str, content: str | bytes) -> Path:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    line = json.dumps(percent("a", "5.5%", 5.5))
    lacking = json.dumps({k: v for k, v in percent("a", "5.5%", 5.5).items() if k != "metric_id"})
    refused(tmp_path / "none.jsonl", "does not exist; name facts")
    refused(
        made("facts.csv", "doc_id,fact_id\na,b\n"),
        "is not a file of facts; a ledger reads what `extract run` writes",
    )
    refused(made("other.jsonl", '{"a": 1}\n'), "has JSON, but no facts")
    refused(
        made("old.jsonl", lacking + "\n"),
        "facts of another version, without metric_id; extract the articles again",
    )
    refused(
        made("new.jsonl", line.replace('"actual"', '"planned"')),
        "another version, with status 'planned'; extract",
    )
    refused(made("half.jsonl", line + "\n" + line[:90]), "half.jsonl: cannot be read as facts")
    refused(made("bad.parquet", b"PAR1 is not all"), "bad.parquet: cannot be read as facts")
    refused(tmp_path, "has no growth.parquet", output="other.duckdb")


def test_an_input_without_claims_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    write(tmp_path / "money.jsonl", [{"doc_id": "a", "fact_id": "money:0-2", "kind": "money", "amount": 5}])
    inputs = [str(tmp_path / "empty.jsonl"), str(tmp_path / "money.jsonl")]
    done = ledger.build(inputs, str(tmp_path / "l.duckdb"))
    assert done.empty == tuple(inputs)
    assert done.mentions == 0


def test_an_output_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    facts = write(tmp_path / "facts.jsonl", claims())
    (tmp_path / "text.duckdb").write_text("not a database")
    with connect(str(tmp_path / "other.duckdb")) as base:
        base.execute("CREATE TABLE about (name VARCHAR)")
    cases = {
        "text.duckdb": "is not a ledger; build one",
        "other.duckdb": "is a DuckDB file, but no ledger",
        ".": "is a folder",
    }
    for name, message in cases.items():
        with pytest.raises(OptionError, match=message):
            ledger.build([facts], str(tmp_path / name))
    assert (tmp_path / "text.duckdb").read_text() == "not a database"
    with pytest.raises(OptionError, match="cannot be written"):
        ledger.build([facts], str(tmp_path / "no" / "l.duckdb"))
    ledger.build([facts], str(tmp_path / "l.duckdb"))
    with pytest.raises(OptionError, match="is a ledger, not facts"):
        ledger.build([str(tmp_path / "l.duckdb")], str(tmp_path / "l2.duckdb"))


def test_a_ledger_of_another_format_is_refused(tmp_path: Path) -> None:
    built(tmp_path, *claims())
    with connect(str(tmp_path / "ledger.duckdb")) as base:
        base.execute("UPDATE about SET format = 9, version = '7.1'")
    with pytest.raises(
        OptionError, match=r"format 9, written by version 7.1; .* build it again from the facts"
    ):
        ledger.build([str(tmp_path / "facts.jsonl")], str(tmp_path / "ledger.duckdb"))


def test_the_benchmark_makes_facts(tmp_path: Path) -> None:
    """Forty mentions of each of fifty statements, most of which are found to be one."""
    make(tmp_path, 2000)
    done = ledger.build([str(tmp_path)], str(tmp_path / "l.duckdb"))
    assert (done.mentions, done.undated) == (2000, 0)
    with ledger.opened(str(tmp_path / "l.duckdb")) as base:
        sizes = [len(row[0]) for row in base.execute("SELECT mentions FROM statements").fetchall()]
    assert sum(sorted(sizes)[-50:]) > 1000


@pytest.mark.parametrize(("shape", "statements"), [("one", 700), ("values", 3200)])
def test_hostile_facts_stay_few_pairs(shape: str, statements: int, tmp_path: Path) -> None:
    """One statement in all mentions; one key with a value for each ten mentions."""
    make(tmp_path, 8000, shape)
    done = ledger.build([str(tmp_path)], str(tmp_path / "l.duckdb"))
    assert statements / 4 < done.statements < statements
    assert done.contradictions < 200


def test_a_chain_of_values_takes_few_rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of 300 values agrees with the next one: 100.0 to 100.2, 100.1 to 100.3 and so on."""
    steps: list[str] = []

    def counted(base: Any, step: str) -> None:
        steps.append(step)
        run(base, step)

    monkeypatch.setattr(building, "run", counted)
    values = [(f"doc {n}", 100 + n / 10) for n in range(300)]
    made = [
        percent(doc, f"{value}% to {value + 0.2}%", value, change_max=value + 0.2) for doc, value in values
    ]
    ledger.build([write(tmp_path / "facts.jsonl", made)], str(tmp_path / "l.duckdb"))
    assert 1 < steps.count("round") < 20
