"""How processor time grows with the length of texts that repeat a piece; each exponent should be near 1."""

from __future__ import annotations

from tests.fuzz.patterns import PATTERNS, exponent

import extract

SHORTER, LONGER = 4000, 32_000  # code points


def report() -> str:
    """A table of the pieces with their exponents, the worst first."""
    nlp = extract.load()

    def process(text: str) -> None:
        extract.facts(nlp, text)

    process("It cost $5.")
    found = {
        name: exponent(process, piece, shorter=SHORTER, longer=LONGER) for name, piece in PATTERNS.items()
    }
    worst = sorted(found.items(), key=lambda item: -item[1])
    lines = [f"| {name} | `{PATTERNS[name]!r}` | {grows:.2f} |" for name, grows in worst]
    return "\n".join(["| repeated | piece | exponent |", "| --- | --- | ---: |", *lines])
