"""HTML pages of the commands: those of an evaluation, and writing a page to a file or standard output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.streams import require_output
from extract.errors import OptionError

if TYPE_CHECKING:
    from extract.evaluate import AnnotatedSet, Difference, Figures
    from extract.records import Fact

_MARK = b'<meta name="generator" content="extract">'
_HEAD = 200  # bytes at the start of a page that contain the mark


def check_page(output: str, inputs: Iterable[str] = ()) -> None:
    """Check that a page may be written to a path; `-` is standard output.

    Args:
        output: The path.
        inputs: The files from which the page is made.

    Raises:
        OptionError: the path is a folder, an input, or a file that is not a page written by extract.
    """
    if output == "-":
        require_output()
        return
    path = Path(output)
    if path.is_dir():
        raise OptionError(f"{output}: is a folder; name a file in it, such as {path / 'page.html'}")
    if not path.parent.is_dir():
        raise OptionError(f"{output}: the folder {path.parent} does not exist; create it first")
    if not path.is_file():
        return
    if any(Path(name).exists() and path.samefile(name) for name in inputs):
        raise OptionError(f"{output}: is an input; name another file")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head and _MARK not in head:
        raise OptionError(f"{output}: is not a page written by extract; name a new file")


def write_page(output: str, page: str) -> None:
    """Write a page to a path, or to standard output. A file is replaced only when the new one is complete.

    Raises:
        OptionError: It cannot be written.
    """
    from extract.writers.output import Stream, written

    path, data = Path(output).resolve(), page.encode("utf-8")
    if output == "-" or (path.exists() and not path.is_file()):
        stream = Stream(None if output == "-" else output)
        stream.put(data)
        stream.close()
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with written(output):
            part.write_bytes(data)
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


def errors_page(given: AnnotatedSet, found: Iterable[Fact], figures: Figures, *, title: str) -> str:
    """The page of the scores and errors of a system."""
    from extract import evaluate as scoring
    from extract.view import evaluation_page

    data = scoring.as_data(figures)
    articles = {name: [scoring.as_row(one) for one in rows] for name, rows in figures.articles.items()}
    details = scoring.details(given.gold, given.comparable(found), given.articles)
    return evaluation_page(
        data,
        details,
        articles=articles,
        title=f"Evaluation of {title}",
        about=_about(given, details["cases"]),
    )


def changes_page(
    given: AnnotatedSet,
    founds: tuple[Iterable[Fact], Iterable[Fact]],
    differences: Iterable[Difference],
    *,
    names: tuple[str, str],
) -> str:
    """The page of the differences between two systems."""
    from extract import evaluate as scoring
    from extract.view import comparison_page

    first, second = (given.comparable(found) for found in founds)
    cases = scoring.changes(given.gold, first, second, given.articles)
    rows = scoring.comparison_as_data(differences)["differences"]
    title = "What changed between two systems"
    return comparison_page(rows, cases, names=names, title=title, about=_about(given, cases, "changes"))


def _about(given: AnnotatedSet, cases: Sequence[object], what: str = "errors") -> tuple[str, ...]:
    counts = ((len(given.gold.coverage), "articles"), (len(given.gold.facts), "facts in the gold"))
    return tuple(f"{count:,} {name}" for count, name in (*counts, (len(cases), what)))
