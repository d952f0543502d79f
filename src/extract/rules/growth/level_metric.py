"""What a level is a level of: `net income of | L`, `sales were | L`, `shares closed at | L`, `sold | L`."""

from __future__ import annotations

from extract.rules.growth import phrases, subjects
from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence

# raised | its forecast | to
_OBJECT_TO = matcher(
    r"""{change_verb} object:({determiner article} {article determiner modifier word of preposition possessive
        time change_noun}{1,10}?) to {modifier}* $"""
)
_COPULAS = word_group("asked_links")
_CLAUSE_STARTS = frozenset(kinds("comma semicolon colon subordinator and stop open quote"))
_MARKS = word_group("tails_marks")
_MONEYED = word_group("moneyed") | {"sales"}


def metric_of_level(sentence: Sentence, level: int) -> Bounds | None:
    """The metric of a level: `net income of L`, `sales were L`, `shares closed at L`, `sold L cars`."""
    moved = _OBJECT_TO.search(sentence.codes, max(0, level - REACH), level)
    if moved:
        return phrases.object_after(sentence, moved.start("object"), stop=moved.end("object"))
    return _said_of(sentence, _beside_level(sentence, level))


def _beside_level(sentence: Sentence, level: int) -> Bounds | None:
    codes = sentence.codes
    if codes[level : level + 2] == kinds("money word") and sentence.items[level + 1].tag.startswith("NN"):
        return phrases.object_after(sentence, level + 1)  # a $5 million | dividend
    i = _before_amount(sentence, level)
    if i < 0 or codes[i] in _CLAUSE_STARTS:
        return _at_clause_start(sentence, level, i)
    if codes[i] == kinds("of"):
        found = _without_verb(sentence, phrases.noun_phrase_before(sentence, i))
        if found and sentence.items[found[1]].word in _MARKS:  # touched a high of L
            return subjects.clause_subject(sentence, found[0])
        return found
    return _behind_verb(sentence, level, i)


def _before_amount(sentence: Sentence, level: int) -> int:
    """The item before an amount and what belongs to it: `sold | a gross $3 million`; -1 at the start."""
    codes, i = sentence.codes, level - 1
    while i >= 0 and (codes[i] in kinds("article determiner modifier") or _is_of_a_sum(sentence, i)):
        i -= 1
    fronted = i >= 0 and codes[i] == kinds("time") and (not i or codes[i - 1] in _CLAUSE_STARTS)
    return i - 1 if fronted else i  # Last week | 24,000 cases were reported


def _without_verb(sentence: Sentence, found: Bounds | None) -> Bounds | None:
    """`pay a | dividend`, `contributed | net earnings`: the words behind a verb that the tagger knows."""
    if found is None:
        return None
    first, last = found
    verbs = [i for i in range(first, last) if phrases.is_finite_word(sentence, i)]
    return (phrases.trimmed(sentence, verbs[-1] + 1, last) or found) if verbs else found


def _is_of_a_sum(sentence: Sentence, i: int) -> bool:
    """`a | gross | 26 billion dollars`, `a record $3 million`."""
    return sentence.items[i].word in word_group("sums") and sentence.codes[i - 1 : i] == kinds("article")


def _at_clause_start(sentence: Sentence, level: int, i: int) -> Bounds | None:
    """The metric of a level that begins a clause: `2,882 tonnes of ore`."""
    codes = sentence.codes
    stuff = codes[level : level + 2] == kinds("quantity of") and not sentence.items[level].noun
    of_stuff = phrases.object_after(sentence, level + 2) if stuff else None
    return (
        of_stuff
        or counted(sentence, level)
        or phrases.noun_phrase_before(sentence, i + (codes[i : i + 1] not in kinds("colon open")))
    )


def _behind_verb(sentence: Sentence, level: int, i: int) -> Bounds | None:
    """The metric of a level after a verb, or after a noun phrase that ends at item `i`."""
    i -= sentence.items[i].tag == "RP" and i > 0  # sent out | 74 messages
    codes, verb = sentence.codes, i
    while verb > 0 and codes[verb] in kinds("at time change_verb auxiliary verb say_verb reach_verb to"):
        verb -= 1
    if codes[verb + 1 : i + 1] == kinds("to") and codes[verb] in kinds("word change_noun"):
        return counted(sentence, level)  # home to 300 dogs
    if verb == i:
        bought = _bought(sentence, level, sentence.items[i].word)
        return _stuff(sentence, level, i) or bought or _done(sentence, level, i) or _noun_phrase(sentence, i)
    return _acted_on(sentence, level, i) or subjects.subject(sentence, verb + 1) or counted(sentence, level)


def _said_of(sentence: Sentence, found: Bounds | None) -> Bounds | None:
    """The noun phrase; for a predicate, as in `X was the most active stock`, its subject."""
    copula = found[0] - 1 if found else 0
    while copula > 0 and sentence.codes[copula] in kinds("article determiner modifier"):
        copula -= 1
    if found is None or sentence.items[copula].word not in _COPULAS:
        return found
    return subjects.subject(sentence, copula + 1) or found


def _noun_phrase(sentence: Sentence, last: int) -> Bounds | None:
    """The noun phrase that ends at item `last`; for a verb, as in `plans to dole out $42`, its subject."""
    found = phrases.noun_phrase_before(sentence, last + 1)
    verb = last - (sentence.codes[last] in kinds("preposition"))
    if found is None and verb >= 0 and phrases.is_finite_word(sentence, verb):
        return subjects.subject(sentence, verb)  # exports | account for | 22 pct
    if (
        found
        and found[0] > 1
        and sentence.codes[found[0] - 1] == kinds("to")
        and sentence.codes[found[0] - 2] in kinds("say_verb forecast_verb raising auxiliary verb")
    ):
        return subjects.clause_subject(sentence, found[0])
    return found


def _done(sentence: Sentence, level: int, verb: int) -> Bounds | None:
    """What is counted after a verb that is in no list: `flew 2 million | people`."""
    known = phrases.is_finite_word(sentence, verb) and sentence.items[verb].word not in word_group(
        "equalling"
    )
    return counted(sentence, level) if known and sentence.items[level].noun else None


def _acted_on(sentence: Sentence, level: int, verb: int) -> Bounds | None:
    """What is counted after a verb that acts on it: `sold 2 million cars`, not `totalled`."""
    code, word = sentence.codes[verb], sentence.items[verb].word
    if stuff := _stuff(sentence, level, verb) or _bought(sentence, level, word):
        return stuff
    acting = (code in kinds("verb say_verb") and word not in word_group("equalling")) or (
        code == kinds("change_verb") and word in word_group("handled")
    )
    making = word in ("make", "makes", "made", "making")
    acting = acting or (making and bool(sentence.items[level].noun))  # made 3 million trips
    counts = sentence.items[level].noun or sentence.codes[level : level + 2] == kinds("number of")
    return counted(sentence, level) if acting and counts else None


def _bought(sentence: Sentence, level: int, verb: str) -> Bounds | None:
    """What a sum is spent on or paid for: `spent $3 million on | repairs`, `sold $5 million of | bonds`."""
    joint = sentence.items[level + 1].word if level + 2 < len(sentence.items) else ""
    led = joint == "of" or (joint in ("on", "in") and verb in word_group("spending"))
    named = [item.word for item in sentence.items[level + 2 : level + 4]]
    led = led or (joint == "in" and not _MONEYED.isdisjoint(named))  # $3 million in (2016) profits
    if sentence.codes[level] != kinds("money") or not led or verb in word_group("equalling"):
        return None
    return phrases.object_after(sentence, level + 2)


def _stuff(sentence: Sentence, level: int, verb: int) -> Bounds | None:
    """What an amount measures, after a verb that acts on it: `handled 3 million tonnes of | cargo`."""
    of_stuff = sentence.codes[level : level + 2] == kinds("quantity of") and not sentence.items[level].noun
    while verb > 0 and sentence.items[verb].word == "record":
        verb -= 2 if sentence.codes[verb - 1] == kinds("article") else 1  # harvest a record 3 million tonnes
    if verb and sentence.items[verb].tag == "RP":
        verb -= 1  # bring in
    item = sentence.items[verb]
    acting = phrases.is_finite_word(sentence, verb) or (
        item.code in kinds("verb say_verb") and item.word not in word_group("equalling")
    )
    return phrases.object_after(sentence, level + 2) if of_stuff and acting else None


def counted(sentence: Sentence, level: int) -> Bounds | None:
    """What an amount counts: `457 | deaths on roads`, `15 percent of | receivables`."""
    codes = sentence.codes
    if codes[level] == kinds("percent"):
        of = matcher(r"of ({article determiner word possessive of preposition}+)").match(codes, level + 1)
        return phrases.object_after(sentence, level + 2, stop=of.end()) if of else None
    if sentence.items[level].noun:
        more = (
            phrases.object_after(sentence, level + 1)
            if codes[level + 1 : level + 2] in tuple(kinds("of preposition"))
            or codes[level + 1 : level + 3] == kinds("from word")  # people from | Northern Ireland
            else None
        )
        return level, more[1] if more else level
    if codes[level : level + 3] in tuple(kinds("number of") + code for code in kinds("determiner word")):
        return phrases.object_after(sentence, level + 2)  # sold 100 of the models
    return (
        phrases.object_after(sentence, level + 1)
        if codes[level : level + 2] == kinds("number word")
        else None
    )
