"""`extract schema`: the JSON Schema of the records."""

from __future__ import annotations

import click

from extract.cli.streams import require_output


@click.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of the records.

    KIND is one of entity, date, money, quantity, growth; all when left out.
    """
    require_output()
    import json

    from extract.writers.schema import schema as schema_of

    click.echo(json.dumps(schema_of(kind), indent=2))
