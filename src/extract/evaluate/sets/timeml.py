"""TimeML as in TimeBank, AQUAINT and the platinum set of TempEval-3: TIMEX3 elements within the text.

The rows `exact span`, `found`, `type` and `value` equal the strict, relaxed, type and value F1 of TempEval-3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.sets.base import Span


def read(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The article of a file: the content of its `TEXT` element, with the time expressions in it.

    The document creation time becomes the date of the article; it is outside the text and not part of the
    gold.
    """
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise GoldError(f"{path}: is not XML: {error}") from error
    body = root.find("TEXT")
    if body is None:
        raise GoldError(f"{path}: has no TEXT element, so it is not TimeML")
    pieces: list[str] = []
    spans: list[Span] = []
    _walk(body, 0, pieces, spans)
    created = root.find("DCT/TIMEX3")
    published = _day(created.get("value", "")) if created is not None else None
    yield Article(id=path.stem, text="".join(pieces), published=published), spans


def _walk(node: Element, start: int, pieces: list[str], spans: list[Span]) -> int:
    """Append the text of an element to the pieces, and the time expressions in it to the spans.

    Args:
        node: The element.
        start: The offset at which its text begins.
        pieces: The parts of the text so far.
        spans: The time expressions so far.

    Returns:
        The offset of the end of its text.
    """
    end = start
    for text, child in [(node.text, None), *((child.tail, child) for child in node)]:
        if child is not None:
            end = _walk(child, end, pieces, spans)
        pieces.append(text or "")
        end += len(text or "")
    if node.tag == "TIMEX3" and end > start and node.get("tid") != "t0":
        values = {"timex_type": node.get("type", ""), "value": node.get("value", "")}
        spans.append(Span(start, end, "DATE", values))
    return end


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
