"""What the syntax says of a claim: the noun phrase that its word of change is said of.

Prices in the north | have | risen 5 %       -> Prices in the north   (subject of the verb)
managed to boost by 72 % | the price of ore  -> the price of ore      (object of the verb)
posted a 5 % rise in | sales                 -> sales                 (what the noun is of)

Reads spaCy's own attributes (`head`, `dep_`, `tag_`) of the sentences that have a tree; elsewhere it finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.rules.growth.claim import Claim
from extract.rules.growth.kinds import kinds
from extract.rules.growth.metric import OWNERS, Bounds
from extract.rules.growth.symbols import Sentence

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_RELATIVES = frozenset({"which", "that", "who"})
_SHARING = frozenset({"conj", "xcomp", "ccomp", "advcl", "aux", "auxpass", "acomp", "pcomp"})
_LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "det", "npadvmod"})
_PRONOUNS = frozenset({"PRP", "WDT", "WP", "DT", "EX"})
_UP = 6  # how far up the tree a subject is looked for
_BY_SYNTAX = frozenset({"verb", "clause"})


def by_syntax(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Give the claims the metrics that the syntax tells, where the pattern only walked to the next noun phrase."""
    for claim in found:
        if claim.metric_by in _BY_SYNTAX and not _is_clear(sentence, claim):
            told = metric_of(sentence, claim)
            if told is not None:
                claim.metric, claim.metric_by = told, "syntax"
    return found


def _is_clear(sentence: Sentence, claim: Claim) -> bool:
    """`its profits | slid`: right before the verb, from its owner on."""
    if claim.metric is None or sentence.items[claim.metric[0]].word not in OWNERS:
        return False
    return claim.cue - claim.metric[1] <= 2


def metric_of(sentence: Sentence, claim: Claim) -> Bounds | None:
    """The noun phrase that the claim's cue is said of, as items; None where the tree does not tell."""
    head = _measured(sentence, claim)
    return _phrase(sentence, claim, head) if head is not None and head.tag_ not in _PRONOUNS else None


def _measured(sentence: Sentence, claim: Claim) -> Token | None:
    item = sentence.items[claim.cue]
    token = sentence.doc[item.end - 1]
    if not token.dep_:
        return None
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
    return next((child for child in objects if not _is_in(sentence, child, "size time")), None) or subject(
        verb
    )


def subject(verb: Token) -> Token | None:
    """The subject of a verb, also where another verb has it: `is expected to rise`, `fell and then rose`."""
    for _ in range(_UP):
        own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if own is not None:
            return verb.head if own.lower_ in _RELATIVES and verb.dep_ == "relcl" else own
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ not in _SHARING or verb.head is verb:
            return None
        verb = verb.head.head if verb.head.dep_ == "prep" else verb.head
    return None


def _of_noun(sentence: Sentence, noun: Token) -> Token | None:
    """`GDP growth`, `a rise in sales`; else the subject of the verb that the noun goes with."""
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
    return subject(verb) if verb.tag_.startswith(("VB", "MD")) and verb is not noun else None


def _of_adverb(sentence: Sentence, adverb: Token) -> Token | None:
    """What is `up` or `higher`."""
    head = adverb.head
    if head.tag_.startswith(("VB", "MD")):
        return _of_verb(sentence, head)
    named = head.dep_ in ("pobj", "npadvmod", "nsubj") and not _is_in(sentence, head, "size")
    return head if named else None


def _is_in(sentence: Sentence, token: Token, names: str) -> bool:
    """The token is in an item of one of the kinds."""
    return any(item.start <= token.i < item.end and item.code in kinds(names) for item in sentence.items)


def _phrase(sentence: Sentence, claim: Claim, head: Token) -> Bounds | None:
    """The noun phrase of a head: its modifiers and what hangs on it by prepositions, without times and clauses."""
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


def owns_time(sentence: Sentence, claim: Claim, i: int) -> bool | None:
    """Whether the time at item `i` belongs to the claim by the syntax; None where the tree does not tell.

    It does when what governs it is the cue, an amount or the metric of the claim, or the verb that the cue goes with.
    """
    item = sentence.items[i]
    cue = sentence.doc[sentence.items[claim.cue].end - 1]
    if not cue.dep_:
        return None
    governor = _governor(sentence.doc[item.start : item.end].root)
    if governor is None:
        return None
    parts = [sentence.items[k] for k in claim.amounts | {claim.cue}]
    if any(part.start <= governor.i < part.end for part in parts):
        return True
    if claim.metric is not None:
        first, last = sentence.items[claim.metric[0]].start, sentence.items[claim.metric[1]].end
        if first <= governor.i < last:
            return True
    if governor in _clause_heads(cue):
        return True
    return False if governor.tag_.startswith("VB") else None


def _governor(token: Token) -> Token | None:
    """What a time hangs on: over prepositions and other times."""
    for _ in range(_UP):
        head = token.head
        if head is token:
            return None
        if (
            head.dep_ in ("prep", "pcomp", "pobj", "npadvmod") and not head.tag_.startswith(("VB", "NN"))
        ) or head.tag_ in ("IN", "TO", "RB", "CD"):
            token = head
            continue
        return head
    return None


def _clause_heads(cue: Token) -> set[Token]:
    """The verbs of the clause that the cue stands in: up from a noun or adverb, and over auxiliaries."""
    heads = {cue}
    token = cue
    for _ in range(_UP):
        if token.tag_.startswith(("VB", "MD")) and token.dep_ not in ("xcomp", "aux", "auxpass", "acomp"):
            break
        if token.head is token:
            break
        token = token.head
        heads.add(token)
    return heads
