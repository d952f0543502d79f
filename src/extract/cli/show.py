"""`extract show`: one article with its facts."""

from __future__ import annotations

from typing import Any

import click

from extract.cli.options import extracting, options_of, reading
from extract.cli.streams import require_output
from extract.errors import ArticleError


@click.command()
@click.argument("file")
@reading
@extracting
def show(file: str, model: str | None, fiscal_start: int | None, **said: Any) -> None:
    """Show an article with its facts highlighted.

    A table of the facts follows the text.
    """
    require_output()
    from extract import readers

    options = options_of(**said)
    files = readers.find([file], format=options.format, ids=options.ids)
    from extract.pipeline import facts
    from extract.run import loading
    from extract.terminal import print_article

    nlp = loading(model=model, fiscal_start=fiscal_start)()
    for item in readers.read(files, options):
        if isinstance(item, ArticleError):
            raise item
        print_article(item, facts(nlp, item))
