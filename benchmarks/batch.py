"""Many short articles through worker processes: words per second and peak memory of all processes.

    python benchmarks/batch.py [--articles 2000] [--workers 1 2] [--corpus corpus]

The articles are the paragraphs of corpus/, each with its number added, as the lines of a file. Memory is read
from /proc ten times a second, so this needs Linux; memory that processes share counts once for each.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, sleep

from extract import readers
from extract.articles import Article

COMMAND = [sys.executable, "-c", "from extract.cli import main; main()", "run"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000, help="how many (%(default)s)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers to try (%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="where the paragraphs come from (%(default)s)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        words = write(path, arguments.articles, arguments.corpus)
        print(f"{arguments.articles:,} articles, {words:,} words")
        for workers in arguments.workers:
            seconds, peak = measured([str(path), "-o", f"{folder}/facts.jsonl", "--workers", str(workers)])
            print(f"{workers} workers: {words / seconds:,.0f} words/s, {seconds:.1f} s, peak {peak:,} MB")


def write(path: Path, count: int, corpus: str) -> int:
    """Write so many articles; how many words they have."""
    items = readers.read(readers.find([corpus]), readers.Options())
    texts = [item.text for item in items if isinstance(item, Article)]
    paragraphs = [part for text in texts for part in re.split(r"\n\s*\n", text) if len(part.split()) > 20]
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(islice(cycle(paragraphs), count)):
            article = {"id": str(number), "text": f"{text} It was report {number:,}.", "date": "2024-06-11"}
            words += len(article["text"].split())
            stream.write(json.dumps(article) + "\n")
    return words


def measured(arguments: list[str]) -> tuple[float, int]:
    """Seconds of a run, and the most memory that its processes had together, in MB."""
    begun, peak = perf_counter(), 0
    process = subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(map(resident, family(process.pid))))
        sleep(0.1)
    if process.returncode:
        sys.exit(f"the run ended with status {process.returncode}")
    return perf_counter() - begun, peak // 1024


def family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *map(int, children)]


def resident(pid: int) -> int:
    """The memory that a process has now, in kB; 0 when it has ended."""
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()
