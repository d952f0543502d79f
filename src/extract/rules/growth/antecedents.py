"""What a pronoun, or a noun such as `the company`, stands for among the names of an article.

Acme said | its | profit rose               -> Acme, the subject of the clause above
Acme cut jobs. | The company's | sales fell -> Acme
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from extract.records import Entity
from extract.rules import syntax
from extract.rules.growth.names import Name, Names
from extract.rules.growth.sorts import Sort, is_institution, listed
from extract.rules.growth.topic import Topic, is_company

PRONOUNS = frozenset({"it", "its", "they", "their"})
_OF_ONE = frozenset({"it", "its"})
_NAMING = frozenset({"compound", "amod", "nmod", "poss", "appos", "nsubj", "attr"})
_UP = 6


def stands_for(token: Token, names: Names, topic: Topic, sort: Sort) -> Entity | None:
    """What the head word of a noun phrase stands for: itself a name, or a pronoun or noun for one.

    Args:
        token: The head word: the subject of a verb, or a possessor.
        names: The names of the article.
        topic: What the article is about.
        sort: What the figure that it has is a figure of.
    """
    name = names.at(token.i)
    if name is not None:
        return _full(name, token, names)
    word = token.lower_
    if word in PRONOUNS:
        return _of_pronoun(token, names, topic, sort)
    named = _named_beside(token, names)
    if word in listed("nouns", "country"):
        return named if named is not None and named.label in ("GPE", "NORP") else _bare(token, topic.country)
    if word in listed("nouns", "company"):
        if named is not None and named.label == "ORG":
            return named
        return _company_before(token, names, topic)
    if word in listed("nouns", "part") and named is not None and named.label == "ORG":
        return named
    return None


def _full(name: Name, token: Token, names: Names) -> Entity | None:
    """The name that a phrase with this head is: `Japan's Nippon Steel`; no place as part of other words."""
    return name.entity if name.entity.label != "PERSON" or token.dep_ != "compound" else None


def _named_beside(token: Token, names: Names) -> Entity | None:
    """`the German economy`, `carmaker Renault`, `Acme's retail unit`: the name in the noun's own phrase."""
    for child in token.children:
        if child.dep_ in _NAMING and (name := names.at(child.i)) is not None:
            return name.entity
    return None


def _bare(token: Token, entity: Entity | None) -> Entity | None:
    """A noun with `the` or `this`, or none, as in a headline, means the topic; `a country` means none."""
    return None if any(c.lower_ in ("a", "an", "another", "each", "every") for c in token.children) else entity


def _company_before(token: Token, names: Names, topic: Topic) -> Entity | None:
    """`the company`: the one company of the sentence before it, else of the sentence before, else the topic."""
    if _bare(token, topic.company or _ANY) is None:
        return None
    start, _ = names.sentence(token.i)
    for first, last in (b for b in ((start, token.i), names.sentence_before(token.i)) if b is not None):
        found = {n.entity.entity_id: n.entity for n in names.within(first, last) if is_company(n.entity)}
        if topic.company is not None and topic.company.entity_id in found:
            return topic.company
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return topic.company


_ANY = object()


def _of_pronoun(token: Token, names: Names, topic: Topic, sort: Sort) -> Entity | None:
    """The nearest subject above that fits, else the one fitting name before it, here or in the sentence before."""
    start, _ = names.sentence(token.i)
    above = _subject_above(token, names, topic, sort)
    if above is not None:
        return above
    here = _fitting(names.within(start, token.i), sort)
    if len(here) == 1:
        return here[0]
    before = names.sentence_before(token.i)
    if here or before is None:
        return None
    there = _fitting(names.within(*before), sort)
    own = topic.company if sort == "company" else topic.country if sort == "country" else None
    if own is not None and any(entity.entity_id == own.entity_id for entity in there):
        return own
    return there[0] if len(there) == 1 else None


def _subject_above(token: Token, names: Names, topic: Topic, sort: Sort) -> Entity | None:
    """Whom the clauses around a pronoun are about: `Acme said that it ...`."""
    if not syntax.is_parsed(token):
        return None
    for verb in [above for above in token.ancestors if syntax.is_verb(above)][:_UP]:
        subject = syntax.subject_of(verb)
        if subject is None or subject.i >= token.i or subject.lower_ in PRONOUNS:
            continue
        entity = stands_for(subject, names, topic, sort)
        if entity is not None and fits(entity, sort):
            return entity
    return None


def _fitting(mentions: Iterable[Name], sort: Sort) -> list[Entity]:
    """The things named that may have a figure, each once."""
    found = {n.entity.entity_id: n.entity for n in mentions if n.entity.label in ("ORG", "GPE")}
    return [entity for entity in found.values() if fits(entity, sort)]


def fits(entity: Entity, sort: Sort) -> bool:
    """A thing may have a figure: a company's is no country's, and an institution has none of either."""
    if sort == "company":
        return entity.label == "ORG" and not is_institution(entity.name)
    if sort == "country":
        return entity.label in ("GPE", "NORP")
    return entity.label in ("ORG", "GPE", "NORP", "FAC")
