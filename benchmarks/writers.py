"""Facts per second of each format that is written, by processor time: those of corpus/ under other ids.

python -m benchmarks.writers [--articles 5000] [--formats jsonl csv ...] [--corpus corpus]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import extract
from benchmarks import texts
from benchmarks.measure import table
from extract.articles import Article
from extract.writers import WRITERS, Found, open_writer

BATCH = 16  # articles that a run hands over at once


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=5000, help="how many (%(default)s)")
    parser.add_argument("--formats", nargs="+", default=list(WRITERS), help="which (all)")
    parser.add_argument("--corpus", default="corpus", help="where the facts come from (%(default)s)")
    arguments = parser.parse_args()
    print(report(texts.corpus(arguments.corpus), count=arguments.articles, formats=arguments.formats))


def report(articles: list[Article], *, count: int, formats: Iterable[str]) -> str:
    """What it takes to write the facts of so many articles, by format."""
    nlp = extract.load()
    found: list[Found] = [(article, extract.facts(nlp, article)) for article in articles]
    rows = []
    for name in formats:
        with tempfile.TemporaryDirectory() as folder:
            facts, seconds = measured(name, f"{folder}/facts", repeated(found, count))
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        rows.append([name, f"{facts:,}", f"{seconds:.1f}", f"{facts / seconds:,.0f}", f"{size / 1e6:,.1f}"])
    return table(["format", "facts", "seconds", "facts/s", "MB"], rows)


def measured(name: str, output: str, batches: Iterable[Sequence[Found]]) -> tuple[int, float]:
    """How many facts were written, and the seconds of processor time that the writer took."""
    facts, begun = 0, process_time()
    with open_writer(output, format=name) as writer:
        seconds = process_time() - begun
        for batch in batches:
            facts += sum(len(found) for _, found in batch)
            begun = process_time()
            writer.write(batch)
            seconds += process_time() - begun
        begun = process_time()
    return facts, seconds + process_time() - begun


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
