"""Entities: names of people, organisations, places, groups, events, products, works and laws.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_entities")
>>> doc = nlp("President Rumen Radev is in Sofia. Radev spoke.")
>>> [(s.text, s.label_, s.kb_id_) for s in doc.spans["entities"]]
[('Rumen Radev', 'PERSON', 'person:rumen-radev'), ('Sofia', 'GPE', 'gpe:sofia'),
 ('Radev', 'PERSON', 'person:rumen-radev')]

Where an earlier component has set `doc.ents`, these are the names and the rules only trim, settle and fill
them (`entity.model`); without one the rules find the names themselves (see `names`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Entity, EntityLabel, Fact
from extract.rules.entities import consistency, names
from extract.rules.entities.gazetteer import load
from extract.rules.entities.names import Name
from extract.rules.entities.resolve import Mention, fullest, resolve
from extract.rules.entities.shapes import View, titles, view
from extract.rules.spans import group, source

GROUP = "entities"
# Labels of other schemes beside our own.
_LABELS: Mapping[str, EntityLabel] = MappingProxyType(
    {label: label for label in get_args(EntityLabel)} | {"PER": "PERSON", "FACILITY": "FAC"}
)
_SURE = frozenset(["country", "people"])  # known names to be trusted where a model is silent
_EDGES = frozenset("'\"“”‘’().,;:-–—[]!?/") | {"'s", "’s"}
_ARTICLES = frozenset(["the", "a", "an", "The"])


class EntitiesComponent:
    """Writes `doc.spans["entities"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        doc.spans[GROUP] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        seen = view(doc)
        given = _from_model(doc, seen)
        found = consistency.settle(seen, [*given, *_sure(seen, given)] if given else names.find(seen))
        spans = [Span(doc, name.start, name.end, label=name.label, span_id=name.rule) for name in found]
        text = doc.text
        mentions = [Mention(s.text, s.label_, text[max(0, s.start_char - 1) : s.start_char]) for s in spans]
        return [
            Span(doc, s.start, s.end, label=s.label, span_id=s.id_, kb_id=link)
            for s, link in zip(spans, resolve(mentions), strict=True)
        ]


def _from_model(doc: Doc, seen: View) -> list[Name]:
    """The entities of a statistical model, as names alone: no article, title, quote or `'s`."""
    words, found = seen.words, []
    for entity in doc.ents:
        label = _LABELS.get(entity.label_)
        start, end = entity.start, entity.end
        while start < end and _outside(words[start], alone=start + 1 == end):
            start += 1
        while start < end and (words[end - 1] in _EDGES or words[end - 1].isspace()):
            end -= 1
        if label and start < end:
            found.append(Name(start, end, label, "entity.model"))
    return found


def _outside(word: str, *, alone: bool) -> bool:
    """A first word that is no part of the name; a title alone may be a name (`Chief`)."""
    return word in _EDGES or word.isspace() or word in _ARTICLES or (word in titles() and not alone)


def _sure(seen: View, given: list[Name]) -> Iterator[Name]:
    """Countries and peoples that the model does not mention."""
    taken = {i for name in given for i in range(name.start, name.end)}
    for start, (end, hit) in seen.hits.items():
        if hit.entry.kind in _SURE and taken.isdisjoint(range(start, end)):
            yield Name(start, end, hit.entry.label, "entity.known")


def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Entity]:
    """The records of the spans: the fullest name of each thing in the article, and its country."""
    spans = group(doc, GROUP)
    texts: dict[str, list[str]] = {}
    for span in spans:
        texts.setdefault(span.kb_id_, []).append(span.text)
    full = {link: fullest(of_link) for link, of_link in texts.items()}
    country = {span.kb_id_: _country(span.label_, texts[span.kb_id_]) for span in spans}
    for span in spans:
        yield Entity(
            source=source(span, article),
            label=_LABELS[span.label_],
            name=full[span.kb_id_],
            entity_id=span.kb_id_,
            country=country[span.kb_id_],
        )


def _country(label: str, texts: list[str]) -> str | None:
    """The country that a GPE or NORP names or lies in."""
    if label not in ("GPE", "NORP"):
        return None
    for text in texts:
        entry = load().lookup(text)
        if entry and entry.label == label and entry.country:
            return entry.country
    return None


@Language.factory("extract_entities")
def make_entities(nlp: Language, name: str) -> EntitiesComponent:
    """The factory of the component."""
    return EntitiesComponent()
