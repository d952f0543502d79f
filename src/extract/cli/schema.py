"""`extract schema`: the JSON Schema of the records, and the values of `metric_id`."""

from __future__ import annotations

import click

from extract.cli.streams import require_output


@click.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of the records.

    KIND is one of entity, date, money, quantity and growth; the default is all of them. `extract schema
    metrics` prints the values of `metric_id` in growth claims: a JSON list of concepts, with their codes at
    the World Bank, the IMF and in us-gaap.
    """
    require_output()
    import json

    from extract.errors import OptionError
    from extract.lexicons.metrics import listed
    from extract.records import KINDS
    from extract.writers.schema import schema as schema_of

    known = (*KINDS, "metrics")
    if kind is not None and kind not in known:
        raise OptionError(f"unknown kind {kind!r}; choose one of {', '.join(known)}")
    click.echo(json.dumps(listed() if kind == "metrics" else schema_of(kind), indent=2))
