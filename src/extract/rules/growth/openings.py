"""The noun phrase that opens a clause: the subject of its first finite verb, at any distance.

The number of people | waiting for a bed as an inpatient | has fallen      -> number of people
Before adjustment, | the number of homes | actually sold | totaled 58,000  -> number of homes

The walk from a verb to the left (`subjects`) ends at the nearest noun phrase. If there is no other finite
verb before it, the first noun phrase of the clause is its subject, and a different nearest one is not.
"""

from __future__ import annotations

from extract.rules.growth import phrases
from extract.rules.growth.claim import Claim
from extract.rules.growth.items import REACH, Item
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence

_BY_POSITION = frozenset({"verb", "clause", "level"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_LONGEST_GROUP = 10  # items from the first verb of a clause to its word of change
_STATEMENT = 8  # items from `said` to `that`: in its latest report on Monday
_OPENERS = word_group("openings_openers")
_JOINING = word_group("openings_joining")
_RELATIVES = word_group("metric_relatives")
_PARTICIPLES = frozenset({"VBG", "VBN"})
_CHANGING = frozenset(kinds("factor_verb reach_verb"))
_VERBAL = frozenset(kinds("verb change_verb factor_verb reach_verb say_verb forecast_verb auxiliary"))
# From the first verb of a clause to the word of change or level: `are | expected to be`, `totaled | some`.
_VERB_GROUP = matcher(
    r"{auxiliary modifier raising to verb change_verb factor_verb reach_verb direction article at}*"
)
_SAID_IN = matcher(r"{preposition} {word}{1,2} (?={determiner} {word})")  # say in Russia | the number of
# What may precede a subject: `In Italy,`, `Last year,`, `But`.
_FRONT = matcher(
    r"""^ ({and or quote modifier comma} | {preposition at}? {time} \,? |
        {preposition subordinator from at by of} {^ , ; : stop change_verb}* \,)*"""
)


def by_opening(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Give claims the phrase that opens their clause, if the nearest one cannot be the subject."""
    for claim in found:
        if claim.metric_by in _BY_POSITION and claim.metric is not None and claim.metric[1] < claim.cue:
            claim.metric = _instead(sentence, claim, claim.metric)
    return found


def _instead(sentence: Sentence, claim: Claim, near: Bounds) -> Bounds:
    """The opening phrase of the claim's clause, or the phrase found near the verb."""
    first = _opening(sentence, claim)
    if first is None or _is_no_other(sentence, first, near):
        return near
    if near[1] < first[0] or first[0] < near[0] <= first[1]:
        return first
    if near[0] <= first[1]:
        return near
    between = range(first[1] + 1, near[0])
    whole = (first[0], near[1])
    if any(sentence.items[i].word in _JOINING for i in between):
        return near  # Germany's index fell | while | France's rose
    if sentence.codes[first[1]] == kinds("possessive"):
        return whole  # Japan's | seasonally adjusted | unemployment rate
    listed = kinds("and") in sentence.codes[near[0] : near[1] + 1] or sentence.items[first[1]].tag.startswith(
        "JJ"
    )
    clause = any(_opens_a_clause(sentence, i) for i in between)
    if clause or (kinds("comma") in sentence.codes[first[1] + 1 : near[0]] and not listed):
        return near
    return first if any(sentence.items[i].tag.startswith("VB") for i in between) else whole


def _is_no_other(sentence: Sentence, first: Bounds, near: Bounds) -> bool:
    """It begins as the nearest one, or has its own verb: `Sales of tents | halved | and those of boats`."""
    return first[0] == near[0] or not _CHANGING.isdisjoint(sentence.codes[first[0] : near[0]])


def _behind_that(sentence: Sentence, start: int, verb: int) -> int:
    """`said in a statement that | sales fell`: the start of the reported clause."""
    placed = _SAID_IN.match(sentence.codes, start) if start else None
    if placed:
        return placed.end()
    for i in range(start, min(start + _STATEMENT, verb)):
        if sentence.items[i].word == "that":
            return i + 1
        if sentence.codes[i] not in kinds("preposition article determiner word time at modifier"):
            break
    return start


def _opens_a_clause(sentence: Sentence, i: int) -> bool:
    """Another clause begins at item `i`, but not a relative one: `the number of people | who | flew fell`."""
    word = sentence.items[i].word
    relative = word in _RELATIVES and is_finite(sentence.items[i + 1]) and _is_relative(sentence, i + 1)
    return word in _OPENERS and not relative


def _opening(sentence: Sentence, claim: Claim) -> Bounds | None:
    """The noun phrase that opens the clause of the claim's verb."""
    end = claim.first if claim.metric_by == "level" else min(claim.first, claim.cue)
    verb = verb_of(sentence, end)
    start = _start(sentence, verb) if verb is not None else None
    if (
        verb is None
        or start is None
        or sentence.codes[start] not in kinds("article determiner word change_noun")
    ):
        return None
    phrase = phrases.object_after(sentence, start)
    if phrase is None or phrase[1] >= verb or claim.metric is None or claim.metric[1] > verb:
        return None
    return _without_participle(sentence, phrase)


def verb_of(sentence: Sentence, end: int) -> int | None:
    """The first finite verb of the verb group that ends at item `end`."""
    verb = None
    for i in range(end, max(-1, end - _LONGEST_GROUP), -1):
        if i < end and not _VERB_GROUP.fullmatch(sentence.codes, i, end):
            break
        if is_finite(sentence.items[i]):
            verb = i
    return verb


def _start(sentence: Sentence, verb: int) -> int | None:
    """The start of a verb's clause, after an opening and `said that`; None if it is unclear."""
    start = 0
    for i in range(verb - 1, max(-1, verb - REACH), -1):
        if not is_finite(sentence.items[i]) or is_participle(sentence, i, verb) or _is_relative(sentence, i):
            continue
        if sentence.items[i].word not in word_group("sayings"):
            return None
        start = i + 1
        break
    if kinds("colon") in sentence.codes[start:verb]:
        return None
    start = _behind_that(sentence, start, verb)
    front = _FRONT.match(sentence.codes[start:verb])
    start += front.end() if front else 0
    return start if start < verb else None


def is_participle(sentence: Sentence, i: int, verb: int) -> bool:
    """`homes actually | sold | in May totaled`: a past form with another finite verb of no other subject."""
    between = sentence.codes[i + 1 : verb]
    plain = not any(
        mark in between for mark in kinds("comma semicolon subordinator and quote say_verb pronoun")
    )
    passive = between[:1] in kinds("preposition by at") and sentence.codes[i] in kinds(
        "verb word change_verb"
    )
    return sentence.items[i].tag == "VBD" and passive and plain


def _is_relative(sentence: Sentence, i: int) -> bool:
    """`people who | flew | with us`: a verb whose subject is a relative pronoun, without a comma."""
    while i > 0 and sentence.codes[i - 1] in kinds("auxiliary modifier"):
        i -= 1
    relative = i > 1 and sentence.items[i - 1].word in _RELATIVES
    return relative and sentence.codes[i - 2] in kinds("word change_noun")


def is_finite(item: Item) -> bool:
    """A finite verb, by its part of speech and its kind."""
    return not item.named and item.tag in _FINITE and item.code in _VERBAL | {*kinds("word direction")}


def _without_participle(sentence: Sentence, phrase: Bounds) -> Bounds | None:
    """`people | waiting for a bed`: up to a participle after a noun."""
    first, last = phrase
    for i in range(first + 1, last):
        if sentence.items[i].tag in _PARTICIPLES and sentence.items[i - 1].tag.startswith("NN"):
            return phrases.trimmed(sentence, first, i - 1)
    return phrase
