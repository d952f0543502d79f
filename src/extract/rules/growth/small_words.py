"""Prepositions, adverbs and durations that have another meaning next to an amount: rules of `retag`."""

from __future__ import annotations

from extract.rules import numbers
from extract.rules.growth.comparing_words import (
    MORE_OR_LESS,
    ahead,
    ahead_of,
    better,
    beyond,
    more,
    more_than,
    over_an_amount,
)
from extract.rules.growth.items import AMOUNTS, Item, Retag, after, before, retags
from extract.rules.growth.kinds import kinds, matcher, verb_forms, word_group

_TIME_PREPOSITIONS = word_group("small_words_time_prepositions")
_THAN_OTHERS = matcher(r"{article determiner modifier word}{1,4} {preposition} {time}")  # than films in May
_VERBAL = kinds("change_verb factor_verb reach_verb verb auxiliary modifier")
_FAR = 12
_LONGEST_OBJECT = 10
_OF_AN_OBJECT = kinds("article determiner modifier word of preposition possessive and time change_noun")


@retags(of="time")
def duration(items: list[Item], i: int) -> bool:
    """A duration as a level or size: `cut the journey from 18 days to 11 days`, `reached 80 years`."""
    if items[i].code != kinds("time") or items[i].timex_type != "DURATION" or not _is_counted(items[i].word):
        return False
    left = before(items, i).code
    changing = any(item.code in kinds("change_verb change_noun") for item in items[max(0, i - _FAR) : i])
    if left != kinds("reach_verb") and not (left in kinds("to from by") and changing):
        return False
    items[i].code, items[i].timex_type = kinds("quantity"), ""
    return True


def _is_counted(length: str) -> bool:
    """`11 days`, `three days`; not `the week`."""
    return numbers.read(length.rpartition(" ")[0]) is not None


@retags(words=("off",))
def off(items: list[Item], i: int) -> bool:
    """`closed at $100, off $8.625`."""
    if (
        items[i].word != "off"
        or before(items, i).code not in kinds("comma auxiliary")
        or after(items, i).code not in AMOUNTS
    ):
        return False
    items[i].code, items[i].direction = kinds("direction"), "decrease"
    return True


@retags(words=("half",))
def half(items: list[Item], i: int) -> bool:
    """`by half`, `in half`, `lost half of its value`; `half as many as in May`, `half the figure of May`."""
    if items[i].word != "half":
        return False
    of_time = "".join(item.code for item in items[i + 1 : i + 3]) == kinds("of time")  # of last year's
    earlier = of_time or after(items, i).code in kinds("determiner time")
    multiple = before(items, i).code in kinds("comma modifier auxiliary") and (
        earlier or after(items, i).word.startswith("as ")
    )
    left = next((p for p in reversed(items[:i]) if p.code != kinds("modifier")), None)  # by more than half
    lost = left is not None and left.word in word_group("removing") and _is_measure(items[i + 1 : i + 5])
    if not (multiple or lost) and (left is None or (left.code != kinds("by") and left.word != "in")):
        return False
    items[i].code = kinds("fraction")
    return True


def _is_measure(items: list[Item]) -> bool:
    """`of its value`, `its workforce`."""
    return any(item.word in word_group("measures") | {"workforce", "worth"} for item in items)


@retags(of="fraction")
def ordinal(items: list[Item], i: int) -> bool:
    """`for a fifth month` and `adds a third weekly flight` count; `a fifth of them` is a part."""
    if not items[i].word.startswith(("a ", "an ")) or items[i].word.endswith(("half", "quarter")):
        return False
    if after(items, i).code not in kinds("word time modifier") or after(items, i).word in MORE_OR_LESS:
        return False
    if before(items, i).code != kinds("preposition") and not _counts(items, i + 1):
        return False
    items[i].code = kinds("word")
    return True


def _counts(items: list[Item], i: int) -> bool:
    """After the ordinal is a thing, not a time of its own: `weekly flight`, but `a third last year`."""
    return items[i].code == kinds("word") or after(items, i).code == kinds("word")


@retags(words=("up to",))
def gone_up_to(items: list[Item], i: int) -> bool:
    """`has gone up to 50`, where `up to` is not a modifier."""
    previous = next(
        (p for p in reversed(items[max(0, i - 3) : i]) if p.code != kinds("modifier")), before(items, i)
    )
    rising = previous.direction == "increase" and previous.word not in word_group("handled")
    climbed = rising and after(items, i).code in kinds("number money quantity")  # climbed up to 217, not cut
    climbed = climbed and previous.code == kinds("change_verb")
    if items[i].word != "up to":
        return False
    pushed = _pushed(items, i)
    if pushed is not None:
        items[i].code = kinds("to")
        pushed.code, pushed.direction = kinds("change_verb"), "increase"
        return True
    if not (climbed or previous.word in verb_forms("verb", "particle")):
        return False
    items[i].code = kinds("to")
    previous.code, previous.direction = kinds("change_verb"), previous.direction or "increase"
    return True


def _pushed(items: list[Item], i: int) -> Item | None:
    """The verb of `pushed their earnings | up to $43 million`: there is a phrase in between."""
    k = i - 1
    while k >= 0 and i - k <= _LONGEST_OBJECT and items[k].code in _OF_AN_OBJECT:
        k -= 1
    verb = items[k] if 0 <= k < i - 1 else None
    return verb if verb is not None and verb.word in word_group("pushing") else None


@retags(words=("due to",))
def due_to(items: list[Item], i: int) -> bool:
    """`is due to rise` looks ahead, `fell due to war` gives a reason; `deaths due to war` is one phrase."""
    if items[i].word == "due to" and (before(items, i).noun or before(items, i).code == kinds("word")):
        items[i].code = kinds("preposition")
        return True
    if items[i].word != "due to" or after(items, i).code not in kinds(
        "change_verb factor_verb reach_verb verb"
    ):
        return False
    items[i].code = kinds("raising")
    return True


@retags(of="subordinator")
def time_preposition(items: list[Item], i: int) -> bool:
    """`since August` is a time, `since prices rose` a clause; `than in May` compares with one."""
    if items[i].code != kinds("subordinator") or items[i].word not in _TIME_PREPOSITIONS:
        return False
    following = "".join(item.code for item in items[i + 1 : i + 3])
    if items[i].word == "than" and _THAN_OTHERS.match("".join(item.code for item in items[i + 1 : i + 8])):
        items[i].code = kinds("comparator")
        return True
    if not following.startswith((kinds("time"), kinds("preposition time"), kinds("at time"))):
        return False
    items[i].code = kinds("preposition")
    return True


@retags(words=("since",))
def since_then(items: list[Item], i: int) -> bool:
    """`have since risen`: an adverb within a group of verbs."""
    if before(items, i).code != kinds("auxiliary") or after(items, i).code not in _VERBAL:
        return False
    items[i].code = kinds("modifier")
    return True


@retags(words=("what",))
def what_was(items: list[Item], i: int) -> bool:
    """`compared to what was reported in 2019`."""
    if before(items, i).code not in tuple(kinds("comparator from")):
        return False
    items[i].code = kinds("word")
    return True


@retags(words=("with",))
def with_an_amount(items: list[Item], i: int) -> bool:
    """`was cut with 1.4 %`."""
    if before(items, i).code != kinds("change_verb") or after(items, i).code not in kinds("percent points"):
        return False
    items[i].code = kinds("by")
    return True


@retags(words=("between",))
def between(items: list[Item], i: int) -> bool:
    """`by between 15 and 20 percent`."""
    if items[i].word != "between" or after(items, i).code not in AMOUNTS:
        return False
    items[i].code = kinds("modifier")
    return True


RULES: tuple[Retag, ...] = (
    duration,
    off,
    half,
    ordinal,
    gone_up_to,
    due_to,
    better,
    since_then,
    time_preposition,
    over_an_amount,
    beyond,
    ahead_of,
    ahead,
    what_was,
    with_an_amount,
    between,
    more,
    more_than,
)
