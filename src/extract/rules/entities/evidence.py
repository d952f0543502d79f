"""What a statistical model finds, corrected where the rules know better.

A model is free with organisations. Where it reads one and the rules have a reason to read the same words as a
person or a place (a title, a given name, a head word, `in` before it), the rules decide; and they add the
countries and peoples that it does not mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import get_args

from spacy.tokens import Doc

from extract.records import EntityLabel
from extract.rules.entities import boundaries, consistency, names
from extract.rules.entities.forms import agree
from extract.rules.entities.gazetteer import load
from extract.rules.entities.heads import ordinary
from extract.rules.entities.names import Name
from extract.rules.entities.other_kinds import indices, weed
from extract.rules.entities.shapes import Trait, View, offices, titles

# Our labels, and those of other schemes that mean the same.
LABELS: Mapping[str, EntityLabel] = MappingProxyType(
    {label: label for label in get_args(EntityLabel)} | {"PER": "PERSON", "FACILITY": "FAC"}
)
_DECIDE = frozenset(["entities.title", "entities.given", "entities.head", "entities.place"])
_SURE = frozenset(["country", "people"])  # known names to be trusted where a model is silent


def reconcile_with_model(doc: Doc, seen: View) -> list[Name]:
    """The names of a document by its `doc.ents` and the rules; by the rules alone where there are none."""
    figures = indices(seen)
    by_rule = weed(seen, consistency.by_rule(seen), figures)
    by_model = weed(seen, names_of_model(doc, seen), figures)
    if not by_model:
        return agree(seen, by_rule)
    reconciled = _outermost(_decided(seen, by_model, by_rule, list(names.called_as_months(seen))))
    harmonized = consistency.harmonize_labels(seen, [*reconciled, *_silent(seen, reconciled)])
    return agree(seen, weed(seen, harmonized, figures))


def names_of_model(doc: Doc, seen: View) -> Iterator[Name]:
    """The entities of the model, as names alone: no article, title, quote or `'s`."""
    elsewhere = {entity.text for entity in doc.ents}
    for entity in doc.ents:
        label = LABELS.get(entity.label_)
        if label is None:
            continue
        for part in boundaries.split(seen, entity.start, entity.end, elsewhere):
            start, end = boundaries.trim(seen, *part, label)
            name = Name(start, end, label, "entities.model")
            if start < end and not _no_name(seen, start, end):
                yield name


def _no_name(seen: View, start: int, end: int) -> bool:
    """Titles and abbreviations alone, and ordinary words whose only capital is the sentence's."""
    words = seen.words[start:end]
    if all(word in titles() or word in ordinary() or not word[0].isalpha() for word in words):
        return True
    if " ".join(words) in offices():
        return True
    lower = seen.lower[start]
    plain = lower in seen.small or lower in load().common
    return len(words) == 1 and seen.opens[start] and plain and words[0] not in seen.inside


def _outermost(found: Iterable[Name]) -> list[Name]:
    """The names without those that begin inside another; of two that begin together the longer one."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _decided(seen: View, by_model: list[Name], by_rule: list[Name], sure: list[Name]) -> Iterator[Name]:
    """The model's names; an organisation gives way to a reason for another label or to a people."""
    yield from sure
    taken = {i for name in sure for i in range(name.start, name.end)}
    starts = {name.start: name for name in by_rule}
    heads = {name.end: name for name in by_rule if name.rule == "entities.head"}
    for name in by_model:
        if name.start not in taken and name.end - 1 not in taken:
            yield _better(seen, name, starts.get(name.start), heads.get(name.end))


def _better(seen: View, name: Name, other: Name | None, headed: Name | None) -> Name:
    """A name of the model, or what the rules make of it.

    Args:
        seen: The document.
        name: The name of the model.
        other: The name by rule that begins at the same token.
        headed: The one that a head word ends at the same token.
    """
    if headed and headed.start < name.start and seen.words[name.start - 1] == "-":
        return headed  # Kazakh-Bulgarian Council
    if headed and name.label == "PERSON":  # Tian An Insurance
        return name._replace(label=headed.label)
    if other and _is_longer_known(other, name):
        return other
    if name.label != "ORG":
        return name._replace(label="ORG", rule="entities.known") if _known_body(seen, name) else name
    return name if other is None else _of_organisation(name, other)


def _is_longer_known(other: Name, name: Name) -> bool:
    """`Boeing 767` is a known name, and goes on after that of the model."""
    return other.rule == "entities.known" and other.end > name.end and other.label != "NORP"


def _of_organisation(name: Name, other: Name) -> Name:
    """A name that the model reads as an organisation, or that of the rules where these have a reason."""
    if other.label == "ORG":
        return name
    if other.end == name.end:
        return other if other.rule in _DECIDE else name
    return other if other.label == "NORP" and other.end < name.end else name


def _known_body(seen: View, name: Name) -> bool:
    """The whole name is a known organisation's (`Facebook`), and the article does not use it of a person."""
    end, hit = seen.hits.get(name.start, (name.start, None))
    if hit is None or end != name.end or hit.entry.kind not in ("org", "acronym"):
        return False
    trait = seen.traits.get(seen.words[end - 1], 0)
    return name.label != "PERSON" or not trait & (Trait.TITLED | Trait.NAMED)


def _silent(seen: View, found: list[Name]) -> Iterator[Name]:
    """Countries and peoples that the model does not mention."""
    taken = {i for name in found for i in range(name.start, name.end)}
    for start, (end, hit) in seen.hits.items():
        if hit.entry.kind in _SURE and taken.isdisjoint(range(start, end)):
            yield Name(start, end, hit.entry.label, "entities.known")
