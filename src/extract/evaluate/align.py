"""Alignment of gold and found facts: uncovered facts and fields are removed, ids are replaced by names."""

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

Names = Mapping[tuple[str, str], list[str]]  # names of each entity by article and id, the best first


def aligned(gold: Gold | Iterable[Fact], found: Iterable[Fact]) -> list[Match]:
    """Pair gold and found facts with `match`, after removing what the gold does not cover.

    Args:
        gold: The gold; found facts of articles that it does not cover are ignored. A plain iterable of gold
            facts covers all articles, with the fields that these facts state.
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
    """Copies of the facts, with names instead of the ids of subjects, partners and speakers.

    The name comes from the record itself (`subject_name`) if it has one, else from the entity of the article
    with this id. Where a country and its people share an id, the name of the country is used.
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
    """A copy with names instead of ids; if an entity has several names, the one in `like` is preferred."""
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
    """The coverage of each article, for gold facts that were not read from files."""
    by_article: dict[str, list[Fact]] = {fact.doc_id: [] for fact in found}
    for fact in gold:
        by_article.setdefault(fact.doc_id, []).append(fact)
    return {article: Coverage.of(facts) for article, facts in by_article.items()}
