"""The tables of `docs/rules.md` and `docs/metrics.md` that are made from the lexicons by `make rules-doc`.

A table is between `<!-- made from NAME.toml -->` and `<!-- end -->`. All else is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from extract import lexicons
from extract.lexicons.metrics import CODES, metrics
from extract.lexicons.patterns import KINDS, entries

PAGES = (Path("docs", "rules.md"), Path("docs", "metrics.md"))
_PLACE = re.compile(r"(<!-- made from (\w+)\.toml -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)
_NOT_WORDS = ("letter", "meaning")
_SHOWN = 5  # words of a kind


def patterns(kind: str) -> Iterator[str]:
    """The lines of the patterns of a kind: the rule, its first example, and its function."""
    yield from ("| rule | example | reader or builder |", "| --- | --- | --- |")
    for entry in entries(kind):
        yield f"| `{entry.rule}` | `{entry.examples[0]}` | `{entry.function}` |"


def kinds(name: str) -> Iterator[str]:
    """The lines of the kinds of words, and of the groups of kinds."""
    data = lexicons.load(name)
    yield from ("| kind | meaning | some of its words |", "| --- | --- | --- |")
    for kind, entry in data["kinds"].items():
        words = ", ".join(f"`{word}`" for word in _some_words(entry))
        yield f"| `{kind}` | {entry['meaning']} | {words.replace('|', chr(92) + '|')} |"
    for group, members in data["groups"].items():
        yield f"| `{group}` | one of: {', '.join(members.split())} | |"


def _some_words(entry: Mapping[str, Any]) -> list[str]:
    """The first words of a kind: of a list of verbs, the first form of each."""
    words: list[str] = []
    for key, value in entry.items():
        if key in _NOT_WORDS or key == "phrases":
            continue
        if isinstance(value, str):
            words += [word for word in value.split() if "`" not in word]
        elif isinstance(value, dict):
            words.append(value["forms"].split()[0])
        else:
            words += [row if key == "comparing" else row.split()[0] for row in value]
    return words[:_SHOWN]


def concepts(_: str) -> Iterator[str]:
    """The lines of the concepts that claims measure, with the codes that others use."""
    yield from ("| metric_id | what | sort | examples | codes |", "| --- | --- | --- | --- | --- |")
    for metric_id, concept in metrics().concepts.items():
        sort = " or ".join((concept.sort, *concept.also))
        examples = ", ".join(f"`{example}`" for example in concept.examples[:2])
        codes = ", ".join(f"{code} `{concept.codes[code]}`" for code in CODES if code in concept.codes)
        yield f"| `{metric_id}` | {concept.label} | {sort} | {examples} | {codes} |"


def roles(name: str) -> Iterator[str]:
    """The lines of the roles of money: what each means, and the first nouns that name it."""
    yield from ("| role | meaning | some of its nouns |", "| --- | --- | --- |")
    for role, entry in lexicons.load(name)["roles"].items():
        nouns = ", ".join(f"`{noun}`" for noun in entry["nouns"][:_SHOWN])
        yield f"| `{role}` | {entry['meaning']} | {nouns} |"


def _patterns_of(kind: str, _: str) -> Iterator[str]:
    return patterns(kind)


TABLES: Mapping[str, Callable[[str], Iterator[str]]] = {
    **{kind.file: partial(_patterns_of, name) for name, kind in KINDS.items()},
    "growth_kinds": kinds,
    "metrics": concepts,
    "money_roles": roles,
}


def renewed(page: str) -> str:
    """The page with its tables as the lexicons are now."""

    def table(place: re.Match[str]) -> str:
        return place[1] + "\n" + "\n".join(TABLES[place[2]](place[2])) + "\n\n" + place[4]

    return _PLACE.sub(table, page)


def main() -> None:
    """Write the tables into the pages named on the command line, or into those of the working directory."""
    for page in map(Path, sys.argv[1:]) if sys.argv[1:] else PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
