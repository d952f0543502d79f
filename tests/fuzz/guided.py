"""Mutants that atheris chooses by the branches they take: `python -m tests.fuzz.guided MINUTES [SEED]`.

The bytes that it makes take the place of chance in the mutations, so that it learns which lead further. Needs
the extra `fuzz`; `make fuzz` does without it.
"""

from __future__ import annotations

import os
import sys
from random import Random
from time import monotonic

os.environ.setdefault("OMP_NUM_THREADS", "1")

import atheris

with atheris.instrument_imports(include=["extract"], enable_loader_override=False):
    import extract
    from tests.fuzz.__main__ import Tally
    from tests.fuzz.mutations import mutant

_TOLD = 1000  # mutants between two lines of figures


class Given(Random):
    """Choices that bytes make; zeros when they have come to their end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._data = iter(data)

    def getrandbits(self, k: int, /) -> int:
        """A number of so many bits."""
        count = (k + 7) // 8
        taken = bytes(next(self._data, 0) for _ in range(count))
        return int.from_bytes(taken, "little") >> (count * 8 - k)

    def random(self) -> float:
        """A number below 1."""
        return self.getrandbits(16) / 2**16


def main() -> None:
    """Try mutants for so long; the exit status is 1 where something broke."""
    minutes, seed = float(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "1"
    nlp, tally, begun = extract.load(), Tally(), monotonic()

    def attempt(data: bytes) -> None:
        tally.add(nlp, [mutant(Given(data))])
        ends = monotonic() - begun > minutes * 60
        if ends or tally.mutants % _TOLD == 0:
            print(f"guided, seed {seed}: {tally}, {(monotonic() - begun) / 60:.1f} minutes", flush=True)
        if ends:
            os._exit(int(bool(tally.broken)))  # the library has no way to stop

    atheris.Setup([sys.argv[0], f"-seed={seed}", "-max_len=400", "-len_control=0", "-verbosity=0"], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
