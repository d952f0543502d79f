"""How fast each format is written: the facts of corpus/, again and again under other ids.

python benchmarks/writers.py [--articles 2000] [--formats jsonl csv ...] [--corpus corpus]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import extract
from extract import readers
from extract.articles import Article
from extract.writers import WRITERS, Found, open_writer

BATCH = 16  # articles that a run hands over at once


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000, help="how many (%(default)s)")
    parser.add_argument("--formats", nargs="+", default=list(WRITERS), help="which (all)")
    parser.add_argument("--corpus", default="corpus", help="where the facts come from (%(default)s)")
    arguments = parser.parse_args()
    nlp = extract.load()
    items = readers.read(readers.find([arguments.corpus]), readers.Options())
    found = [(item, extract.facts(nlp, item)) for item in items if isinstance(item, Article)]
    for name in arguments.formats:
        with tempfile.TemporaryDirectory() as folder:
            facts, seconds = measured(name, f"{folder}/facts", repeated(found, arguments.articles))
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        speed = f"{facts:,} facts in {seconds:.1f} s, {facts / seconds:,.0f} facts/s"
        print(f"{name}: {speed}, {size / 1e6:,.1f} MB", flush=True)


def measured(name: str, output: str, batches: Iterable[Sequence[Found]]) -> tuple[int, float]:
    """How many facts were written, and the seconds that the writer took."""
    facts, begun = 0, perf_counter()
    with open_writer(output, format=name) as writer:
        seconds = perf_counter() - begun
        for batch in batches:
            facts += sum(len(found) for _, found in batch)
            begun = perf_counter()
            writer.write(batch)
            seconds += perf_counter() - begun
        begun = perf_counter()
    return facts, seconds + perf_counter() - begun


def repeated(found: Sequence[Found], count: int) -> Iterator[list[Found]]:
    """Batches of so many articles in all, each with an id of its own."""
    batch: list[Found] = []
    for number, (article, facts) in enumerate(islice(cycle(found), count)):
        name = f"{number}/{article.id}"
        renamed = [replace(fact, source=replace(fact.source, doc_id=name)) for fact in facts]
        batch.append((replace(article, id=name), renamed))
        if len(batch) == BATCH or number == count - 1:
            yield batch
            batch = []


if __name__ == "__main__":
    main()
