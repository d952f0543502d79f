"""Formats of annotation tools for labelled spans: brat, doccano, Label Studio."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.sets.base import Span

_BRAT = re.compile(r"T\d+\t(\S+) ([\d ;]+)\t.*")


def brat(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """Standoff of brat, `x.ann` next to `x.txt`. Discontinuous spans become the span that covers them."""
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    spans = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("T"):
            found = _BRAT.fullmatch(line)
            if not found:
                raise GoldError(f"{path}:{number}: {line!r} is not a text-bound annotation of brat")
            ends = [int(end) for end in re.findall(r"\d+", found[2])]
            spans.append(Span(min(ends), max(ends), found[1]))
    yield Article(id=path.stem, text=text), spans


def doccano(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """JSON Lines of doccano: `text`, spans in `entities`, `label` or `labels`; named by `id` or line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _of_doccano(
                    _parsed(line, f"{path}:{number}"), f"{path}:{number}", f"{path.stem}-{number}"
                )


def _of_doccano(values: Any, place: str, name: str) -> tuple[Article, list[Span]]:
    try:
        spans = [
            _span(item["start_offset"], item["end_offset"], item["label"])
            if isinstance(item, dict)
            else _span(*item[:3])
            for item in values.get("entities") or values.get("label") or values.get("labels") or []
        ]
        return Article(id=str(values.get("id", name)), text=_text(values["text"])), spans
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise GoldError(
            f"{place}: has no text with spans as doccano writes them; export sequence labels as JSONL"
        ) from error


def label_studio(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The JSON export of Label Studio: tasks with `annotations`, of which only the first is read."""
    tasks = _parsed(path.read_text(encoding="utf-8"), str(path))
    if not isinstance(tasks, list):
        raise GoldError(f"{path}: is not a list of tasks; export as JSON")
    for number, task in enumerate(tasks, 1):
        try:
            results = (task.get("annotations") or [{"result": []}])[0]["result"]
            spans = [
                _span(value["start"], value["end"], label)
                for result in results
                if (value := result["value"]).get("labels")
                for label in value["labels"][:1]
            ]
            yield (
                Article(id=str(task.get("id", f"{path.stem}-{number}")), text=_text(task["data"]["text"])),
                spans,
            )
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise GoldError(
                f"{path}: task {number} has no data.text with annotations at offsets of its characters; "
                "label plain text (a Text tag, not HyperText), and export as JSON"
            ) from error


def _span(start: Any, end: Any, label: Any) -> Span:
    """Make a span; ValueError if an end is not an integer, or the label is not a string."""
    return Span(int(str(start)), int(str(end)), _text(label))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _parsed(content: str, place: str) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise GoldError(f"{place}: is not JSON ({error})") from error
