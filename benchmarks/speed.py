"""Speed on the articles of corpus/: words per second of each step and of the whole, start-up, memory.

    python benchmarks/speed.py [--words 100000] [--corpus corpus]

Words are counted at white space. The articles are read again and again until the number of words is reached.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from time import perf_counter

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from extract import pipeline, readers
from extract.articles import Article
from extract.records import Fact
from extract.run import Kept, here, run

COMMAND = [sys.executable, "-c", "from extract.cli import main; main()"]
SENTENCE = b"Acme said sales rose 5.5% to $3 million in 2024."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--words", type=int, default=100_000, help="how many words to extract from (%(default)s)"
    )
    parser.add_argument("--corpus", default="corpus", help="the articles (%(default)s)")
    arguments = parser.parse_args()
    articles = list(repeated(arguments.corpus, arguments.words))
    words = sum(len(article.text.split()) for article in articles)
    nlp = pipeline.load()
    for article in articles[:20]:  # lexicons and patterns are loaded when first used
        pipeline.facts(nlp, article)
    summary = run(here(nlp), iter(articles), Kept())
    screen = Console()
    screen.print(speeds(by_step(nlp, articles), words, summary.seconds))
    screen.print(start_up())
    screen.print(
        f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


def repeated(corpus: str, words: int) -> Iterator[Article]:
    """The articles of a corpus, over and over, until they have so many words."""
    items = readers.read(readers.find([corpus]), readers.Options())
    articles = [item for item in items if isinstance(item, Article)]
    if not articles:
        sys.exit(f"no articles in {corpus}")
    for article in cycle(articles):
        if words <= 0:
            return
        yield article
        words -= len(article.text.split())


def by_step(nlp: Language, articles: list[Article]) -> dict[str, float]:
    """Seconds spent in the tokeniser, in each component, and in reading the records of each kind."""
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, begun: float) -> None:
        spent[name] += perf_counter() - begun

    for article in articles:
        begun = perf_counter()
        doc = nlp.make_doc(article.text)
        timed("tokenizer", begun)
        for name, component in nlp.pipeline:
            begun = perf_counter()
            doc = component(doc)
            timed(name, begun)
        known: tuple[Fact, ...] = ()
        for read in pipeline.READS:
            begun = perf_counter()
            known += tuple(read(doc, article, known))
            timed(f"records of {read.__module__.split('.')[2]}", begun)
    return dict(spent)


def speeds(spent: dict[str, float], words: int, whole: float) -> Table:
    """The table of words per second."""
    table = Table("step", title=f"Speed on {words:,} words, one process")
    table.add_column("words/s", justify="right")
    table.add_column("share", justify="right")
    total = sum(spent.values())
    for name, seconds in spent.items():
        table.add_row(name, f"{words / seconds:,.0f}", f"{seconds / total:.1%}")
    table.add_section()
    table.add_row("extract run, whole", f"{words / whole:,.0f}", "")
    return table


def start_up() -> Table:
    """The table of what a fresh process takes, the best of five."""
    table = Table("start-up", title="A fresh process, best of 5")
    table.add_column("seconds", justify="right")
    rows = {
        "python": [sys.executable, "-c", ""],
        "import extract": [sys.executable, "-c", "import extract"],
        "extract --help": [*COMMAND, "--help"],
        "extract run -, one sentence": [*COMMAND, "run", "-"],
    }
    for name, command in rows.items():
        table.add_row(name, f"{min(seconds_of(command) for _ in range(5)):.2f}")
    return table


def seconds_of(command: list[str]) -> float:
    """Wall time of a command."""
    begun = perf_counter()
    subprocess.run(command, input=SENTENCE, capture_output=True, check=True)
    return perf_counter() - begun


if __name__ == "__main__":
    main()
