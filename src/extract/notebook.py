"""The display of a fact in a notebook, as HTML, and in an interpreter, as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.decimals import plain

Row = Mapping[str, object]  # the flat record of a fact

_LENGTH = 60  # code points of a text in a line
_FIELDS = 4


def table(record: Row) -> str:
    """The HTML of a flat record: its columns that are not null, one below the other. All is escaped."""
    from html import escape

    lines = [
        f'<tr><th style="text-align:left">{escape(name)}</th>'
        f'<td style="text-align:left"><bdi>{escape(_shown(value))}</bdi></td></tr>'
        for name, value in record.items()
        if value is not None
    ]
    return f"<table>{''.join(lines)}</table>"


def line(name: str, record: Row) -> str:
    """A flat record as a short line: its class, its text and the first of its own values."""
    text = str(record["text"])
    parts = [repr(text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…")]
    own = list(_own(record))
    parts += [
        f"{key}={_shown(value) if isinstance(value, Decimal) else repr(str(value))}"
        for key, value in own[:_FIELDS]
    ]
    return f"{name}({', '.join(parts)}{', ...' if len(own) > _FIELDS else ''})"


def _own(record: Row) -> Iterator[tuple[str, object]]:
    """The values of a fact's own fields, which follow `confidence`, without absent ones and offsets."""
    names = list(record)
    for name in names[names.index("confidence") + 1 :]:
        if record[name] is not None and not isinstance(record[name], int):
            yield name, record[name]


def _shown(value: object) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    return plain(value)
