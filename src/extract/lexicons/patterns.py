"""The named patterns of all kinds of facts: one file a kind, all of one shape.

    [patterns.era]
    match = '(?:AD|CE) @year'
    reader = "years.era"
    examples = ["in [AD 247]"]
    counterexamples = ["an AD on page 247"]

A pattern has a `match`, an expression in the notation of its file, and a `reader`, the function that says
what a match means; or a `builder`, the function that finds it without an expression, from words or from
other facts. Functions are named by module and function in the package of the kind, such as `years.era` in
`extract.rules.dates`. `examples` mark what the pattern finds with brackets, `counterexamples` hold nothing of
the pattern; tests run both. Some kinds have keys of their own, which the head of the file explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from extract.errors import LexiconError
from extract.lexicons import load
from extract.lexicons.own.files import words
from extract.lexicons.own.patterns import OWN, full_name
from extract.lexicons.own.schema import EXAMPLES, Table, Value, flag, one_of, text, texts, wrong
from extract.lexicons.scope import cached

_OWN_KEYS = frozenset(["match", "examples", "counterexamples", "reader", "builder"])


@dataclass(frozen=True, slots=True)
class Kind:
    """Where the patterns of a kind of facts are.

    Attributes:
        room: The package in `extract.rules`, and the first part of the names of its rules: `dates`.
        reader: The key that names the function that reads a match.
        keys: What a pattern may have beside the keys of all kinds.
    """

    room: str
    reader: str = "reader"
    keys: Mapping[str, Value] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The lexicon of its patterns, without `.toml`."""
        return f"{self.room}_patterns"

    @property
    def shape(self) -> Table:
        """The keys that a pattern may have and must have."""
        common = {"match": text, self.reader: text, "builder": text, **EXAMPLES}
        return Table({**common, **self.keys}, needs=tuple(EXAMPLES))


_TIMES = {"kind": text, "starts": texts, "before": text, "not_before": text, "near": text}
_DIRECTIONS = one_of("increase", "decrease", "unchanged", "compare")

# The kinds of facts in the order of the pipeline.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "entity": Kind("entities", keys={"meaning": text}),
        "date": Kind("dates", keys=_TIMES),
        "money": Kind("money"),
        "quantity": Kind("quantities"),
        "growth": Kind(
            "growth",
            reader="metric",
            keys={"accepts": text, "direction": _DIRECTIONS, "appositive": flag, "factor": flag},
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A named pattern as its file has it.

    Attributes:
        kind: The kind of facts that it finds.
        name: Its name in the file; with `mine.` before it where it is a user's.
        match: An expression in the notation of the kind; empty where a builder finds it.
        reader: The function that says what a match means; empty where a builder finds it.
        builder: The function that finds it without an expression; empty where there is one.
        examples: Sentences with what it finds in brackets.
        counterexamples: Sentences in which it finds nothing.
        options: The other keys, those of its kind alone.
    """

    kind: str
    name: str
    match: str
    reader: str
    builder: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    options: Mapping[str, Any]

    @property
    def rule(self) -> str:
        """Its name in records: `dates.era`, or `mine.printed_at`."""
        return full_name(KINDS[self.kind].room, self.name)

    @property
    def function(self) -> str:
        """The reader or builder."""
        return self.reader or self.builder

    @property
    def is_own(self) -> bool:
        """It is a user's."""
        return self.name.startswith(OWN)

    def error(self, why: str, column: int = 0) -> LexiconError:
        """An error that names the file, the pattern and the column in its `match` (from 1; 0 for none)."""
        where = f"{KINDS[self.kind].file}.toml, pattern {self.name!r}"
        return LexiconError(f"{where}, column {column}: {why}" if column else f"{where}: {why}")


@cached
def entries(kind: str) -> tuple[Entry, ...]:
    """The patterns of a kind in their order, a user's before ours.

    Args:
        kind: entity, date, money, quantity or growth.

    Raises:
        LexiconError: one of ours has not the shape of a pattern; names the file and the pattern.
    """
    patterns = load(KINDS[kind].file)["patterns"]
    return tuple(entry_of(kind, name, table) for name, table in patterns.items())


def entry_of(kind: str, name: str, table: Mapping[str, Any]) -> Entry:
    """A pattern of a file; those of a user were checked when their rules were read.

    Raises:
        LexiconError: it has not the shape of a pattern.
    """
    reader = KINDS[kind].reader
    entry = Entry(
        kind,
        name,
        table.get("match", ""),
        table.get(reader, ""),
        table.get("builder", ""),
        tuple(words(table.get("examples"))),
        tuple(words(table.get("counterexamples"))),
        {key: value for key, value in table.items() if key not in (*_OWN_KEYS, reader)},
    )
    if not entry.is_own:
        for why in _faults(entry, table):
            raise entry.error(why)
    return entry


def _faults(entry: Entry, table: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a pattern of ours, with the remedy."""
    kind = KINDS[entry.kind]
    for _, why in wrong(table, kind.shape, (entry.name,)):
        yield why
    for key in EXAMPLES:
        if table.get(key) == []:
            yield f"has no {key}; add one"
    if bool(entry.match) != bool(entry.reader) or bool(entry.match) == bool(entry.builder):
        yield f"needs match and {kind.reader}, or a builder alone"
    for number, example in enumerate(entry.examples, 1):
        column = _misplaced(example)
        if column:
            yield f"example {number}, column {column}: must have what it finds in brackets, once"


def _misplaced(example: str) -> int:
    """The column in an example at which its brackets go wrong, from 1; 0 where they are right."""
    marks = [(at, mark) for at, mark in enumerate(example, 1) if mark in "[]"]
    for (at, mark), expected in zip(marks, "[]", strict=False):
        if mark != expected:
            return at
    return marks[2][0] if len(marks) > 2 else len(example) * (len(marks) < 2)
