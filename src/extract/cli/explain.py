"""`extract explain`: show how the facts of an article were found."""

from __future__ import annotations

from typing import Any

import click

from extract.cli.options import pipeline_options, read_options, reader_options, rules_options, user_rules
from extract.cli.streams import require_output
from extract.errors import ArticleError, OptionError


@click.command()
@click.argument("file")
@click.argument("fact_id", required=False)
@click.option("--at", metavar="TEXT", help="Explain only the sentences that contain this text.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per sentence.")
@reader_options
@pipeline_options
@rules_options
def explain(
    file: str,
    fact_id: str | None,
    at: str | None,
    as_json: bool,
    model: str | None,
    fiscal_start: int | None,
    rules: tuple[str, ...],
    no_rules: bool,
    **said: Any,
) -> None:
    """Explain how the facts of an article were found.

    FILE is an article, or `-` for standard input. FACT_ID, such as growth:24-31, selects one fact.

    For each sentence it prints the words with their word classes; for each fact the pattern, the words that
    match it and how each field was found; the matches that were rejected; and, if there is no growth claim,
    the closest patterns.
    """
    require_output()
    import json

    from extract import readers

    if fact_id and at:
        raise OptionError("FACT_ID and --at cannot be combined; remove one of them")
    options = read_options(**said)
    files = readers.find([file], format=options.format, ids=options.ids)
    from extract.explain import as_data
    from extract.explain import explain as explain_article
    from extract.run import pipeline_loader
    from extract.terminal import print_explanation

    found = False
    own = user_rules(rules, none=no_rules, announce=True)
    nlp = pipeline_loader(model=model, fiscal_start=fiscal_start, rules=own)()
    for item in readers.read(files, options):
        if isinstance(item, ArticleError):
            raise item
        for explanation in explain_article(nlp, item, fact_id=fact_id, at=at):
            found = True
            if as_json:
                click.echo(json.dumps(as_data(explanation), ensure_ascii=False))
            else:
                print_explanation(explanation)
    if fact_id and not found:
        raise OptionError(
            f"{file}: has no fact {fact_id!r}; `extract run {file}` prints the fact_id of every fact"
        )
    if at and not found:
        raise OptionError(f"{file}: does not contain {at!r}; give the words exactly as in the text")
