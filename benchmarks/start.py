"""What a fresh process takes, the best of five.

python -m benchmarks.start
"""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

from benchmarks.measure import COMMAND, table

SENTENCE = b"Acme said sales rose 5.5% to $3 million in 2024."


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
        "`extract run -`, one sentence": [*COMMAND, "run", "-"],
    }
    rows = [(name, f"{min(seconds(command) for _ in range(5)):.2f}") for name, command in commands.items()]
    return table(["a fresh process", "seconds"], rows)


def seconds(command: list[str]) -> float:
    """Wall time of a command."""
    begun = perf_counter()
    subprocess.run(command, input=SENTENCE, capture_output=True, check=True)
    return perf_counter() - begun


if __name__ == "__main__":
    main()
