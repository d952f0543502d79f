"""Output for a terminal: progress, the summary of a run, articles with highlighted facts, explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extract.articles import Article
from extract.decimals import plain
from extract.errors import counted, printable
from extract.records import KINDS, Fact, columns, row

if TYPE_CHECKING:
    from extract.explain import Explanation, Step
    from extract.run import Summary

# Styles of overlapping facts are combined: growth underlines, the other kinds have colours.
STYLES = {
    "entity": "cyan",
    "date": "green",
    "money": "bold yellow",
    "quantity": "magenta",
    "growth": "underline",
}

_WIDTH_OF_PIPES = 120
_SHOWN_FAILURES = 20
_SHOWN_UNREAD = 10  # files by name
_SHOWN_SUFFIXES = 5
# Control characters, and those without width or that change the direction, become spaces to keep offsets.
_CONTROLS = (*range(32), *range(127, 160), *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {code: " " for code in _CONTROLS if chr(code) not in "\n\t"}


class _Console(Console):
    """A console that lets the program handle a broken pipe."""

    def on_broken_pipe(self) -> None:
        """Raise the error, where rich would exit."""
        raise


def console(*, stderr: bool = False) -> Console:
    """A console for the terminal; for a pipe, one without colours and of a fixed width."""
    terminal = _Console(stderr=stderr, highlight=False)
    return (
        terminal if terminal.is_terminal else _Console(stderr=stderr, highlight=False, width=_WIDTH_OF_PIPES)
    )


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[Summary], None] | None]:
    """A progress bar on stderr; yields a function that takes the summary so far, None if not on a terminal.

    Args:
        total: The expected number of articles; None: unknown.
    """
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    screen = console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    parts = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*parts, console=screen, transient=True) as bar:
        task = bar.add_task("articles", total=total)

        def update(summary: Summary) -> None:
            done = summary.articles + len(summary.failures)
            speed = f"{summary.words_per_second:,.0f} words/s"
            bar.update(
                task, completed=done, description=f"articles, {summary.facts.total():,} facts, {speed}"
            )

        yield update


def print_summary(
    summary: Summary,
    *,
    kinds: Iterable[str] = KINDS,
    unread: Sequence[str] = (),
    failures: str | None = None,
    resumable: bool = False,
    rules: str | None = None,
) -> None:
    """Print the failures of a run, each with its remedy, and a table of counts, to stderr.

    Args:
        summary: What the run has done.
        kinds: The kinds of facts that were written.
        unread: Files of folders that have no reader.
        failures: The file with all failures; with it, only the first ones are printed.
        resumable: An interrupted run can be continued with `--resume`.
        rules: The user's own rules that it used.
    """
    screen = console(stderr=True)
    shown = summary.failures[: _SHOWN_FAILURES if failures else None]
    for failure in shown:
        screen.print(Text(printable(f"error: {failure}")), soft_wrap=True)
    if len(shown) < len(summary.failures):
        more = len(summary.failures) - len(shown)
        screen.print(Text(printable(f"and {more:,} more, all in {failures}")), soft_wrap=True)
    if summary.stopped_by:
        screen.print(_interrupted(summary, resumable=resumable))
    if unread:
        screen.print(Text(printable(_unread(unread))), soft_wrap=True)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("articles", f"{summary.articles:,}")
    for kind in kinds:
        table.add_row(f"  {kind}", f"{summary.facts[kind]:,}")
    if omitted := sum(summary.left_out[kind] for kind in kinds):
        table.add_row("omitted (confidence)", f"{omitted:,}")
    table.add_row("words/s", f"{summary.words_per_second:,.0f}")
    if unread:
        table.add_row("skipped files", f"{len(unread):,}")
    table.add_row("failures", f"{len(summary.failures):,}")
    if rules:
        screen.print(Text(printable(f"rules: {rules}")), soft_wrap=True)
    screen.print(table)


def _interrupted(summary: Summary, *, resumable: bool) -> str:
    """The message of a run that a signal stopped."""
    if not summary.articles:
        return "interrupted before the first article was done; nothing was written"
    remedy = "; continue with --resume" if resumable else ""
    return f"interrupted: the facts of {counted(summary.articles, 'article')} were written{remedy}"


def _unread(paths: Sequence[str]) -> str:
    """The message on files without a reader: their number by suffix, and the names of the first ones."""
    suffixes = Counter(Path(path).suffix.lower() or "no suffix" for path in paths)
    counts = ", ".join(f"{count:,} {suffix}" for suffix, count in suffixes.most_common(_SHOWN_SUFFIXES))
    more = len(paths) - _SHOWN_UNREAD
    names = ", ".join(paths[:_SHOWN_UNREAD]) + (f" and {more:,} more" if more > 0 else "")
    others = ", ..." if len(suffixes) > _SHOWN_SUFFIXES else ""
    return f"skipped, no reader for these files: {counts}{others} ({names})"


def print_article(article: Article, facts: Iterable[Fact]) -> None:
    """Print an article with highlighted facts, then a table of the facts, to stdout."""
    screen, known = console(), list(facts)
    heading = " · ".join(filter(None, (article.id, article.title, str(article.published or "no date"))))
    screen.print(Text(heading.translate(_SHOWN), "bold"), Text(), highlighted(article.text, known), sep="\n")
    if screen.is_terminal:
        legend = Text("\n").join([Text(), Text("  ").join(Text(kind, STYLES[kind]) for kind in STYLES)])
        screen.print(legend)
    screen.print(table_of(known))


def highlighted(text: str, facts: Iterable[Fact]) -> Text:
    """A text in which each fact has the style of its kind; overlapping facts combine their styles."""
    shown = Text(text.translate(_SHOWN))
    for fact in facts:
        shown.stylize(STYLES[fact.kind], fact.start, fact.end)
    return shown


def table_of(facts: Iterable[Fact]) -> Table:
    """A table of facts in text order: kind, offsets, text, the fields that are not null, the rule."""
    table = Table(box=SIMPLE_HEAD)
    for heading in ("kind", "at", "text", "values", "rule"):
        table.add_column(heading, justify="right" if heading == "at" else "left", overflow="fold")
    for fact in sorted(facts, key=lambda fact: (fact.start, -fact.end)):
        cells = (fact.kind, f"{fact.start}-{fact.end}", " ".join(fact.text.split()), _values(fact), fact.rule)
        table.add_row(*(Text(cell.translate(_SHOWN)) for cell in cells), style=None)
    return table


def _values(fact: Fact) -> str:
    own = columns(type(fact))[len(columns(Fact)) :]
    flat = row(fact)
    pairs = ((name, flat[name]) for name in own if flat[name] is not None)
    return " ".join(
        f"{name}={plain(value) if isinstance(value, Decimal) else value}" for name, value in pairs
    )


def print_explanation(explanation: Explanation) -> None:
    """Print a sentence, its words with their classes, the steps to each fact, and rejected matches."""
    screen = console()
    facts = [explained.fact for explained in explanation.facts]
    whole = " " * explanation.start + explanation.text  # so that the offsets of the facts hold
    screen.print(highlighted(whole, facts)[explanation.start :], style="bold")
    words = Text()
    for word in explanation.words:
        kind = f"{{{word.kind}}} " if not word.direction else f"{{{word.kind} {word.direction}}} "
        words.append(word.text.translate(_SHOWN)).append(kind, "dim")
    screen.print(Padding(words, (0, 0, 0, 2)))
    for explained in explanation.facts:
        fact = explained.fact
        screen.print(Text(f"  {fact.fact_id}  {fact.text.translate(_SHOWN)}", STYLES[fact.kind]))
        screen.print(_steps(explained.steps))
    for heading, steps in (("rejected", explanation.nothing), ("closest patterns", explanation.near)):
        if steps:
            screen.print(Text(f"  {heading}", "red"))
            screen.print(_steps(steps))
    screen.print()


def _steps(steps: Iterable[Step]) -> Padding:
    """The steps as a table without lines: the field or rule, its value, the reason."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for ratio in (2, 3, 6):
        table.add_column(ratio=ratio, overflow="fold")
    for step in steps:
        cells = (step.about, " ".join((step.value or "-").split()), step.why)
        table.add_row(*(Text(cell.translate(_SHOWN)) for cell in cells))
    return Padding(table, (0, 0, 0, 4))
