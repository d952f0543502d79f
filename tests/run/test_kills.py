"""Runs that are killed, stopped or out of room, and go on: the output is that of a run without any of it.

The runs are processes: forks of this one, for speed, or `extract` itself where signals reach its workers.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract import cli, record_builders, run
from extract.articles import Article
from extract.records import Fact
from tests import samples

# Gives up as a batch is written, read or looked for; the calls there are counted.
PLACES = ("/extract/run/", "/extract/writers/")
OUTPUTS = ["facts.jsonl", "tables/", "facts.sqlite", "facts.duckdb", "parquet/", "money.parquet"]


@pytest.fixture
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty articles, two of which fail, and a pipeline that knows dollars only."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for n in range(40):
        Path(f"news/{n:02}.txt").write_text("A BUG." if n in (7, 33) else f"It cost ${n} or ${n}00.")
    monkeypatch.setattr(run, "pipeline_loader", lambda **_: samples.load_dollars)
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (samples.dollars,))


def forked(*arguments: str, kill_at: int | None = None, room: int | None = None) -> int:
    """The exit status of `extract run news`, negative for a signal, in a fork of this process.

    Args:
        arguments: What follows on the command line.
        kill_at: Calls within `PLACES` after which it kills itself.
        room: Bytes that a file may have; more is an error of writing.
    """
    child = os.fork()
    if child == 0:
        status = 99
        with suppress(BaseException), Path(os.devnull).open("w") as quiet:
            sys.stderr = quiet
            if room is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            if kill_at is not None:
                sys.setprofile(killer(kill_at))
            try:
                cli.main(["run", "news", *arguments])
            except SystemExit as end:
                status = int(end.code or 0)
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killer(calls: int) -> Callable[[FrameType, str, Any], None]:
    """A profiler that kills the process at the end of so many calls."""
    left = calls

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        if event == "return" and any(place in frame.f_code.co_filename for place in PLACES):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return profile


def content(output: str) -> Any:
    """What an output holds: of files each byte, of databases and Parquet each row."""
    path = Path(output)
    if path.suffix in (".sqlite", ".duckdb"):
        connect: Any = sqlite3.connect if path.suffix == ".sqlite" else duckdb.connect
        with closing(connect(str(path))) as base:
            tables = base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
            return {
                name: sorted(base.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for (name,) in tables
            }
    files = path.glob("*") if path.is_dir() else [path]
    return {
        part.name: pyarrow.parquet.read_table(part).to_pylist()
        if part.suffix == ".parquet"
        else part.read_bytes()
        for part in files
    }


def options(output: str) -> list[str]:
    more = {"parquet/": ["--format", "parquet"], "money.parquet": ["--kind", "money"]}
    return ["-o", output, *more.get(output.removeprefix("clean/"), [])]


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize("output", OUTPUTS)
def test_a_kill_at_many_points(output: str) -> None:
    assert forked(*options(f"clean/{output}")) == 1
    clean, killed, calls = content(f"clean/{output}"), 0, 1
    while True:
        status = forked(*options(output), "--resume", kill_at=calls)
        killed += status == -signal.SIGKILL
        if status != -signal.SIGKILL:
            break
        if killed % 2:  # every other kill is followed by another one, while it goes on
            assert forked(*options(output), "--resume") == 1
            assert content(output) == clean
            assert not Path(f"{output.rstrip('/')}.journal").exists()
        calls = calls * 2 + 5
    assert killed >= 5
    assert content(output) == clean


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize(
    "output", sorted({*OUTPUTS} - {"facts.duckdb"})
)  # whose first blocks have no undoing
def test_no_room_left(output: str) -> None:
    assert forked(*options(f"clean/{output}")) == 1
    for room in (0, 500, 3000, 9000):
        assert forked(*options(output), "--resume", room=room) in (1, 2)
        if output.endswith("jsonl") and Path(output).exists():
            assert Path(output).read_bytes()[-1:] in (b"", b"\n")  # no line is cut
    assert forked(*options(output), "--resume") == 1
    assert content(output) == content(f"clean/{output}")


def removing(folder: str) -> Callable[[], Language]:
    """What builds a pipeline that removes a folder at one of the articles."""

    def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
        if article.id.endswith("25.txt"):
            shutil.rmtree(folder)
        return samples.dollars(doc, article, known)

    def load() -> Language:
        record_builders.RECORD_BUILDERS = (read,)
        return spacy.blank("en")

    return load


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize("output", [*OUTPUTS, "facts.arrow"])
def test_an_output_that_is_removed_is_reported_and_made_again(
    output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forked(*options(f"clean/{output}")) == 1
    command = ["-o", f"out/{output}", *options(output)[2:]]
    with monkeypatch.context() as patch:
        patch.setattr(run, "pipeline_loader", lambda **_: removing("out"))
        assert forked(*command) == 2
    assert forked(*command, "--resume") == 1
    assert content(f"out/{output}") == content(f"clean/{output}")


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize("output", ["facts.jsonl", "facts.sqlite", "tables/"])
def test_articles_that_are_added_changed_or_removed_before_a_resumed_run(output: str) -> None:
    Path("news/25.txt").write_text("DIE")
    assert forked(*options(output)) == -signal.SIGKILL
    assert len(Path(f"{output.rstrip('/')}.journal").read_bytes().splitlines()) > 10
    Path("news/25.txt").write_text("It cost $25.")
    Path("news/02.txt").write_text("It cost $2000 now.")
    Path("news/03.txt").unlink()
    Path("news/00b.txt").write_text("It cost $77.")
    Path("news/30.txt").write_text("It cost $3000 now.")
    assert forked(*options(output), "--resume") == 1
    assert forked(*options(f"clean/{output}")) == 1
    assert content(output) == content(f"clean/{output}")


PROGRAM = """
import time
from extract import cli, record_builders, run
from tests import samples
def slow(doc, article, known):
    time.sleep(SECONDS)
    return samples.dollars(doc, article, known)
def load():
    samples.load_dollars()
    record_builders.RECORD_BUILDERS = (slow,)
    return samples.spacy.blank("en")
run.pipeline_loader = lambda **_: load
if __name__ == "__main__":
    cli.main()
"""


def slow_program(seconds: float) -> str:
    """`extract` with a rule of one line that takes its time."""
    return PROGRAM.replace("SECONDS", str(seconds))


def ended(group: int) -> bool:
    """No process of a group lives on for more than some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize(
    ("number", "workers"),
    [
        (signal.SIGINT, []),
        *((number, ["--workers", "2"]) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)),
    ],
)
def test_signals(number: signal.Signals, workers: list[str]) -> None:
    assert forked("-o", "clean.jsonl") == 1
    Path("program.py").write_text(slow_program(0.05))
    path = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    process = subprocess.Popen(
        [sys.executable, "program.py", "run", "news", "-o", "facts.jsonl", *workers],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
        start_new_session=True,
    )
    while not Path("facts.jsonl").exists() or not Path("facts.jsonl").read_bytes():
        time.sleep(0.01)
        assert process.poll() is None
    if number == signal.SIGKILL:
        process.kill()
    else:
        os.killpg(process.pid, number)  # as a terminal does: workers get it too
    told = process.communicate()[1].decode()
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number), told
    assert ("interrupted: the facts of" in told) == (number != signal.SIGKILL)
    assert ended(process.pid)
    lines = Path("facts.jsonl").read_bytes()
    assert lines.endswith(b"}\n")
    assert Path("clean.jsonl").read_bytes().startswith(lines)
    assert forked("-o", "facts.jsonl", "--resume") == 1
    assert Path("facts.jsonl").read_bytes() == Path("clean.jsonl").read_bytes()
