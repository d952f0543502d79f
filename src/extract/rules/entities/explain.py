"""What found a name: the model, a list or a rule, and what it overruled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from extract.lexicons.own.patterns import OWN
from extract.rules.entities.evidence import LABELS
from extract.rules.entities.gazetteer import load
from extract.rules.spans import group
from extract.rules.steps import Step

_BY = {
    "entities.model": "by the statistical model",
    "entities.known": "by a list of known names",
    "entities.head": "by rule: a word of it says what it is",
    "entities.branch": "by rule: the name of an organisation goes on",
    "entities.title": "by rule: a title stands before it",
    "entities.given": "by rule: it begins with a given name",
    "entities.context": "by rule: the article treats it as a person elsewhere",
    "entities.acronym": "by rule: capitals only, or the acronym of a name beside it",
    "entities.place": "by rule: `in` stands before it",
    "mine.ruler": "by a ruler of the pipeline",
    "mine.organisations": "by the list of organisations in the user's rules",
    "mine.people": "by the list of people in the user's rules",
    "mine.products": "by the list of products in the user's rules",
    "mine.places": "by the list of places in the user's rules",
    "entities.repeat": "by rule: a name of the article that stands elsewhere too",
}


def explain(doc: Doc) -> Mapping[int, tuple[Step, ...]]:
    """The steps to each name of a document, by the offset at which it starts."""
    by_token = {token.i: entity for entity in doc.ents for token in entity}
    return {
        span.start_char: tuple(_steps(span, [by_token[t.i] for t in span if t.i in by_token], bool(doc.ents)))
        for span in group(doc, "entities")
    }


def dropped(doc: Doc) -> Iterator[Span]:
    """The names of the model that no name of the document touches: the rules have dropped them."""
    taken = {token.i for span in group(doc, "entities") for token in span}
    for entity in doc.ents:
        if entity.label_ in LABELS and taken.isdisjoint(range(entity.start, entity.end)):
            yield entity


def _steps(span: Span, by_model: Sequence[Span], has_model: bool) -> Iterator[Step]:
    other = "by a pattern of the user's rules" if span.id_.startswith(OWN) else "by rule"
    yield Step("found", span.id_, _BY.get(span.id_, other))
    entry = load().lookup(span.text)
    if entry is not None:
        country = f" of {entry.country}" if entry.country else ""
        yield Step("list", f"{entry.label} {entry.kind}{country}", "what the list of known names says of it")
    models = list(dict.fromkeys(by_model))
    if not models and has_model:
        yield Step("model", None, "does not mention it")
    for entity in models:
        same = (entity.start, entity.end) == (span.start, span.end)
        label = LABELS.get(entity.label_)
        value = f"{entity.text} ({entity.label_})"
        if label == span.label_:
            yield Step("model", value, "agrees" if same else "agrees on what it is; the rules set its ends")
        else:
            yield Step(
                "model", value, f"is overruled: it is {span.label_}, the rules or the rest of the article say"
            )
    yield Step("entity_id", span.kb_id_, "the same for all mentions of one thing")
