"""Annotated sets: articles with labelled spans, converted to gold with which facts can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, cast

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.coverage import Coverage
from extract.evaluate.gold import Gold
from extract.evaluate.scores import Figures, score
from extract.records import KINDS, Date, Entity, EntityLabel, Fact, Source

_KINDS: Mapping[str, str] = MappingProxyType({"DATE": "date", "TIME": "date", "MONEY": "money"})
_SAME: Mapping[str, str] = MappingProxyType(  # labels of other sets, mapped to ours or to MISC
    {
        **dict.fromkeys(("PER", "PERS"), "PERSON"),
        **dict.fromkeys(("ORGANIZATION", "ORGANISATION", "CORPORATION", "COMPANY", "GROUP"), "ORG"),
        **dict.fromkeys(("LOCATION", "GEO-LOC"), "LOC"),
        **dict.fromkeys(("GEO", "COUNTRY", "CITY"), "GPE"),
        "FACILITY": "FAC",
        "CREATIVE-WORK": "WORK_OF_ART",
        "MISCELLANEOUS": "MISC",
    }
)
_WIDER: Mapping[str, tuple[str, ...]] = MappingProxyType(  # substitutes in sets with fewer labels
    {
        "GPE": ("GPE", "LOC"),
        "FAC": ("FAC", "LOC"),
        "NORP": ("NORP", "MISC"),
        **{label: (label, "MISC") for label in ("PRODUCT", "EVENT", "WORK_OF_ART", "LAW")},
    }
)
_LABELS = ("PERSON", "ORG", "LOC", "MISC", *_WIDER, *_KINDS)
_OMITS = ["entity.name", "entity.country", "date.mod", "date.date_start", "date.date_end"]
_OMITS += ["money.amount_max", "money.modifier", "money.per"]
_SPANS_ALONE = {"DATE": ["date.type", "date.value"], "MONEY": ["money.amount", "money.currency"]}


@dataclass(frozen=True, slots=True)
class Span:
    """A span of an article with a label of the set; `values` are the record's fields that the set gives."""

    start: int
    end: int
    label: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotatedSet:
    """Articles with their gold.

    Attributes:
        articles: The articles, in the order of the files.
        gold: The gold of the articles; it covers the kinds of fact that the set annotates.
        labels: The entity labels of the set, renamed to those of the records where these have one. None: the
            set has all labels of the records.
        left_out: Number of spans by label, for labels that are not kinds of facts.
    """

    articles: tuple[Article, ...]
    gold: Gold
    labels: frozenset[str] | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, annotated: Iterable[tuple[Article, Iterable[Span]]]) -> AnnotatedSet:
        """Make a set of articles and their spans.

        Known labels are the entity labels of OntoNotes, `PER`, `LOC` and `MISC`; `DATE` and `TIME` for the
        kind date; and `MONEY`. Spans with other labels are omitted and counted.

        Raises:
            GoldError: there are spans, but none has a known label.
        """
        pairs = [(article, list(spans)) for article, spans in annotated]
        made = [(span, _fact(span, article)) for article, spans in pairs for span in spans]
        of_all = [fact for _, fact in made if fact]
        left_out = Counter(span.label for span, fact in made if not fact)
        if left_out and not of_all:
            raise GoldError(
                f"no span has a label that is known, but {' '.join(sorted(left_out))}; "
                f"rename them to {' '.join(_LABELS)}"
            )
        covers = [kind for kind in KINDS if any(fact.kind == kind for fact in of_all)] or ["entity"]
        valued = {span.label for _, spans in pairs for span in spans if span.values}
        omits = [
            *_OMITS,
            *(name for label in _SPANS_ALONE if label not in valued for name in _SPANS_ALONE[label]),
        ]
        coverage = Coverage.of([], covers=covers, omits=omits)
        gold = Gold(tuple(of_all), {article.id: coverage for article, _ in pairs}, leftmost="DATE" in valued)
        labels = frozenset(fact.label for fact in of_all if isinstance(fact, Entity))
        return cls(tuple(article for article, _ in pairs), gold, cast(frozenset[str], labels), left_out)

    def comparable(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts with the entity labels of the set; entities whose label it lacks are omitted."""
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
        """Score facts; if the set has its own labels, also by label."""
        return score(self.gold, self.comparable(found), labels=self.labels is not None)


def _fact(span: Span, article: Article) -> Fact | None:
    """The gold fact of a span; None for an unknown label."""
    label = _SAME.get(span.label.upper(), span.label.upper())
    place = span.start, span.end
    source = Source.of(article.text, place, place, doc_id=article.id, rule="gold")
    kind = _KINDS.get(label)
    if kind == "date":
        return Date(source=source, **({"timex_type": label, "value": ""} | dict(span.values)))
    if kind == "money":
        return KINDS[kind](source=source, **({"amount": None} | dict(span.values)))
    if label in _LABELS:
        return Entity(source=source, label=cast(EntityLabel, label), name=source.text, entity_id="")
    return None
