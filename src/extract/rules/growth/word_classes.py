"""Nouns that look like verbs, verbs that look like nouns: rules of `settle`."""

from __future__ import annotations

from extract.rules.growth.neighbours import after, before
from extract.rules.growth.words import AMOUNTS, Item, lexicon, verb_forms

_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_FEW = 3
_BASE_FACTORS = frozenset({"double", "triple", "treble", "quadruple"})
_LOOKING_AHEAD = frozenset({"target", "forecast", "plan", "estimate", "pledge", "promise"})


def owner(items: list[Item], i: int) -> bool:
    """`Rally's directors`: what owns something is no change."""
    if items[i].code not in "VN" or after(items, i).code != "'":
        return False
    items[i].code = "w"
    return True


def adjective(items: list[Item], i: int) -> bool:
    """`the smaller index`, `higher prices` tell no change by themselves."""
    word = items[i].word
    if items[i].code != "U" or not word.endswith("er") or before(items, i).code in AMOUNTS + "Vvx":
        return False
    if after(items, i).code not in "wN":
        return False
    items[i].code = "w"
    return True


def noun_of_change(items: list[Item], i: int) -> bool:
    """`rise`, `cuts`, `drop`: the noun, not the verb."""
    item, previous = items[i], next((p for p in reversed(items[max(0, i - 3) : i]) if p.code != "m"), None)
    direction = lexicon().nouns.get(item.word)
    if item.code != "V" or direction is None or not _stands_as_noun(items, i, previous):
        return False
    item.code, item.direction = "N", direction
    return True


def _stands_as_noun(items: list[Item], i: int, previous: Item | None) -> bool:
    following = after(items, i).code
    if previous is None:
        return following in "oi"
    if previous.code in "txyr":
        return False
    if previous.code in "de'":
        return True
    if previous.code in AMOUNTS:
        return following not in "PpMQBFHb"
    return before(items, i).code == "o" or following in "oi,.k"


def form_of_a_noun(items: list[Item], i: int) -> bool:
    """`the firm`, `a contract`: a form of a verb of change that is another noun behind an article."""
    item = items[i]
    if item.code != "V" or before(items, i).code not in "de'" or item.word.endswith(("ed", "ing")):
        return False
    item.code, item.direction = "w", ""
    return True


def double_the_noun(items: list[Item], i: int) -> bool:
    """`double` is a verb only where a verb can stand: `to double`, `will triple`; `twice` never is one."""
    if items[i].word == "twice":
        items[i].code = "F" if after(items, i).code in "ekmD" else "w"
        return True
    if items[i].code != "X" or items[i].word not in _BASE_FACTORS:
        return False
    first = i
    while first and items[first - 1].code == "m":
        first -= 1
    if first and items[first - 1].code in "tx" and items[first - 1].word not in _BEING:
        return False
    multiple = first < i or (before(items, i).word in _BEING and after(items, i).code in "eD")
    items[i].code = "F" if multiple else "w"
    return True


def unknown_verb(items: list[Item], i: int) -> bool:
    """A word that stands and ends like a verb: `is paying`, `farmers planted 5,000`."""
    word, previous = items[i].word, before(items, i).code
    if items[i].code != "w":
        return False
    continuous = word.endswith("ing") and previous in "x,"
    past = word.endswith("ed") and (
        previous in "xy" or (previous in "w'" and after(items, i).code in "de" + AMOUNTS)
    )
    if continuous or past:
        items[i].code = "s"
    return continuous or past


def participle(items: list[Item], i: int) -> bool:
    """What looks like a verb before its noun or behind its owner: `imported modules`, `the bank's costs`."""
    left, right = before(items, i).code, after(items, i).code
    nouns = "wNv" if left in "de" else "wN"  # the estimated cost
    if items[i].code not in "svjr" or left not in "deio'" or (left != "'" and right not in nouns):
        return False
    items[i].code = "w"
    return True


def verb_like_noun(items: list[Item], i: int) -> bool:
    """`the cost has risen`: what has a verb behind it is a noun."""
    if items[i].code not in "sv" or items[i].word.endswith(("ed", "ing")):
        return False
    if before(items, i).code not in "wde'" or after(items, i).code not in "xVbo":
        return False
    if after(items, i).word.endswith("ing"):
        return False  # wages keep rising
    items[i].code = "w"
    return True


def particle_of_another_verb(items: list[Item], i: int) -> bool:
    """`up` after a verb that it makes no verb of change: `made up`, `gave up`."""
    previous = before(items, i)
    if items[i].code != "U" or previous.code != "v" or previous.word in verb_forms("particle"):
        return False
    items[i].code = "v"
    return True


def flat_the_noun(items: list[Item], i: int) -> bool:
    """`a flat` is a home."""
    if items[i].code != "E" or not (before(items, i).code in "de" or after(items, i).code in "VvxX"):
        return False
    items[i].code = "w"
    return True


def looking_ahead(items: list[Item], i: int) -> bool:
    """`the ministry projected that` is a verb of its own, `is projected to rise` helps one."""
    item = items[i]
    if item.code != "r" or item.word not in verb_forms("project"):
        return False
    if before(items, i).code not in "wy" or after(items, i).code == "t":
        return False
    item.code = "j"
    return True


def lower_the_verb(items: list[Item], i: int) -> bool:
    """`to lower its rate`."""
    if items[i].word != "lower" or before(items, i).code not in "tx" or after(items, i).code not in "edw":
        return False
    items[i].code, items[i].direction = "V", "decrease"
    return True


def target_the_noun(items: list[Item], i: int) -> bool:
    """`her target`, `a forecast`: no verb, though the word still tells that the claim looks ahead."""
    if items[i].word not in _LOOKING_AHEAD:
        return False
    owners = "dew'" if items[i].word in ("target", "estimate") else "de'"
    first = i
    while first and items[first - 1].code in "wN" and i - first < _FEW:
        first -= 1
    compound = first < i and before(items, first).code in "de'" and after(items, i).code in "iotaf,."
    if not compound and before(items, i).code not in owners:
        return False
    items[i].code = "w"
    return True
