"""The standard streams closed, full, or pipes that nobody reads: no traceback, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forks import extract

# The rules cost seconds to load, and nothing here depends on them.
FAST = """
from extract import pipeline, run
from extract import record_builders
from tests import samples
run.loading = lambda **_: samples.load_dollars
record_builders.RECORD_BUILDERS = (samples.dollars,)
pipeline.check = lambda nlp: None
from extract.cli import main
main(prog_name="extract")
"""
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("It cost $5.")
    Path("many.jsonl").write_text("".join(json.dumps({"text": f"It cost ${n}."}) + "\n" for n in range(3000)))


@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        ("run a.txt >&-", 2, "error: standard output is closed; "),
        ("show a.txt >&-", 2, "error: standard output is closed; "),
        ("draft a.txt >&-", 2, "error: standard output is closed; "),
        ("agree a b >&-", 2, "error: standard output is closed; "),
        ("schema >&-", 2, "error: standard output is closed; "),
        ("run - <&-", 1, "error: standard input: is closed; pipe the articles to it, or name files"),
        ("show - <&-", 1, "error: standard input: is closed; pipe the articles to it, or name files"),
        ("run a.txt > /dev/full", 2, "error: standard output: cannot be written (no space left"),
        ("show a.txt > /dev/full", 2, "error: standard output: cannot be written (no space left"),
        ("schema > /dev/full", 2, "error: standard output: cannot be written (no space left"),
        (
            "run a.txt -o /dev/full",
            2,
            "error: /dev/full: cannot be written (no space left on device)",
        ),
        ("run a.txt -o x.jsonl --failures /dev/full", 0, ""),
        ("run a.txt gone.txt -o x.jsonl --failures /dev/full", 2, "error: /dev/full: cannot be "),
    ],
)
def test_streams_that_take_or_give_nothing(command: str, status: int, message: str) -> None:
    result = extract(command)
    assert (result.returncode, result.stdout) == (status, "")
    assert Path("/dev/full").is_char_device()
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert "as a bug" not in result.stderr


def test_words_that_nobody_can_see_cost_nothing() -> None:
    result = extract("run a.txt gone.txt -o x.jsonl 2>&- <&-")
    assert (result.returncode, result.stdout) == (1, "")
    assert len(Path("x.jsonl").read_text().splitlines()) == 1
    assert extract("run a.txt 2>&-").stdout.count("\n") == 1


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="the system has no such signal")
@pytest.mark.parametrize(
    "command",
    [
        "run many.jsonl",
        "run many.jsonl -o /dev/stdout",
        "run many.jsonl --kind money --format csv",
        "run many.jsonl --format arrow",
        "show many.jsonl",
    ],
)
def test_a_pipe_that_nobody_reads_ends_it_as_it_ends_others(command: str) -> None:
    result = extract(command, read=10)
    assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGPIPE, "", "")


def test_all_of_it_in_processes_of_a_shell() -> None:
    Path("program.py").write_text(FAST)
    program = f"{sys.executable} program.py"
    commands = [
        f"{program} run many.jsonl --workers 2 | head -c 10 > /dev/null; echo ${{PIPESTATUS[0]}}",
        f"{program} run a.txt <&- >&-",
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    piped, closed = (
        subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=environment)
        for command in commands
    )
    assert (piped.stdout, piped.stderr) == (f"{128 + signal.SIGPIPE}\n", "")
    assert (closed.returncode, closed.stderr[:34]) == (2, "error: standard output is closed; ")


@pytest.mark.parametrize("name", ["/dev/stdout", "/proc/self/fd/1"])
def test_standard_output_by_its_names(name: str) -> None:
    before = set(Path("/dev").iterdir())
    assert extract(f"run a.txt gone.txt -o {name} > x.jsonl").returncode == 1
    assert len(Path("x.jsonl").read_text().splitlines()) == 1
    assert extract(f"run a.txt gone.txt -o {name}").stdout == Path("x.jsonl").read_text()
    assert set(Path("/dev").iterdir()) == before
    assert not list(Path().glob("*.journal"))


def test_names_do_not_command_the_terminal() -> None:
    name = "\x1b]0;title\x07\x1b[2J\u202e\udcff"
    Path(f"{name}.txt").write_bytes(
        b"Caf\xe9 Zo\xeb: it cost \xa35 and more than that."
    )  # read with a warning
    Path(f"{name}.jsonl").write_text("{")
    Path(f"{name}.pdf").touch()
    result = extract("run . -o x.jsonl")
    assert result.stderr.count(r"\x1b]0;title\x07\x1b[2J\u202e\udcff") == 3
    assert all(character.isprintable() or character == "\n" for character in result.stderr)


@pytest.mark.parametrize("command", ["show", "explain"])
def test_texts_do_not_command_the_terminal(command: str) -> None:
    Path("b.txt").write_text("---\ntitle: \x1b[2J\u202e\n---\nIt \x1b[2J\x07\x9b\u202ecost $5.")
    result = extract(f"{command} b.txt")
    assert result.returncode == 0
    assert "$5" in result.stdout
    assert not [c for c in result.stdout + result.stderr if not c.isprintable() and c not in "\n\t"]
