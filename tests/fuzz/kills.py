"""A campaign of kills: runs with two workers are killed at random moments and resumed; the outputs compared.

python -m tests.fuzz.kills [COUNT] [SEED]

COUNT is that of kills before the end of a run. Runs and workers are forks: starts take most of the time.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract import cli, record_builders, run
from extract.articles import Article
from extract.records import Fact
from extract.run import process
from tests import samples
from tests.run.test_kills import content

_ENDED = "had ended, equal"
_TAKES = 0.004  # seconds of an article, so that a kill falls into the work
OUTPUTS = {
    "facts.jsonl": [],
    "tables/": ["--format", "csv"],
    "facts.arrow": [],
    "parquet/": ["--format", "parquet"],
    "facts.sqlite": [],
    "facts.duckdb": [],
}


def _slow(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
    time.sleep(_TAKES)
    return samples.dollars(doc, article, known)


def _load() -> Language:
    samples.load_dollars()
    record_builders.RECORD_BUILDERS = (_slow,)
    return spacy.blank("en")


@dataclass(frozen=True, slots=True)
class Run:
    """`extract run news` in a process group of its own."""

    number: int

    @classmethod
    def of(cls, output: str, *more: str) -> Run:
        """Start it."""
        command = ["run", "news", "-o", output, "--workers", "2", *more]
        child = os.fork()
        if not child:
            os.setsid()
            _become([*command, *OUTPUTS[Path(output).name + "/" * output.endswith("/")]])
        return cls(child)

    def ended(self) -> bool:
        """Whether it has come to its end."""
        return os.waitid(os.P_PID, self.number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def kill(self) -> None:
        """Kill it, then its workers, which as forks keep the lines to one another open."""
        os.kill(self.number, signal.SIGKILL)
        os.waitid(os.P_PID, self.number, os.WEXITED | os.WNOWAIT)
        os.killpg(self.number, signal.SIGKILL)
        self.status()

    def status(self) -> int:
        """Its exit status, when it has ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


def _become(arguments: Iterable[str]) -> None:
    """Run `extract` in this process, and end it."""
    status = 99
    with suppress(BaseException), Path("told.txt").open("w") as told:
        os.dup2(told.fileno(), 2)
        sys.stderr = told
        try:
            cli.main(list(arguments), prog_name="extract")
        except SystemExit as end:
            status = int(end.code or 0)
    os._exit(status)


def main() -> int:
    """Kill and compare; the exit status is 1 where an output differs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    random = Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    tally = Counter[str]()
    run.pipeline_loader = lambda **_: _load
    process._SPAWN = multiprocessing.get_context("fork")  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("news").mkdir()
        for n in range(200):
            Path(f"news/{n:03}.txt").write_text("A BUG." if n % 50 == 7 else f"It cost ${n} or ${n}00.")
        clean, seconds = {}, {}
        for output in OUTPUTS:
            begun = time.monotonic()
            Run.of(f"clean/{output}").status()
            clean[output], seconds[output] = content(f"clean/{output}"), time.monotonic() - begun
        for output in cycle(OUTPUTS):
            came = _killed(output, random, seconds[output], clean[output])
            tally[came] += 1
            seconds[output] *= 0.8 if came == _ENDED else 1.05  # most kills are to fall into the work
            if tally.total() % 20 == 0:
                print(dict(tally), flush=True)
            if tally.total() - tally[_ENDED] == count:
                break
    print(f"{count} kills: {dict(tally)}")
    return int(bool(tally["differs"] or tally["fails"]))


def _killed(output: str, random: Random, seconds: float, clean: object) -> str:
    """What came of a run that was killed at a random moment, or of one of its workers, and resumed."""
    shutil.rmtree(output, ignore_errors=True)
    for path in Path().glob(f"{output.rstrip('/')}*"):
        path.unlink()
    killed = Run.of(output)
    time.sleep(random.uniform(0.02, seconds))
    ended = killed.ended()
    if ended:
        killed.status()
    else:
        killed.kill()
        if Run.of(output, "--resume").status() != 1:  # four articles fail
            print(output, Path("told.txt").read_text(), flush=True)
            return "fails"
    if content(output) != clean:
        print(output, "differs", flush=True)
        return "differs"
    return _ENDED if ended else "resumed, equal"


if __name__ == "__main__":
    sys.exit(main())
