"""Entities: names of people, organisations, places, groups, events, products, works and laws.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_entities")
>>> doc = nlp("President Rumen Radev is in Sofia. Radev spoke.")
>>> [(s.text, s.label_, s.kb_id_) for s in doc.spans["entities"]]
[('Rumen Radev', 'PERSON', 'person:rumen-radev'), ('Sofia', 'GPE', 'place:727011'),
 ('Radev', 'PERSON', 'person:rumen-radev')]

Where an earlier component has set `doc.ents`, these are the names and the rules correct them (see
`evidence`); without one the rules find the names themselves (see `names`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.lexicons.own import config
from extract.lexicons.scope import Lexicons
from extract.records import Entity, Fact
from extract.rules.entities.certainty import certainty
from extract.rules.entities.evidence import LABELS, reconcile_with_model
from extract.rules.entities.ids import Mention, country_of, is_of_state
from extract.rules.entities.own import own_patterns, with_own
from extract.rules.entities.resolve import fullest, resolve
from extract.rules.entities.roles import stated
from extract.rules.entities.shapes import view
from extract.rules.guard import guarded
from extract.rules.spans import group, sources, write
from extract.rules.words import text_of

GROUP = "entities"

__all__ = ["GROUP", "EntitiesComponent", "build_records", "certainty", "make_entities"]
_NEAR = 3  # characters between two names, the second of which says where the first lies


class EntitiesComponent:
    """Writes `doc.spans["entities"]`."""

    def __init__(self, lexicons: Lexicons | None = None, nlp: Language | None = None) -> None:
        """Keep the lexicons of a user's rules, None for the shipped ones, and the pipeline."""
        self.lexicons, self.nlp = lexicons, nlp

    @guarded("extract_entities")
    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        write(doc, GROUP, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        names = with_own(doc, reconcile_with_model(doc, view(doc)), self.nlp)
        spans = [Span(doc, n.start, n.end, label=n.label, span_id=n.rule) for n in names]
        text = text_of(doc)
        ends = [0, *(span.end_char for span in spans)]
        mentions = [
            Mention(
                span.text,
                span.label_,
                gap=text[end : span.start_char] if span.start_char - end <= _NEAR else "",
                before=text[max(0, span.start_char - 1) : span.start_char],
                of_state=is_of_state(text, span.start_char, span.end_char),
            )
            for span, end in zip(spans, ends, strict=False)
        ]
        return [
            Span(doc, s.start, s.end, label=s.label, span_id=s.id_, kb_id=link)
            for s, link in zip(spans, resolve(mentions), strict=True)
        ]


def build_records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Entity]:
    """The records of the spans: each thing's fullest name in the article, country, first role."""
    text = text_of(doc)
    spans, source = group(doc, GROUP), sources(doc, article)
    texts: dict[tuple[str, str], list[str]] = {}  # a country and its people have one id, and each its name
    for span in spans:
        texts.setdefault((span.label_, span.kb_id_), []).append(span.text)
    full = {thing: fullest(of_thing) for thing, of_thing in texts.items()}
    country = {
        thing: country_of(thing[1], of_thing) if thing[0] in ("GPE", "NORP") else None
        for thing, of_thing in texts.items()
    }
    role: dict[str, str] = {}
    for span in spans:
        if span.label_ == "PERSON" and (found := stated(text, span.start_char, span.end_char)):
            role.setdefault(span.kb_id_, found)
    for span in spans:
        yield Entity(
            source=source(span),
            label=LABELS[span.label_],
            name=full[span.label_, span.kb_id_],
            entity_id=span.kb_id_,
            country=country[span.label_, span.kb_id_],
            role=role.get(span.kb_id_),
        )


@Language.factory("extract_entities", default_config={"rules": None}, assigns=["doc.spans"])
def make_entities(nlp: Language, name: str, rules: config.Rules) -> EntitiesComponent:
    """The factory of the component; `rules` are a user's, as `config.of` takes them."""
    return EntitiesComponent(config.of(rules, own_patterns), nlp)
