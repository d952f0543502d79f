"""Words that compare, beside an amount: `16 % above that of May`, `8 % ahead`, `15,009 more visitors`."""

from __future__ import annotations

from extract.rules.growth.items import AMOUNTS, Item, after, before, retags
from extract.rules.growth.kinds import kinds, matcher, word_group

_STATED = matcher(
    r"""{determiner} ({modifier word}{1,3} | {money quantity number} ({preposition of} {word}{1,3})?)
    {preposition at of} {time}"""
)
_AT_A_TIME = matcher(r"{preposition at of} {determiner}? {time}")
_NEAR = 8  # items of a stated level with its time
_OPENING = ("", *kinds("stop comma semicolon colon quote subordinator"))  # what a clause begins after
_BEYOND = {"above": "increase", "past": "increase", "beyond": "increase", "below": "decrease"}
_MORE = {"more than": "increase", "less than": "decrease", "fewer than": "decrease"}
MORE_OR_LESS = {"more": "increase", "less": "decrease", "fewer": "decrease"}
_MARKS = word_group("comparing_words_marks")
_NEAR_THAN = 6  # items from `more` to `than`


@retags(words=("better",))
def better(items: list[Item], i: int) -> bool:
    """`22 % better than a year ago`."""
    if items[i].word != "better" or before(items, i).code not in AMOUNTS:
        return False
    items[i].code, items[i].direction = kinds("direction"), "increase"
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
    return _STATED.match(_codes(items, i)) is not None


def _codes(items: list[Item], i: int) -> str:
    """The kinds of the next items, for a pattern to match."""
    return "".join(item.code for item in items[i : i + _NEAR])


def _is_a_norm(items: list[Item], i: int) -> bool:
    """`normal`, `the offer price`, `the original budget`."""
    if i < len(items) and items[i].code in kinds("determiner"):
        i += 1
    words = [item.word for item in items[i : i + 2]]
    if words[-1:] == ["average"]:  # the 20-year average; not: the national average
        return items[i].code == kinds("time") or words[0] in word_group("lasting")
    begun = words[-1:] == ["price"] and words[0] in word_group("prices_of_a_beginning")
    mean = words[:1] == ["average"] and _is_at_a_time(items, i + 1)
    return begun or mean or not word_group("norms").isdisjoint(words)


def _is_at_a_time(items: list[Item], i: int) -> bool:
    """`for the first quarter`, `in May`."""
    return _AT_A_TIME.match(_codes(items, i)) is not None


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


@retags(words=tuple(MORE_OR_LESS))
def more(items: list[Item], i: int) -> bool:
    """`8 % more revenue`, `8 % more for its ore`."""
    direction = MORE_OR_LESS.get(items[i].word)
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
