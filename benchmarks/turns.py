"""The speed of several versions on one core, measured in turns, so that what else runs slows all of them.

    python -m benchmarks.turns PYTHON PYTHON ... [--rounds 10] [--texts corpus/*.txt]

Each PYTHON is that of an environment in which a version is installed; all are compared to the first one. A
spaCy `ner` of the same size of network, untrained, takes part, and `en_core_web_sm` where the environment of
this process has it. Times are processor times.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from benchmarks.measure import table
from benchmarks.steps import FULL, PLAIN
from benchmarks.texts import words

ROOT = Path(__file__).parent.parent
_EXTRACT = """
from datetime import date
from extract import pipeline
from extract.articles import Article
nlp = pipeline.load()
articles = [Article(id=path, text=text, published=date(2024, 6, 11)) for path, text in texts.items()]
def once():
    for article in articles: pipeline.facts(nlp, article)
"""
_OTHERS = {
    PLAIN: "from benchmarks.steps import bare_ner; nlp = bare_ner()",
    FULL: "import spacy; nlp = spacy.load('en_core_web_sm')",
}
_CALL = """
def once():
    for text in texts.values(): nlp(text)
"""
_LOOP = """
import sys
from pathlib import Path
from time import process_time
texts = {path: Path(path).read_text(encoding="utf-8") for path in sys.argv[1:]}
%s
once()
print("ready", flush=True)
for _ in sys.stdin:
    begun = process_time()
    once()
    print(process_time() - begun, flush=True)
"""


class Version:
    """A process that processes the texts once at each turn."""

    def __init__(self, python: str, code: str, texts: Sequence[str]) -> None:
        """Start it; it processes the texts once before it is ready."""
        one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self.process = subprocess.Popen(
            [python, "-c", _LOOP % code, *texts],
            cwd=ROOT,
            env=own | one_thread,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.seconds: list[float] = []

    def is_ready(self) -> bool:
        """Wait for it; False where it cannot work here."""
        return cast("IO[str]", self.process.stdout).readline() == "ready\n"

    def turn(self) -> None:
        """Process the texts once more."""
        stdin, stdout = cast("IO[str]", self.process.stdin), cast("IO[str]", self.process.stdout)
        stdin.write("\n")
        stdin.flush()
        self.seconds.append(float(stdout.readline()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pythons", nargs="+", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=10, help="turns of each (%(default)s)")
    parser.add_argument("--texts", nargs="+", help="files of plain text (corpus/*.txt)")
    arguments = parser.parse_args()
    texts = arguments.texts or sorted(map(str, (ROOT / "corpus").glob("*.txt")))
    print(report(arguments.pythons, texts, rounds=arguments.rounds))


def report(pythons: Sequence[str], texts: Sequence[str], *, rounds: int) -> str:
    """The table, a row for each version and each other program that works here."""
    paths = [str(Path(path).absolute()) for path in texts]
    versions = {f"`{python}`": Version(python, _EXTRACT, paths) for python in pythons}
    others = {name: Version(sys.executable, code + _CALL, paths) for name, code in _OTHERS.items()}
    ready = {name: version for name, version in (versions | others).items() if version.is_ready()}
    for _ in range(rounds):
        for version in ready.values():
            version.turn()
    for version in (*versions.values(), *others.values()):
        version.process.kill()
        version.process.wait()
    return _table(ready, sum(words(Path(path).read_text(encoding="utf-8")) for path in paths))


def _table(versions: Mapping[str, Version], count: int) -> str:
    first = next(iter(versions.values())).seconds
    rows = []
    for name, version in versions.items():
        best, middle = min(version.seconds), statistics.median(version.seconds)
        ratios = f"{min(first) / best:.2f}", f"{statistics.median(first) / middle:.2f}"
        rows.append((name, f"{count / best:,.0f}", f"{count / middle:,.0f}", *ratios))
    return table(["program", "words/s, best", "words/s, median", "to the first, best", "median"], rows)


if __name__ == "__main__":
    main()
