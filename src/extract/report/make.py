"""Makes the report of a run: loads the facts, counts them and renders the pages."""

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

PAGES = 200  # pages of articles, about 100 kB each


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The options of a report.

    Attributes:
        articles: The articles of the facts, for their dates, sources and texts; in any order.
        failures: Further files of failures; those next to the facts are always read.
        ledger: A ledger of the same facts.
        pages: Maximum number of articles with a page of their own.
        folder: The folder of these pages, relative to the report.
        title: The title of the report.
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
    progress: Callable[[str], object] = lambda _: None,
) -> str:
    """The page of a report.

    Args:
        paths: Outputs of `extract run`: files and folders in any format.
        wanted: The options.
        write: Called with the name and content of each page of an article; None: make no such pages.
        progress: Called with a message as each step starts.

    Raises:
        OptionError: a path cannot be read, or a library is not installed.
    """
    with counting() as base:
        notes = dict(_loaded(base, paths, wanted.failures, progress))
        paged = paging.choose(base, wanted.pages if write else 0)
        for path in paths if paged else ():
            sources.take_texts(base, path)
        progress("reading the articles")
        if other := paging.take(base, wanted.articles, paged):
            notes["None of the given articles has facts here"] = _other(base, other)
        sources.complete(base, several=len(paths) > 1)
        progress("counting")
        links = Links(base, paged, wanted.folder)
        shown = list(sections(base, links))
        if wanted.ledger:
            from extract.report.ledgers import of_ledger

            progress(f"querying {wanted.ledger}")
            shown += of_ledger(wanted.ledger)
        if write and paged:
            progress(f"writing {len(paged):,} pages of articles")
            for name, page in paging.pages(base, paged):
                write(name, page)
        return _page(base, shown, notes, wanted)


def _loaded(
    base: Any, paths: Sequence[str], failures: Sequence[str], progress: Callable[[str], object]
) -> Iterator[tuple[str, str]]:
    """Load all paths; yield notes on the options of their runs, and on runs that are not finished."""
    files = list(failures)
    for path in paths:
        progress(f"reading {path}")
        sources.load(base, path)
        beside = f"{path.rstrip('/')}.failures.jsonl"
        if Path(beside).is_file() and beside not in files:
            files.append(beside)
        if made := sources.noted(base, path):
            yield f"{path} was made with", ", ".join(f"{name} {value}" for name, value in made.items())
        if Path(f"{path.rstrip('/')}.journal").is_file():
            yield path, "its run is not finished, for there is a journal; continue it with --resume"
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
    return (
        f"their ids are like {doc_id!r}, those of the facts like {known!r}; give the same paths as to the run"
    )


def _of_pages(bare: int) -> Iterator[tuple[str, str]]:
    if bare:
        yield (
            f"{bare:,} pages of articles",
            "show only the sentences of the facts, as the texts are missing; add --articles",
        )
