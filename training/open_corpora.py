"""Openly licensed corpora as more text to train on, when their file lies in `training/open/`.

`training/open/entities.jsonl` has one text a line: `{"text", "entities": [[start, end, label]], "unsure":
[[start, end]], "source", "id"}` with the labels PERSON ORG LOC NORP MISC; `unsure` spans may be names that
the source does not annotate. The file is not part of the repository; docs/model.md names the corpora and
their licences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from news_text import Annotated

from extract.rules.entities import gazetteer
from extract.rules.entities.heads import heads

FILE = Path(__file__).parent / "open" / "entities.jsonl"
UNLIKE_NEWS = ("uner", "academic")  # web reviews, scholarly papers


def texts() -> Iterator[Annotated]:
    """The texts that are like news, with our ten labels; none when the file is not there."""
    if not FILE.exists():
        return
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not any(word in f"{row['source']} {row['id']}" for word in UNLIKE_NEWS):
            yield _annotated(row)


def _annotated(row: dict[str, Any]) -> Annotated:
    entities, unsure = [], [(start, end) for start, end in row["unsure"]]
    for start, end, label in row["entities"]:
        fine = _fine(row["text"][start:end], label)
        if fine:
            entities.append((start, end, fine))
        else:
            unsure.append((start, end))
    return Annotated(row["text"], tuple(entities), tuple(unsure))


def _fine(name: str, label: str) -> str | None:
    """One of our labels for a name with a coarse one; None when the name does not tell."""
    if label not in ("LOC", "MISC"):
        return label
    entry, words = gazetteer.load().lookup(name), name.split()
    known, head = heads(), None
    if len(words) > 1:
        before = known.before.get(words[0]) or known.before.get(" ".join(words[:2]))
        head = known.after.get(words[-1]) or before
    places, works = ("GPE", "LOC", "FAC"), ("EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
    for found in (entry.label if entry else None, head):
        if found in (places if label == "LOC" else works):
            return found
    if label == "LOC":
        return "GPE"
    return "WORK_OF_ART" if len(words) > 3 else None
