"""`extract evaluate`: score the program, or files of records, against gold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.cli.options import KINDS, check_together, pipeline_options, rules_options, user_rules
from extract.cli.pages import changes_page, check_page, errors_page, write_page
from extract.cli.streams import require_output
from extract.errors import OptionError, listed

if TYPE_CHECKING:
    from extract.evaluate import AnnotatedSet, Figures
    from extract.records import Fact


_FORMATS = ["timeml", "conll", "recognizers", "newsquant", "phrasebank", "brat", "doccano", "label-studio"]
_FORMATS += ["spacy"]  # as in `evaluate.sets.FORMATS`, which is slow to import
_EXCLUDED = {  # options that each option cannot be combined with
    "compare": (
        *("records", "model", "fiscal_start", "rules", "errors", "kind", "markdown", "per_article"),
        *("gate", "update_floors", "allow_lower"),
    ),
    "calibrate": (
        *("records", "compare", "gold_format", "errors", "kind", "as_json", "markdown", "html"),
        *("per_article", "gate", "update_floors", "rules", "no_rules"),
    ),
    "records": ("model", "fiscal_start", "rules", "update_floors"),
    "gold_format": ("gate", "update_floors"),  # floors exist for gold in our own format only
    "as_json": ("markdown",),
    "gate": ("update_floors",),
    "rules": ("gate", "update_floors", "no_rules"),  # floors are set without user rules
}


@click.command()
@click.option("--gold", default="gold", show_default=True, metavar="FOLDER", help="Folder with the gold.")
@click.option(
    "--corpus", default="corpus", show_default=True, metavar="FOLDER", help="Folder with its articles."
)
@click.option(
    "--gold-format",
    type=click.Choice(_FORMATS),
    help="Format of --gold, which then includes the articles.  [default: our own]",
)
@click.option(
    "--records",
    metavar="FACTS",
    help="Score these records instead of the program's: .jsonl, .csv, .parquet, or a folder of them.",
)
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    help="Compare two files of records: each difference with its 95 % interval and p-value.",
)
@click.option("--errors", is_flag=True, help="List every missed, false and wrong fact.")
@click.option("--kind", type=click.Choice(KINDS), help="List only the errors of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--markdown", is_flag=True, help="Print the scores as one table in Markdown.")
@click.option("--html", metavar="OUT", help="Write an HTML page with every error in context; `-` is stdout.")
@click.option("--per-article", metavar="FILE", help="Write the scores of each article to this CSV file.")
@click.option(
    "--calibrate",
    metavar="FILE",
    help="Write the table behind `confidence` to this file, and print its calibration error.",
)
@click.option("--gate", is_flag=True, help="Fail when a score is below its floor in GOLD/floors.json.")
@click.option("--update-floors", is_flag=True, help="Set the floors half a point below these scores.")
@click.option("--allow-lower", is_flag=True, help="Allow --update-floors to lower a floor.")
@pipeline_options
@rules_options
def evaluate(**parameters: Any) -> None:
    """Score the program against hand-written gold.

    Every score has a 95 % interval, from 10,000 bootstrap samples of the articles.
    """
    require_output()
    options = _Options(**parameters)
    _check(options)
    if options.gold_format:
        annotated = _other_gold(options.gold, options.gold_format)
    else:
        annotated = _own_gold(options.gold, options.corpus)
    if options.compare:
        _compare(annotated, options, options.compare)
    elif options.calibrate:
        _calibrate(annotated, options, options.calibrate)
    else:
        _score(annotated, options)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """The options of the command, under the names of its parameters."""

    gold: str
    corpus: str
    gold_format: str | None
    records: str | None
    compare: tuple[str, str] | None
    model: str | None
    fiscal_start: int | None
    errors: bool
    kind: str | None
    as_json: bool
    markdown: bool
    html: str | None
    per_article: str | None
    calibrate: str | None
    gate: bool
    update_floors: bool
    allow_lower: bool
    rules: tuple[str, ...]
    no_rules: bool


def _check(options: _Options) -> None:
    """Reject options that cannot be combined and outputs that cannot be written, before anything runs.

    Raises:
        OptionError: there are such options.
    """
    from extract.evaluate import check_replaceable
    from extract.evaluate.sets import WITHOUT_PLACES

    check_together(_EXCLUDED, {"allow_lower": "update_floors"})
    if options.gold_format in WITHOUT_PLACES and (options.errors or options.kind or options.html):
        raise OptionError(f"{options.gold_format} has no offsets; remove --errors, --kind and --html")
    if options.html:
        check_page(options.html)
    if options.per_article:
        check_replaceable(Path(options.per_article))


def _score(annotated: AnnotatedSet, options: _Options) -> None:
    """Score the program or a file of records, print and write the scores, and check or set the floors."""
    from extract import evaluate as scoring

    found = _found(annotated, options)
    figures = annotated.figures(found)
    errors = None
    if options.errors or options.kind:
        comparable = annotated.comparable(found)
        errors = list(scoring.errors(annotated.gold, comparable, annotated.articles, kind=options.kind))
    if options.html:
        write_page(options.html, errors_page(annotated, found, figures, title=options.records or "extract"))
    if options.html != "-":
        _print(figures, errors, as_json=options.as_json, markdown=options.markdown)
    if options.per_article:
        scoring.write_articles(figures, Path(options.per_article))
    _apply_floors(figures, annotated, options)


def _found(annotated: AnnotatedSet, options: _Options) -> list[Fact]:
    """The facts to score: those of the file of records, otherwise those that the program finds."""
    from extract.corpus import facts_of
    from extract.run import pipeline_loader

    none = options.no_rules or options.gate or options.update_floors
    own = user_rules(options.rules, none=none, announce=True)
    if options.records:
        return _load_records(options.records, annotated)
    load = pipeline_loader(model=options.model, fiscal_start=options.fiscal_start, rules=own)
    return facts_of(list(annotated.articles), load)


def _apply_floors(figures: Figures, annotated: AnnotatedSet, options: _Options) -> None:
    """With --update-floors, set the floors; with --gate, compare the scores with them.

    Raises:
        GateError: a score is below its floor, or a floor may not be lowered.
    """
    from extract import evaluate as scoring

    if not (options.update_floors or options.gate):
        return
    folder = Path(options.gold)
    path, state = folder / "floors.json", scoring.digest(folder, annotated.articles)
    floors = scoring.load_floors(path)
    if options.update_floors:
        raised = scoring.raise_floors(figures, floors, state, allow_lower=options.allow_lower)
        scoring.save_floors(path, raised)
    else:
        scoring.check_floors(figures, floors, state)


def _calibrate(annotated: AnnotatedSet, options: _Options, path: str) -> None:
    """Write the table of confidence to a file, and print how well calibrated it is on held-out articles."""
    from extract import confidence
    from extract import evaluate as scoring
    from extract.evaluate import calibration
    from extract.pipeline import load, with_evidence

    nlp = load(model=options.model, fiscal_start=options.fiscal_start)
    found = [pair for article in annotated.articles for pair in with_evidence(nlp, article)]
    judged = calibration.judged(annotated.gold, found)
    table = calibration.table(judged, scoring.digest(Path(options.gold), annotated.articles))
    try:
        Path(path).write_text(confidence.written(table), encoding="utf-8")
    except OSError as error:
        raise OptionError(f"{path}: cannot be written ({error.strerror}); choose another file") from error
    click.echo(calibration.as_markdown(calibration.held_out(judged)))


def _print(figures: Figures, errors: list[str] | None, *, as_json: bool, markdown: bool) -> None:
    """Print the errors, if they were asked for, and the figures."""
    import json

    from extract import evaluate as scoring
    from extract.terminal import console

    if as_json:
        click.echo(json.dumps(scoring.as_data(figures, errors), indent=2))
        return
    for error in errors or ():
        click.echo(error)
    if markdown:
        click.echo(scoring.markdown(figures))
    else:
        console().print(scoring.render(figures))


def _compare(annotated: AnnotatedSet, options: _Options, paths: tuple[str, str]) -> None:
    """Print the differences between two files of records, row by row, and write the page of changes."""
    import json

    from extract import evaluate as scoring
    from extract.terminal import console

    first, second = (_load_records(path, annotated) for path in paths)
    differences = scoring.compare(annotated.figures(first), annotated.figures(second))
    if options.html:
        write_page(options.html, changes_page(annotated, (first, second), differences, names=paths))
        if options.html == "-":
            return
    if options.as_json:
        click.echo(json.dumps(scoring.comparison_as_data(differences), indent=2))
    else:
        console().print(scoring.render_comparison(differences, paths))


def _other_gold(path: str, format: str) -> AnnotatedSet:
    """Gold in another format with its articles; spans whose label is unknown are reported on stderr."""
    from extract.evaluate import read_set

    annotated = read_set(Path(path), format)
    if counts := annotated.left_out:
        labels = listed(tuple(sorted(counts, key=lambda label: -counts[label])))
        click.echo(f"skipped: {sum(counts.values()):,} spans with unknown labels {labels}", err=True)
    return annotated


def _own_gold(folder: str, corpus: str) -> AnnotatedSet:
    """The gold and its articles; articles without gold are named on stderr."""
    from extract.corpus import read_articles
    from extract.evaluate import AnnotatedSet, load_gold

    articles = read_articles(corpus)
    gold = load_gold(Path(folder), articles)
    if gold.without:
        click.echo(f"skipped, no gold: {listed(gold.without)}", err=True)
    return AnnotatedSet(tuple(articles), gold)


def _load_records(path: str, annotated: AnnotatedSet) -> list[Fact]:
    """The facts of a file of records; records that do not fit the articles are reported on stderr."""
    from extract.evaluate import load_records
    from extract.records import KINDS

    recorded = load_records(Path(path), annotated.articles)
    notices: list[str] = []
    if recorded.unknown:
        notices.append(f"skipped, no such articles: {listed(recorded.unknown)}")
    if recorded.ambiguous:
        notices.append(
            f"skipped, several articles have this name: {listed(recorded.ambiguous)}; "
            "use the ids of the articles as doc_id"
        )
    if recorded.by_name:
        notices.append(f"{recorded.by_name:,} documents were matched to articles by file name, not by id")
    if recorded.kinds:
        count = sum(recorded.kinds.values())
        notices.append(
            f"skipped: {count:,} records of unknown kinds, {listed(tuple(recorded.kinds))}; "
            f"known kinds are {' '.join(KINDS)}"
        )
    if recorded.misplaced:
        notices.append(
            f"{recorded.misplaced:,} records have a text that differs from the article at their offsets; "
            "offsets count Unicode code points of the article's text"
        )
    for notice in notices:
        click.echo(f"{path}: {notice}", err=True)
    return list(recorded.facts)
