"""All named patterns with their examples: those of the shipped files, those in code, and a user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extract import lexicons
from extract.lexicons.own import config
from extract.lexicons.own.files import words
from extract.lexicons.own.patterns import OWN, full_name
from extract.lexicons.scope import active, using
from extract.pipeline import load
from extract.rules import growth, money, quantities
from extract.rules.entities import names

_FILES = {"date": ("dates", "dates_patterns"), "growth": ("growth", "growth_patterns")}
_ORDER = {
    "entity": (*names.RULES, "entities.model"),
    "money": money.RULES,
    "quantity": quantities.RULES,
    "growth": growth.RULES,
}


class Listed(NamedTuple):
    """A pattern: what it finds stands in brackets in its examples."""

    kind: str
    rule: str
    examples: tuple[str, ...]


def patterns(kind: str | None = None, rules: Sequence[str | Path] = ()) -> Iterator[Listed]:
    """The patterns in the order in which they are tried, a user's own first.

    Args:
        kind: Those of one kind alone: entity, date, money, quantity or growth.
        rules: Files of a user's rules.

    Raises:
        RulesError: a file of rules cannot be used.
    """
    own = config.read(list(rules))
    if own is not None:
        load(rules=own)  # refuses patterns that cannot be used
    for each in ("entity", "date", "money", "quantity", "growth"):
        if kind in (None, each):
            with using(config.of(own)):
                found = list(_of_kind(each))
            yield from found


def _of_kind(kind: str) -> Iterator[Listed]:
    room, file = _FILES.get(kind, ("", ""))
    data = lexicons.load(file)["patterns"] if file else {}
    examples = {full_name(room, name): words(entry["examples"]) for name, entry in data.items()}
    if not file:
        yield from _own(kind)
    for group in lexicons.load("rules").values():
        examples |= {rule: [example] for rule, example in group.items() if rule not in examples}
    mine = [rule for rule in examples if rule.startswith(OWN)]
    order = _ORDER.get(kind) or tuple(rule for rule in examples if rule.startswith("dates."))
    for rule in (*mine, *(rule for rule in order if not file or rule in examples)):
        yield Listed(kind, rule, tuple(examples[rule]))


def _own(kind: str) -> Iterator[Listed]:
    """A user's patterns of a kind that has no file of patterns."""
    lexicons_ = active()
    for section in lexicons_.sections("patterns") if lexicons_ else ():
        for name, entry in section.get(kind, {}).items():
            if name != "remove":
                yield Listed(kind, OWN + name, tuple(words(entry["examples"])))
