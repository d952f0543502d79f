"""Entities: names of people, organisations, places, groups, events, products, works and laws.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_entities")
>>> doc = nlp("President Rumen Radev is in Sofia. Radev spoke.")
>>> [(s.text, s.label_, s.kb_id_) for s in doc.spans["entities"]]
[('Rumen Radev', 'PERSON', 'person:rumen-radev'), ('Sofia', 'GPE', 'gpe:sofia'),
 ('Radev', 'PERSON', 'person:rumen-radev')]

Where an earlier component has set `doc.ents`, these are the names and the rules correct them (see
`evidence`); without one the rules find the names themselves (see `names`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Entity, Fact
from extract.rules.entities.evidence import LABELS, weigh
from extract.rules.entities.gazetteer import load
from extract.rules.entities.resolve import Mention, fullest, resolve
from extract.rules.entities.roles import stated
from extract.rules.entities.shapes import view
from extract.rules.spans import group, sources, write

GROUP = "entities"


class EntitiesComponent:
    """Writes `doc.spans["entities"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        write(doc, GROUP, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        spans = [Span(doc, n.start, n.end, label=n.label, span_id=n.rule) for n in weigh(doc, view(doc))]
        text = doc.text
        mentions = [Mention(s.text, s.label_, text[max(0, s.start_char - 1) : s.start_char]) for s in spans]
        return [
            Span(doc, s.start, s.end, label=s.label, span_id=s.id_, kb_id=link)
            for s, link in zip(spans, resolve(mentions), strict=True)
        ]


def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Entity]:
    """The records of the spans: each thing's fullest name in the article, country, first role."""
    text = doc.text
    spans, source = group(doc, GROUP), sources(doc, article)
    texts: dict[str, list[str]] = {}
    for span in spans:
        texts.setdefault(span.kb_id_, []).append(span.text)
    full = {link: fullest(of_link) for link, of_link in texts.items()}
    country = {span.kb_id_: _country(span.label_, texts[span.kb_id_]) for span in spans}
    role: dict[str, str] = {}
    for span in spans:
        if span.label_ == "PERSON" and (found := stated(text, span.start_char, span.end_char)):
            role.setdefault(span.kb_id_, found)
    for span in spans:
        yield Entity(
            source=source(span),
            label=LABELS[span.label_],
            name=full[span.kb_id_],
            entity_id=span.kb_id_,
            country=country[span.kb_id_],
            role=role.get(span.kb_id_),
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


@Language.factory("extract_entities", assigns=["doc.spans"])
def make_entities(nlp: Language, name: str) -> EntitiesComponent:
    """The factory of the component."""
    return EntitiesComponent()
