"""Whom the subject of a word of saying refers to.

Ana Costa; its chief economist, Ana Costa; governor Ana Costa   -> the person
a Renault spokesman; Renault's analysts; a Renault report       -> the organisation
she, he                                                         -> the person last mentioned
it, the agency, the bank                                        -> the organisation last mentioned
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from extract.records import Entity
from extract.rules.growth.antecedents import is_definite
from extract.rules.growth.asked import Asked
from extract.rules.growth.kinds import word_group
from extract.rules.growth.names import Name, Names
from extract.rules.growth.owners import prepositions
from extract.rules.growth.sayings import is_saying, words
from extract.rules.growth.sorts import listed

_SPEAKERS = frozenset({"PERSON", "ORG", "GPE"})
_OF_PERSON = word_group("says_of_person")
_OF_BODY = word_group("says_of_body")
_OWN = word_group("asked_possessives")
_NAMING = frozenset({"compound", "nmod", "amod", "poss"})
_LINKS = word_group("says_links")
_BACK = 3  # sentences back in which a person or body is looked for
_FAR = 10  # words between a word of saying and the speaker: `said the bank's chief economist for Asia, X`
_KNOWN = 2000  # words back in which the body that a noun refers to may be named; a limit for very long lists
_ASIDE = 20  # words of an aside: `X, chief economist of Y, said`
_ADVERBS = frozenset({"RB", "MD", "VBD", "VBZ"})


def who(head: Token, asked: Asked) -> Entity | None:
    """The speaker that a noun phrase names or refers to.

    Args:
        head: The head word of the phrase.
        asked: The claim that is stated.
    """
    names = asked.names
    beside = [child for child in head.children if child.dep_ == "appos"]
    person = next((e for e in _named((head, *beside), names) if e.label == "PERSON"), None)
    if person is not None:
        return person
    name = next((n for token in (head, *beside) if (n := names.at(token.i)) is not None), None)
    if name is not None:
        return name.entity if name.entity.label in _SPEAKERS else None
    word = head.lower_
    if word in _OF_PERSON:
        return person_before(head.i, asked)
    if word in _OF_BODY:
        return body_before(head.i, asked)
    if word in words("staff") or word in words("showing", "reports"):
        return _of_staff(head, asked)
    if word in words("bodies") or word in listed("nouns", "part"):
        own = next((e for e in _named(_naming(head), names) if e.label == "ORG"), None)
        known = word in words("bodies") and is_definite(head)
        return own or (_known_as(word, head.i, asked) if known else None)
    return _by_role(word, head.i, asked)


def _named(tokens: Iterable[Token], names: Names) -> Iterator[Entity]:
    return (name.entity for token in tokens if (name := names.at(token.i)) is not None)


def _naming(head: Token) -> list[Token]:
    return [child for child in head.children if child.dep_ in _NAMING]


def _of_staff(head: Token, asked: Asked) -> Entity | None:
    """`a Renault spokesman`, `a spokesman for Renault`, `its economists`, `the ministry's report`."""
    before = _naming(head)
    linked = [c for child in head.children if child.lower_ in _LINKS for c in child.children]
    found = next((e for e in _named((*before, *linked), asked.names) if e.label == "ORG"), None)
    if found is not None:
        return found
    for token in before:
        if token.lower_ in _OWN:
            return body_before(token.i, asked)
        if token.lower_ in words("bodies"):
            return _known_as(token.lower_, token.i, asked)
    return None


def _by_role(word: str, place: int, asked: Asked) -> Entity | None:
    """`the minister said`: the one person mentioned who has the role."""
    start = max(0, place - _FAR * _FAR)
    named = {n.entity.entity_id: n.entity for n in asked.names.within(start, place)}
    having = [e for e in named.values() if e.label == "PERSON" and word in (e.role or "").lower().split()]
    return having[0] if len(having) == 1 else None


def _back(place: int, names: Names) -> Iterator[tuple[int, int]]:
    """The words of the sentence before a place, then the sentences before it."""
    yield names.ahead(place)
    for _ in range(_BACK):
        earlier = names.sentence_before(place)
        if earlier is None:
            return
        yield earlier
        place = earlier[0]


def person_before(place: int, asked: Asked) -> Entity | None:
    """Whom `he` or `she` refers to: the person in the nearest sentence with one; of two, the speaker."""
    for start, end in _back(place, asked.names):
        named = [n for n in asked.names.within(start, end) if n.entity.label == "PERSON"]
        if named:
            return _only(named) or _only([n for n in named if _speaks(n, asked.names)])
    return None


def body_before(place: int, asked: Asked) -> Entity | None:
    """What `it` refers to: the organisation in the nearest sentence with one; of two, the speaker."""
    last = asked.before.whose.speaker if asked.before else None
    for start, end in _back(place, asked.names):
        named = [n for n in asked.names.within(start, end) if n.entity.label == "ORG"]
        if last is not None and any(n.entity.entity_id == last.entity_id for n in named):
            return last
        if named:
            return _only(named) or _only([n for n in named if _speaks(n, asked.names)])
    return None


def _only(named: list[Name]) -> Entity | None:
    found = {n.entity.entity_id: n.entity for n in named}
    return next(iter(found.values())) if len(found) == 1 else None


def _speaks(name: Name, names: Names) -> bool:
    """There is a word of saying next to the name."""
    doc = names.doc
    around = (*doc[max(0, name.start - 3) : name.start], *doc[name.end : name.end + 3])
    return any(is_saying(token) for token in around)


def _known_as(word: str, place: int, asked: Asked) -> Entity | None:
    """`the agency`: the body with this word in its name; the article's company; the last one mentioned."""
    called = [
        n
        for n in asked.names.within(0, place)
        if n.entity.label == "ORG" and word in n.entity.name.lower().split()
    ]
    if called:
        found, own = _only(called), asked.topic.company
        clear = found is not None and (own is None or own.entity_id == found.entity_id)
        return found if clear else None  # `the bank` of an article on ABN Amro that names Deutsche Bank
    if word == "bank" and asked.topic.bank is not None and asked.topic.company is None:
        return asked.topic.bank
    return asked.topic.company or body_before(place, asked)


def adjacent(saying: Token, asked: Asked) -> Entity | None:
    """The name next to a word of saying, in a sentence without a tree: `X said`, `said X`."""
    return _before(saying, asked) or _behind(saying, asked)


def named_beside(saying: Token, asked: Asked) -> Entity | None:
    """The name that a word of saying follows: `estate agency X said`; not `a spokesman in X said`."""
    name = asked.names.at(saying.i - 1)
    if name is None or name.entity.label not in ("PERSON", "ORG"):
        return None
    return None if name.start and saying.doc[name.start - 1].lower_ in prepositions() else name.entity


def _before(saying: Token, asked: Asked) -> Entity | None:
    doc, i = saying.doc, saying.i - 1
    while i > 0 and doc[i].tag_ in _ADVERBS and asked.names.at(i) is None:
        i -= 1
    if i < 0:
        return None
    if doc[i].text == ",":
        opened = next((k for k in range(i - 1, max(0, i - _ASIDE), -1) if doc[k].text == ","), 0)
        name = asked.names.at(opened - 1) if opened else None
        return name.entity if name and name.entity.label == "PERSON" else None
    return _at(doc[i], asked)


def _at(token: Token, asked: Asked) -> Entity | None:
    name = asked.names.at(token.i)
    if name is not None:
        return name.entity if name.entity.label in _SPEAKERS else None
    if token.lower_ in _OF_PERSON:
        return person_before(token.i, asked)
    if token.lower_ in _OF_BODY:
        return body_before(token.i, asked)
    if token.lower_ in words("bodies") and token.i and token.nbor(-1).lower_ == "the":
        return _known_as(token.lower_, token.i, asked)
    return None


def _behind(saying: Token, asked: Asked) -> Entity | None:
    """The first person after an inverted verb of saying, else organisation, before the next verb or stop."""
    doc, first = saying.doc, None
    for i in range(saying.i + 1, min(len(doc), saying.i + _FAR)):
        if _ends_search(doc[i]):
            break
        name = asked.names.at(i)
        if i == saying.i + 1 and (doc[i].lower_ in _OF_PERSON or doc[i].lower_ in _OF_BODY):
            return _at(doc[i], asked)
        if name is not None and name.entity.label == "PERSON":
            return name.entity
        if name is not None and name.entity.label == "ORG":
            first = first or name.entity
    return first


def _ends_search(token: Token) -> bool:
    return token.text in '.;:"“' or is_saying(token) or token.lower_ == "that"
