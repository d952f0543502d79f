"""Drafts of gold files: the extracted facts of an article, for an annotator to correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from extract.articles import Article
from extract.evaluate.align import named
from extract.evaluate.keys import SPANS, WORKED_OUT, keys, states
from extract.evaluate.texts import folded, occurrences, quoted
from extract.records import KINDS, Date, Entity, Fact

_HEAD = """\
# A draft by the program. Read the article, correct and complete the entries, then remove the next line.
draft = true
"""

Entry = dict[str, Any]


def draft(article: Article, facts: Iterable[Fact]) -> str:
    """The facts of an article as a gold file marked as a draft.

    Args:
        article: The article.
        facts: Its facts, of any kinds.

    Returns:
        TOML. Facts with the same text and values become one entry. A fact that gold cannot express (its span
        ends within a word, or overlaps another of its kind) becomes a comment.
    """
    found = sorted(named(facts), key=lambda fact: (fact.start, fact.end))
    times: dict[str, set[str]] = {}
    for fact in found:
        if isinstance(fact, Date):
            times.setdefault(fact.text, set()).add(fact.value)
    parts = [_HEAD]
    for kind in KINDS:
        entries: dict[str, Entry] = {}
        end = 0
        for fact in (fact for fact in found if fact.kind == kind):
            nth = _nth(fact.text, fact.start, article.text)
            if nth is None or fact.start < end:
                parts.append(f"# left out: {kind} {quoted(fact.text)} at {fact.start}\n")
                continue
            end = fact.end
            values = _values(fact, article.text, times)
            same = entries.setdefault(json.dumps([fact.text, values], default=str), {"nth": [], **values})
            same.update(text=fact.text, nth=[*same["nth"], nth])
        parts += [_entry(kind, entry) for entry in entries.values()]
    return "\n".join(parts)


def _values(fact: Fact, text: str, times: Mapping[str, set[str]]) -> Entry:
    """The keys and values of a fact's entry, without `text` and `nth`.

    Args:
        fact: The fact.
        text: The article's text.
        times: The values of the article's dates by their texts. A value that the loader derives from an
            unambiguous date is omitted.
    """
    entry: Entry = {}
    for key, of in keys(fact.kind).items():
        if key not in WORKED_OUT and hasattr(fact, of.field) and states(fact, of.field):
            entry |= _part(key, fact, text) if key in SPANS else {key: getattr(fact, of.field)}
    if isinstance(fact, Entity) and (fact.name == fact.text or folded(fact.name) not in folded(text)):
        del entry["name"]
    for part in SPANS:
        if f"{part}_value" in entry and times.get(entry.get(part, "")) == {entry[f"{part}_value"]}:
            del entry[f"{part}_value"]
    return entry


def _part(key: str, fact: Fact, text: str) -> Entry:
    """The keys of a part that is quoted separately, with its `nth`; empty if the text does not contain it."""
    quote, start = getattr(fact, key), getattr(fact, f"{key}_start", None)
    if key == "restates":
        start, end = map(int, quote.partition(":")[2].split("-"))
        quote = text[start:end]
    if isinstance(start, int):
        nth = _nth(quote, start, text)
    else:
        nth = next((n for n, _ in enumerate(occurrences(quote, text), 1)), None)
    if nth is None:
        return {}
    return {key: quote} if nth == 1 else {key: quote, f"{key}_nth": nth}


def _nth(quote: str, start: int, text: str) -> int | None:
    """The number of the occurrence of a quote at `start`; None if it is not there as whole words."""
    if not quote or quote != quote.strip():
        return None
    places = (place for place, _ in occurrences(quote, text))
    return next((number for number, place in enumerate(places, 1) if place == start), None)


def _entry(kind: str, entry: Entry) -> str:
    nth = entry.pop("nth")
    lines = [f"[[{kind}]]", f"text = {_toml(entry.pop('text'))}"]
    if nth != [1]:
        lines.append(f"nth = {nth[0] if len(nth) == 1 else nth}")
    lines += (f"{key} = {_toml(value)}" for key, value in entry.items())
    return "".join(f"{line}\n" for line in lines)


def _toml(value: str | int | Decimal | date) -> str:
    """A value as TOML: an integer, a quoted decimal, or a quoted date or text."""
    if isinstance(value, Decimal):
        return f"{value:.0f}" if value == value.to_integral_value() else f'"{value:f}"'
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
