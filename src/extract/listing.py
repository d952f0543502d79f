"""All named patterns with their examples, from the shipped files and a user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extract.lexicons.own import config
from extract.lexicons.patterns import KINDS, entries
from extract.lexicons.scope import using
from extract.pipeline import load


class Listed(NamedTuple):
    """A pattern; brackets in its examples mark what it finds."""

    kind: str
    rule: str
    examples: tuple[str, ...]


def patterns(kind: str | None = None, rules: Sequence[str | Path] = ()) -> Iterator[Listed]:
    """The patterns in the order in which they are tried, a user's own first.

    Args:
        kind: Only those of one kind: entity, date, money, quantity or growth.
        rules: Files of a user's rules.

    Raises:
        RulesError: a file of rules cannot be used.
    """
    own = config.read(list(rules))
    if own is not None:
        load(rules=own)  # raises an error for patterns that cannot be used
    for each in KINDS:
        if kind in (None, each):
            with using(config.of(own)):
                found = [Listed(each, entry.rule, entry.examples) for entry in entries(each)]
            yield from found
