"""Measure all and print Markdown, in some minutes.

python -m benchmarks [--corpus corpus]
"""

from __future__ import annotations

import argparse
import os
import platform
from datetime import UTC, datetime

from benchmarks import batch, growth, memory, patterns, start, steps, texts, writers
from extract.writers import WRITERS


def main() -> None:
    """Measure and print, part by part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", default="corpus", help="the articles (%(default)s)")
    articles = texts.corpus(parser.parse_args().corpus)
    busy = f"{os.getloadavg()[0]:.1f} processes at work as it began"
    print(f"`make bench`, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, ", end="")
    print(f"{os.cpu_count()} cores, {busy}.\n", flush=True)
    parts = {
        "One core, by processor time": lambda: steps.report(articles, words=50_000, others=10_000),
        "Many short articles": lambda: batch.report(articles, articles=[1000, 2000, 4000], workers=[1, 2]),
        "One long article": lambda: growth.report(articles, lengths=growth.LENGTHS),
        f"Repeated pieces, {patterns.SHORTER:,} to {patterns.LONGER:,} code points": patterns.report,
        "Writing, by processor time": lambda: writers.report(articles, count=2000, formats=WRITERS),
        "Memory over new words": lambda: memory.report(20_000),
        "Start-up": start.report,
    }
    for name, report in parts.items():
        print(f"#### {name}\n{report()}", flush=True)


if __name__ == "__main__":
    main()
