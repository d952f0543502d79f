"""What a fresh process takes, the best of five: by the clock, and of processor time.

python -m benchmarks.start
"""

from __future__ import annotations

import os
import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from benchmarks.measure import COMMAND, table

_FACTS = "import sys, extract; extract.facts(sys.argv[1])"
SENTENCE = "Acme said sales rose 5.5% to $3 million in 2024."


def main() -> None:
    """Measure and print."""
    print(report())


def report() -> str:
    """The table."""
    commands = {
        "`python`": [sys.executable, "-c", ""],
        "`import extract`": [sys.executable, "-c", "import extract"],
        "`extract --help`": [*COMMAND, "--help"],
        "`import spacy`": [sys.executable, "-c", "import spacy"],
        "`extract.facts`, one sentence": [sys.executable, "-c", _FACTS, SENTENCE],
        "`extract run -`, one sentence": [*COMMAND, "run", "-"],
    }
    taken = {name: [spent(command) for _ in range(5)] for name, command in commands.items()}
    rows = [(name, *(f"{min(column):.2f}" for column in zip(*of, strict=True))) for name, of in taken.items()]
    return table(["a fresh process", "seconds", "processor s"], rows)


def spent(command: list[str]) -> tuple[float, float]:
    """Wall time and processor time of a command; Python keeps its compiled modules, as pip does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun, before = perf_counter(), getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, input=SENTENCE.encode(), env=kept, capture_output=True, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - begun, processor


if __name__ == "__main__":
    main()
