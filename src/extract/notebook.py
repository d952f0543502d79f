"""How facts look in a notebook, as HTML, and in the lines of an interpreter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

Row = Mapping[str, object]  # the flat record of a fact

_SHOWN = 200  # facts in a table, more slow down a notebook
_COMMON = ("kind", "at", "text", "values", "rule")
_LENGTH = 60  # code points of a text in a line
_FIELDS = 4


def table(rows: Iterable[Row]) -> str:
    """The HTML of flat records: a table in their order, a fact a row. All that they hold is escaped."""
    from html import escape

    known = list(rows)
    lines = [f"<tr>{''.join(f'<th>{heading}</th>' for heading in _COMMON)}</tr>"]
    for record in known[:_SHOWN]:
        cells = (f'<td style="text-align:left"><bdi>{escape(cell)}</bdi></td>' for cell in _cells(record))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    more = f"<p>... and {len(known) - _SHOWN:,} more</p>" if len(known) > _SHOWN else ""
    return f"<table>{''.join(lines)}</table>{more}"


def line(name: str, record: Row) -> str:
    """A flat record as a short line: its class, its text and the first of its own values."""
    text = str(record["text"])
    parts = [repr(text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…")]
    own = list(_own(record))
    parts += [
        f"{key}={_told(value) if isinstance(value, Decimal) else repr(str(value))}"
        for key, value in own[:_FIELDS]
    ]
    return f"{name}({', '.join(parts)}{', ...' if len(own) > _FIELDS else ''})"


def _cells(record: Row) -> Iterator[str]:
    yield str(record["kind"])
    yield f"{record['start']}-{record['end']}"
    yield str(record["text"])
    yield " ".join(f"{name}={_told(value)}" for name, value in _own(record))
    yield str(record["rule"])


def _own(record: Row) -> Iterator[tuple[str, object]]:
    """The values of a fact's own fields, which follow `rule`, without absent ones and offsets."""
    names = list(record)
    for name in names[names.index("rule") + 1 :]:
        if record[name] is not None and not isinstance(record[name], int):
            yield name, record[name]


def _told(value: object) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text
