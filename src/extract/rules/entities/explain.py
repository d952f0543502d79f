"""What found a name: the model, a list or a rule, and what it overruled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from extract.lexicons.own.patterns import OWN
from extract.lexicons.patterns import entries
from extract.rules.entities.evidence import LABELS
from extract.rules.entities.gazetteer import load
from extract.rules.spans import group
from extract.rules.steps import Step

_BY_OWN = {
    "mine.ruler": "by a ruler of the pipeline",
    "mine.organisations": "by the list of organisations in the user's rules",
    "mine.people": "by the list of people in the user's rules",
    "mine.products": "by the list of products in the user's rules",
    "mine.places": "by the list of places in the user's rules",
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


def _how(rule: str) -> str:
    """What found a name, in words."""
    if rule.startswith(OWN):
        return _BY_OWN.get(rule, "by a pattern of the user's rules")
    meanings = {entry.rule: entry.options["meaning"] for entry in entries("entity") if not entry.is_own}
    return str(meanings.get(rule, "by rule"))


def _steps(span: Span, by_model: Sequence[Span], has_model: bool) -> Iterator[Step]:
    yield Step("found", span.id_, _how(span.id_))
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
