"""The owner of each claim's metric, by the first rule that finds one, and the partner of its trade.

Each claim is resolved with the previous one known, so that `imports fell 3 %` after `China's exports rose
5 %` are China's. The partner is never the owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Span

from extract.records import Entity, SubjectSource
from extract.rules.growth.asked import Asked, Before, Reading, Whose
from extract.rules.growth.measures import Facts
from extract.rules.growth.names import Names, is_country
from extract.rules.growth.partners import other_side
from extract.rules.growth.readings import ARTICLE, STATED, by_claim_before
from extract.rules.growth.speaker import speaker
from extract.rules.growth.topic import topic


def owned(doc: Doc, facts: Facts, claims: Iterable[tuple[Span, Mapping[str, Span]]]) -> list[Whose]:
    """The owner of the figure of each claim, in order.

    Args:
        doc: The document.
        facts: Its records by kind and end; those of entities are used.
        claims: The span of each claim with its parts by role.
    """
    found: list[Whose] = []
    names: Names | None = None
    before: Before | None = None
    for span, parts in claims:
        if names is None:
            names = Names.of(doc, facts)
            about = topic(names)
        asked = Asked(names, about, span, parts["metric"], parts["cue"].root, before)
        found.append(whose(asked)._replace(speaker=speaker(asked)))
        before = Before(asked, found[-1])
    return found


def whose(asked: Asked) -> Whose:
    """The first owner that a rule finds, and the partner."""
    other = other_side(asked)
    for read in (*STATED, *ARTICLE):
        found = read(asked)
        if found is not None and not _is_same(found, other):
            return Whose(asked.names.land(found), _source(asked, read, found), read, other)
    return Whose(partner=other)


def _is_same(one: Entity, other: Entity | None) -> bool:
    """They are one entity, or one country: `Japanese` and `Japan`."""
    if other is None or one.entity_id == other.entity_id:
        return other is not None
    return one.country == other.country and is_country(one) and is_country(other)


def _source(asked: Asked, read: Reading, found: Entity) -> SubjectSource:
    """The source of the owner: the claim's sentence or the article; for a previous claim, its source."""
    if _is_named(asked, found):
        return "stated"
    if read is by_claim_before and asked.before is not None:
        return asked.before.whose.source or "article"
    return "stated" if read in STATED else "article"


def _is_named(asked: Asked, entity: Entity) -> bool:
    """The claim's sentence names the entity."""
    return any(n.entity.entity_id == entity.entity_id for n in asked.names.within(*asked.window))
