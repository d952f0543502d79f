"""Both sides of a comparison, made comparable: without what the gold does not cover, names for ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from extract.evaluate.coverage import Coverage
from extract.evaluate.gold import Gold
from extract.evaluate.keys import NAMED
from extract.evaluate.match import Match, match
from extract.records import Entity, Fact, Growth


def aligned(gold: Gold | Iterable[Fact], found: Iterable[Fact]) -> list[Match]:
    """The facts of gold and found in pairs, see `match`.

    Args:
        gold: Of some articles; facts of others are left out. Plain gold facts cover all articles, with the
            fields that they have.
        found: The facts to compare with it.
    """
    gold_facts, found = list(gold), named(found)
    coverage = gold.coverage if isinstance(gold, Gold) else _coverage(gold_facts, found)
    sides = [
        [
            coverage[fact.doc_id].masked(fact)
            for fact in side
            if fact.doc_id in coverage and fact.kind in coverage[fact.doc_id].fields
        ]
        for side in (gold_facts, found)
    ]
    return match(*sides, leftmost=isinstance(gold, Gold) and gold.leftmost)


def named(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with names for the ids of owners, partners and speakers.

    The name is that beside the id in the record (`subject_name`), else that of the article's entity with
    this id; of a country and its people, who may have one id, that of the country.
    """
    facts = list(facts)
    entities = [fact for fact in facts if isinstance(fact, Entity)]
    entities.sort(key=lambda entity: entity.label != "NORP")  # a country's name counts before its people's
    names = {(entity.doc_id, entity.entity_id): entity.name for entity in entities}
    return [_named(fact, names) if isinstance(fact, Growth) else fact for fact in facts]


def _named(fact: Growth, names: dict[tuple[str, str], str]) -> Growth:
    changed: dict[str, Any] = {}
    for field in NAMED:
        held = getattr(fact, field)
        name = getattr(fact, f"{field}_name", None) or (held and names.get((fact.doc_id, held)))
        if name and name != held:
            changed[field] = name
    return replace(fact, **changed) if changed else fact


def _coverage(gold: Iterable[Fact], found: Iterable[Fact]) -> dict[str, Coverage]:
    """The coverage of gold facts without files, by article."""
    by_article: dict[str, list[Fact]] = {fact.doc_id: [] for fact in found}
    for fact in gold:
        by_article.setdefault(fact.doc_id, []).append(fact)
    return {article: Coverage.of(facts) for article, facts in by_article.items()}
