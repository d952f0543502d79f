"""A campaign of mutants: `python -m tests.fuzz MINUTES [SEED]`. A text that breaks something is printed."""

from __future__ import annotations

import sys
from random import Random
from time import monotonic, process_time

import extract
from tests.fuzz.check import check
from tests.fuzz.mutations import mutant

_SLOW = 5.0  # processor seconds of a text


def main() -> int:
    """Try mutants for so long; the exit status is 1 where something broke."""
    minutes, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    nlp, random, begun = extract.load(), Random(seed), monotonic()
    tried = broken = facts = slow = 0
    while monotonic() - begun < minutes * 60:
        text, before = mutant(random), process_time()
        tried += 1
        try:
            with nlp.memory_zone():
                facts += len(check(nlp, text))
        except Exception as error:  # noqa: BLE001 (what a campaign is for)
            broken += 1
            print(f"{text!a}\n  {type(error).__name__}: {ascii(str(error))[:300]}", flush=True)
        slow += process_time() - before > _SLOW
    print(
        f"seed {seed}: {tried:,} mutants, {facts:,} facts, {broken} broken, {slow} slow, {minutes:g} minutes"
    )
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
