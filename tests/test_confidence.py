"""Confidence: the shipped table, its pooling, what is left out, and how reliability is measured."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extract import Article
from extract.confidence import Evidence, Table, at_least, parsed, shipped, written
from extract.corpus import read_articles
from extract.errors import OptionError
from extract.evaluate import digest
from extract.evaluate.calibration import Graded, Judged, as_markdown, held_out, reliability
from extract.pipeline import default_pipeline, facts
from extract.records import Fact, Money, Source
from extract.run import MemorySink, in_process, run

ROOT = Path(__file__).parents[1]
TEXT = "Exports of Kazakhstan rose 5% to $3 million last year. Asgard Widgets Ltd said so."


def money(start: int, confidence: float | None, **fields: object) -> Money:
    source = Source.of("x" * 100, (start, start + 5), (0, 100), doc_id="a", rule="money.x")
    return replace(Money(source=source, amount=Decimal(1), confidence=confidence), **fields)  # type: ignore[arg-type]


def test_the_shipped_table_is_that_of_the_gold() -> None:
    articles = read_articles(str(ROOT / "corpus"))
    assert shipped().digest == digest(ROOT / "gold", articles), "make calibrate"


def test_a_table_is_read_as_it_was_written() -> None:
    table = Table("abc", {("date", "dates.ago"): (3, 4), ("growth", "size", "near", "known"): (9, 9)})
    assert parsed(written(table)) == table


def test_few_records_are_pooled_with_those_around_them() -> None:
    counts: dict[Evidence, tuple[int, int]] = {
        ("date", "many"): (950, 1000),
        ("date", "bad"): (10, 40),
        ("date", "rare"): (1, 1),
    }
    table = Table("", counts)
    many, bad, rare, new = (table.confidence(("date", rule)) or 0 for rule in ("many", "bad", "rare", "new"))
    assert bad < new < rare < many < 0.95
    assert many > 0.9
    assert 0.2 < bad < 0.45


def test_what_no_gold_tells_of_has_none() -> None:
    table = Table("", {("date", "many"): (9, 10)})
    assert table.confidence(("money", "money.x", "stated")) is None
    assert table.confidence(None) is None


def test_records_have_their_confidence() -> None:
    found = facts(TEXT, published="2024-06-11")
    assert {fact.kind for fact in found} >= {"entity", "date", "money", "quantity", "growth"}
    assert all(fact.confidence is not None and 0 < fact.confidence < 1 for fact in found)


def test_a_name_that_is_listed_is_surer_than_one_that_is_not() -> None:
    by_text = {fact.text: fact.confidence or 0 for fact in facts(TEXT) if fact.kind == "entity"}
    assert by_text["Kazakhstan"] > by_text["Asgard Widgets Ltd"]


def test_the_least_sure_are_left_out() -> None:
    found: list[Fact] = [money(0, 0.9), money(10, 0.5), money(20, None)]
    assert [fact.start for fact in at_least(found, 0.6)] == [0, 20]
    assert at_least(found, 0.0) == found


def test_what_is_referred_to_stays() -> None:
    whole = money(0, 0.9, parts="money:10-15 money:20-25")
    second = money(20, 0.1, restates="money:30-35")
    found: list[Fact] = [whole, money(10, 0.1), second, money(30, 0.1), money(40, 0.1)]
    assert [fact.start for fact in at_least(found, 0.6)] == [0, 10, 20, 30]


def test_the_subject_of_a_claim_stays() -> None:
    found = facts(TEXT)
    claims = [fact for fact in found if fact.kind == "growth"]
    assert claims[0].subject  # type: ignore[attr-defined]
    sure = [replace(fact, confidence=0.9 if fact.kind == "growth" else 0.1) for fact in found]
    assert [fact.text for fact in at_least(sure, 0.5) if fact.kind == "entity"] == ["Kazakhstan"]


def test_facts_takes_a_limit() -> None:
    assert facts(TEXT, min_confidence=1) == []
    assert facts(TEXT, min_confidence=0) == facts(TEXT)
    with pytest.raises(OptionError, match="min_confidence: 2 is not from 0 to 1"):
        facts(TEXT, min_confidence=2)


def test_a_run_counts_what_it_leaves_out() -> None:
    sink = MemorySink()
    summary = run(in_process(default_pipeline()), [Article(id="a", text=TEXT)], sink, lowest=1)
    assert not sink.facts
    assert summary.left_out["growth"] == 1
    assert not summary.facts.total()


def test_calibration_error_and_ranking() -> None:
    told = reliability([Graded("date", 0.9, True)] * 8 + [Graded("date", 0.9, False)] * 2)
    assert told.error == pytest.approx(0.1)
    assert told.ranking == 0.5
    told = reliability([Graded("date", 0.9, True), Graded("date", 0.2, False)])
    assert told.ranking == 1.0
    assert told.error == pytest.approx(0.15)


def test_no_article_is_graded_by_itself() -> None:
    right = [Judged(f"{n}", ("date", "x"), True) for n in range(10)]
    wrong = [Judged("odd", ("date", "odd"), False)] * 100
    with_confidence = held_out([*right, *wrong])
    odd = [one.confidence for one in with_confidence if not one.right]
    assert len(odd) == 100
    assert min(odd) > 0.5  # the other articles have no such record, and all of theirs are right
    assert "| date | 110 |" in as_markdown(with_confidence)
