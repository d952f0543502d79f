"""A campaign of kills: runs with two workers are killed at random moments and resumed; the outputs compared.

python -m tests.fuzz.kills [COUNT] [SEED]
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.run.test_kills import content, slow_program
from tests.samples import __file__ as samples

_TAKES = 0.004  # seconds of an article, so that a kill falls into the work
OUTPUTS = {
    "facts.jsonl": [],
    "tables/": ["--format", "csv"],
    "facts.arrow": [],
    "parquet/": ["--format", "parquet"],
    "facts.sqlite": [],
    "facts.duckdb": [],
}


def extract(output: str, *more: str) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    path = os.pathsep.join([str(Path(samples).parents[1]), *sys.path])
    command = [sys.executable, "program.py", "run", "news", "-o", output, "--workers", "2", *more]
    return subprocess.Popen(
        [*command, *OUTPUTS[Path(output).name + "/" * output.endswith("/")]],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
        start_new_session=True,
    )


def main() -> int:
    """Kill and compare; the exit status is 1 where an output differs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    random = Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    tally = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("program.py").write_text(slow_program(_TAKES))
        Path("news").mkdir()
        for n in range(200):
            Path(f"news/{n:03}.txt").write_text("A BUG." if n % 50 == 7 else f"It cost ${n} or ${n}00.")
        clean, seconds = {}, {}
        for output in OUTPUTS:
            begun = time.monotonic()
            extract(f"clean/{output}").communicate()
            clean[output], seconds[output] = content(f"clean/{output}"), time.monotonic() - begun
        for n in range(count):
            output = [*OUTPUTS][n % len(OUTPUTS)]
            tally[_killed(output, random, seconds[output], clean[output])] += 1
            if n % 20 == 19:
                print(f"{n + 1} kills: {dict(tally)}", flush=True)
    print(f"{count} kills: {dict(tally)}")
    return int(bool(tally["differs"] or tally["fails"]))


def _killed(output: str, random: Random, seconds: float, clean: object) -> str:
    """What came of a run that was killed at a random moment, or of one of its workers, and resumed."""
    shutil.rmtree(output, ignore_errors=True)
    for path in Path().glob(f"{output.rstrip('/')}*"):
        path.unlink()
    run = extract(output)
    time.sleep(random.uniform(0.2, seconds))
    ended = run.poll() is not None
    if not ended:
        os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    told = ""
    if not ended:
        again = extract(output, "--resume")
        told = again.communicate()[1].decode()
        if again.returncode != 1:  # four articles fail
            print(output, told, flush=True)
            return "fails"
    if content(output) != clean:
        print(output, "differs", told, flush=True)
        return "differs"
    return "had ended, equal" if ended else "resumed, equal"


if __name__ == "__main__":
    sys.exit(main())
