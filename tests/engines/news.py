"""Short articles in any number, and what a process of its own does with those that kill it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extract import record_builders
from extract.articles import Article
from extract.engines.extraction import Extraction
from extract.records import Fact
from extract.run.outcomes import Item, Results
from extract.run.workers import Isolated
from tests import samples

MANY = int(os.environ.get("ENGINES_ARTICLES", "2000"))  # fewer where time is short, as in .ci/run
_SENTENCES = (
    "Exports of Bulgaria rose {n}.{m}% to ${more} million last year.",
    "Acme {n} Corp. paid a fine of €{more},000 on Monday.",
    "{more} people in Varna lost their jobs in May, the mayor said.",
)


def news(count: int = MANY) -> list[dict[str, Any]]:
    """Articles of one sentence, each different."""
    first = date(2024, 1, 1)
    return [
        {
            "id": f"day/{n}",
            "text": _SENTENCES[n % 3].format(n=n % 90 + 1, m=n % 10, more=n + 12),
            "title": f"News {n}",
            "date": str(first + timedelta(days=n % 300)),
        }
        for n in range(count)
    ]


def write_news(path: Path, count: int = MANY) -> Path:
    """The articles as a file."""
    path.write_text("".join(json.dumps(article) + "\n" for article in news(count)))
    return path


class Deadly(Extraction):
    """`$5` is money, DIE kills the process beside a worker, KILL kills the worker, SLEEP sleeps."""

    def work(self, batches: Iterable[list[Item]]) -> Results:
        """The outcomes of batches."""
        isolated = Isolated(load_deadly, timeout=self.timeout)
        try:
            for batch in batches:
                yield isolated(batch)
        finally:
            isolated.close()


def load_deadly() -> Language:
    """The pipeline of a process of its own."""
    nlp = samples.load_dollars()
    record_builders.RECORD_BUILDERS = (_deadly,)
    return nlp


def _deadly(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
    if "KILL" in article.text and os.getppid() > 1:
        os.kill(os.getppid(), signal.SIGKILL)
    return samples.dollars(doc, article, known)
