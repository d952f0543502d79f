"""Many short articles through worker processes: words per second and memory of all processes.

    python -m benchmarks.batch [--articles 1000 2000 4000] [--workers 1 2] [--corpus corpus]

The articles are the paragraphs of corpus/, each with its number added, as the lines of a file. Columns:
words/s by the clock, the processor seconds of the workers and of the process that reads and writes, and the
most memory of the run and of its last quarter.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import measure, texts
from extract.articles import Article


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 2000, 4000], help="(%(default)s)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="(%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="where the paragraphs come from (%(default)s)")
    arguments = parser.parse_args()
    corpus = texts.corpus(arguments.corpus)
    print(report(corpus, articles=arguments.articles, workers=arguments.workers))


def report(corpus: list[Article], *, articles: list[int], workers: list[int]) -> str:
    """The table, a row for each number of articles and workers."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        for count in articles:
            words = texts.write_many(path, corpus, count)
            for number in workers:
                cost = measure.run(str(path), "-o", f"{folder}/facts.jsonl", "--workers", str(number))
                spent = (f"{cost.seconds:.1f}", f"{cost.workers:.1f}", f"{cost.own:.1f}")
                memory = (f"{cost.peak:,}", f"{cost.steady:,}")
                speed = f"{words / cost.seconds:,.0f}"
                rows.append((f"{count:,}", str(number), speed, *spent, *memory))
    heads = ["articles", "workers", "words/s", "seconds", "workers' CPU s", "own CPU s", "peak MB", "last MB"]
    return measure.table(heads, rows)


if __name__ == "__main__":
    main()
