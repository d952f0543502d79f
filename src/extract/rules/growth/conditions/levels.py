"""Conditions of levels: that they were reached, left or kept."""

from __future__ import annotations

import re

from extract.rules.growth.conditions.comparisons import LARGE, SORTS
from extract.rules.growth.conditions.sizes import NEAR, moves
from extract.rules.growth.kinds import kinds, word_group
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail

_ALMOST = word_group("conditions_almost")
_RECORDS = word_group("conditions_records")
_NEW = frozenset({"new", "fresh", "all-time"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def arrives(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A level that is reached is a change; a capability, a record by itself or a temperature is not."""
    cue, to = match.start("cue"), match.start("to")
    before = [item.word for item in sentence.items[max(0, cue - 2) : cue]]
    if not _ALMOST.isdisjoint(before):
        return False
    if "can" in before and kinds("time") not in sentence.codes[to : to + NEAR]:
        return False
    record = any(item.word in _RECORDS for item in sentence.items[cue:to])
    record = record and not _changes_before(sentence, cue)
    state = sentence.items[to].word.split()[-1] in word_group("states") or sentence.items[to].word.endswith(
        ("mph", "km/h")
    )
    return not (record or state) or bool(tail.parts["from"])


def _changes_before(sentence: Sentence, cue: int) -> bool:
    """`unemployment rose again, | reaching a record 10.9 %`."""
    participle = sentence.items[cue].word.endswith("ing") and sentence.codes[cue - 1 : cue] == kinds("comma")
    return participle and any(code in kinds("change_verb direction") for code in sentence.codes[:cue])


def stays(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """What moves to a place, or is cut off, does not change a level: `power was cut to 300 homes`."""
    to = match.start("to")
    return not (moves(sentence, to) or _is_cut_off(sentence, match.start("cue"), to))


def _is_cut_off(sentence: Sentence, cue: int, to: int) -> bool:
    """Power, water or aid is cut to its recipients."""
    served = sentence.items[to].noun and sentence.items[cue].word.startswith("cut")
    near = sentence.items[max(0, cue - 4) : to]
    return bool(served) and any(item.word in word_group("supplies") for item in near)


def has_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A level is stated."""
    return bool(tail.parts["to"])


def goes(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The verb is one such as `go`, and the levels are of one sort; small numbers may be hours or places."""
    return sentence.items[match.start("cue")].word in word_group("going") and _are_alike(sentence, match)


def did(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A past form that is in no list, between two levels: `thinned to 2 million from 3 million`."""
    return sentence.items[match.start("cue")].word.endswith("ed") and _are_alike(sentence, match)


def _are_alike(sentence: Sentence, match: re.Match[str]) -> bool:
    """Both levels are of one sort."""
    codes = {match["to"], match["from"]}
    told = not codes.isdisjoint(kinds("percent points money quantity"))
    told = told or bool(LARGE.search(sentence.items[match.start("to")].word))
    return told and (len(codes) == 1 or codes in SORTS)


def brings_a_total(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`takes the number of dead to 14`, `brings its total debt to $3m`, `bringing its gross to $9m`."""
    cue = match.start("cue")
    bringing = sentence.items[cue].word in word_group("bringing")
    apposed = sentence.items[cue].word in ("bringing", "pushing") and sentence.codes[cue - 1 : cue] in tuple(
        kinds("comma and")
    )
    objects = sentence.items[match.start("object") : match.end("object")]
    if (
        apposed
        and match["to"] == kinds("money")
        and any(item.word in word_group("growing") for item in objects)
    ):
        return True  # made $13 million, bringing its gross to $133 million
    return bringing and any(item.word in word_group("totals") for item in objects)


def leaves_a_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A level that is left, and no amount taken from something: not `gained from $5 million of aid`."""
    handled = sentence.items[match.start("cue")].word in word_group("handled")
    bare = match["from"] == kinds("number") and not LARGE.search(sentence.items[match.start("from")].word)
    return not (handled or bare) and sentence.codes[match.end() : match.end() + 1] != kinds("of")


def takes_the_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The `to` belongs to the verb: not `firms linked to three mines`, `worries told to 700 people`."""
    linked = sentence.items[match.end("object") - 1].word.endswith("ed")
    spoken = sentence.items[match.start("to")].noun and kinds("preposition") in match["object"]
    return not linked and not spoken and stays(sentence, match, tail)


def always(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """Every match of the pattern is a claim."""
    return True


def keeps(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The verb is one of staying at a level, and not a participle: not `for every five shares held at $3`."""
    cue = match.start("cue")
    participle = sentence.items[cue].tag == "VBN" and sentence.codes[cue - 1 : cue] in tuple(
        kinds("word quantity")
    )
    participle = participle and any(item.tag in _FINITE for item in sentence.items[:cue])
    return sentence.items[cue].word in word_group("keeping") and not participle


def a_high(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`a two-year high`."""
    return sentence.items[match.start("cue")].word in ("high", "peak", "highs") and _spans(sentence, match)


def a_low(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`a two-year low`."""
    return sentence.items[match.start("cue")].word in ("low", "trough", "lows") and _spans(sentence, match)


def _spans(sentence: Sentence, match: re.Match[str]) -> bool:
    """A duration says since when, or it is a new one."""
    within = sentence.items[match.start() : match.start("cue")]
    return any(item.timex_type == "DURATION" or item.word in _NEW for item in within)


def change_brings(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`the fall brought the rate to 9 %`: the change that brings it gives the direction."""
    verb = match.start("object") - 1
    quantity = match["to"] == kinds("quantity") and sentence.items[match.start("to")].noun
    return sentence.items[verb].word in word_group("bringing") and not quantity


def brings_along(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`a sixth rate cut, taking the cash rate to 4.25 %`: the change named before gives the direction."""
    verb = sentence.items[match.start("object") - 1].word
    measure = {
        item.word
        for item in sentence.items[match.start("object") : match.end("object")]
        if item.code == kinds("word")
    }
    named = any(item.word in measure for item in sentence.items[: match.start("object") - 1])
    bare = kinds("pronoun") in match["object"] or not measure
    return verb in ("taking", "bringing") and (named or bare) and change_brings(sentence, match, tail)


def turns_into(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`turned a loss of $3 million into a profit of $5 million`."""
    words = {item.word for item in sentence.items[match.start() : match.end()]}
    signed = not words.isdisjoint(word_group("loss")) and not words.isdisjoint(word_group("profit"))
    turning = sentence.items[match.start("cue")].word.startswith(("turn", "convert", "transform"))
    return turning and signed and "into" in words


def is_a_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A bare number is a level if it is large or a decimal: not `down to 5 Mill Road`."""
    to = sentence.items[match.start("to")]
    return to.code != kinds("number") or "." in to.word or bool(LARGE.search(to.word))


def is_a_price(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`was up at 96.08`; but `was up at 5` may be an hour."""
    to = sentence.items[match.start("to")]
    return to.code != kinds("number") or sentence.codes[match.end("cue")] != kinds("at") or "." in to.word


def passes_a_mark(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`passed the $1 billion mark`."""
    passing = sentence.items[match.start("cue")].word in word_group("passing")
    passing = passing and not moves(sentence, match.start("to"))
    return passing and sentence.items[match.end("to")].word in word_group("thresholds")
