"""Loads the gold: reads `gold/<stem>.toml` into facts and reports all problems.

`docs/gold.md` describes the format. Gold facts are ordinary records with the rule `gold`, so both sides of a
comparison have the same type. Their `subject`, `partner` and `speaker` contain names, where extracted records
contain ids.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.coverage import Coverage
from extract.evaluate.entries import facts_of
from extract.evaluate.texts import nearest, quoted
from extract.records import KINDS, Fact

_SETTINGS = ("covers", "omits", "draft")
_DRAFT = "is a draft; read it against the article, correct it, and remove the line `draft = true`"


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of some articles.

    Attributes:
        facts: Its facts, by article; within an article by kind, in the order of the file.
        coverage: The coverage of each article that has gold, by its id.
        without: The ids of the articles that have no gold.
        leftmost: Pair facts from left to right, see `match`.
    """

    facts: tuple[Fact, ...] = ()
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    leftmost: bool = False

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)


def load_gold(folder: Path, articles: Iterable[Article]) -> Gold:
    """Load the gold of articles.

    Args:
        folder: Has one TOML file per article, named after the stem of the article's id.
        articles: All articles of the corpus. Spans are located in their texts.

    Returns:
        Records whose rule is `gold`; offsets count code points of the article's text.

    Raises:
        GoldError: the gold has problems, each a line of the message: file, line, entry, reason; or no article
            has gold.
    """
    gold, problems = read_gold(folder, articles)
    if problems:
        raise GoldError("\n".join(problems))
    if gold.without and not gold.coverage:
        raise GoldError(
            f"{folder}: holds no gold of any of these articles; name its files after theirs, "
            f"such as {PurePath(gold.without[0]).stem}.toml"
        )
    return gold


def shared(first: Gold, second: Gold) -> Gold:
    """The first gold, restricted to the articles, kinds and fields that the second also covers.

    Raises:
        GoldError: the two have no article in common.
    """
    both = {
        name: covered & second.coverage[name]
        for name, covered in first.coverage.items()
        if name in second.coverage
    }
    if not both:
        raise GoldError("the two have no article in common; annotate the same ones")
    return Gold(
        first.facts, both, tuple(sorted((first.coverage.keys() | second.coverage.keys()) - both.keys()))
    )


def check(folder: Path, articles: Iterable[Article]) -> list[str]:
    """All problems of the gold in `folder`, each as a line of text: file, line, entry, reason."""
    return read_gold(folder, articles)[1]


def read_gold(folder: Path, articles: Iterable[Article]) -> tuple[Gold, list[str]]:
    """The valid gold of a folder, and the problems of the rest."""
    paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    facts: list[Fact] = []
    coverage: dict[str, Coverage] = {}
    without: list[str] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for article in articles:
        stem = PurePath(article.id).stem
        if stem in seen:
            problems.append(f"{folder / stem}.toml: two articles have this stem, the second is {article.id}")
        elif stem not in paths:
            without.append(article.id)
        else:
            of_file, covered, of_file_problems = _read_file(paths[stem], article)
            facts += of_file
            coverage[article.id] = covered
            problems += [f"{paths[stem]}{problem}" for problem in of_file_problems]
        seen[stem] = article.id
    problems += [
        f"{paths[stem]}: no article has this stem{nearest(stem, seen)}" for stem in paths.keys() - seen.keys()
    ]
    return Gold(tuple(facts), coverage, tuple(without)), sorted(problems)


def _read_file(path: Path, article: Article) -> tuple[list[Fact], Coverage, list[str]]:
    """Facts, coverage and problems of a file; a problem begins with `:` and its line number, if known."""
    try:
        content = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(content, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], Coverage({}), [f": is not valid TOML: {error}"]
    known = [*KINDS, *_SETTINGS]
    problems = [f": unknown kind {name!r}{nearest(name, known)}" for name in tables if name not in known]
    if tables.get("draft"):
        problems.append(f": {_DRAFT}")
    facts: list[Fact] = []
    for kind in KINDS:
        problems += _read_entries(kind, tables.get(kind, []), article, facts, _lines(content, kind))
    try:
        covered = Coverage.of(facts, covers=tables.get("covers", []), omits=tables.get("omits", []))
    except GoldError as error:
        covered = Coverage({})
        problems.append(f": {error}")
    return facts, covered, problems + list(_clashes(facts))


def _read_entries(
    kind: str, entries: Any, article: Article, facts: list[Fact], lines: list[int]
) -> Iterator[str]:
    """Append the facts of the entries of a kind to `facts`; yield a problem for each invalid entry."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield f": {kind} is not a list of tables; write [[{kind}]]"
        return
    for number, entry in enumerate(entries, 1):
        try:
            facts += facts_of(entry, KINDS[kind], article, facts)
        except GoldError as error:
            line = f":{lines[number - 1]}" if len(lines) == len(entries) else ""
            yield f"{line}: {kind} {number} ({quoted(entry.get('text', ''))}): {error}"


def _lines(content: str, kind: str) -> list[int]:
    """The line numbers at which entries of a kind begin, which `tomllib` does not report."""
    header = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    return [number for number, line in enumerate(content.splitlines(), 1) if header.match(line)]


def _clashes(facts: Iterable[Fact]) -> Iterator[str]:
    """A problem for each fact whose span equals or overlaps that of another of its kind."""
    last: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda f: (f.start, f.end)):
        other = last.get(fact.kind)
        if other and fact.start < other.end:
            same = (fact.start, fact.end) == (other.start, other.end)
            how = "twice" if same else f"overlaps {quoted(other.text)}"
            yield f": {fact.kind} ({quoted(fact.text)}) at {fact.start}: {how}; remove one, or change its nth"
        if not other or fact.end > other.end:
            last[fact.kind] = fact
