"""`extract draft`: write the facts found in an article as gold, to be corrected by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from extract.cli.options import pipeline_options, read_options, reader_options, rules_options, user_rules
from extract.cli.streams import require_output
from extract.errors import ArticleError, OptionError


@click.command()
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="A new file, such as gold/port.toml.  [default: stdout]")
@reader_options
@pipeline_options
@rules_options
def draft(
    file: str,
    output: str | None,
    model: str | None,
    fiscal_start: int | None,
    rules: tuple[str, ...],
    no_rules: bool,
    **said: Any,
) -> None:
    """Draft the gold of an article, to be corrected by hand.

    FILE is an article, or `-` for standard input. The draft contains the line `draft = true`; `extract
    evaluate` rejects it until someone has checked it against the article and removed the line.
    """
    path = Path(output) if output else None
    if not path:
        require_output()
    if path and path.exists():
        raise OptionError(f"{path}: already exists; name a new file, so that no gold is overwritten")
    from extract import readers

    options = read_options(**said)
    articles = list(readers.read(readers.find([file], format=options.format, ids=options.ids), options))
    if len(articles) != 1:
        raise OptionError(
            f"{file}: contains {len(articles)} articles; gold is written for one article at a time"
        )
    (article,) = articles
    if isinstance(article, ArticleError):
        raise article
    from extract.evaluate import draft as drafted
    from extract.pipeline import facts
    from extract.run import pipeline_loader

    own = user_rules(rules, none=no_rules, announce=True)
    nlp = pipeline_loader(model=model, fiscal_start=fiscal_start, rules=own)()
    content = drafted(article, facts(nlp, article))
    if not path:
        click.echo(content, nl=False)
        return
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise OptionError(f"{path}: cannot be written ({error.strerror}); choose another file") from error
    click.echo(f"{path}: compare it with {file}, correct it, then remove `draft = true`", err=True)
