"""Words that can be several things: what they are is settled by the items beside them.

Each rule looks at one item and its neighbours, and says whether it has settled it.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.rules.growth.words import AMOUNTS, Item, lexicon, particle_verbs, project_verbs

_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_BASE_FACTORS = frozenset({"double", "triple", "treble", "quadruple"})
_TIME_PREPOSITIONS = frozenset({"since", "until", "after", "before", "during", "as", "than"})
_BEYOND = {"above": "increase", "past": "increase", "beyond": "increase", "below": "decrease"}
_MORE = {"more than": "increase", "less than": "decrease", "fewer than": "decrease"}
_MARKS = frozenset({"peak", "level", "levels", "high", "low", "record"})
_LOOKING_AHEAD = frozenset({"target", "forecast", "plan", "estimate", "pledge", "promise"})
_FAR = 12
_NOTHING = Item(".", 0, 0, "")


def settle(items: list[Item]) -> None:
    """Settle every item of a sentence, from left to right."""
    for i in range(len(items)):
        for rule in _RULES:
            if rule(items, i):
                break


def _before(items: list[Item], i: int) -> Item:
    return items[i - 1] if i else _NOTHING


def _after(items: list[Item], i: int) -> Item:
    return items[i + 1] if i + 1 < len(items) else _NOTHING


def _noun_of_change(items: list[Item], i: int) -> bool:
    """`rise`, `cuts`, `drop`: the noun, not the verb."""
    item, previous = items[i], next((p for p in reversed(items[max(0, i - 3) : i]) if p.code != "m"), None)
    direction = lexicon().nouns.get(item.word)
    if item.code != "V" or direction is None or not _stands_as_noun(items, i, previous):
        return False
    item.code, item.direction = "N", direction
    return True


def _stands_as_noun(items: list[Item], i: int, previous: Item | None) -> bool:
    following = _after(items, i).code
    if previous is None:
        return following in "oi"
    if previous.code in "txyr":
        return False
    if previous.code in "de'":
        return True
    if previous.code in AMOUNTS:
        return following not in "PpMQBFHb"
    return _before(items, i).code == "o" or following in "oi,.k"


def _double_the_noun(items: list[Item], i: int) -> bool:
    """`double` is a verb only where a verb can stand: `to double`, `will triple`; no noun, no multiple."""
    if items[i].code != "X" or items[i].word not in _BASE_FACTORS:
        return False
    first = i
    while first and items[first - 1].code == "m":
        first -= 1
    if first and items[first - 1].code in "tx" and items[first - 1].word not in _BEING:
        return False
    multiple = first < i or (_before(items, i).word in _BEING and _after(items, i).code in "eD")
    items[i].code = "F" if multiple else "w"
    return True


def _unknown_verb(items: list[Item], i: int) -> bool:
    """A word that stands and ends like a verb: `is paying`, `farmers planted 5,000`."""
    word, previous = items[i].word, _before(items, i).code
    if items[i].code != "w":
        return False
    continuous = word.endswith("ing") and previous in "x,"
    past = word.endswith("ed") and (
        previous in "xy" or (previous in "w'" and _after(items, i).code in "de" + AMOUNTS)
    )
    if continuous or past:
        items[i].code = "s"
    return continuous or past


def _participle(items: list[Item], i: int) -> bool:
    """What looks like a verb before its noun or behind its owner: `imported modules`, `the bank's costs`."""
    before, after = _before(items, i).code, _after(items, i).code
    nouns = "wNv" if before in "de" else "wN"  # the estimated cost
    if items[i].code not in "svjr" or before not in "deio'" or (before != "'" and after not in nouns):
        return False
    items[i].code = "w"
    return True


def _verb_like_noun(items: list[Item], i: int) -> bool:
    """`the cost has risen`: what has a verb behind it is a noun."""
    if items[i].code not in "sv" or items[i].word.endswith(("ed", "ing")):
        return False
    if _before(items, i).code not in "wde'" or _after(items, i).code not in "xV":
        return False
    if _after(items, i).word.endswith("ing"):
        return False  # wages keep rising
    items[i].code = "w"
    return True


def _particle_of_another_verb(items: list[Item], i: int) -> bool:
    """`up` after a verb that it makes no verb of change: `made up`, `gave up`."""
    previous = _before(items, i)
    if items[i].code != "U" or previous.code != "v" or previous.word in particle_verbs():
        return False
    items[i].code = "v"
    return True


def _flat_the_noun(items: list[Item], i: int) -> bool:
    """`a flat` is a home."""
    if items[i].code != "E" or not (_before(items, i).code in "de" or _after(items, i).code in "VvxX"):
        return False
    items[i].code = "w"
    return True


def _half(items: list[Item], i: int) -> bool:
    """`by half`, `in half`."""
    if items[i].word != "half" or not (_before(items, i).code == "b" or _before(items, i).word == "in"):
        return False
    items[i].code = "H"
    return True


def _gone_up_to(items: list[Item], i: int) -> bool:
    """`has gone up to 50`, where `up to` is no modifier."""
    previous = _before(items, i)
    climbed = previous.code == "V" and _after(items, i).code in "BMQ"  # climbed up to 217
    if items[i].word != "up to" or not (climbed or previous.word in particle_verbs()):
        return False
    items[i].code = "t"
    previous.code, previous.direction = "V", previous.direction or "increase"
    return True


def _due_to(items: list[Item], i: int) -> bool:
    """`is due to rise` looks ahead; `due to strikes` gives a reason."""
    if items[i].word != "due to" or _after(items, i).code not in "VXRv":
        return False
    items[i].code = "r"
    return True


def _looking_ahead(items: list[Item], i: int) -> bool:
    """`the ministry projected that` is a verb of its own, `is projected to rise` helps one."""
    item = items[i]
    if item.code != "r" or item.word not in project_verbs():
        return False
    if _before(items, i).code not in "wy" or _after(items, i).code == "t":
        return False
    item.code = "j"
    return True


def _time_preposition(items: list[Item], i: int) -> bool:
    """`since August` is a time, `since prices rose` a clause; `than in May` compares with one."""
    if items[i].code != "k" or items[i].word not in _TIME_PREPOSITIONS:
        return False
    following = "".join(item.code for item in items[i + 1 : i + 3])
    if not following.startswith(("D", "iD", "aD")):
        return False
    items[i].code = "i"
    return True


def _over_an_amount(items: list[Item], i: int) -> bool:
    """`rose over 5 %`, `growth of under 3 %`: the word tells how exact the amount is."""
    if items[i].word not in ("over", "under") or _after(items, i).code not in AMOUNTS:
        return False
    if _before(items, i).code not in "VNRUbotfa":
        return False
    items[i].code = "m"
    return True


def _beyond(items: list[Item], i: int) -> bool:
    """`a quarter below their peak`, `fell below 100`, `get past 5 %`."""
    item, previous = items[i], _before(items, i)
    direction = _BEYOND.get(item.word)
    if direction is None:
        return False
    if previous.code in AMOUNTS and any(later.word in _MARKS for later in items[i + 1 : i + 4]):
        item.code, item.direction = "U", direction
        return True
    if previous.code not in "Vv":
        return False
    item.code = "t"
    if previous.code == "v":
        previous.code, previous.direction = "V", direction
    return True


def _lower_the_verb(items: list[Item], i: int) -> bool:
    """`to lower its rate`."""
    if items[i].word != "lower" or _before(items, i).code not in "tx" or _after(items, i).code not in "edw":
        return False
    items[i].code, items[i].direction = "V", "decrease"
    return True


def _more(items: list[Item], i: int) -> bool:
    """`8 % more revenue`."""
    direction = {"more": "increase", "less": "decrease", "fewer": "decrease"}.get(items[i].word)
    if direction is None or _before(items, i).code not in "PF" or _after(items, i).code != "w":
        return False
    items[i].code, items[i].direction = "U", direction
    return True


def _off(items: list[Item], i: int) -> bool:
    """`closed at $100, off $8.625`."""
    if items[i].word != "off" or _before(items, i).code not in ",x" or _after(items, i).code not in AMOUNTS:
        return False
    items[i].code, items[i].direction = "U", "decrease"
    return True


def _owner(items: list[Item], i: int) -> bool:
    """`Rally's directors`: what owns something is no change."""
    if items[i].code not in "VN" or _after(items, i).code != "'":
        return False
    items[i].code = "w"
    return True


def _adjective(items: list[Item], i: int) -> bool:
    """`the smaller index`, `higher prices` tell no change by themselves."""
    word = items[i].word
    if items[i].code != "U" or not word.endswith("er") or _before(items, i).code in AMOUNTS + "Vvx":
        return False
    if _after(items, i).code not in "wN":
        return False
    items[i].code = "w"
    return True


def _duration(items: list[Item], i: int) -> bool:
    """A length of time as a level or size: `cut the journey from 18 days to 11 days`, `reached 80 years`."""
    if items[i].code != "D" or items[i].direction != "DURATION" or not items[i].word[:1].isdigit():
        return False
    before = _before(items, i).code
    changing = any(item.code in "VN" for item in items[max(0, i - _FAR) : i])
    if before != "R" and not (before in "tfb" and changing):
        return False
    items[i].code, items[i].direction = "Q", ""
    return True


def _between(items: list[Item], i: int) -> bool:
    """`by between 15 and 20 percent`."""
    if items[i].word != "between" or _after(items, i).code not in AMOUNTS:
        return False
    items[i].code = "m"
    return True


def _target_the_noun(items: list[Item], i: int) -> bool:
    """`her target`, `a forecast`: no verb, though the word still tells that the claim looks ahead."""
    owners = "dew'" if items[i].word in ("target", "estimate") else "de'"
    if items[i].word not in _LOOKING_AHEAD or _before(items, i).code not in owners:
        return False
    items[i].code = "w"
    return True


def _more_than(items: list[Item], i: int) -> bool:
    """`12 more than the week before`; but `3 million more than doubled`."""
    direction = _MORE.get(items[i].word)
    if direction is None or _before(items, i).code not in AMOUNTS or _after(items, i).code == "X":
        return False
    items[i].code, items[i].direction = "U", direction
    return True


_RULES: tuple[Callable[[list[Item], int], bool], ...] = (
    _owner,
    _duration,
    _off,
    _adjective,
    _noun_of_change,
    _double_the_noun,
    _unknown_verb,
    _participle,
    _verb_like_noun,
    _particle_of_another_verb,
    _flat_the_noun,
    _half,
    _gone_up_to,
    _due_to,
    _looking_ahead,
    _time_preposition,
    _over_an_amount,
    _beyond,
    _lower_the_verb,
    _between,
    _target_the_noun,
    _more,
    _more_than,
)
