"""Ray on this machine, with two workers: the rows of one process, whatever dies. `make test-engines`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.engines import arrow
from extract.errors import OptionError
from tests.documents import ROOT
from tests.engines.news import MANY, news, write_news
from tests.engines.processes import kill_one, wait_until_gone

ray = pytest.importorskip("ray", reason="needs Ray: pip install '.[ray]'")
pytest.importorskip("ray.data", reason="needs Ray: pip install '.[ray]'")

pytestmark = pytest.mark.engines

PATIENCE = 240  # seconds


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A Ray with room for two workers and for what reads a dataset."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", paths)  # the workers find the tests by it
        patch.setenv("RAY_worker_niceness", "0")  # else a busy machine gives them nothing
        _start()
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray.get_runtime_context().gcs_address
        ray.shutdown()


def _start() -> None:
    """Start Ray; it gives up after 30 s, in which a busy machine may not have done it."""
    for left in (2, 1, 0):
        try:
            ray.init(
                address="local",
                num_cpus=3,
                include_dashboard=False,
                log_to_driver=False,
                logging_level="ERROR",
            )
            return
        except Exception as error:  # Ray raises no class of its own
            ray.shutdown()
            if not left or "timed out" not in str(error):
                raise


@pytest.fixture(scope="module")
def expected() -> pa.Table:
    """What one process makes of the articles."""
    return arrow.facts(pa.Table.from_pylist(news()))


def rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """All rows, in an order of their own."""
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


def collected(dataset: Any) -> pa.Table:
    tables = list(dataset.iter_batches(batch_format="pyarrow", batch_size=None))
    return pa.concat_tables(tables)


@pytest.mark.usefixtures("address")
def test_a_dataset_gives_the_rows_of_one_process(expected: pa.Table) -> None:
    from extract.engines.ray import facts

    dataset = ray.data.from_arrow(pa.Table.from_pylist(news())).repartition(16)
    found = collected(facts(dataset, workers=2))
    assert found.schema.equals(arrow.schema())
    assert rows(found) == rows(expected)


@pytest.mark.usefixtures("address")
def test_a_dataset_survives_the_death_of_a_worker(expected: pa.Table) -> None:
    from extract.engines.ray import facts

    dataset = ray.data.from_arrow(pa.Table.from_pylist(news())).repartition(16)
    tables, killed = [], False
    for table in facts(dataset, workers=2, batch_size=64).iter_batches(
        batch_format="pyarrow", batch_size=None
    ):
        tables.append(table)
        if not killed:
            kill_one(os.getpid(), "ray::MapWorker")
            killed = True
    assert killed
    assert rows(pa.concat_tables(tables)) == rows(expected)


@pytest.mark.usefixtures("address")
def test_failures_are_rows_of_a_dataset() -> None:
    from extract.engines.ray import facts

    given = pa.table({"id": ["a", "b", "c"], "body": ["Sales rose 5%.", None, " "], "paper": ["p"] * 3})
    dataset = facts(
        ray.data.from_arrow(given), workers=1, columns={"text": "body"}, kinds=["growth"], keep=["paper"]
    )
    table = collected(dataset)
    assert table.schema.equals(arrow.schema(kinds=["growth"], keep=["paper"]))
    told = [(row["doc_id"], row["kind"], row["paper"]) for row in table.to_pylist()]
    assert sorted(told) == [("a", "growth", "p"), ("b", "failure", None), ("c", "failure", None)]
    with pytest.raises(OptionError, match="unknown kind 'gold'"):
        facts(dataset, kinds=["gold"])


Extract = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def extract(address: str, tmp_path: Path) -> Extract:
    """Begins `extract run news.jsonl -o out` on the cluster, in twenty parts."""
    write_news(tmp_path / "news.jsonl")
    command = [sys.executable, "-m", "extract.cli", "run", "news.jsonl", "-o", "out", "--engine", "ray"]

    def run(*more: str) -> subprocess.Popen[str]:
        arguments = [*command, "--address", address, "--part-size", str(MANY // 20), *more]
        return subprocess.Popen(arguments, cwd=tmp_path, text=True, stderr=subprocess.PIPE)

    return run


def ended(process: subprocess.Popen[str], status: int = 0) -> str:
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == status, told
    return told


def wait_for_parts(folder: Path, count: int) -> None:
    """Wait until so many parts are done, whichever they are."""
    until = time.monotonic() + PATIENCE
    while len(list(folder.glob("_manifest/part-*.json"))) < count:
        assert time.monotonic() < until, f"no {count} parts in {folder}"
        time.sleep(0.05)


def hold_rows(folder: Path, expected: pa.Table) -> None:
    """The parts together are what one process finds, in its order."""
    assert pq.read_table(folder / "articles")["doc_id"].to_pylist() == [article["id"] for article in news()]
    for kind, table in arrow.split(expected).items():
        if kind != arrow.FAILURE:
            assert pq.read_table(folder / kind).to_pylist() == table.to_pylist(), kind


def test_a_run_survives_the_death_of_a_worker(extract: Extract, tmp_path: Path, expected: pa.Table) -> None:
    process = extract()
    wait_for_parts(tmp_path / "out", 2)
    beside = kill_one(os.getpid(), "ray::extract_part")
    told = ended(process)
    assert f"articles {MANY:,} " in " ".join(told.split())
    wait_until_gone(beside)
    hold_rows(tmp_path / "out", expected)
    assert not (tmp_path / "out.failures.jsonl").exists()


def test_a_run_that_is_killed_goes_on(extract: Extract, tmp_path: Path, expected: pa.Table) -> None:
    process = extract()
    wait_for_parts(tmp_path / "out", 4)
    process.kill()
    process.communicate()
    done = {path: path.stat().st_mtime_ns for path in (tmp_path / "out/_manifest").glob("part-*.json")}
    assert 4 <= len(done) < 20
    assert "continue it with --resume, or delete the folder" in ended(extract(), 2)
    ended(extract("--resume"))
    assert all(path.stat().st_mtime_ns == before for path, before in done.items())
    hold_rows(tmp_path / "out", expected)


def test_articles_that_kill_are_named_and_the_rest_goes_on(address: str, tmp_path: Path) -> None:
    texts = "$0 DIE $2 $3 $4 BUG $6 SLEEP $8 $9 KILL $11"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-m", "tests.engines.deadly", address, texts]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=PATIENCE)
    found = pq.read_table(tmp_path / "out/money")["doc_id"].to_pylist()
    assert found == ["0", "2", "3", "4", "6", "8", "9", "11"]
    failures = [json.loads(line) for line in (tmp_path / "failures.jsonl").read_text().splitlines()]
    assert [(failure["where"], failure["reason"].partition(" (")[0]) for failure in failures] == [
        ("1", "its worker process died"),
        ("5", "extraction failed"),
        ("7", "took longer than 15 s"),
        ("10", "its worker died at each try"),
    ]


def test_an_address_where_nobody_listens(extract: Extract) -> None:
    del extract
    command = [sys.executable, "-m", "extract.cli", "run", "news.jsonl", "-o", "o", "--engine", "ray"]
    done = subprocess.run(
        [*command, "--address", "127.0.0.1:9"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "--address 127.0.0.1:9: Ray does not answer (Connection refused); start one with" in done.stderr
