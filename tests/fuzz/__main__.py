"""A campaign of mutants: `python -m tests.fuzz MINUTES [SEED]`. A text that breaks something is printed."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from random import Random
from time import monotonic, process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # texts are short; threads would only wait for each other

import extract
from tests.fuzz.check import check
from tests.fuzz.mutations import mutant

_SLOW = 5.0  # processor seconds of a text
_TOLD = 10_000  # mutants between two lines of figures


@dataclass
class Tally:
    """The figures so far."""

    mutants: int = 0
    facts: int = 0
    broken: int = 0
    slow: int = 0

    def __str__(self) -> str:
        return f"{self.mutants:,} mutants, {self.facts:,} facts, {self.broken} broken, {self.slow} slow"


def main() -> int:
    """Try mutants for so long; the exit status is 1 where something broke."""
    minutes, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    nlp, random, begun, tally = extract.load(), Random(seed), monotonic(), Tally()
    while monotonic() - begun < minutes * 60:
        text, before = mutant(random), process_time()
        tally.mutants += 1
        try:
            with nlp.memory_zone():
                tally.facts += len(check(nlp, text))
        except Exception as error:  # noqa: BLE001 (what a campaign is for)
            tally.broken += 1
            print(f"{text!a}\n  {type(error).__name__}: {ascii(str(error))[:300]}", flush=True)
        if process_time() - before > _SLOW:
            tally.slow += 1
            print(f"{text!a}\n  took {process_time() - before:.1f} s", flush=True)
        if tally.mutants % _TOLD == 0:
            print(f"seed {seed}: {tally}, {(monotonic() - begun) / 60:.1f} minutes", flush=True)
    print(f"seed {seed}: {tally}, {minutes:g} minutes")
    return int(bool(tally.broken))


if __name__ == "__main__":
    sys.exit(main())
