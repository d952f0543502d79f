"""Relations in a parsed sentence: subjects, objects, phrases, and the clauses above a word.

Pure functions over tokens with spaCy's `head`, `dep_` and `tag_` in the ClearNLP labels of spaCy's English
pipelines (`nsubj`, `dobj`, `pobj` ...). For a token that is not parsed they return None, or an empty list.

>>> rose = doc[3]  # `Exports to Japan rose 5 %`
>>> subject_of(rose), noun_phrase(subject_of(rose))
(Exports, (0, 3))
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

CHANCES = "extract.chances"  # key of `doc.user_data`: per token the probability of its head
UNPARSED = "unparsed"  # label of the first token of a sentence without a tree, where another has one
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "obj"})
PREPOSITIONS = frozenset(
    {"of", "in", "to", "for", "from", "on", "at", "per", "between", "among", "with", "by", "under", "within"}
)
_ARTICLES = frozenset({"a", "an", "the"})
_RELATIVES = frozenset({"which", "that", "who", "whom"})
_PREDICATES = frozenset({"acomp", "advmod", "attr", "oprd", "prt"})
_PARTS = frozenset(
    {"nummod", "quantmod", "nmod", "compound", "amod", "det", "poss", "case", "punct", "predet"}
)
_NOT_OWN = frozenset({"relcl", "appos", "punct", "cc", "conj", "preconj", "parataxis", "advcl"})
_DEEP = 12  # steps after which a search ends, more than in real sentences


class Clause(NamedTuple):
    """A clause around a word.

    Attributes:
        verb: Its verb, or else its head (in a headline without a verb).
        relation: How it depends on the next clause: `ccomp`, `advcl`, `relcl` ...; `ROOT` for the last.
        mark: The word that opens it, in lower case: `if`, `that`, `as`, `after`; empty without one.
        modal: The modal of its verb, in lower case: `will`, `could`, `to` of an infinitive; or empty.
        negated: It has `not`, `n't` or `never`.
    """

    verb: Token
    relation: str
    mark: str
    modal: str
    negated: bool


def is_parsed(token: Token) -> bool:
    """The token's sentence has a tree."""
    return token.dep_ not in ("", UNPARSED)


def chance(token: Token) -> float:
    """The parser's probability of the token's head, from 0 to 1: 0 without a tree, 1 for another's tree."""
    chances = token.doc.user_data.get(CHANCES)
    if not is_parsed(token):
        return 0.0
    return float(chances[token.i]) or 1.0 if chances else 1.0


def is_verb(token: Token) -> bool:
    """The token is tagged as a verb, a modal or an auxiliary."""
    return token.tag_[:1] == "V" or token.tag_ == "MD"


def is_passive(verb: Token) -> bool:
    """The verb is a passive: `was cut`, `driven by`."""
    return any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children) or (
        verb.dep_ == "acl" and verb.tag_ == "VBN"
    )


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token; None where there is none."""
    return next((above for above in token.ancestors if is_verb(above)), None)


def subject_of(verb: Token) -> Token | None:
    """The head word of the subject of a verb, or of a predicate such as `up` in `were up 5 %`.

    For a passive it is the grammatical subject. A relative pronoun gives its antecedent; a verb without
    a subject of its own shares that of the verb that it is joined to or controlled by.

    Returns:
        None if the sentence has none, or is not parsed.
    """
    return _subject(verb, _DEEP)


def _subject(verb: Token, deep: int) -> Token | None:
    if not deep or not is_parsed(verb):
        return None
    own = next((child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)
    if own is not None:
        return _antecedent(own, verb)
    relation, head = verb.dep_, verb.head
    if _is_of_predicate(verb):
        return _subject(head, deep - 1)
    if relation == "acl":
        return _subject_of_participle(verb, deep)
    if relation == "relcl":
        return head
    if relation == "pcomp":
        above = head.head
        return _subject(above, deep - 1) if is_verb(above) else None
    if relation in ("conj", "xcomp", "advcl", "ccomp", "dep") and is_verb(head):
        return _controlling_subject(verb, deep)
    return None


def _controlling_subject(verb: Token, deep: int) -> Token | None:
    """The subject of a verb that takes it from its head: the object that controls it, or the head's."""
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VB", "VBG", "VBN"):
        return None
    controller = _object_in_control(verb) if verb.dep_ in ("xcomp", "ccomp") else None
    return controller if controller is not None else _subject(verb.head, deep - 1)


def _is_of_predicate(verb: Token) -> bool:
    """An auxiliary, or a verb that is part of the predicate of its head."""
    return verb.dep_ in ("aux", "auxpass") or (verb.dep_ in _PREDICATES and is_verb(verb.head))


def _subject_of_participle(verb: Token, deep: int) -> Token | None:
    """`sales rising 5 %`: the noun; `its plan to cut jobs`: the owner of the plan, or its subject."""
    noun = verb.head
    if not any(child.tag_ == "TO" for child in verb.children):
        return noun
    owner = possessor_of(noun)
    above = governing_verb(noun)
    return owner if owner is not None or above is None else _subject(above, deep - 1)


def _object_in_control(verb: Token) -> Token | None:
    """`forced the bank to cut`: the bank."""
    return next((c for c in verb.head.children if c.dep_ in OBJECTS and c.i < verb.i), None)


def _antecedent(word: Token, verb: Token) -> Token:
    """What a relative pronoun refers to; any other word itself."""
    clause = verb
    for _ in range(_DEEP):  # `which fell and then rose`: the relative clause is that of the first verb
        if clause.dep_ != "conj":
            break
        clause = clause.head
    if word.lower_ in _RELATIVES and clause.dep_ == "relcl":
        return clause.head
    return word


def object_of(verb: Token) -> Token | None:
    """The head word of the object of a verb, or of the subject of a passive.

    A relative pronoun gives its antecedent; `cut and then raised its forecast`: both have the forecast.
    """
    if not is_parsed(verb):
        return None
    own = next((child for child in verb.children if child.dep_ in OBJECTS), None)
    if own is not None:
        return _antecedent(own, verb)
    if is_passive(verb):
        return subject_of(verb)
    joined = next((child for child in verb.children if child.dep_ == "conj" and is_verb(child)), None)
    if joined is None or joined.i - verb.i > 4 or any(c.dep_ in SUBJECTS for c in joined.children):
        return None
    return next((child for child in joined.children if child.dep_ in OBJECTS), None)


def complement_of(word: Token, *prepositions: str) -> Token | None:
    """The head word of the phrase that a preposition joins to a word: `prices` in `a rise in prices`.

    Args:
        word: A noun, a verb or an adjective.
        prepositions: In lower case, the preferred one first.
    """
    for wanted in prepositions:
        for child in word.children:
            if child.dep_ in ("prep", "agent") and child.lower_ == wanted:
                found = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
                if found is not None:
                    return found
    return None


def possessor_of(noun: Token) -> Token | None:
    """The possessor by an `'s` or a pronoun: `Japan` in `Japan's exports`, `its`."""
    return next((child for child in noun.children if child.dep_ == "poss"), None)


def noun_phrase(token: Token, prepositions: frozenset[str] = PREPOSITIONS) -> tuple[int, int]:
    """The noun phrase of a head word, as token indices in the document, the end exclusive.

    Its own modifiers, without a leading article, and the phrases of `prepositions` that follow it closely;
    without clauses, appositions and what is joined by `and`.
    """
    start = token.i
    if is_parsed(token):
        left = [
            c for c in token.lefts if c.dep_ not in _NOT_OWN and c.dep_ not in ("advmod", "mark", "nsubj")
        ]
        start = min((child.left_edge.i for child in left), default=start)
    while start < token.i and (token.doc[start].lower_ in _ARTICLES or token.doc[start].is_punct):
        start += 1
    return start, _phrase_end(token, prepositions, _DEEP)


def _phrase_end(token: Token, prepositions: frozenset[str], deep: int) -> int:
    end = token.i + 1
    if not is_parsed(token) or not deep:
        return end
    for child in token.rights:
        if child.dep_ in ("case", "nummod", "compound") and child.i == end:
            end = child.i + 1
        elif child.dep_ == "prep" and child.lower_ in prepositions and child.i == end:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is None:
                break
            end = _phrase_end(inner, prepositions, deep - 1)
        else:
            break
    return end


def attached_to(token: Token) -> Token | None:
    """The word that the phrase of a token modifies; prepositions are passed over.

    `by` and `5` and `%` of `rose by 5 %` give `rose`; `Japan` of `exports to Japan` gives `exports`.
    """
    word = token
    for _ in range(_DEEP):
        if word.dep_ == "ROOT" or not is_parsed(word):
            return None
        inside = word.dep_ in _PARTS and not is_verb(word)
        word = word.head
        if not inside and word.dep_ not in ("prep", "agent", "dative") and word.tag_ != "IN":
            return word
    return None


def chain_up(token: Token) -> list[Clause]:
    """The clauses around a word, the innermost first.

    It shows what governs a claim: `said` above a `ccomp`, `expects` above an `xcomp`, a clause with
    the mark `if`, a modal, a negation.
    """
    return list(_clauses(token)) if is_parsed(token) else []


def _clauses(token: Token) -> Iterator[Clause]:
    word = token
    for _ in range(_DEEP):
        while not (is_verb(word) and word.dep_ not in ("aux", "auxpass", "amod", "compound")):
            if word.dep_ == "ROOT" or word.head.i == word.i:
                break
            word = word.head
        yield Clause(word, word.dep_, _mark(word), _modal(word), _negated(word))
        if word.dep_ == "ROOT" or word.head.i == word.i:
            return
        word = word.head


def _mark(verb: Token) -> str:
    """The word that opens the clause of a verb."""
    opening = next((c for c in verb.children if c.dep_ == "mark" or c.tag_ == "WRB"), None)
    if opening is None and verb.dep_ == "pcomp":
        opening = verb.head
    return opening.lower_ if opening is not None else ""


def _modal(verb: Token) -> str:
    """`will`, `could`, `to`; a verb joined to another without a subject of its own shares that one's."""
    for _ in range(_DEEP):
        own = next((c for c in verb.children if c.tag_ in ("MD", "TO") and c.dep_ == "aux"), None)
        if own is not None:
            return own.lower_
        if not _shares(verb):
            return ""
        verb = verb.head
    return ""


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def _shares(verb: Token) -> bool:
    """The verb is joined to one before it, and shares its subject and modal."""
    if verb.dep_ != "conj" or not is_verb(verb.head):
        return False
    return verb.tag_ == "VB" and not any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in verb.children)
