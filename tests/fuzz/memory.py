"""Memory of one worker over articles of words that no other has: `python -m tests.fuzz.memory [COUNT]`.

Every name, and every word but the few that make a claim, is new, so whatever is kept of words shows.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import extract
from extract.articles import Article

_ROWS = 20  # figures that are printed
_FULL = 4  # of them, after which what is remembered of words has its full size
_GROWTH = 0.05  # share of its memory by which a worker may grow after these
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "qui",
    "ro",
    "su",
    "ta",
    "ve",
    "wi",
    "xo",
    "yu",
    "za",
]


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """So many articles of new words."""
    random = Random(seed)

    def word() -> str:
        return "".join(random.choices(_SYLLABLES, k=random.randint(4, 7)))

    for number in range(count):
        name = f"{word().title()} {word().title()} {word()}"
        text = f"{name} {word()} that {word()} rose {number % 90}.5% to ${number}."
        yield Article(id=word(), text=text)


def main() -> int:
    """Extract and print; the exit status is 1 where memory grows."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sizes, facts, failed = list[float](), 0, list[object]()
    stream = extract.pipe(articles(count), timeout=600, on_failure=failed.append)
    for number, (_, found) in enumerate(stream, 1):
        facts += len(found)
        if number % (count // _ROWS) == 0:
            sizes.append(sum(_memory(child.pid) for child in multiprocessing.active_children()))
            print(f"{number:,} articles, {facts:,} facts: worker {sizes[-1]:.0f} MB", flush=True)
    grown = sizes[-1] / sizes[_FULL - 1] - 1
    print(f"{count:,} articles, {len(failed)} failed, memory grew by {grown:.1%}")
    return int(grown > _GROWTH or bool(failed))


def _memory(process: int | None) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
