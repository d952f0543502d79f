"""`extract evaluate`: the scores of the program, or of files of records, against gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.cli.options import KINDS, check_together, extracting, own_rules, ruled
from extract.cli.pages import changes_page, check_page, errors_page, write_page
from extract.cli.streams import require_output
from extract.errors import OptionError, listed

if TYPE_CHECKING:
    from extract.evaluate import AnnotatedSet, Figures
    from extract.records import Fact
    from extract.run import Load


_FORMATS = ["timeml", "conll", "recognizers", "newsquant", "phrasebank", "brat", "doccano", "label-studio"]
_FORMATS += ["spacy"]  # those of `evaluate.sets.FORMATS`, which would take long to load here
_APART = {  # what each option does not go with
    "compare": (
        *("records", "model", "fiscal_start", "rules", "errors", "kind", "markdown", "per_article"),
        *("gate", "update_floors", "allow_lower"),
    ),
    "calibrate": (
        *("records", "compare", "gold_format", "errors", "kind", "as_json", "markdown", "html"),
        *("per_article", "gate", "update_floors", "rules", "no_rules"),
    ),
    "records": ("model", "fiscal_start", "rules", "update_floors"),
    "gold_format": ("gate", "update_floors"),  # floors belong to gold of our own format
    "as_json": ("markdown",),
    "gate": ("update_floors",),
    "rules": ("gate", "update_floors", "no_rules"),  # floors are of the program as it is shipped
}


@click.command()
@click.option("--gold", default="gold", show_default=True, metavar="FOLDER", help="The gold.")
@click.option("--corpus", default="corpus", show_default=True, metavar="FOLDER", help="Its articles.")
@click.option(
    "--gold-format",
    type=click.Choice(_FORMATS),
    help="What GOLD holds, with its articles, instead of our own format.",
)
@click.option(
    "--records",
    metavar="FACTS",
    help="Score these records instead of the program: .jsonl, .csv, .parquet, or a folder of these.",
)
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    help="Compare two such files of records: each difference with its interval and p-value.",
)
@click.option("--errors", is_flag=True, help="List every miss, false alarm and wrong field.")
@click.option("--kind", type=click.Choice(KINDS), help="List only the errors of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--markdown", is_flag=True, help="Print the scores as one table in Markdown.")
@click.option(
    "--html", metavar="OUT", help="Write a page with every error in its sentence; `-` is standard output."
)
@click.option("--per-article", metavar="FILE", help="Write the scores of each article to this CSV file.")
@click.option(
    "--calibrate",
    metavar="FILE",
    help="Write the counts behind `confidence` to this file, and print how well they hold.",
)
@click.option("--gate", is_flag=True, help="Fail when a score is below its floor in GOLD/floors.json.")
@click.option("--update-floors", is_flag=True, help="Set the floors by these scores.")
@click.option("--allow-lower", is_flag=True, help="Let --update-floors lower a floor.")
@extracting
@ruled
def evaluate(
    gold: str,
    corpus: str,
    gold_format: str | None,
    records: str | None,
    compare: tuple[str, str] | None,
    model: str | None,
    fiscal_start: int | None,
    errors: bool,
    kind: str | None,
    as_json: bool,
    markdown: bool,
    html: str | None,
    per_article: str | None,
    calibrate: str | None,
    gate: bool,
    update_floors: bool,
    allow_lower: bool,
    rules: tuple[str, ...],
    no_rules: bool,
) -> None:
    """Score the program against hand-written gold.

    Every figure has a 95 % interval: articles are drawn again 10,000 times.
    """
    require_output()
    from extract import evaluate as scoring
    from extract.corpus import facts_of
    from extract.evaluate.sets import WITHOUT_PLACES
    from extract.run import loading

    check_together(_APART, {"allow_lower": "update_floors"})
    if gold_format in WITHOUT_PLACES and (errors or kind or html):
        raise OptionError(
            f"{gold_format} does not tell where its facts stand; leave out --errors, --kind and --html"
        )
    _check_replaceable(html, per_article)
    given = _of_others(gold, gold_format) if gold_format else _our_own(gold, corpus)
    articles = list(given.articles)
    if compare:
        _compare(given, compare, as_json=as_json, html=html)
        return
    if calibrate:
        _calibrate(gold, given, calibrate, loading(model=model, fiscal_start=fiscal_start))
        return
    own = own_rules(rules, none=no_rules or gate or update_floors, tell=True)
    if records:
        found = _load_records(records, given)
    else:
        found = facts_of(articles, loading(model=model, fiscal_start=fiscal_start, rules=own))
    figures = given.figures(found)
    told = None
    if errors or kind:
        told = list(scoring.errors(given.gold, given.comparable(found), articles, kind=kind))
    if html:
        write_page(html, errors_page(given, found, figures, title=records or "extract"))
    if html != "-":
        _print(figures, told, as_json=as_json, markdown=markdown)
    if per_article:
        scoring.write_articles(figures, Path(per_article))
    path, state = Path(gold, "floors.json"), scoring.digest(Path(gold), articles)
    if update_floors:
        raised = scoring.raise_floors(figures, scoring.load_floors(path), state, allow_lower=allow_lower)
        scoring.save_floors(path, raised)
    elif gate:
        scoring.check_floors(figures, scoring.load_floors(path), state)


def _check_replaceable(html: str | None, per_article: str | None) -> None:
    """Refuse outputs that cannot be written, before anything is computed."""
    from extract.evaluate import check_replaceable

    if html:
        check_page(html)
    if per_article:
        check_replaceable(Path(per_article))


def _calibrate(folder: str, given: AnnotatedSet, path: str, load: Load) -> None:
    """Write the table of confidence to a file, and print how well it holds on articles it has not seen."""
    from extract import confidence
    from extract import evaluate as scoring
    from extract.evaluate import calibration
    from extract.pipeline import with_evidence

    nlp = load()
    found = [pair for article in given.articles for pair in with_evidence(nlp, article)]
    judged = calibration.judged(given.gold, found)
    table = calibration.table(judged, scoring.digest(Path(folder), given.articles))
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


def _compare(given: AnnotatedSet, paths: tuple[str, str], *, as_json: bool, html: str | None) -> None:
    """Print the differences of two files of records, row by row, and write the page of what changed."""
    import json

    from extract import evaluate as scoring
    from extract.terminal import console

    first, second = (_load_records(path, given) for path in paths)
    differences = scoring.compare(given.figures(first), given.figures(second))
    if html:
        write_page(html, changes_page(given, (first, second), differences, names=paths))
        if html == "-":
            return
    if as_json:
        click.echo(json.dumps(scoring.comparison_as_data(differences), indent=2))
    else:
        console().print(scoring.render_comparison(differences, paths))


def _of_others(path: str, format: str) -> AnnotatedSet:
    """Gold in a format of others, with its articles, and a notice of the spans that are no facts of ours."""
    from extract.evaluate import read_set

    given = read_set(Path(path), format)
    if given.left_out:
        labels = listed(tuple(sorted(given.left_out, key=lambda label: -given.left_out[label])))
        click.echo(f"left out: {sum(given.left_out.values()):,} spans with labels {labels}", err=True)
    return given


def _our_own(folder: str, corpus: str) -> AnnotatedSet:
    """The gold and its articles, with a notice of those that have none."""
    from extract.corpus import read_articles
    from extract.evaluate import AnnotatedSet, load_gold

    articles = read_articles(corpus)
    gold = load_gold(Path(folder), articles)
    if gold.without:
        click.echo(f"left out, as they have no gold: {listed(gold.without)}", err=True)
    return AnnotatedSet(tuple(articles), gold)


def _load_records(path: str, given: AnnotatedSet) -> list[Fact]:
    """The facts of a file of records, with notices of what does not fit the articles."""
    from extract.evaluate import load_records
    from extract.records import KINDS

    recorded = load_records(Path(path), given.articles)
    notices: list[str] = []
    if recorded.unknown:
        notices.append(f"left out, as they are no articles here: {listed(recorded.unknown)}")
    if recorded.ambiguous:
        notices.append(
            f"left out, as several have their name: {listed(recorded.ambiguous)}; give them the articles' ids"
        )
    if recorded.by_name:
        notices.append(f"{recorded.by_name:,} documents are articles by their name alone, not by their id")
    if recorded.kinds:
        count = sum(recorded.kinds.values())
        notices.append(
            f"left out: {count:,} records of unknown kinds, {listed(tuple(recorded.kinds))}; "
            f"known are {' '.join(KINDS)}"
        )
    if recorded.misplaced:
        notices.append(
            f"{recorded.misplaced:,} records quote another text than their article has at their offsets; "
            "offsets count code points of the text that `extract run` reads"
        )
    for notice in notices:
        click.echo(f"{path}: {notice}", err=True)
    return list(recorded.facts)
