"""Where the parts of claims stand in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from extract.records import QUOTED, Entity, Fact, Growth, Money, Source
from extract.view.parts import Parts

TEXT = (
    "Acme told us much. "
    "Sales of Acme rose 5% to $5 from $4 last year, up from the $5 of May last year, Bo said."
)


def _at(quote: str, *, nth: int = 0, sentence: tuple[int, int] = (19, len(TEXT))) -> Source:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return Source.of(TEXT, (start, start + len(quote)), sentence, doc_id="a", rule="r")


CLAIM = Growth(
    source=_at("5%"),
    metric="Sales of Acme",
    metric_start=19,
    metric_end=32,
    direction="increase",
    from_value=Decimal(4),
    from_unit="USD",
    to_value=Decimal(5),
    to_unit="USD",
    period="last year",
    baseline="May",
    status="actual",
    subject="org:acme",
    speaker="person:bo",
)
FACTS: tuple[Fact, ...] = (
    CLAIM,
    *(Money(source=_at("$5", nth=n), amount=Decimal(5), currency="USD") for n in range(2)),
    Money(source=_at("$4"), amount=Decimal(4), currency="USD"),
    Entity(source=_at("Acme", sentence=(0, 18)), label="ORG", name="Acme", entity_id="org:acme"),
    Entity(source=_at("Acme", nth=1), label="ORG", name="Acme", entity_id="org:acme"),
    Entity(source=_at("Bo"), label="PERSON", name="Bo", entity_id="person:bo"),
)


def quotes(claim: Growth, facts: Iterable[Fact]) -> dict[str, tuple[str, int]]:
    return {part.role: (TEXT[part.start : part.end], part.start) for part in Parts(facts).of(claim)}


def test_each_part_is_the_nearest_that_says_so() -> None:
    assert quotes(CLAIM, FACTS) == {
        "size": ("5%", 38),
        "metric": ("Sales of Acme", 19),
        "from": ("$4", 52),
        "to": ("$5", 44),
        "period": ("last year", 55),
        "baseline": ("May", 84),
        "subject": ("Acme", 28),
        "speaker": ("Bo", 99),
    }


def test_someone_is_found_outside_of_the_sentence_where_it_does_not_name_them() -> None:
    elsewhere = [fact for fact in FACTS if fact.start != 28]
    assert quotes(CLAIM, elsewhere)["subject"] == ("Acme", 0)


def test_amounts_of_another_unit_or_sentence_are_no_levels() -> None:
    assert "to" not in quotes(replace(CLAIM, to_unit="EUR"), FACTS)
    early = replace(CLAIM, source=_at("told", sentence=(0, 18)))
    assert set(quotes(early, FACTS)) == {"size", "metric", "subject", "speaker"}


def test_words_are_found_in_what_is_quoted_of_a_long_sentence() -> None:
    text = "x " * QUOTED + "fell 5% last year" + " y" * QUOTED
    start = text.index("5%")
    source = Source.of(text, (start, start + 2), (0, len(text)), doc_id="a", rule="r")
    assert text[source.quoted_start :].startswith(source.sentence)
    claim = Growth(source=source, direction="decrease", period="last year", status="actual")
    parts = {part.role: text[part.start : part.end] for part in Parts([claim]).of(claim)}
    assert parts == {"size": "5%", "period": "last year"}
