"""What every format gives: articles with labelled spans; as gold, and what of the facts compares with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, cast

from extract.articles import Article
from extract.evaluate.coverage import Coverage
from extract.evaluate.gold import Gold
from extract.evaluate.scores import Figures, score
from extract.records import KINDS, Date, Entity, EntityLabel, Fact, Source

_KINDS: Mapping[str, str] = MappingProxyType({"DATE": "date", "TIME": "date", "MONEY": "money"})
_SAME: Mapping[str, str] = MappingProxyType({"PER": "PERSON", "GEO": "GPE", "ORGANIZATION": "ORG"})
_WIDER: Mapping[str, tuple[str, ...]] = MappingProxyType(  # what stands for a label in sets of fewer ones
    {
        "GPE": ("GPE", "LOC"),
        "FAC": ("FAC", "LOC"),
        "NORP": ("NORP", "MISC"),
        **{label: (label, "MISC") for label in ("PRODUCT", "EVENT", "WORK_OF_ART", "LAW")},
    }
)
_OMITS = ["entity.name", "entity.country", "date.mod", "date.date_start", "date.date_end"]
_OMITS += ["money.amount_max", "money.modifier", "money.per"]
_SPANS_ALONE = {"DATE": ["date.type", "date.value"], "MONEY": ["money.amount", "money.currency"]}


@dataclass(frozen=True, slots=True)
class Span:
    """A span of an article with a label of the set; `values` are fields of its record that the set has."""

    start: int
    end: int
    label: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotatedSet:
    """Articles with their gold.

    Attributes:
        articles: In the order of the files.
        gold: What the set says of them; it covers the kinds that the set has.
        labels: The labels of entities that the set has, by the names of the records where they have one.
            None: all of the records'.
    """

    articles: tuple[Article, ...]
    gold: Gold
    labels: frozenset[str] | None = None

    @classmethod
    def of(cls, annotated: Iterable[tuple[Article, Iterable[Span]]]) -> AnnotatedSet:
        """The set of some articles and their spans.

        Labels of entities are those of OntoNotes, or `PER`, `LOC`, `MISC`; `DATE`, `TIME` and `MONEY` are of
        the kinds date and money. Spans with other labels are left out.
        """
        pairs = [(article, list(spans)) for article, spans in annotated]
        facts = {
            article.id: [fact for span in spans if (fact := _fact(span, article))] for article, spans in pairs
        }
        of_all = [fact for of_article in facts.values() for fact in of_article]
        covers = [kind for kind in KINDS if any(fact.kind == kind for fact in of_all)] or ["entity"]
        valued = {span.label for _, spans in pairs for span in spans if span.values}
        omits = [
            *_OMITS,
            *(name for label in _SPANS_ALONE if label not in valued for name in _SPANS_ALONE[label]),
        ]
        coverage = Coverage.of([], covers=covers, omits=omits)
        gold = Gold(tuple(of_all), {article.id: coverage for article, _ in pairs}, leftmost="DATE" in valued)
        labels = frozenset(fact.label for fact in of_all if isinstance(fact, Entity))
        return cls(tuple(article for article, _ in pairs), gold, cast(frozenset[str], labels))

    def comparable(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts in the terms of the set: entities have its labels; those without one are left out."""
        if self.labels is None:
            return list(facts)
        made: list[Fact] = []
        for fact in facts:
            if isinstance(fact, Entity):
                wider = _WIDER.get(fact.label, (fact.label,))
                label = next((name for name in wider if name in self.labels), None)
                if label:
                    made.append(replace(fact, label=cast(EntityLabel, label)))
            else:
                made.append(fact)
        return made

    def figures(self, found: Iterable[Fact]) -> Figures:
        """The scores of facts; where the set has labels of its own, of each label too."""
        return score(self.gold, self.comparable(found), labels=self.labels is not None)


def _fact(span: Span, article: Article) -> Fact | None:
    """The gold fact of a span; None for a label that is of no kind."""
    label = _SAME.get(span.label.upper(), span.label.upper())
    place = span.start, span.end
    source = Source.of(article.text, place, place, doc_id=article.id, rule="gold")
    kind = _KINDS.get(label)
    if kind == "date":
        return Date(source=source, **({"timex_type": label, "value": ""} | dict(span.values)))
    if kind == "money":
        return KINDS[kind](source=source, **({"amount": None} | dict(span.values)))
    if label in _WIDER or label in ("PERSON", "ORG", "LOC", "MISC"):
        return Entity(source=source, label=cast(EntityLabel, label), name=source.text, entity_id="")
    return None
