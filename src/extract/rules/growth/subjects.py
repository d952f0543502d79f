"""The subject of a verb of change, and of its clause, as a noun phrase.

The price of shares | has been cut               -> price of shares
Sales, which | fell in May, | are up 5 %         -> Sales
"""

from __future__ import annotations

from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.phrases import Bounds, phrase_ending_at
from extract.rules.growth.symbols import Sentence

_BEING = word_group("metric_being")
_OF_A_PREDICATE = frozenset(kinds("article determiner modifier word unchanged preposition of time at"))
_RELATIVES = word_group("metric_relatives")
_SKIP_LEFT = frozenset(
    kinds("auxiliary raising modifier forecast_verb direction verb")
)  # what may stand between a subject and its verb
_SAYING = matcher(r"{auxiliary modifier}* verb:({say_verb forecast_verb} | {raising} (?!to))")


def subject(sentence: Sentence, cue: int) -> Bounds | None:
    """The subject of the verb at item `cue`, as a noun phrase."""
    codes = sentence.codes
    if _is_apposed_participle(sentence, cue):
        return clause_subject(sentence, cue - 1)  # lists grew for a third month, | reaching
    if (said := _predicated(sentence, cue)) is not None:
        return said
    if sentence.items[cue - 1].word == "having" and cue > 1 and codes[cue - 2] != kinds("comma"):
        return clause_subject(sentence, cue - 1)  # hit a peak last year | having risen 5 %
    last = _before_verb(sentence, cue)
    if last < 0:
        return None
    if codes[last] == kinds("and"):
        return _joined_subject(sentence, last)  # rose 6 % in the north | and fell 2 % in the south
    if sentence.items[last].word in _RELATIVES and last > 0:
        return _antecedent(sentence, last)
    if codes[last] in kinds("subordinator pronoun"):
        return None
    return phrase_ending_at(sentence, last)


def _is_apposed_participle(sentence: Sentence, cue: int) -> bool:
    """`lists grew for a third month, | reaching`."""
    apposed = cue > 1 and sentence.codes[cue - 1 : cue] == kinds("comma")
    return apposed and sentence.items[cue].word.endswith("ing")


def _predicated(sentence: Sentence, cue: int) -> Bounds | None:
    """The subject of a predicate: `shares have been on a tear, | up 57 %`."""
    if sentence.codes[cue] != kinds("direction") or sentence.codes[cue - 1 : cue] != kinds("comma"):
        return None
    verb = cue - 2
    while verb > 0 and sentence.codes[verb] in _OF_A_PREDICATE and not sentence.items[verb].named:
        verb -= 1
    if verb < 1 or sentence.items[verb].word not in _BEING:
        return None
    return subject(sentence, verb + 1)


def _joined_subject(sentence: Sentence, joint: int) -> Bounds | None:
    """The subject of the verb that the one after `and` is joined to, unless that is a verb of saying."""
    for i in range(joint - 1, max(-1, joint - REACH), -1):
        if sentence.codes[i] in kinds("auxiliary verb change_verb reach_verb factor_verb"):
            return subject(sentence, i)
        if sentence.codes[i] in kinds("subordinator semicolon colon"):
            break
    return None


def _before_verb(sentence: Sentence, cue: int) -> int:
    """The item before the verb group: over auxiliaries, `is expected to`, adverbs, dates, insertions."""
    codes = sentence.codes
    i = cue - 1
    while i >= 0:
        code = codes[i]
        if sentence.items[i].word in ("having", "being") and codes[i - 1 : i] == kinds("comma"):
            return -1  # they were higher, | having been 5 % lower
        if _is_in_verb_group(codes, i):
            i -= 1
        elif code == kinds("time"):
            i -= 2 if i and codes[i - 1] in kinds("preposition at") else 1
        elif code in kinds("comma close"):
            opening = _insertion_start(codes, i)
            verb = len(codes[:i].rstrip(kinds("modifier"))) - 1
            if codes[verb : verb + 1] in tuple(
                kinds("change_verb factor_verb verb say_verb")
            ) and sentence.items[i + 1].word.endswith("ing"):
                i = verb - 1  # investments spiked, | reaching
            elif opening is None or _is_name(sentence, opening + 1, i - 1):
                return i - 1
            else:
                i = opening - 1
        else:
            return i
    return -1


def _is_in_verb_group(codes: str, i: int) -> bool:
    """An auxiliary, an adverb, `to`, or `said` in `is said to`."""
    said = codes[i] == kinds("say_verb")
    return (
        codes[i] in _SKIP_LEFT
        or codes[i] == kinds("to")
        or (said and codes[:i].rstrip(kinds("modifier"))[-1:] == kinds("auxiliary"))
    )


def _is_name(sentence: Sentence, first: int, last: int) -> bool:
    """The insertion is the name of the thing, as in `a small cap, Numbat Diagnostics,`."""
    words = sentence.doc[sentence.items[first].start : sentence.items[last].end] if first <= last else ()
    indefinite = kinds("article") in sentence.codes[max(0, first - 5) : max(0, first - 1)]
    return bool(words) and all(w.is_title for w in words) and indefinite


def _insertion_start(codes: str, closing: int) -> int | None:
    """The start of the insertion between commas or brackets that ends at `closing`."""
    opener = kinds("open" if codes[closing] == kinds("close") else "comma")
    start = codes.rfind(opener, max(0, closing - 16), closing)
    return start if start > 0 else None


def _antecedent(sentence: Sentence, relative: int) -> Bounds | None:
    """The noun phrase that `which` or `that` refers to: the one before it."""
    i = relative - 1
    while i >= 0 and sentence.codes[i] in ',"i':
        i -= 1
    return phrase_ending_at(sentence, i) if i >= 0 else None


def main_subject(sentence: Sentence) -> Bounds | None:
    """The subject of the first verb of a sentence, which a pronoun in the next one refers to."""
    for i in range(1, min(len(sentence.codes), REACH)):
        if sentence.codes[i] in kinds("auxiliary verb change_verb reach_verb factor_verb") and not _is_saying(
            sentence, i
        ):
            found = subject(sentence, i)
            if found and matcher(r"{word change_noun}").search(sentence.codes[found[0] : found[1] + 1]):
                return found
    return None


def _is_saying(sentence: Sentence, i: int) -> bool:
    """A verb of saying or expecting begins at item `i`: its subject is the speaker, not a metric."""
    match = _SAYING.match(sentence.codes, i)
    return match is not None and (
        match["verb"] != kinds("say_verb")
        or sentence.items[match.start("verb")].word in word_group("sayings")
    )


def clause_subject(sentence: Sentence, end: int) -> Bounds | None:
    """The subject of the last verb before item `end` in its clause: `exports can record a | 10 % gain`."""
    for i in range(end - 1, max(-1, end - REACH), -1):
        if _looks_ahead(sentence.codes, i):
            return None  # economists had forecast a | rise of 5 %: the metric is stated elsewhere
        if sentence.codes[i] in kinds("auxiliary verb say_verb change_verb reach_verb"):
            return subject(sentence, i)
        if sentence.codes[i] in kinds("subordinator semicolon colon"):
            break
    return None


def _looks_ahead(codes: str, i: int) -> bool:
    """Item `i` is a verb of forecasting with an object: `forecast a rise`, not `is expected to rise`."""
    return codes[i] == kinds("forecast_verb") or (
        codes[i] == kinds("raising") and codes[i + 1 : i + 2] != kinds("to")
    )
