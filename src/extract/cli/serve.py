"""`extract serve`: the facts of texts over HTTP."""

from __future__ import annotations

import os
import signal
import sys

import click

from extract.cli.options import extracting, own_rules, ruled
from extract.errors import OptionError

_MIB = 2**20
_AT_ONCE = 16  # requests per worker
_STOPPED = 128  # the shell's status for a program stopped by a signal is this and its number


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen at; 0 for any that is free.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes that work.  [default: one per core]"
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up an article after that long.",
)
@click.option(
    "--patience",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up a client that does not send its request, or take the answer, in that time.",
)
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    metavar="MIB",
    help="Largest request, or line of JSON Lines.",
)
@click.option(
    "--max-articles",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help="Most articles in a request; JSON Lines may have any number.",
)
@click.option(
    "--at-once",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Most requests answered at once.  [default: {_AT_ONCE} per worker]",
)
@click.option("--convert-to", metavar="CODE", help="Give money in this currency too (EUR, USD, ...).")
@extracting
@ruled
def serve(
    host: str,
    port: int,
    workers: int | None,
    timeout: float,
    patience: float,
    max_size: int,
    max_articles: int,
    at_once: int | None,
    convert_to: str | None,
    model: str | None,
    fiscal_start: int | None,
    rules: tuple[str, ...],
    no_rules: bool,
) -> None:
    """Answer with the facts of texts over HTTP.

    A page for people is at /, the API at POST /v1/facts, its description at /docs. The log, one JSON object a
    line, goes to standard error. SIGTERM or Ctrl-C stops the server when the requests that it has accepted
    are answered.
    """
    try:
        from extract.serve import Limits, Pool, make_app
        from extract.serve import serve as answer_requests
    except ImportError as error:
        raise OptionError(
            f"serve needs {error.name}; pip install fastapi starlette pydantic uvicorn"
        ) from error
    from extract.run import loading

    count = workers or _cores()
    limits = Limits(
        size=max_size * _MIB,
        articles=max_articles,
        timeout=timeout,
        patience=patience,
        at_once=at_once or _AT_ONCE * count,
    )
    own = own_rules(rules, none=no_rules, tell=True)
    load = loading(model=model, fiscal_start=fiscal_start, convert_to=_currency(convert_to), rules=own)
    app = make_app(Pool(load, workers=count, timeout=timeout), limits)
    try:
        answer_requests(app, host=host, port=port)
    except KeyboardInterrupt:
        sys.exit(_STOPPED + signal.SIGINT)


def _currency(code: str | None) -> str | None:
    """The currency to convert to; OptionError where there are no rates of it."""
    if code is None:
        return None
    from extract.rates import known_currency

    return known_currency(code)


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
