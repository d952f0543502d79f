"""What a pronoun, or a noun such as `the company`, refers to among the names of an article.

Acme said | its | profit rose               -> Acme, the subject of the clause above
Acme cut jobs. | The company's | sales fell -> Acme
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from extract.records import Entity
from extract.rules import syntax
from extract.rules.growth.kinds import word_group
from extract.rules.growth.names import COUNTRIES, Name, Names
from extract.rules.growth.owners import prepositions
from extract.rules.growth.sorts import OF_COUNTRIES, Sort, is_institution, listed
from extract.rules.growth.topic import Topic, is_company

PRONOUNS = word_group("antecedents_pronouns")
_INDEFINITE = word_group("antecedents_indefinite")
_OF_ONE = word_group("antecedents_of_one")
_OF_MANY = word_group("antecedents_of_many")
_NAMING = frozenset({"compound", "amod", "nmod", "poss", "appos", "nsubj", "attr"})
_UP = 6
_EARLY = 5  # words before the subject of a sentence that is not parsed


def stands_for(token: Token, names: Names, topic: Topic, sort: Sort) -> Entity | None:
    """What the head word of a noun phrase refers to: it is a name, a pronoun or a common noun.

    Args:
        token: The head word: the subject of a verb, or a possessor.
        names: The names of the article.
        topic: What the article is about.
        sort: Whose figures the figure is one of: a company's, a country's, either or neither.
    """
    name = names.at(token.i)
    if name is not None:
        return name.entity
    if token.lower_ in PRONOUNS:
        return _of_pronoun(token, names, topic, sort)
    return _of_common_noun(token, names, topic)


def _of_common_noun(token: Token, names: Names, topic: Topic) -> Entity | None:
    """What `the country`, `the company` or `the unit` refers to."""
    word, named = token.lower_, _named_beside(token, names)
    if word in listed("nouns", "country"):
        if named is not None and named.label in COUNTRIES:
            return named
        return topic.country if is_definite(token) else None
    if word in listed("nouns", "company"):
        return _of_company_noun(token, names, topic, named)
    if word in listed("nouns", "part") and named is not None and named.label == "ORG":
        return named
    return None


def _of_company_noun(token: Token, names: Names, topic: Topic, named: Entity | None) -> Entity | None:
    """What `the company` or `the bank` refers to."""
    if named is not None and named.label == "ORG":
        return named
    bank = topic.bank if token.lower_ == "bank" and topic.company is None and is_definite(token) else None
    return bank or _company_before(token, names, topic)


def _named_beside(token: Token, names: Names) -> Entity | None:
    """`the German economy`, `carmaker Renault`, `Acme's retail unit`: the name in the noun's own phrase."""
    for child in token.children:
        if child.dep_ in _NAMING and (name := names.at(child.i)) is not None:
            return name.entity
    return None


def is_definite(token: Token) -> bool:
    """A noun with `the`, `this` or no article, as in a headline; `a country` refers to no name."""
    return not any(child.lower_ in _INDEFINITE for child in token.children)


def _company_before(token: Token, names: Names, topic: Topic) -> Entity | None:
    """`the company`: the one before it in the sentence, else in the previous sentence; else the topic."""
    if not is_definite(token):
        return None
    for first, last in (b for b in (names.ahead(token.i), names.sentence_before(token.i)) if b is not None):
        spoken_of = _subjects(names.within(first, last), names)
        found = {n.entity.entity_id: n.entity for n in spoken_of if is_company(n.entity)}
        if topic.company is not None and topic.company.entity_id in found:
            return topic.company
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return topic.company


def _of_pronoun(token: Token, names: Names, topic: Topic, sort: Sort) -> Entity | None:
    """The nearest suitable subject above; else the one suitable name before it, or one sentence back."""
    above = _subject_above(token, names, topic, sort)
    if above is not None:
        return above if fits(above, "either" if sort == "company" else sort) else None
    here = _fitting(_subjects(names.within(*names.ahead(token.i)), names), sort)
    if len(here) == 1:
        return here[0]
    before = names.sentence_before(token.i)
    if here or before is None or (token.lower_ not in _OF_ONE and sort == "none"):
        return None
    there = _fitting(_subjects(names.within(*before), names), sort)
    own = topic.company if sort == "company" else topic.country if sort in OF_COUNTRIES else None
    if own is not None and any(entity.entity_id == own.entity_id for entity in there):
        return own
    vague = sort == "none" and there[:1] and there[0].label != "ORG"  # `Brent and | its | counterpart`
    return there[0] if len(there) == 1 and not vague else None


def _subjects(mentions: tuple[Name, ...], names: Names) -> tuple[Name, ...]:
    """The names that are subjects: not objects, and not after a preposition, as in `the purchase of Acme`."""
    return tuple(name for name in mentions if _is_subject(name, names))


def _is_subject(name: Name, names: Names) -> bool:
    if names.doc[_before(name, names)].lower_ in prepositions():
        return False
    head = names.doc[name.end - 1]
    if syntax.is_parsed(head):
        return head.dep_ not in syntax.OBJECTS
    return names.place_in_sentence(name.start) <= _EARLY


def _before(name: Name, names: Names) -> int:
    """The word before a name and its article."""
    i = max(0, name.start - 1)
    while i > 0 and names.doc[i].lower_ in ("the", "a", "an"):
        i -= 1
    return i


def _subject_above(token: Token, names: Names, topic: Topic, sort: Sort) -> Entity | None:
    """The subject of a clause that contains the pronoun's: `Acme said that it ...`."""
    if not syntax.is_parsed(token):
        return None
    for verb in [above for above in token.ancestors if syntax.is_verb(above)][:_UP]:
        subject = syntax.subject_of(verb)
        if subject is None or subject.i >= token.i or subject.lower_ in PRONOUNS:
            continue
        entity = stands_for(subject, names, topic, sort)
        if entity is not None:
            several = token.lower_ in _OF_MANY and any(child.dep_ == "conj" for child in subject.children)
            return None if several else entity  # `Acme and Renault raised | their | prices`
    return None


def _fitting(mentions: Iterable[Name], sort: Sort) -> list[Entity]:
    """The entities that can have a figure of this sort, each once."""
    found = {n.entity.entity_id: n.entity for n in mentions if n.entity.label in ("ORG", "GPE")}
    return [entity for entity in found.values() if fits(entity, sort)]


def fits(entity: Entity, sort: Sort) -> bool:
    """Whether an entity can have a figure: a country has no company figures, an institution has neither."""
    if sort == "company":
        return entity.label == "ORG" and not is_institution(entity.name)
    if sort == "country":
        return entity.label in COUNTRIES
    if sort == "rate":
        return entity.label in (*COUNTRIES, "ORG")
    return entity.label in ("ORG", "GPE", "NORP", "FAC")
