"""How time and memory grow with the length of an article.

    python -m benchmarks.growth [--lengths 1000 10000 100000 1000000] [--corpus corpus]

Each length is one article in a process of its own; seconds are processor seconds, start-up included.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import measure, texts
from extract.articles import Article

LENGTHS = [1000, 10_000, 100_000, 300_000, 1_000_000]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lengths", type=int, nargs="+", default=LENGTHS, help="characters (%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="what the article is made of (%(default)s)")
    arguments = parser.parse_args()
    print(report(texts.corpus(arguments.corpus), lengths=arguments.lengths))


def report(articles: list[Article], *, lengths: list[int]) -> str:
    """The table: the time of the shortest is taken for that of the start."""
    rows, start = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.txt")
        for length in sorted(lengths):
            words = texts.write_long(path, articles, length)
            cost = measure.run(str(path), "-o", f"{folder}/facts.jsonl")
            each = f"{(cost.own - start) / length * 1e6:.0f}" if start else ""
            rows.append((f"{length:,}", f"{words:,}", f"{cost.own:.1f}", each, f"{cost.peak:,}"))
            start = start or cost.own
    return measure.table(["characters", "words", "seconds", "µs per character more", "peak MB"], rows)


if __name__ == "__main__":
    main()
