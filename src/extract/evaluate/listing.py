"""Lists errors with their context: misses, false alarms and wrong fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from extract.articles import Article
from extract.evaluate.align import aligned
from extract.evaluate.coverage import further
from extract.evaluate.gold import Gold
from extract.evaluate.keys import WORKED_OUT, annotated, states
from extract.evaluate.match import Match
from extract.evaluate.scores import fails
from extract.records import Fact, row

_CONTEXT = 60  # code points on either side of a span


def errors(
    gold: Gold | Iterable[Fact],
    found: Iterable[Fact],
    articles: Iterable[Article],
    *,
    kind: str | None = None,
) -> Iterator[str]:
    """All misses, false alarms and wrong fields with their context, by kind, article and place.

    Args:
        gold: The facts of the gold.
        found: The extracted facts.
        articles: The articles of both.
        kind: List errors of this kind of fact only.

    Yields:
        A few lines of text per error; the first begins with `MISSED`, `FALSE` or `WRONG`, kind and place.
    """
    texts = {article.id: article.text for article in articles}
    for pair in aligned(gold, found):
        if kind in (None, pair.fact.kind) and (failed := _failure(pair)):
            yield "\n".join(_describe(pair, failed, texts[pair.fact.doc_id]))


def _failure(pair: Match) -> str:
    if pair.found is None:
        return "MISSED"
    return "WRONG" if fails(pair) else "FALSE" if pair.gold is None else ""


def _describe(pair: Match, failed: str, text: str) -> Iterator[str]:
    fact = pair.fact
    asked = f" ({', '.join(fails(pair))})" if failed == "WRONG" else ""
    yield f"{failed} {fact.kind} {fact.doc_id}:{fact.start}{asked}"
    yield f"    {_in_context(fact, text)}"
    shown = [name for name in ("text", *annotated(fact.kind)) if _shows(name, pair, failed)]
    if pair.gold:
        yield f"    gold  {_fields(pair.gold, shown)}"
    if pair.found:
        yield f"    got   {_fields(pair.found, shown)}  [{pair.found.rule}]"


def _shows(name: str, pair: Match, failed: str) -> bool:
    """Whether to show a field: of a wrong fact if it differs; a further field only if a side has it."""
    if failed == "WRONG":
        gold, found = _value(pair.gold, name), _value(pair.found, name)
        return bool(gold != found) and not (gold is None and name in WORKED_OUT)
    return name not in further(pair.fact.kind) or any(
        fact is not None and states(fact, name) for fact in (pair.gold, pair.found)
    )


def _in_context(fact: Fact, text: str) -> str:
    left = text[max(0, fact.start - _CONTEXT) : fact.start]
    right = text[fact.end : fact.end + _CONTEXT]
    return " ".join(f"{left}[[{fact.text}]]{right}".split())


def _value(fact: Fact | None, name: str) -> Any:
    return row(fact)[name] if fact else None


def _fields(fact: Fact, names: Iterable[str]) -> str:
    flat = row(fact)
    return " ".join(f"{name}={'-' if flat[name] is None else repr(str(flat[name]))}" for name in names)
