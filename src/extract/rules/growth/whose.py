"""Whose a claim's metric is and the other side of its trade: the readings in their order.

Acme's profit rose 5 %                             -> by the metric's own phrase
Acme posted a 5 % rise in profit                   -> by the subject of the verb
Its profit rose 5 %; the company's profit          -> by what the words stand for
In Germany, inflation rose                         -> by the place of the sentence
China's exports rose 5 % while imports fell        -> by the claim before
Sales rose 5 % (a story about Acme's year)         -> by the topic of the article
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Span, Token

from extract.records import Entity, SubjectSource
from extract.rules import syntax
from extract.rules.growth import owners
from extract.rules.growth.antecedents import PRONOUNS, fits, stands_for
from extract.rules.growth.names import COUNTRIES, Name, Names, texts
from extract.rules.growth.owners import Phrase
from extract.rules.growth.sorts import Sort, listed
from extract.rules.growth.topic import Topic, is_company

_UP = 4  # verbs above a claim that may have its owner as subject


class Whose(NamedTuple):
    """The owner of a metric, where it was found, by which reading, and the other side."""

    subject: Entity | None = None
    source: SubjectSource | None = None
    by: str = ""
    partner: Entity | None = None


@dataclass(frozen=True)
class Asked:
    """A claim whose owner is looked for."""

    names: Names
    topic: Topic
    span: Span
    metric: Span
    cue: Token
    before: Before | None

    @cached_property
    def phrase(self) -> Phrase:
        """The metric's noun phrase."""
        return Phrase.of(self.names, self.metric)

    @cached_property
    def sort(self) -> Sort:
        """What the metric is a figure of."""
        return self.phrase.sort

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """The tokens of the claim's sentence."""
        return self.names.sentence(self.span.start)


class Before(NamedTuple):
    """The claim before, with its owner."""

    asked: Asked
    whose: Whose


Reading = Callable[[Asked], Entity | None]


def whose(asked: Asked) -> Whose:
    """The first owner that a reading gives, and the partner."""
    other = other_side(asked)
    for source, readings in (("stated", STATED), ("article", ARTICLE)):
        for read in readings:
            found = read(asked)
            if found is not None and (other is None or found.entity_id != other.entity_id):
                return Whose(asked.names.land(found), source, read.__name__, other)  # type: ignore[arg-type]
    return Whose(partner=other)


def by_phrase(asked: Asked) -> Entity | None:
    """Whom the metric's own phrase names: `German exports`, `revenue of Acme`."""
    found = owners.owner(asked.phrase)
    return found.entity if found else None


def by_word(asked: Asked) -> Entity | None:
    """What a possessor in the metric stands for: `its profit`, `the company's profit`, or the metric itself."""
    first = asked.phrase.parts[0]
    doc = asked.metric.doc
    words = [doc[i] for i in range(first.start, first.end)]
    for token, behind in zip(words, [*words[1:], None], strict=True):
        if token.lower_ in ("its", "their") or (
            behind is not None and behind.lower_ in ("'s", "’s") and asked.names.at(token.i) is None
        ):
            return stands_for(token, asked.names, asked.topic, asked.sort)
    return stands_for(words[-1], asked.names, asked.topic, asked.sort) if words and len(asked.phrase.parts) == 1 else None


def by_verb(asked: Asked) -> Entity | None:
    """The subject of what has the figure, or changes it: `Acme posted a 5 % rise in`, `Acme cut its`."""
    own = {t.i for t in asked.metric}
    for word in [asked.cue, *asked.cue.ancestors][: 3 * _UP]:
        if not syntax.is_verb(word):
            continue
        subject = syntax.subject_of(word)
        if subject is None or subject.i in own:
            continue
        changes = word.i == asked.cue.i
        if not changes and word.lower_ not in listed("having", "verbs"):
            return None
        found = stands_for(subject, asked.names, asked.topic, asked.sort)
        return found if found is not None and _has(found, word, asked) else None
    return None


def _has(entity: Entity, verb: Token, asked: Asked) -> bool:
    """The subject of a verb has the figure; one that only speaks of it does not."""
    if entity.label == "PERSON" or not listed("markets", "views").isdisjoint(asked.phrase.words):
        return False
    if entity.label == "ORG" and asked.sort == "country":
        return False
    if verb.lower_ in listed("speaking", "verbs"):
        return entity.label in COUNTRIES or (asked.sort == "company" and is_company(entity))
    return True


def by_place(asked: Asked) -> Entity | None:
    """The place of the sentence, for a figure of a country: `in Germany, inflation rose 5 %`."""
    if asked.sort not in ("country", "either"):
        return None
    start, end = asked.sentence
    found = {n.entity.entity_id: n for n in asked.names.within(start, end) if _is_place(n, asked)}
    return next(iter(found.values())).entity if len(found) == 1 else None


def _is_place(name: Name, asked: Asked) -> bool:
    doc = asked.names.doc
    before = name.start - 1
    if before >= 0 and doc[before].lower_ == "the":
        before -= 1
    return name.entity.label == "GPE" and before >= 0 and doc[before].lower_ == "in"


def by_claim_before(asked: Asked) -> Entity | None:
    """The owner of the claim before it in the sentence, where theirs are figures of one sort."""
    before = asked.before
    if before is None or before.asked.sentence != asked.sentence or not _goes_on(asked, before):
        return None
    return before.whose.subject


def _goes_on(asked: Asked, before: Before) -> bool:
    """Nothing between two claims speaks of another owner."""
    subject = before.whose.subject
    if subject is None:
        return False
    if asked.metric.start == before.asked.metric.start:
        return True
    alike = asked.sort == before.asked.sort or "either" in (asked.sort, before.asked.sort)
    between = asked.names.within(before.asked.span.end, asked.span.end)
    others = [n for n in between if n.entity.entity_id != subject.entity_id and fits(n.entity, asked.sort)]
    return alike and asked.sort != "none" and not others and fits(subject, asked.sort)


def by_sentence_before(asked: Asked) -> Entity | None:
    """The owner of the claim in the sentence before: `America West reported ... | Revenue rose 21 %`."""
    before = asked.before
    if before is None or asked.names.sentence_before(asked.span.start) != before.asked.sentence:
        return None
    subject = before.whose.subject
    return subject if subject and _goes_on(asked, before) and not _others(asked, subject) else None


def by_topic(asked: Asked) -> Entity | None:
    """The article's company for a company's figure, its country for a country's; no other may be near."""
    topic, sort = asked.topic, asked.sort
    company = topic.company if sort in ("company", "either") else None
    country = topic.country if sort in ("country", "either") else None
    own = company or country
    if own is None or (company and country) or _others(asked, own):
        return None
    before = asked.before.whose.subject if asked.before else None
    if before is not None and before.entity_id != own.entity_id and fits(before, sort):
        return None
    return own


def _others(asked: Asked, own: Entity) -> bool:
    """The sentence names another of its kind, that might have the figure."""
    named = (n.entity for n in asked.names.within(*asked.sentence) if n.entity.entity_id != own.entity_id)
    if own.label == "ORG":
        return any(is_company(entity) for entity in named)
    return any(entity.label in COUNTRIES and entity.country != own.country for entity in named)


STATED: tuple[Reading, ...] = (by_phrase, by_word, by_verb, by_place, by_claim_before)
ARTICLE: tuple[Reading, ...] = (by_sentence_before, by_topic)


def other_side(asked: Asked) -> Entity | None:
    """The partner in the metric's phrase, or beside the claim: `exports rose 5 % to Japan`."""
    found = owners.partner(asked.phrase) or _partner_beside(asked)
    return found.entity if found else None


def _partner_beside(asked: Asked) -> Name | None:
    """`exports rose 5 % | to Japan |`, `exports to Egypt fell 2 %, | to Oman | 4 %`: between claims or behind."""
    led = owners.leading(asked.phrase)
    start, end = asked.sentence
    if asked.before is not None and asked.before.asked.sentence == asked.sentence:
        start = asked.before.asked.span.end
    for first, last in ((start, asked.span.start), (asked.span.end, end)):
        for name in asked.names.within(first, last):
            word = _preposition(name, asked)
            if word in led and name.entity.label in (*COUNTRIES, "LOC"):
                return name
            if last == end:
                return None
    return None


def _preposition(name: Name, asked: Asked) -> str:
    """The word that leads to a name, with no mark or verb between it and the claim."""
    doc = asked.names.doc
    i = name.start - 1
    while i > 0 and (doc[i].lower_ in ("the", "both") or doc[i].tag_ == "JJ"):
        i -= 1
    between = doc[asked.span.end : i] if i > asked.span.end else doc[name.end : asked.span.start]
    return "" if any(t.is_punct or syntax.is_verb(t) for t in between) else doc[i].lower_
