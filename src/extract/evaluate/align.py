"""Both sides of a comparison, made comparable: without what the gold does not cover, names for ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from extract.evaluate.coverage import Coverage
from extract.evaluate.gold import Gold
from extract.evaluate.keys import NAMED
from extract.evaluate.match import Match, match
from extract.evaluate.texts import words
from extract.records import Entity, Fact, Growth

Names = Mapping[tuple[str, str], list[str]]  # of each entity by article and id, the best first


def aligned(gold: Gold | Iterable[Fact], found: Iterable[Fact]) -> list[Match]:
    """The facts of gold and found in pairs, see `match`.

    Args:
        gold: Of some articles; facts of others are left out. Plain gold facts cover all articles, with the
            fields that they have.
        found: The facts to compare with it.
    """
    gold_facts, found = list(gold), list(found)
    coverage = gold.coverage if isinstance(gold, Gold) else _coverage(gold_facts, found)
    names = _names(found)
    sides = [
        [
            coverage[fact.doc_id].masked(fact)
            for fact in side
            if fact.doc_id in coverage and fact.kind in coverage[fact.doc_id].fields
        ]
        for side in (gold_facts, found)
    ]
    pairs = match(*sides, leftmost=isinstance(gold, Gold) and gold.leftmost)
    return [Match(pair.gold, pair.found and _named(pair.found, names, like=pair.gold)) for pair in pairs]


def named(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with names for the ids of owners, partners and speakers.

    The name is that beside the id in the record (`subject_name`), else that of the article's entity with
    this id; of a country and its people, who may have one id, that of the country.
    """
    facts = list(facts)
    names = _names(facts)
    return [_named(fact, names) for fact in facts]


def _names(facts: Iterable[Fact]) -> Names:
    entities = [fact for fact in facts if isinstance(fact, Entity)]
    entities.sort(key=lambda entity: entity.label == "NORP")
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in entities:
        if entity.name not in names[entity.doc_id, entity.entity_id]:
            names[entity.doc_id, entity.entity_id].append(entity.name)
    return names


def _named(fact: Fact, names: Names, *, like: Fact | None = None) -> Fact:
    """The fact with names for ids: of several names of an entity the one that the gold fact has, if any."""
    if not isinstance(fact, Growth):
        return fact
    changed: dict[str, Any] = {}
    for field in NAMED:
        held, beside = getattr(fact, field), getattr(fact, f"{field}_name", None)
        if known := [name for name in (beside, *names.get((fact.doc_id, held), ()), held) if name]:
            wanted = words(getattr(like, field, None))
            changed[field] = next((name for name in known if words(name) == wanted), known[0])
    return replace(fact, **changed)


def _coverage(gold: Iterable[Fact], found: Iterable[Fact]) -> dict[str, Coverage]:
    """The coverage of gold facts without files, by article."""
    by_article: dict[str, list[Fact]] = {fact.doc_id: [] for fact in found}
    for fact in gold:
        by_article.setdefault(fact.doc_id, []).append(fact)
    return {article: Coverage.of(facts) for article, facts in by_article.items()}
