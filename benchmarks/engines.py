"""What an article costs on a cluster, by processor time, and what a billion of them would: Markdown.

python -m benchmarks.engines [--articles 400]
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks import texts
from extract import readers
from extract.articles import Article
from extract.engines.extraction import Extraction
from extract.engines.manifest import Manifest
from extract.engines.parts import Job, PartResult, digest, extract_part
from extract.run import Item
from extract.run.provenance import provenance_of
from extract.writers import Layout

WORDS = 400  # of an article
_TICKS = os.sysconf("SC_CLK_TCK")
_TIMES = 10  # that the part is written, to be measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", default="corpus", help="whose paragraphs are taken (%(default)s)")
    parser.add_argument("--articles", type=int, default=400, help="how many (%(default)s)")
    given = parser.parse_args()
    items = [*_articles(texts.corpus(given.corpus), given.articles)]
    made = provenance_of({})
    job = Job(extraction=Extraction(isolated=True), layout=Layout(), package=str(made["package"]))
    job.extraction.warm_up()
    before = process_time(), _beside()
    done = extract_part(job, [*items])
    worker = process_time() - before[0] + _beside() - before[1]
    rows = {"a worker: extract, write Parquet": worker / len(items), **_driver(items, done)}
    print(f"`python -m benchmarks.engines`, {datetime.now(UTC):%Y-%m-%d}, {os.getloadavg()[0]:.0f} at work\n")
    print("| step | processor µs an article |\n| --- | ---: |")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds * 1e6:,.0f} |")
    words = sum(texts.words(item.text) for item in items) / len(items)
    packed = sum(map(len, done.files.values())) / len(items)
    facts = done.summary.facts.total() / len(items)
    print(f"\n{words:,.0f} words, {facts:.0f} facts and {packed:,.0f} bytes of Parquet an article")


def _articles(articles: list[Article], count: int) -> list[Article]:
    """Articles of so many words, put together of the paragraphs of others."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "paragraphs.jsonl")
        texts.write_many(path, articles, count * 12)
        parts = [
            item.text
            for item in readers.read(readers.find([str(path)]), readers.Options())
            if isinstance(item, Article)
        ]
    made: list[Article] = []
    text: list[str] = []
    for part in parts:
        text.append(part)
        if sum(map(texts.words, text)) >= WORDS:
            made.append(Article(id=f"a{len(made)}", text="\n\n".join(text)))
            text = []
    return made[:count]


def _driver(items: list[Article], done: PartResult) -> dict[str, float]:
    """Seconds an article of each step of the process that reads and writes."""
    given: list[Item] = [*items]
    rows: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder, "news.jsonl")
        path.write_text(
            "".join(json.dumps({"id": item.id, "text": item.text}) + "\n" for item in items), encoding="utf-8"
        )
        begun = process_time()
        list(readers.pages(readers.find([str(path)]), readers.Options()))
        rows["the run: read lines of JSON"] = (process_time() - begun) / len(items)
        begun = process_time()
        digest(given)
        pickle.dumps(given)
        rows["the run: digest and hand out"] = (process_time() - begun) / len(items)
        packed = pickle.dumps(done)
        begun = process_time()
        with Manifest(f"{folder}/out", {}) as manifest:
            for number in range(_TIMES):
                manifest.write(number, "", pickle.loads(packed))
        rows["the run: take back and write"] = (process_time() - begun) / len(items) / _TIMES
    return rows


def _beside() -> float:
    """Processor seconds of the processes that this one has started."""
    spent = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[1]) == os.getpid():
            spent += (int(fields[11]) + int(fields[12])) / _TICKS
    return spent


if __name__ == "__main__":
    main()
