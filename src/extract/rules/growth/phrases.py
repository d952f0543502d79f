"""Noun phrases in a row of symbols: the one that ends at an item, and the one that begins at it.

the price of Columbia shares | has been cut      -> price of Columbia shares
a 193 % spike in | site visitors from America    -> site visitors from America
offer shareholders a dividend | of 30 cents      -> dividend
"""

from __future__ import annotations

import re

from extract.rules.growth.items import AMOUNTS, REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence

Bounds = tuple[int, int]  # first and last item of a noun phrase, both included
OWNERS = word_group("metric_owners")
_MOST = word_group("metric_most")
_FINITE = frozenset({"VB", "VBD", "VBP", "VBZ"})
_PRESENT = frozenset({"VB", "VBP", "VBZ"})
_AGO = re.compile(
    r"(?:an?|one|two) .*(?:earlier|ago|before|previously)$|(?:last|this|next) (?:year|month|week|quarter)$"
)
_RELATIVES = word_group("metric_relatives")
_INSIDE = frozenset(
    kinds(
        "size word article determiner modifier of preposition change_noun change_verb "
        "possessive and quote time at from unchanged direction factor_verb verb to"
    )
)
_STOP_LEFT = frozenset(
    kinds(
        "say_verb subordinator auxiliary pronoun reach_verb forecast_verb comparator "
        "semicolon colon comma stop open close"
    )
)
_FUNCTION = frozenset(
    kinds(
        "article determiner modifier preposition of at from by to and or comma stop "
        "semicolon colon subordinator auxiliary quote possessive direction pronoun"
    )
)
# A reduced relative clause: `goods | shipped through the port`, `fees | paid to agents`.
_REDUCED = matcher(
    r"""{word change_noun} ({say_verb verb forecast_verb} {direction verb}?
        {preposition by at from} | {say_verb verb forecast_verb} to {^ stop}) $"""
)
_FRONT = matcher(
    r"""^ ({and or subordinator , quote modifier} | {preposition at from}
        {article determiner word modifier possessive}* {time})+"""
)
_CLAUSE_END = matcher(
    r"{change_verb factor_verb verb reach_verb} {^ , ; subordinator . :}* $"
)  # a verb with its complement: `sold assets | and shares`
_PREPOSITION_END = matcher(
    r"""({preposition of at from} {article determiner}?)? {time} $ |
        {preposition at of from by modifier and , quote article determiner} $"""
)
_BEFORE_NOUN = kinds("article determiner possessive of")
_BEFORE_AND = kinds("word change_noun of possessive")
_BEFORE_TO = kinds("word change_noun determiner")
_BEFORE_FROM = kinds("word change_noun")
_BEFORE_AMOUNT = kinds("article determiner possessive word")


def phrase_ending_at(sentence: Sentence, last: int) -> Bounds | None:
    """The longest noun phrase that ends at item `last`, without words that only introduce it."""
    codes = sentence.codes
    first = last
    while first > max(0, last - REACH) and _continues(codes, first - 1, last):
        first -= 1
    reduced = _REDUCED.search(codes[max(0, first - 4) : first + 1])
    start = max(0, first - 4) + reduced.start() if reduced else 0
    if reduced and sentence.items[start + 1].tag not in _PRESENT:  # the firm | plans to pay | a dividend
        return phrase_ending_at(sentence, start)
    if codes[max(0, first - 2) : first + 1] == kinds("time to time"):
        first += 1  # in the quarter to September | sales
    front = _FRONT.match(codes[first : last + 1])
    if front:
        first += front.end()
    if first < last and codes[first] == kinds("time") and _AGO.match(sentence.items[first].word):
        first += 1  # a year earlier | exports
    present = [i for i in range(first, last) if _is_present(sentence, i)]
    first = present[-1] + 1 if present else first  # traders look | for exports of 3 million tonnes
    first = _past_finite_words(sentence, first, last)
    first = _behind_a_recipient(sentence, first, last)
    relative = _relative_before(sentence, first, last)
    if relative is not None:
        return phrase_ending_at(sentence, relative - 1)
    if codes[first : first + 1] in tuple(
        kinds("preposition at from")
    ):  # for salaried workers | the deduction
        first = _inner_start(sentence, first, last)
    return trimmed(sentence, first, last)


def _past_finite_words(sentence: Sentence, first: int, last: int) -> int:
    """The first item behind finite verbs and their particles."""
    while first < last and is_finite_word(sentence, first):
        first += 1
        while first <= last and sentence.items[first].tag == "RP":
            first += 1
    return first


def _relative_before(sentence: Sentence, first: int, last: int) -> int | None:
    """Where a relative clause begins: `people | who are deportable`, `rate | at which they die`."""
    which = first > 1 and sentence.items[first - 1].word == "which"
    if which and sentence.codes[first - 2] in kinds("preposition at from") and is_finite_word(sentence, last):
        return first - 2
    pronoun = first - 1
    while pronoun > 0 and sentence.codes[pronoun] in kinds("auxiliary modifier"):
        pronoun -= 1
    return pronoun if 0 < pronoun < first - 1 and sentence.items[pronoun].word in _RELATIVES else None


def _behind_a_recipient(sentence: Sentence, first: int, last: int) -> int:
    """The article that follows a noun at once: `offer shareholders | a dividend`."""
    articles = kinds("article determiner")
    return next(
        (
            i
            for i in range(last, first, -1)
            if sentence.codes[i] in articles
            and sentence.codes[i - 1] == kinds("word")
            and sentence.items[i - 1].tag.startswith("NN")
            and sentence.doc[sentence.items[i].start].is_lower  # not Tranche | A
        ),
        first,
    )


def is_finite_word(sentence: Sentence, i: int) -> bool:
    """A verb that is in no list, by its tag: `will | harvest | a record 3 million tonnes`."""
    item = sentence.items[i]
    return item.code == kinds("word") and not item.named and item.tag in _FINITE


def _is_present(sentence: Sentence, i: int) -> bool:
    """A verb in the present that is in no list; unlike past forms, it cannot be a participle."""
    item = sentence.items[i]
    return is_finite_word(sentence, i) and item.tag in ("VBP", "VBZ") and item.word not in word_group("made")


def _inner_start(sentence: Sentence, first: int, last: int) -> int:
    """The start of the subject after a place at the beginning: `in Italy | inflation`."""
    article = matcher(r"{article determiner}").search(sentence.codes[first + 2 : last + 1])
    if article:
        return first + 2 + article.start()
    for i in range(first + 2, last + 1):
        word, before = sentence.doc[sentence.items[i].start], sentence.doc[sentence.items[i - 1].start]
        if before.is_title and not word.is_title and sentence.codes[i] == kinds("word"):
            return i
    return first


def _continues(codes: str, i: int, last: int) -> bool:
    """Item `i` belongs to the noun phrase that extends to `last`."""
    code = codes[i]
    if code in _STOP_LEFT or code not in _INSIDE:
        return False
    if code in kinds("change_verb verb factor_verb direction"):
        return code == kinds("change_verb") and i < last and _follows(codes, i, _BEFORE_NOUN)
    if code in kinds("and to from"):
        return _joins(codes, i)
    if code == kinds("time"):
        return codes[i + 1] in kinds("word modifier change_noun possessive") if i < last else False
    if code in AMOUNTS:
        return codes[i + 1] in kinds("word change_noun") and (i == 0 or _follows(codes, i, _BEFORE_AMOUNT))
    return True


def _joins(codes: str, i: int) -> bool:
    """`and`, `to` or `from` within a noun phrase."""
    if codes[i] == kinds("and"):
        return _follows(codes, i, _BEFORE_AND) and not _CLAUSE_END.search(codes[max(0, i - 12) : i])
    if codes[i] == kinds("to"):
        return _follows(codes, i, _BEFORE_TO) and codes[i + 1] not in AMOUNTS
    return _follows(codes, i, _BEFORE_FROM) and codes[i + 1] not in AMOUNTS + kinds("time")


def _follows(codes: str, i: int, before: str) -> bool:
    """The item before item `i` is of one of some kinds."""
    return i > 0 and codes[i - 1] in before


def object_after(sentence: Sentence, start: int, *, stop: int | None = None) -> Bounds | None:
    """The noun phrase that begins at item `start`, up to a stop or another item that ends noun phrases."""
    codes = sentence.codes
    end = start
    limit = min(len(codes), start + REACH) if stop is None else stop
    while end < limit and (
        _goes_on(codes, end) or (stop and start < end == limit - 1 and codes[end] == kinds("verb"))
    ):
        end += 1
    return trimmed(sentence, start, end - 1) if end > start else None


def _goes_on(codes: str, i: int) -> bool:
    code = codes[i]
    following = codes[i + 1] if i + 1 < len(codes) else kinds("stop")
    if code in kinds("preposition of at"):
        return following in kinds(
            "word article determiner modifier change_noun change_verb possessive quote and"
        )
    if code == kinds("from"):
        return following in kinds("word")
    if code == kinds("and"):
        return following in kinds("word change_noun") and not matcher(
            r"{article determiner modifier word}* {percent points money quantity multiple}"
        ).match(codes[i + 1 :])
    if code == kinds("time"):
        return following in kinds("word change_noun")
    if code in AMOUNTS:
        return following in kinds("word change_noun") and _names_amount(codes, i)
    return code in kinds(
        "word article determiner modifier change_noun possessive quote change_verb factor_verb"
    ) or (code == kinds("to") and following in kinds("word"))


def _names_amount(codes: str, i: int) -> bool:
    """An amount within a name of something: `3 million tonnes`, `its 5 % stake`."""
    owned = codes[i] == kinds("percent") and i > 0 and codes[i - 1] == kinds("determiner")
    return owned or codes[i] in kinds("number quantity money")


def noun_before(sentence: Sentence, noun: int) -> Bounds | None:
    """The words right before a noun of change: `GDP` in `GDP growth`."""
    codes = sentence.codes
    first = noun
    while first > 0 and codes[first - 1] in kinds("word possessive change_noun") and noun - first < 6:
        first -= 1
    return trimmed(sentence, first, noun - 1) if first < noun else None


def trimmed(sentence: Sentence, first: int, last: int) -> Bounds | None:
    """The bounds without function words at either end; None if nothing is left."""
    codes = sentence.codes
    while first <= last:
        tail = _PREPOSITION_END.search(codes[first : last + 1])
        if not tail:
            break
        last -= len(tail[0])
    while first <= last and codes[first] in _FUNCTION and not _stands_for(sentence, first, last):
        first += 1
    if first > last or not matcher(
        r"{word change_noun change_verb quantity money number factor_verb verb time}"
    ).search(codes[first : last + 1]):
        return None
    return first, last


def head_of(sentence: Sentence, phrase: Bounds) -> Bounds:
    """A noun phrase up to its first preposition."""
    first, last = phrase
    ends = (i for i in range(first + 1, last + 1) if sentence.codes[i] in kinds("preposition of to from at"))
    return first, next(ends, last + 1) - 1


def _stands_for(sentence: Sentence, i: int, last: int) -> bool:
    """`those` in `those to Uzbekistan` replaces a noun; and `its` belongs to the metric."""
    word = sentence.items[i].word
    if word in _MOST and i and i < last and sentence.items[i - 1].word == "the":
        return True  # the most active contract
    return i < last and (
        word in OWNERS or (word in ("those", "that") and sentence.codes[i + 1] in kinds("preposition to of"))
    )


def noun_phrase_before(sentence: Sentence, end: int) -> Bounds | None:
    """The noun phrase that ends right before item `end`."""
    return phrase_ending_at(sentence, end - 1) if end > 0 else None
