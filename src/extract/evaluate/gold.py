"""The loader of the gold: from `gold/<stem>.toml` to facts, or every reason to refuse them.

The format is told in `docs/gold.md`. Gold facts are the same records that the program makes, with the rule
`gold`, so that both sides of a comparison have one shape.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path, PurePath

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.entries import facts_of
from extract.evaluate.texts import quoted
from extract.records import KINDS, Fact


def load_gold(folder: Path, articles: Iterable[Article]) -> list[Fact]:
    """The gold facts of the articles, by article and then as written.

    Args:
        folder: Holds one TOML file an article, named after the stem of the article's id.
        articles: All articles of the corpus. Spans are looked up in their texts.

    Returns:
        Records whose rule is `gold`; offsets count code points of the article's text.

    Raises:
        GoldError: Something cannot be trusted. The message has a line for each problem: file, entry, reason.
    """
    facts, problems = read_gold(folder, articles)
    if problems:
        raise GoldError("\n".join(problems))
    return facts


def check(folder: Path, articles: Iterable[Article]) -> list[str]:
    """Every reason to refuse the gold of `folder`, one line each: file, entry, reason. None: all is well."""
    return read_gold(folder, articles)[1]


def read_gold(folder: Path, articles: Iterable[Article]) -> tuple[list[Fact], list[str]]:
    """The gold facts that can be read, and the problems of the others."""
    paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    facts: list[Fact] = []
    problems: list[str] = []
    seen: set[str] = set()
    for article in articles:
        stem = PurePath(article.id).stem
        if stem in seen:
            problems.append(f"{folder / stem}.toml: two articles have this stem, the second is {article.id}")
        elif stem not in paths:
            problems.append(f"{folder / stem}.toml: is missing, the article {article.id} has no gold")
        else:
            of_file, of_file_problems = _read_file(paths[stem], article)
            facts += of_file
            problems += [f"{paths[stem]}: {problem}" for problem in of_file_problems]
        seen.add(stem)
    problems += [f"{paths[stem]}: there is no article of this stem" for stem in paths.keys() - seen]
    return facts, sorted(problems)


def _read_file(path: Path, article: Article) -> tuple[list[Fact], list[str]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [f"is not valid TOML: {error}"]
    facts: list[Fact] = []
    problems = [f"unknown kind {kind!r}" for kind in tables if kind not in KINDS]
    for kind in KINDS:
        entries = tables.get(kind, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            problems.append(f"{kind} is no list of tables; write [[{kind}]]")
            continue
        for number, entry in enumerate(entries, 1):
            try:
                facts += facts_of(entry, KINDS[kind], article)
            except GoldError as error:
                problems.append(f"{kind} {number} ({quoted(entry.get('text', ''))}): {error}")
    return facts, problems + list(_clashes(facts))


def _clashes(facts: Iterable[Fact]) -> Iterator[str]:
    """Facts of one kind that stand on the same span or overlap: an entry too much, or a wrong `nth`."""
    last: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda f: (f.start, f.end)):
        other = last.get(fact.kind)
        if other and fact.start < other.end:
            how = (
                "twice"
                if (fact.start, fact.end) == (other.start, other.end)
                else f"overlaps {quoted(other.text)}"
            )
            yield f"{fact.kind} ({quoted(fact.text)}) at {fact.start}: {how}"
        if not other or fact.end > other.end:
            last[fact.kind] = fact
