"""Conditions of amounts added or removed: that they change a stock, or something measured."""

from __future__ import annotations

import re

from extract.rules.growth.kinds import kinds, word_group
from extract.rules.growth.symbols import Sentence, is_stock
from extract.rules.growth.tails import Tail

_DAY = re.compile(r"day\b")  # closed on Monday: not for good


def removes_a_part(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A part is taken out of what is measured: `cut 3 million tonnes of capacity`, `lose $5m in funding`."""
    cue, size = sentence.items[match.start("cue")], sentence.items[match.start("size")]
    joint = sentence.items[match.end("size")].word
    joined = joint == "of" or (joint == "in" and size.code in kinds("money"))
    objects = sentence.items[match.start("object") : match.end("object")]
    codes = [item.code for item in objects[1:]] + [""]
    heads = [item.word for item, following in zip(objects, codes, strict=True) if following != kinds("word")]
    measured = not word_group("measures").isdisjoint(heads)
    return joined and measured and not size.noun and cue.word in word_group("removing")


def of_a_changed_stock(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`300 jobs were created`; not: `300 people have signed a petition`, who do something themselves."""
    between = sentence.items[match.end("size") : match.start("cue")]
    passive = any(item.word in word_group("word_classes_being") for item in between)
    behind = sentence.items[match.start("cue") + 1 : match.start("cue") + 4]
    acting = bool(behind) and behind[0].code in kinds("determiner article")  # opened their doors
    itself = sentence.items[match.start("cue")].word in word_group("going_away") and not acting
    for_a_day = any(_DAY.search(item.word) for item in behind if item.code == kinds("time"))
    return (passive or itself) and not for_a_day and of_a_stock(sentence, match, tail)


def adds(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The verb is `add`."""
    return sentence.items[match.start("cue")].word.startswith("add")


def of_a_stock(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A stock is added or cut, such as jobs, members or shops, and the verb is used for stocks."""
    cue, size = sentence.items[match.start("cue")], sentence.items[match.start("size")]
    if cue.word.startswith(("leav", "left")) and match.start("size") > match.start("cue"):
        return False  # leaving 500 staff to look for jobs
    if cue.code == kinds("stock_verb") and (cue.word in word_group("of_people") or " " in cue.word):
        return bool(size.noun)
    if cue.code in kinds("stock_verb stock_noun"):
        return is_stock(size) or (bool(size.noun) and size.word.endswith("people"))
    return cue.word in word_group("handled") | word_group("taking") and is_stock(size)


def takes_off(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`wiped $5 billion off its value`."""
    cue = sentence.items[match.start("cue")].word
    return cue in word_group("taking_off") and sentence.items[match.end("size")].word == "off"


def jobs_lost(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`105,000 jobs lost from the sector`, `1,500 staff laid off`: a participle."""
    jobs = sentence.items[match.start("size")].word.split()[-1] in word_group("posts")
    jobs = jobs or sentence.items[match.start("cue")].word == "laid off"
    return (
        jobs
        and sentence.items[match.start("cue")].tag in ("VBN", "VBD", "RP", "")
        and of_a_stock(sentence, match, tail)
    )


def loses_work(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`250 weavers lost their jobs`."""
    return sentence.items[match.start("cue")].word.endswith("their jobs")


def of_a_whole_stock(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A share of all staff, members or shops is shed: `cut 10 % of its workforce`."""
    cue, whole = (
        sentence.items[match.start("cue")],
        sentence.items[match.start("object") : match.end("object")],
    )
    shed = cue.code in kinds("stock_verb stock_noun") or cue.word in word_group("handled") | word_group(
        "taking"
    )
    stocks = word_group("stocks") | word_group("of_persons") | {"force"}
    return shed and any(item.word.split()[-1] in stocks for item in whole) and cue.direction == "decrease"


def in_cuts(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`$5 million in spending cuts`; capital gains are not a change."""
    cue = sentence.items[match.start("cue")]
    inside = sentence.items[match.end("size")].word == "in"
    return inside and cue.word.endswith("s") and cue.word not in word_group("moving")


def cuts(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A sum or share is taken from what is measured: `cut $5 million from spending`."""
    cue, preposition = sentence.items[match.start("cue")], sentence.items[match.start("object") - 1]
    taken = cue.word in word_group("taking") and preposition.word in ("from", "off")
    return taken and (match["size"] != kinds("quantity") or is_stock(sentence.items[match.start("size")]))
