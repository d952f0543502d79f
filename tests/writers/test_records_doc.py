"""`docs/records.md` tells every column: name, type and meaning from the dataclasses, and an example.

`pytest tests/writers/test_records_doc.py --force-regen` writes its tables anew.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from spacy.language import Language

import extract
from extract.articles import Article
from extract.decimals import plain
from extract.records import KINDS, Fact, columns
from extract.writers.tables import ARTICLES, Column, Row, combined, rows, tables
from tests.documents import ROOT, hold

DOCUMENT = ROOT / "docs" / "records.md"
HEAD = "| column | type | meaning | example |\n| --- | --- | --- | --- |\n"
NAMES = {str: "text", int: "integer", float: "number", Decimal: "decimal", date: "date"}


def test_every_column_is_told(nlp: Language, request: pytest.FixtureRequest) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    begun, common = text.index(f"\n## {ARTICLES}\n"), len(columns(Fact))
    quoted = re.findall(r"^> (.+)$", text, re.MULTILINE)
    article = Article(
        id="varna.txt", text=" ".join(quoted), title="Exports rise at Varna", published=date(2024, 6, 11)
    )
    examples = rows([(article, extract.facts(nlp, article))])
    every = combined(tables()[kind] for kind in KINDS)[:common]
    claims = [row[:common] for row in examples["growth"]]
    read = "The articles that were read. JSON Lines, Arrow and files of one kind do not have this table."
    sections = [
        section(ARTICLES, read, tables()[ARTICLES], examples[ARTICLES]),
        section(
            "All kinds", "The columns that all kinds have. The example is a growth claim.", every, claims
        ),
    ]
    for kind, cls in KINDS.items():
        own = [row[common:] for row in examples[kind]]
        sections.append(section(kind, summary(cls), tables()[kind][common:], own))
    hold(DOCUMENT, (begun, len(text)), "".join(sections), request)


def section(title: str, summary: str, columns: Sequence[Column], examples: Sequence[Row]) -> str:
    """A heading, what the table is, and its columns, each with the first value of the example."""
    cells = [[cell for cell in cells if cell is not None] for cells in zip(*examples, strict=True)]
    lines = [line(column, known[0] if known else None) for column, known in zip(columns, cells, strict=True)]
    return f"\n## {title}\n\n{summary}\n\n{HEAD}{''.join(lines)}"


def summary(cls: type[Fact]) -> str:
    """What a kind is, by the docstring of its dataclass."""
    told, _, _ = (inspect.getdoc(cls) or "").partition("\n\nAttributes:")
    return textwrap.fill(" ".join(told.split()), 120)


def line(column: Column, example: object) -> str:
    """The row of a column."""
    cells = [column.name, type_of(column), column.meaning, shown(example)]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def type_of(column: Column) -> str:
    names = [f"`{word}`" for word in column.words] or [NAMES[column.type]]
    return f"{', '.join(names)}{' or null' if column.optional else ''}"


def shown(value: object) -> str:
    if value is None:
        return ""
    return f"`{plain(value) if isinstance(value, Decimal) else value}`"
