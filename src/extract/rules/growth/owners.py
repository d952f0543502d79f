"""Whose a metric is, and the other side of a trade or flow.

Brazil's beef exports to Japan             -> owner Brazil, partner Japan
trade between Kazakhstan and Bulgaria      -> owner Kazakhstan, partner Bulgaria
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Span

from extract.records import Entity, Fact

Facts = Mapping[tuple[type[Fact], int], Fact]  # entities by their end
_TO_THE_OTHER = frozenset({"to", "from", "with", "into", "against"})


def owner(metric: Span, facts: Facts) -> str | None:
    """`entity_id` of the first entity in the metric that is no partner; None without one."""
    return next(
        (fact.entity_id for fact, word in _entities(metric, facts) if word not in _TO_THE_OTHER), None
    )


def partner(metric: Span, facts: Facts) -> str | None:
    """`entity_id` of the entity behind `to`, `from`, `with`, or of the second behind `between`."""
    named = list(_entities(metric, facts))
    other = next((fact.entity_id for fact, word in named if word in _TO_THE_OTHER), None)
    if other is None and len(named) > 1 and named[0][1] == named[1][1] == "between":
        return named[1][0].entity_id
    return other


def _entities(metric: Span, facts: Facts) -> Iterator[tuple[Entity, str]]:
    """The entities of a metric in order, each with the preposition that leads to it, or an empty string."""
    leading = ""
    for token in metric:
        fact = facts.get((Entity, token.idx + len(token)))
        if isinstance(fact, Entity) and fact.start >= metric.start_char:
            yield fact, leading
        elif token.lower_ in _TO_THE_OTHER or token.lower_ in (
            "between",
            "of",
            "in",
            "for",
            "on",
            "at",
            "by",
        ):
            leading = token.lower_
        elif token.lower_ in ("'s", "’s"):
            leading = ""
