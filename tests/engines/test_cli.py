"""`extract run --engine` from the command line, on a cluster that is this process."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pyarrow.parquet as pq
import pytest
import spacy
from click.testing import CliRunner, Result

from extract import pipeline, record_builders
from extract.cli import main
from extract.engines import extraction, ray
from extract.engines.parts import Job, PartResult, extract_part
from extract.errors import OptionError
from extract.run import Item
from tests.samples import dollars

Extract = Callable[..., Result]


class Here:
    """A cluster that does what is submitted when it is asked for."""

    def __init__(self, job: Job, *, address: str | None, workers: int | None) -> None:
        self.job, self.waiting = job, list[list[Item]]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def width(self) -> int:
        return 2

    def submit(self, items: list[Item], /) -> object:
        self.waiting.append(items)
        return len(self.waiting) - 1

    def next(self, tickets: Any, /) -> object:
        return tickets[-1]

    def result(self, ticket: Any, /) -> PartResult:
        return extract_part(self.job, self.waiting[ticket])


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Six articles, of which one fails, and a pipeline that knows dollars only."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for n, text in enumerate(["It cost $1.", "It cost $2.", "BUG", "It cost $4.", "$5 or $6.", " "]):
        Path(f"news/{n}.txt").write_text(text)
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))
    monkeypatch.setattr(pipeline, "load", lambda **said: spacy.blank("en"))
    monkeypatch.setattr(ray, "RayCluster", Here)
    monkeypatch.setattr("extract.cli.engine.ISOLATED", False)
    extraction._extractor.cache_clear()
    yield
    extraction._extractor.cache_clear()  # of the pipeline that knows dollars only


@pytest.fixture
def extract() -> Extract:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["run", *arguments, "--engine", "ray"])

    return run


def amounts(folder: str) -> list[int]:
    return [int(row["amount"]) for row in pq.read_table(f"{folder}/money").to_pylist()]


def test_a_run_is_that_of_one_machine(extract: Extract) -> None:
    result = extract("news", "-o", "out/", "--part-size", "2")
    alone = CliRunner().invoke(main, ["run", "news", "-o", "alone", "--format", "parquet"])
    assert result.exit_code == alone.exit_code == 1
    assert told(result) == told(alone)
    assert Path("out.failures.jsonl").read_text() == Path("alone.failures.jsonl").read_text()
    for path in Path("alone").glob("*.parquet"):
        assert pq.read_table(f"out/{path.stem}") == pq.read_table(path), path
    assert sorted(path.name for path in Path("out/money").iterdir()) == [
        f"part-{n:05}.parquet" for n in range(3)
    ]


def told(result: Result) -> list[str]:
    """The summary, without how fast it was and where the failures are."""
    return [" ".join(line.split()) for line in result.stderr.splitlines() if "words/s" not in line]


def test_options_of_the_output(extract: Extract) -> None:
    extract("news", "-o", "out", "--kind", "money", "--numbers", "float", "--no-text")
    assert sorted(path.name for path in Path("out").iterdir()) == ["_manifest", "articles", "money"]
    assert pq.read_table("out/money")["amount"].to_pylist() == [1.0, 2.0, 4.0, 5.0, 6.0]
    assert pq.read_table("out/articles")["text"].null_count == 4
    note = json.loads(Path("out/_manifest/run.json").read_text())["made"]
    assert (note["kinds"], note["numbers"], note["text"]) == ("money", "float", 0)


def test_what_a_run_has_written_is_not_read(extract: Extract) -> None:
    assert extract(".", "-o", "out").exit_code == 1
    assert extract(".", "-o", "out").exit_code == 1
    assert amounts("out") == [1, 2, 4, 5, 6]
    Path("out/more.txt").write_text("$7")
    result = extract(".", "-o", "out")
    assert result.exit_code == 2
    assert "out/more.txt: is in the output folder; write to another folder with -o" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--engine writes a folder of Parquet files; name a folder with -o"),
        (["-o", "-"], "name a folder with -o"),
        (["-o", "/dev/null"], "name a folder with -o"),
        (["-o", "facts.jsonl"], "facts.jsonl: --engine writes a folder"),
        (["-o", "growth.parquet", "--kind", "growth"], "growth.parquet: --engine writes a folder"),
        (["-o", "out", "--format", "csv"], "out: --engine writes a folder"),
        (["-o", "news"], "news/0.txt: is in the output folder"),
        (["-o", "out", "--failures", "news/1.txt"], "news/1.txt"),
        (["-o", "nosuch://bucket/out"], "nosuch://bucket/out: is not a folder or address"),
    ],
)
def test_outputs_that_cannot_be(extract: Extract, arguments: list[str], message: str) -> None:
    result = extract("news", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert Path("news/1.txt").read_text() == "It cost $2."


def test_options_that_need_an_engine() -> None:
    result = CliRunner().invoke(main, ["run", "news", "-o", "out", "--address", "10.0.0.1:6379"])
    assert result.exit_code == 2
    assert "--address requires --engine; add it" in result.stderr


def test_without_ray(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "ray", None)
    result = extract(__file__, "-o", "out", "--input-format", "txt")
    assert result.exit_code == 2
    assert "needs Ray (" in result.stderr
    assert "pip install 'ray[data]>=2.40' 'pyarrow>=15' 'fsspec[http]'" in result.stderr


def test_addresses_of_nobody() -> None:
    check = ray._check_address
    check("auto")
    for address, message in [
        ("127.0.0.1:9", "Ray does not answer (Connection refused)"),
        ("ray://127.0.0.1:9", "Ray does not answer"),
        ("nowhere.invalid:6379", "Ray does not answer"),
        ("10.0.0.1", "is not an address; write it as 10.0.0.1:6379, or auto"),
        ("127.0.0.1:99999", "Ray does not answer"),
    ]:
        with pytest.raises(OptionError, match=re.escape(message)):
            check(address)
