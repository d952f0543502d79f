"""The report of a run: what is loaded, counted and shown, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.articles import Article
from extract.report import articles as paging
from extract.report import sources
from extract.report.base import counting, rows_of, value_of
from extract.report.sections import Links, Section, sections
from extract.view import render

PAGES = 200  # of articles, of which each takes some 100 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a report is to have.

    Attributes:
        articles: Articles that the facts may be of, for their days, sources and texts; in any order.
        failures: Files of failures, beside those that `extract run` writes beside the facts.
        ledger: A ledger of the same facts, as `extract ledger` makes it.
        pages: The most articles that get pages of their own.
        folder: Where these pages are, from the report.
        title: Of the page.
    """

    articles: Iterable[Article] = ()
    failures: Sequence[str] = ()
    ledger: str | None = None
    pages: int = PAGES
    folder: str = "articles"
    title: str = "Report"


def make_report(
    paths: Sequence[str],
    wanted: Wanted,
    *,
    write: Callable[[str, str], object] | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> str:
    """The page of a report.

    Args:
        paths: What `extract run` wrote: files and folders of any format.
        wanted: What it is to have.
        write: Called with the name and content of each page of an article. Without it there are none.
        tell: Called with what is done, as it begins.

    Raises:
        OptionError: a path cannot be read, or a library is not installed.
    """
    with counting() as base:
        notes = dict(_loaded(base, paths, wanted.failures, tell))
        paged = paging.choose(base, wanted.pages if write else 0)
        for path in paths if paged else ():
            sources.take_texts(base, path)
        tell("reading what is known of the articles")
        if other := paging.take(base, wanted.articles, paged):
            notes["None of the articles given has facts here"] = _other(base, other)
        sources.complete(base, several=len(paths) > 1)
        tell("counting")
        links = Links(base, paged, wanted.folder)
        shown = list(sections(base, links))
        if wanted.ledger:
            from extract.report.ledgers import of_ledger

            tell(f"asking {wanted.ledger}")
            shown += of_ledger(wanted.ledger)
        if write and paged:
            tell(f"writing {len(paged):,} pages of articles")
            for name, page in paging.pages(base, paged):
                write(name, page)
        return _page(base, shown, notes, wanted)


def _loaded(
    base: Any, paths: Sequence[str], failures: Sequence[str], tell: Callable[[str], object]
) -> Iterator[tuple[str, str]]:
    """Load all paths; notes of how their runs were made, and of those that are not finished."""
    files = list(failures)
    for path in paths:
        tell(f"reading {path}")
        sources.load(base, path)
        beside = f"{path.rstrip('/')}.failures.jsonl"
        if Path(beside).is_file() and beside not in files:
            files.append(beside)
        if made := sources.noted(base, path):
            yield f"{path} was made with", ", ".join(f"{name} {value}" for name, value in made.items())
        if Path(f"{path.rstrip('/')}.journal").is_file():
            yield path, "its run has not finished: the journal is still there (go on with --resume)"
    sources.failures(base, files)


def _page(base: Any, shown: Sequence[Section], notes: Mapping[str, str], wanted: Wanted) -> str:
    _, ((articles, facts, claims, first, last, origins, failed),) = rows_of(
        base,
        """SELECT count(*), coalesce(sum(facts), 0)::BIGINT, coalesce(sum(claims), 0)::BIGINT,
            min(published), max(published), count(DISTINCT source), (SELECT count(*) FROM failures)
        FROM articles""",
    )
    tiles = [
        (f"{articles:,}", "articles"),
        (f"{facts:,}", "facts"),
        (f"{claims:,}", "claims of growth"),
        (f"{origins:,}" if origins else "–", "sources"),
        (f"{first} to {last}" if first else "–", "days of publication"),
        (f"{failed:,}", "failures"),
    ]
    bare = value_of(base, "SELECT count(*) FROM paged WHERE doc_id NOT IN (SELECT doc_id FROM texts)")
    return render(
        "report.html",
        scripts=("table.js",),
        title=wanted.title,
        tiles=tiles,
        notes=[*notes.items(), *_of_pages(bare)],
        sections=shown,
    )


def _other(base: Any, doc_id: str) -> str:
    known = value_of(base, "SELECT min(doc_id) FROM facts")
    return f"their ids are such as {doc_id!r}, those of the facts such as {known!r}; give them as to the run"


def _of_pages(bare: int) -> Iterator[tuple[str, str]]:
    if bare:
        yield (
            f"{bare:,} pages of articles",
            "have the sentences of the facts alone, for the texts are not at hand: give --articles",
        )
