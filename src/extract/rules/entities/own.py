"""What a user knows better: the names that they list, the spans of their rulers, and words that are no names.

`mine.organisations`   a name listed in a user's rules, named for its section
`mine.ruler`           a span of an `EntityRuler` or `SpanRuler` before the component
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.pipeline import EntityRuler, SpanRuler
from spacy.tokens import Doc

from extract.lexicons.own.files import words
from extract.lexicons.own.patterns import OWN
from extract.lexicons.scope import active, cached
from extract.rules.entities.evidence import LABELS
from extract.rules.entities.gazetteer import own_gazetteer
from extract.rules.entities.names import Name
from extract.rules.slots import Slotted, slotted
from extract.rules.words import text_of

RULER = f"{OWN}ruler"
_SECTIONS = {"ORG": "organisations", "PERSON": "people", "PRODUCT": "products", "GPE": "places"}


def with_own(doc: Doc, names: list[Name], nlp: Language | None) -> list[Name]:
    """The names of a document with those of a user in the place of what overlaps them."""
    own = [*ruled(doc, nlp), *_listed(doc, names), *_matched(doc)]
    stop = _stop_words()
    if not own and not stop:
        return names
    kept: list[Name] = []
    taken: set[int] = set()
    for name in own:
        if taken.isdisjoint(range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.start, name.end))
    others = (name for name in names if taken.isdisjoint(range(name.start, name.end)))
    return sorted([*kept, *(name for name in others if not _is_stopped(doc, name, stop))])


def _listed(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """The names that the user's rules list, the longest at each place, but for parts of longer ones."""
    gazetteer = own_gazetteer()
    if gazetteer is None:
        return
    around = {i: name for name in names for i in range(name.start, name.end)}
    for hit in gazetteer.find(text_of(doc)):
        span = doc.char_span(hit.start, hit.end)
        if span is not None:
            label = hit.entry.label
            name = Name(span.start, span.end, label, OWN + _SECTIONS[label])
            if not _is_part(name, around):
                yield name


def _is_part(name: Name, around: Mapping[int, Name]) -> bool:
    """A listed name is part of a longer one of its label: `Kestrel` of `Kestrel Airways Ltd`."""
    other = around.get(name.start)
    if other is None or other.label != name.label:
        return False
    return name.end <= other.end and other.end - other.start > name.end - name.start


@cached
def own_patterns() -> tuple[Slotted, ...]:
    """The patterns of a user."""
    return slotted("entity", numbers=False)


def _matched(doc: Doc) -> Iterator[Name]:
    """What the user's patterns match."""
    for pattern in own_patterns():
        for match in pattern.whole.finditer(text_of(doc)) if pattern.whole else ():
            span = doc.char_span(*match.span())
            if span is not None:
                yield Name(span.start, span.end, pattern.entry["label"], pattern.name)


def ruled(doc: Doc, nlp: Language | None) -> Iterator[Name]:
    """The spans of the rulers that precede the component in its pipeline."""
    for ruler in _rulers(nlp):
        for start, end, label in _spans(doc, ruler):
            if label in LABELS:
                yield Name(start, end, LABELS[label], RULER)


def _rulers(nlp: Language | None) -> Iterable[Any]:
    for _, component in nlp.pipeline if nlp is not None else ():
        if isinstance(component, EntityRuler | SpanRuler):
            yield component


def _spans(doc: Doc, ruler: Any) -> Iterator[tuple[int, int, str]]:
    """What a ruler wrote: a span ruler to its group, an entity ruler to `doc.ents`, among others' names."""
    if isinstance(ruler, SpanRuler) and ruler.key:
        yield from ((span.start, span.end, span.label_) for span in doc.spans.get(ruler.key, ()))
        return
    matched = {_place(match) for match in ruler.match(doc)}
    yield from ((span.start, span.end, span.label_) for span in doc.ents if (span.start, span.end) in matched)


def _place(match: Any) -> tuple[int, int]:
    """Where a match is: a span, or its number, start and end."""
    return (match[1], match[2]) if isinstance(match, tuple) else (match.start, match.end)


@cached
def _stop_words() -> frozenset[str]:
    lexicons = active()
    if lexicons is None:
        return frozenset()
    listed = (word for section in lexicons.sections("stop_words") for word in words(section.get("words")))
    codes = (code for section in lexicons.sections("currencies") for code in section if code.isupper())
    return frozenset(word.lower() for word in (*listed, *codes))


def _is_stopped(doc: Doc, name: Name, stop: frozenset[str]) -> bool:
    """The whole name, or each of its words, is a stop word of the user or the code of their currency."""
    if not stop:
        return False
    span = doc[name.start : name.end]
    return span.text.lower() in stop or all(token.lower_ in stop for token in span)
