"""One record of each kind, and a rule of one line, for the tests of what handles records."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract import record_builders
from extract.articles import Article
from extract.records import Date, Entity, Fact, Growth, Money, Quantity, Source

TEXT = "Müller AG said on 9 June that sales rose by 5.50%\nto €1,000, or more than 3.9 tonnes."


def _source(quote: str, rule: str) -> Source:
    start = TEXT.index(quote)
    span = (start, start + len(quote))
    return Source.of(TEXT, span, (0, len(TEXT)), doc_id="a/müller.txt", rule=rule)


FACTS: tuple[Fact, ...] = (
    Entity(source=_source("Müller AG", "entities.name"), label="ORG", name="Müller AG", entity_id="e1"),
    Date(
        source=_source("9 June", "date.day_month"),
        timex_type="DATE",
        value="2024-06-09",
        date_start=date(2024, 6, 9),
        date_end=date(2024, 6, 9),
    ),
    Money(source=_source("€1,000", "money.symbol_amount"), amount=Decimal("1E+3"), currency="EUR"),
    Quantity(
        source=_source("3.9 tonnes", "quantity.measure"),
        amount=Decimal("3.9"),
        unit="tonne",
        modifier="more_than",
    ),
    Growth(
        source=_source("5.50%\nto", "growth.verb"),
        metric="sales",
        direction="increase",
        change_value=Decimal("5.50"),
        change_unit="percent",
        to_value=Decimal("0.0000001"),
        status="actual",
    ),
)


ARTICLE = Article(id="a/müller.txt", text=TEXT, published=date(2024, 6, 11))


def dollars(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Fact]:
    """A rule to know by heart: `$5` is money, and BUG, DIE, SLEEP and STOP are what they say."""
    if "BUG" in article.text:
        raise ZeroDivisionError("division by zero")
    if "DIE" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SLEEP" in article.text:
        time.sleep(60)
    for _ in range(article.text.count("STOP")):
        os.kill(os.getpid(), signal.SIGSTOP)
    for found in re.finditer(r"\$(\d+)", article.text):
        text = article.text
        source = Source.of(text, found.span(), (0, len(text)), doc_id=article.id, rule="money.dollars")
        yield Money(source=source, amount=Decimal(found[1]), currency="USD")


def load_dollars(
    *, model: str | None = None, fiscal_start: int | None = None, convert_to: str | None = None
) -> Language:
    """A pipeline that knows that rule only, for a process of its own."""
    record_builders.RECORD_BUILDERS = (dollars,)
    return spacy.blank("en")
