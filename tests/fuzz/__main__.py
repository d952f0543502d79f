"""A campaign of mutants: `python -m tests.fuzz MINUTES [SEED]`. A text that breaks something is printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic, process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # texts are short; threads would only wait for each other

from spacy.language import Language

import extract
from tests.fuzz.check import check
from tests.fuzz.mutations import mutant

_TOGETHER = 8  # mutants of one text, which halves what each costs
_SLOW = 10.0  # processor seconds of a text
_REPORTED = 10_000  # mutants between two lines of figures


@dataclass
class Tally:
    """The figures so far."""

    mutants: int = 0
    facts: int = 0
    broken: int = 0
    slow: int = 0

    def __str__(self) -> str:
        return f"{self.mutants:,} mutants, {self.facts:,} facts, {self.broken} broken, {self.slow} slow"

    def add(self, nlp: Language, mutants: Sequence[str]) -> None:
        """Try some mutants as the paragraphs of one text; where it breaks, each of them alone too."""
        text, before = "\n\n".join(mutants), process_time()
        try:
            with nlp.memory_zone():
                self.facts += len(check(nlp, text))
        except Exception as error:  # noqa: BLE001 (what a campaign is for)
            _print_smallest(nlp, [*mutants, text], error)
            self.broken += 1
        if process_time() - before > _SLOW:
            self.slow += 1
            print(f"{text!a}\n  took {process_time() - before:.1f} s", flush=True)
        self.mutants += len(mutants)


def _print_smallest(nlp: Language, texts: Sequence[str], error: Exception) -> None:
    """Print the first text that breaks, with its error; the last one has broken with the error given."""
    broken = texts[-1]
    for text in texts[:-1]:
        try:
            check(nlp, text)
        except Exception as own:  # noqa: BLE001
            broken, error = text, own
            break
    print(f"{broken!a}\n  {type(error).__name__}: {ascii(str(error))[:300]}", flush=True)


def main() -> int:
    """Try mutants for so long; the exit status is 1 where something broke."""
    minutes, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    nlp, random, begun, tally = extract.load(), Random(seed), monotonic(), Tally()
    while monotonic() - begun < minutes * 60:
        tally.add(nlp, [mutant(random) for _ in range(_TOGETHER)])
        if tally.mutants % _REPORTED < _TOGETHER:
            print(f"seed {seed}: {tally}, {(monotonic() - begun) / 60:.1f} minutes", flush=True)
    print(f"seed {seed}: {tally}, {minutes:g} minutes")
    return int(bool(tally.broken))


if __name__ == "__main__":
    sys.exit(main())
