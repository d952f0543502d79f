"""The metric of a claim by syntax: the noun phrase that its word of change refers to.

Prices in the north | have | risen 5 %       -> Prices in the north   (subject of the verb)
managed to boost by 72 % | the price of ore  -> the price of ore      (object of the verb)
posted a 5 % rise in | sales                 -> sales                 (what the noun is of)

Uses spaCy's own attributes (`head`, `dep_`, `tag_`) in sentences with a tree; finds nothing in others.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.rules.growth.claim import Claim
from extract.rules.growth.kinds import kinds
from extract.rules.growth.phrases import OWNERS, Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.syntax import tree as syntax

_LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "det", "npadvmod"})
_PRONOUNS = frozenset({"PRP", "WDT", "WP", "DT", "EX"})
_UP = 6  # steps up the tree in the search for a verb
_FINITE = frozenset({"VB", "VBD", "VBP", "VBZ", "MD"})
_NO_NOUNS = ("VB", "RB", "RP", "JJ", "IN", "MD", "TO", "W")
_SURE = 0.5  # below this probability of the head of the word of change, the tree is not used
_BY_SYNTAX = frozenset({"verb", "clause", "level"})


def by_syntax(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Give the claims their metrics by syntax, if the pattern's walk did not end at a noun."""
    for claim in found:
        if claim.metric_by in _BY_SYNTAX and _is_doubtful(sentence, claim):
            told = metric_of(sentence, claim)
            if told is not None and not told[0] <= claim.cue <= told[1]:
                claim.metric, claim.metric_by = told, "syntax"
    return found


def _is_doubtful(sentence: Sentence, claim: Claim) -> bool:
    """No phrase was found, or one that is not a subject: `this week managed`, `by the government`."""
    if claim.metric is None:
        return claim.metric_by == "verb"
    first, last = claim.metric
    items = sentence.items[first : last + 1]
    before = sentence.codes[:first].rstrip(kinds("article determiner modifier"))
    agent = claim.metric_by == "verb" and last < claim.cue and before.endswith(kinds("by"))
    verbal = any(item.tag in _FINITE and not item.named for item in items)
    return agent or verbal or items[-1].tag.startswith(_NO_NOUNS)


def metric_of(sentence: Sentence, claim: Claim) -> Bounds | None:
    """The noun phrase that the claim's cue refers to, as items; None if the tree does not give it."""
    head = _measured(sentence, claim)
    if head is None or head.tag_ in _PRONOUNS or _is_in(sentence, head, "time"):
        return None
    return _phrase(sentence, claim, head)


def _measured(sentence: Sentence, claim: Claim) -> Token | None:
    item = sentence.items[claim.cue]
    token = sentence.doc[item.end - 1]
    if syntax.chance(token) < _SURE:
        return None
    if claim.metric_by == "level" and claim.to is not None:
        return _of_level(sentence, claim.to)
    if item.code == kinds("change_noun"):
        return _of_noun(sentence, token)
    if item.code in kinds("change_verb factor_verb reach_verb swing_verb stock_verb"):
        return _of_verb(sentence, token)
    if item.code in kinds("direction unchanged"):
        return _of_adverb(sentence, token)
    return None


def _of_verb(sentence: Sentence, verb: Token) -> Token | None:
    """The object of the verb, unless that is the size itself; else its subject."""
    objects = (child for child in verb.children if child.dep_ in ("dobj", "nsubjpass"))
    return next(
        (child for child in objects if not _is_in(sentence, child, "size time")), None
    ) or syntax.subject_of(verb)


def _of_noun(sentence: Sentence, noun: Token) -> Token | None:
    """`GDP growth`, `a rise in sales`; else the subject of the verb that the noun belongs to."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for"):
            for inner in child.children:
                if inner.dep_ == "pobj" and not _is_in(sentence, inner, "size time"):
                    return inner
    compounds = [child for child in noun.lefts if child.dep_ in ("compound", "poss", "nmod")]
    named = [child for child in compounds if not _is_in(sentence, child, "size time")]
    if named:
        return named[-1]
    verb = noun.head
    for _ in range(_UP):
        if verb.dep_ != "prep" and not verb.tag_.startswith("NN"):
            break
        verb = verb.head
    return syntax.subject_of(verb) if verb.tag_.startswith(("VB", "MD")) and verb is not noun else None


def _of_adverb(sentence: Sentence, adverb: Token) -> Token | None:
    """The subject of `up` or `higher`."""
    head = adverb.head
    if head.tag_.startswith(("VB", "MD")):
        return _of_verb(sentence, head)
    named = head.dep_ in ("pobj", "npadvmod", "nsubj") and not _is_in(sentence, head, "size")
    return head if named else None


def _of_level(sentence: Sentence, level: int) -> Token | None:
    """The subject of the verb whose object a level is: `social affairs will receive 85 billion`."""
    verb = syntax.attached_to(sentence.span(level, level).root)
    return syntax.subject_of(verb) if verb is not None and syntax.is_verb(verb) else None


def _is_in(sentence: Sentence, token: Token, names: str) -> bool:
    """The token is in an item of one of the kinds."""
    return any(item.start <= token.i < item.end and item.code in kinds(names) for item in sentence.items)


def _phrase(sentence: Sentence, claim: Claim, head: Token) -> Bounds | None:
    """The noun phrase of a head: modifiers and what prepositions join to it, without times and clauses."""
    own = {k for i in claim.amounts for k in range(sentence.items[i].start, sentence.items[i].end)}
    tokens = {head.i, *_left(head), *_right(sentence, own, head)}
    first, last = min(tokens), max(tokens)
    items = [i for i, item in enumerate(sentence.items) if item.start <= last and item.end > first]
    if not items:
        return None
    end = items[-1]
    if sentence.items[end + 1 : end + 2] and sentence.items[end + 1].word.startswith(("before ", "after ")):
        end += 1  # profit | before tax
    return _without_article(sentence, items[0], end)


def _left(head: Token) -> Iterator[int]:
    for child in head.lefts:
        if child.dep_ in _LEFT:
            yield from range(child.left_edge.i, child.right_edge.i + 1)


def _right(sentence: Sentence, own: set[int], head: Token) -> Iterator[int]:
    """What follows the head and belongs to it; `own` are the tokens of the claim's amounts, which do not."""
    for child in head.rights:
        if child.dep_ == "prep":
            inner = [t for t in child.children if t.dep_ in ("pobj", "pcomp")]
            if any(_is_in(sentence, t, "time") or t.i in own for t in inner):
                continue
            yield child.i
        elif (child.dep_ == "conj" and child.tag_.startswith("NN")) or (
            child.dep_ == "appos" and child.left_edge.i == head.i + 1
        ):
            inner = [child]
        else:
            continue
        for token in inner:
            yield token.i
            yield from _left(token)
            yield from _right(sentence, own, token)


def _without_article(sentence: Sentence, first: int, last: int) -> Bounds:
    while first < last and sentence.codes[first] in kinds("article determiner modifier quote comma"):
        if sentence.items[first].word in OWNERS:
            break
        first += 1
    return first, last
