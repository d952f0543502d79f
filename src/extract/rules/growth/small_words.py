"""Prepositions, adverbs and durations that have another meaning next to an amount: rules of `retag`."""

from __future__ import annotations

from extract.rules import numbers
from extract.rules.growth.items import AMOUNTS, Item, Retag, after, before, retags
from extract.rules.growth.kinds import kinds, matcher, verb_forms, word_group

_TIME_PREPOSITIONS = word_group("small_words_time_prepositions")
_STATED = matcher(
    r"""{determiner} ({modifier word}{1,3} | {money quantity number} ({preposition of} {word}{1,3})?)
    {preposition at of} {time}"""
)
_NEAR = 8
_OPENING = ("", *kinds("stop comma semicolon colon quote subordinator"))  # what a clause begins after
_BEYOND = {"above": "increase", "past": "increase", "beyond": "increase", "below": "decrease"}
_MORE = {"more than": "increase", "less than": "decrease", "fewer than": "decrease"}
_MORE_OR_LESS = {"more": "increase", "less": "decrease", "fewer": "decrease"}
_MARKS = word_group("small_words_marks")
_THAN_OTHERS = matcher(r"{article determiner modifier word}{1,4} {preposition} {time}")  # than films in May
_VERBAL = kinds("change_verb factor_verb reach_verb verb auxiliary modifier")
_FAR = 12
_LONGEST_OBJECT = 10
_OF_AN_OBJECT = kinds("article determiner modifier word of preposition possessive and time change_noun")
_NEAR_THAN = 6


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
    if after(items, i).code not in kinds("word time modifier") or after(items, i).word in _MORE_OR_LESS:
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


@retags(words=("better",))
def better(items: list[Item], i: int) -> bool:
    """`22 % better than a year ago`."""
    if items[i].word != "better" or before(items, i).code not in AMOUNTS:
        return False
    items[i].code, items[i].direction = kinds("direction"), "increase"
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


@retags(words=("over", "under", "below", "above"))
def over_an_amount(items: list[Item], i: int) -> bool:
    """`rose over 5 %`, `growth of under 3 %`, `Over 7,000 people`: the word says how exact the amount is."""
    owners = {"over": "VNRUbotfaSw", "under": "VNRUbotfa", "below": "tfN", "above": "tfN"}.get(items[i].word)
    left = next((p.code for p in reversed(items[:i]) if p.code != kinds("modifier")), "")  # slightly over
    opens = left in _OPENING and items[i].word in ("over", "under")
    if owners is None or after(items, i).code not in AMOUNTS or not (opens or left in owners):
        return False
    items[i].code = kinds("modifier")
    return True


@retags(words=(*_BEYOND, "toward", "towards"))
def beyond(items: list[Item], i: int) -> bool:
    """`a quarter below their peak`, `16 % above that of last year`, `fell below 100`, `rise toward 100`."""
    item, previous = items[i], before(items, i)
    direction = _BEYOND.get(item.word)
    if direction is None and item.word in ("toward", "towards"):
        direction = "increase" if after(items, i).code in AMOUNTS else None
    if direction is None:
        return False
    if previous.code in AMOUNTS and _is_marked(items, i + 1):
        item.code, item.direction = kinds("direction"), direction
        return True
    if _is_a_threshold(items, i + 1) and any(other.code == kinds("change_verb") for other in items[:i]):
        item.code = kinds("to")  # swelled their pay past the $1 million mark
        return True
    staying = previous.word in word_group("keeping")  # remained above $50
    if previous.code not in kinds("change_verb verb") or staying:
        return False
    item.code = kinds("to")
    if previous.code == kinds("verb"):
        previous.code, previous.direction = kinds("change_verb"), direction
    return True


def _is_marked(items: list[Item], i: int) -> bool:
    """`a quarter below | their peak`, `16 % above | that of last year`."""
    marked = any(later.word in _MARKS for later in items[i : i + 5])
    return marked or _of_a_time(items, i) or _is_a_norm(items, i) or _is_stated_for_a_time(items, i)


def _is_stated_for_a_time(items: list[Item], i: int) -> bool:
    """`the $168 million in orders for February`, `the ownership at the end of 2015`."""
    return _STATED.match("".join(item.code for item in items[i : i + _NEAR])) is not None


def _is_a_norm(items: list[Item], i: int) -> bool:
    """`normal`, `the offer price`, `the original budget`."""
    if i < len(items) and items[i].code in kinds("determiner"):
        i += 1
    words = [item.word for item in items[i : i + 2]]
    begun = words[-1:] == ["price"] and words[0] in word_group("prices_of_a_beginning")
    return begun or not word_group("norms").isdisjoint(words)


def _is_a_threshold(items: list[Item], i: int) -> bool:
    """`the $1 million mark` begins at item `i`."""
    return (
        i + 2 < len(items)
        and items[i].code == kinds("determiner")
        and items[i + 1].code in AMOUNTS
        and items[i + 2].word in word_group("thresholds")
    )


def _of_a_time(items: list[Item], i: int) -> bool:
    """`that of a year before`, `the year before`, `the 2015 number`: an earlier level begins at item `i`."""
    if items[i : i + 1] and items[i].word in ("that", "those"):
        i += 2 if after(items, i).code in kinds("of preposition") else 1
    if items[i : i + 1] and items[i].code == kinds("determiner"):
        i += 1  # above the 2015 number
    return i < len(items) and items[i].code == kinds("time")


@retags(words=("ahead of", "behind"))
def ahead_of(items: list[Item], i: int) -> bool:
    """`bookings are 8 % ahead of last year`; but `rose 8 % ahead of Friday`."""
    if items[i].word not in ("ahead of", "behind") or before(items, i).code not in kinds("percent multiple"):
        return False
    changing = any(
        item.code in kinds("change_verb direction change_noun factor_verb")
        for item in items[max(0, i - 4) : i]
    )
    if changing or after(items, i).code != kinds("time"):
        return False
    items[i].code, items[i].direction = (
        kinds("direction"),
        "increase" if items[i].word == "ahead of" else "decrease",
    )
    return True


@retags(words=("ahead",))
def ahead(items: list[Item], i: int) -> bool:
    """`sales were 8 % ahead at $5 million`; a candidate or a team is ahead by points."""
    if before(items, i).code != kinds("percent") or after(items, i).code not in kinds(
        "at comma stop preposition time"
    ):
        return False
    if before(items, i - 1).code not in kinds("auxiliary modifier verb comma"):
        return False
    items[i].code, items[i].direction = kinds("direction"), "increase"
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


@retags(words=tuple(_MORE_OR_LESS))
def more(items: list[Item], i: int) -> bool:
    """`8 % more revenue`, `8 % more for its ore`."""
    direction = _MORE_OR_LESS.get(items[i].word)
    earlier = items[i + 1 : i + _NEAR_THAN]  # 15,009 more visitors than in the same period of 2017
    than = next((k for k, item in enumerate(earlier) if item.word in ("than", "that")), None)
    counted = before(items, i).code == kinds("number") and than is not None
    counted = counted and any(item.code == kinds("time") for item in earlier[than or 0 :][:4])
    if (
        direction is None
        or not (before(items, i).code in kinds("percent multiple fraction") or counted)
        or not (_goes_on(items, i, compared=than is not None))
    ):
        return False
    items[i].code, items[i].direction = kinds("direction"), direction
    return True


def _goes_on(items: list[Item], i: int, *, compared: bool) -> bool:
    """`8 % more revenue`, `8 % less in May than in April`."""
    following = after(items, i)
    if following.code in kinds("word comma stop time") or following.word == "for":
        return True
    return compared and following.code in kinds("preposition at")


@retags(words=("more than", "less than", "fewer than"))
def more_than(items: list[Item], i: int) -> bool:
    """`12 more than the week before`; but `3 million more than doubled`."""
    direction = _MORE.get(items[i].word)
    if (
        direction is None
        or before(items, i).code not in AMOUNTS
        or after(items, i).code == kinds("factor_verb")
    ):
        return False
    items[i].code, items[i].direction = kinds("direction"), direction
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
