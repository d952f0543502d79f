"""`extract serve`: extract facts over HTTP."""

from __future__ import annotations

import os
import signal
import sys

import click

from extract.cli.options import pipeline_options, rules_options, user_rules
from extract.errors import OptionError

_MIB = 2**20
_AT_ONCE = 16  # requests per worker
_STOPPED = 128  # the exit status of a program that a signal stopped is this plus the number of the signal


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 for any free port.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of worker processes.  [default: one per core]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Time limit for an article.",
)
@click.option(
    "--patience",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Time limit for a client to send its request and to receive the response.",
)
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    metavar="MIB",
    help="Maximum size of a request, or of a line of JSON Lines.",
)
@click.option(
    "--max-articles",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help="Maximum number of articles in a request; JSON Lines have no limit.",
)
@click.option(
    "--at-once",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Maximum number of requests at a time.  [default: {_AT_ONCE} per worker]",
)
@click.option("--convert-to", metavar="CODE", help="Add amounts of money in this currency (EUR, USD, ...).")
@pipeline_options
@rules_options
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
    """Start an HTTP server that extracts facts.

    The web page is at /, the API at POST /v1/facts, its documentation at /docs. The log goes to stderr, one
    JSON object per line. After SIGTERM or Ctrl-C the server finishes the requests that it has accepted, then
    stops.
    """
    try:
        from extract.serve import Limits, Pool, make_app
        from extract.serve import serve as answer_requests
    except ImportError as error:
        raise OptionError(
            f"serve needs {error.name}; pip install fastapi starlette pydantic uvicorn"
        ) from error
    from extract.run import pipeline_loader

    count = workers or _cores()
    limits = Limits(
        size=max_size * _MIB,
        articles=max_articles,
        timeout=timeout,
        patience=patience,
        at_once=at_once or _AT_ONCE * count,
    )
    own = user_rules(rules, none=no_rules, announce=True)
    load = pipeline_loader(
        model=model, fiscal_start=fiscal_start, convert_to=_currency(convert_to), rules=own
    )
    app = make_app(Pool(load, workers=count, timeout=timeout), limits)
    try:
        answer_requests(app, host=host, port=port)
    except KeyboardInterrupt:
        sys.exit(_STOPPED + signal.SIGINT)


def _currency(code: str | None) -> str | None:
    """The currency to convert to; OptionError if there are no rates for it."""
    if code is None:
        return None
    from extract.rates import known_currency

    return known_currency(code)


def _cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
