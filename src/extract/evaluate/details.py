"""Errors as plain data for a page: each with its sentence and both sides, and counts by rule and field.

A case is a dictionary with the keys `outcome` (missed, false, wrong), `kind`, `article`, `start`, `rule`,
`rows` (the rows of the scores that it fails), `sentence` and its `offset`, `spans` (of gold and found, as
offsets into the sentence), and `fields`, each with `name`, the values `gold` and `found` as text, and
`differ`: whether each found value differs from the gold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from extract.articles import Article
from extract.decimals import plain
from extract.evaluate.align import aligned
from extract.evaluate.bootstrap import share_intervals
from extract.evaluate.gold import Gold
from extract.evaluate.keys import annotated, states
from extract.evaluate.match import Match
from extract.evaluate.rows import OPTIONAL, agrees, same_number
from extract.evaluate.scores import fails
from extract.records import Fact, row

Data = dict[str, Any]
Key = tuple[str, str, int, int, bool]  # kind, article, start, end, whether it is in the gold

_CONTEXT = 200  # at most this many code points on either side of a span
_RIGHT = "right"


def details(gold: Gold | Iterable[Fact], found: Iterable[Fact], articles: Iterable[Article]) -> Data:
    """All errors of a system, and how often each rule and field is right.

    Args:
        gold: The facts of the gold.
        found: The facts of the system.
        articles: The articles of both.

    Returns:
        The lists `cases` (ordered by kind and place), `rules` and `fields` (ordered by kind and name). Each
        rule and field has the 95 % `interval` of its share of right results, between 0 and 1.
    """
    found = list(found)
    pairs, sentences = aligned(gold, found), Sentences(articles, found)
    wrong = (pair for pair in pairs if outcome(pair) != _RIGHT)
    return {
        "cases": [_case((pair,), sentences) for pair in wrong],
        "rules": list(_rules(pairs)),
        "fields": list(_fields(pairs)),
    }


def changes(
    gold: Gold | Iterable[Fact],
    first: Iterable[Fact],
    second: Iterable[Fact],
    articles: Iterable[Article],
) -> list[Data]:
    """The results that differ between two systems, where at least one of them is wrong.

    Returns:
        Cases as in `details`, with both found values in `fields`, both outcomes in `outcomes`, and `change`:
        `fixed`, `broken`, or `changed` if the second system makes a different error.
    """
    gold = gold if isinstance(gold, Gold) else list(gold)
    first, second = list(first), list(second)
    sentences = Sentences(articles, [*first, *second])
    both = [{_key(pair): pair for pair in aligned(gold, found)} for found in (first, second)]
    cases = []
    for key in sorted({*both[0], *both[1]}):
        pairs = [of.get(key, Match(None, None)) for of in both]
        if change := _change(pairs[0], pairs[1]):
            cases.append(_case(pairs, sentences) | {"change": change})
    return cases


def outcome(pair: Match) -> str:
    """The outcome of a pair: `right`, `wrong` in a field, `missed`, `false` alarm; right if it is empty."""
    if pair.found is None:
        return "missed" if pair.gold else _RIGHT
    return "false" if pair.gold is None else "wrong" if fails(pair) else _RIGHT


def _change(before: Match, after: Match) -> str:
    old, new = outcome(before), outcome(after)
    if old == new and (before.found and _values(before.found)) == (after.found and _values(after.found)):
        return ""
    if _RIGHT in (old, new):
        return "" if old == new else "fixed" if new == _RIGHT else "broken"
    return "changed"


def _key(pair: Match) -> Key:
    fact = pair.fact
    return fact.kind, fact.doc_id, fact.start, fact.end, pair.gold is not None


def _values(fact: Fact) -> tuple[Any, ...]:
    return fact.start, fact.end, *(getattr(fact, name) for name in annotated(fact.kind))


class Sentences:
    """Finds the sentence of a span from the facts of the article, or else some text on either side."""

    def __init__(self, articles: Iterable[Article], facts: Iterable[Fact]) -> None:
        """Index the texts of articles, and the sentences of facts that have one."""
        self._texts = {article.id: article.text for article in articles}
        known: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for fact in facts:
            if fact.source.sentence_end > fact.source.sentence_start:
                known[fact.doc_id].add((fact.source.sentence_start, fact.source.sentence_end))
        self._known = {name: sorted(spans) for name, spans in known.items()}

    def around(self, article: str, start: int, end: int) -> tuple[int, str]:
        """The offset and text of the context of a span."""
        text, spans = self._texts[article], self._known.get(article, [])
        first, last = max(0, start - _CONTEXT), min(end + _CONTEXT, len(text))
        place = bisect_right(spans, (start, len(text))) - 1
        if place >= 0 and spans[place][1] > start:
            of_sentence = (min(spans[place][0], start), max(spans[place][1], end))
            first, last = max(first, of_sentence[0]), min(last, of_sentence[1])
        return first, text[first:last]


def _case(pairs: Sequence[Match], sentences: Sentences) -> Data:
    """The case of one gold fact or false alarm, with what one or two systems found for it."""
    facts = [pair.fact for pair in pairs if pair.gold or pair.found]
    fact, gold = facts[0], next((pair.gold for pair in pairs if pair.gold), None)
    founds = [pair.found for pair in pairs]
    sides = ("found",) if len(founds) == 1 else ("a", "b")
    spans = [("gold", gold), *zip(sides, founds, strict=True)]
    start, end = (choose(getattr(one, at) for _, one in spans if one) for choose, at in _ENDS)
    offset, text = sentences.around(fact.doc_id, start, end)
    outcomes = [outcome(pair) for pair in pairs]
    return {
        "outcome": next((one for one in reversed(outcomes) if one != _RIGHT), _RIGHT),
        "outcomes": outcomes,
        "change": "",
        "kind": fact.kind,
        "article": fact.doc_id,
        "start": fact.start,
        "rule": next((found.rule for found in reversed(founds) if found), ""),
        "rows": list(dict.fromkeys(name for pair in pairs for name in fails(pair))),
        "offset": offset,
        "sentence": text,
        "spans": [(side, one.start - offset, one.end - offset) for side, one in spans if one],
        "fields": list(_compared(fact.kind, gold, founds)),
    }


_ENDS = ((min, "start"), (max, "end"))


def _compared(kind: str, gold: Fact | None, founds: Sequence[Fact | None]) -> Iterator[Data]:
    """The fields that any of the facts states, with their values."""
    flat = [row(fact) if fact else {} for fact in (gold, *founds)]
    for name in ("text", *annotated(kind)):
        values = [_shown(of.get(name)) for of in flat]
        stated = name == "text" or any(fact and states(fact, name) for fact in (gold, *founds))
        if stated and any(values):
            differ = [
                gold is not None and found is not None and not _same(name, gold, found) for found in founds
            ]
            yield {"name": name, "gold": values[0], "found": values[1:], "differ": differ}


def _same(name: str, gold: Fact, found: Fact) -> bool:
    """Whether the values agree; any value agrees with an optional field that the gold does not state."""
    if name == "text":
        return (gold.start, gold.end) == (found.start, found.end)
    ours, theirs = getattr(gold, name), getattr(found, name)
    if ours is None and name in OPTIONAL:
        return True
    return agrees(name)(gold, found) or (isinstance(ours, Decimal) and same_number(ours, theirs))


def _shown(value: object) -> str:
    if not isinstance(value, Decimal):
        return "" if value is None else str(value)
    return plain(value)


def _rules(pairs: Iterable[Match]) -> Iterator[Data]:
    """For each rule, how many of its facts are right, wrong in a field, or false alarms."""
    counts = _Counts()
    for pair in pairs:
        if pair.found:
            counts.add((pair.found.kind, pair.found.rule), outcome(pair), pair.found.doc_id)
    for (kind, rule), of_each, interval in counts.rows(good=_RIGHT):
        verdicts = {name: of_each[name] for name in (_RIGHT, "wrong", "false")}
        yield {"kind": kind, "rule": rule, "found": of_each.total(), **verdicts, "interval": interval}


def _fields(pairs: Iterable[Match]) -> Iterator[Data]:
    """For each field, in how many matched pairs it agrees, differs, or is absent on one side."""
    counts = _Counts()
    for pair in pairs:
        if pair.gold and pair.found:
            for name in annotated(pair.gold.kind):
                if verdict := _agreement(name, pair.gold, pair.found):
                    counts.add((pair.gold.kind, name), verdict, pair.gold.doc_id)
    for (kind, name), of_each, interval in counts.rows(good="agrees"):
        shown = {verdict: of_each[verdict] for verdict in ("agrees", "differs", "absent", "extra")}
        yield {"kind": kind, "field": name, **shown, "interval": interval}


class _Counts:
    """Counts verdicts on rules or fields, by article, so that their shares have intervals."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[tuple[str, str], Counter[str]]] = {}

    def add(self, name: tuple[str, str], verdict: str, article: str) -> None:
        self._counts.setdefault(article, {}).setdefault(name, Counter())[verdict] += 1

    def rows(self, *, good: str) -> Iterator[tuple[tuple[str, str], Counter[str], list[float] | None]]:
        """Kind and name, total counts, and the interval of the share of the verdict `good`, in order."""
        ends = share_intervals(
            {
                article: {name: (of_each[good], of_each.total()) for name, of_each in of.items()}
                for article, of in self._counts.items()
            }
        )
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for of in self._counts.values():
            for name, of_each in of.items():
                sums[name] += of_each
        for name in sorted(sums):
            interval = ends.get(name)
            yield name, sums[name], [interval.low, interval.high] if interval else None


def _agreement(name: str, gold: Fact, found: Fact) -> str:
    ours, theirs = states(gold, name), states(found, name)
    if not ours and (not theirs or name in OPTIONAL):
        return ""
    if _same(name, gold, found):
        return "agrees"
    return "differs" if ours and theirs else "absent" if ours else "extra"
