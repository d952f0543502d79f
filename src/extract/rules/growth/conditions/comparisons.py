"""Conditions of comparisons between two times."""

from __future__ import annotations

import re

from extract.rules.growth.conditions.sizes import NEAR
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail, nth

_BESIDE = matcher(
    r"""({preposition at}? {time} | {article} {word})? \,? {comparator} {modifier}*
    ({article} {modifier word}{1,3} of)?"""
)
LARGE = re.compile(r"\d,\d{3}|[mb]illion")
_PREVIOUS = word_group("conditions_previous")
_MORE = re.compile(r"\bmore\b")
_FEWER = re.compile(r"\b(?:fewer|less)\b")
SORTS = tuple(
    {*kinds(f"{sort} number")} for sort in ("quantity", "money", "percent")
)  # a bare number is of either


def two_levels(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A comparison needs two levels of one sort."""
    to, from_ = nth(tail.parts["to"], 0), nth(tail.parts["from"], 0)
    if to is None or from_ is None:
        return False
    if sentence.items[match.start("cue")].word == "against" and not _side_by_side(sentence, to, from_):
        return False  # payments of $175 million against the debt
    if _of_another_thing(sentence, from_):
        return False
    codes = {sentence.codes[to], sentence.codes[from_]}
    return len(codes) == 1 or codes in SORTS


def _side_by_side(sentence: Sentence, to: int, from_: int) -> bool:
    """`$5 million in May against $4 million`; otherwise the second level has a time of its own."""
    if kinds("time") in sentence.codes[from_ : from_ + NEAR] + sentence.codes[from_ - NEAR : from_][-4:]:
        return True
    if any(item.word in _PREVIOUS for item in sentence.items[to + 1 : from_]):
        return True  # 25 million tonnes against the previous 21 million
    return _BESIDE.fullmatch(sentence.codes, to + 1, from_) is not None


def _of_another_thing(sentence: Sentence, from_: int) -> bool:
    """The second level is that of another place or group: `5 %, compared with 7 % in Spain`."""
    if kinds("time") in sentence.codes[from_ : from_ + NEAR]:
        return False
    code, following = sentence.codes[from_], sentence.codes[from_ + 1 : from_ + NEAR]
    elsewhere = following[:1] == kinds("preposition") and sentence.items[from_ + 1].word != "per"
    return elsewhere or (
        code == kinds("percent") and following[:1] not in ("", *kinds("comma stop semicolon close"))
    )


# 15 basis points below | a month earlier; 369,000 acres above | the foreign ownership at the end of 1985
_THAN_ITSELF = matcher(r"{subordinator preposition} {pronoun} {auxiliary}")
_EARLIER = matcher(r"({determiner article} {modifier word of}{0,5} {preposition at of}?)? {time}")


def is_higher(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`79 bridges down`, `90 metres above the sea` are not changes; `5 % down`, `three points lower` do."""
    cue = match.start("cue")
    word = sentence.items[cue].word
    if _THAN_ITSELF.match(sentence.codes, cue + 1) and _names_itself(sentence, cue + 1):
        return True
    than = word.endswith("than") or any(item.word == "than" for item in sentence.items[cue + 1 : cue + 4])
    if than and not any(item.word == "before" for item in sentence.items[cue + 1 : cue + 3]):
        return kinds("time") in sentence.codes[cue : cue + NEAR]  # than a year ago; not than other households
    if word in ("up", "down"):
        return match["size"] in kinds("percent points money")
    timed = _EARLIER.match(sentence.codes, cue + 1) is not None
    return (
        word not in ("above", "below") or timed or match["size"] in kinds("percent fraction multiple points")
    )


def _names_itself(sentence: Sentence, i: int) -> bool:
    """`40 % higher | than they were`: compared with itself, whenever that was."""
    return any(item.word in ("it", "they") for item in sentence.items[i : i + 2])


def is_more(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`8 % more revenue`; the words after `above` are the baseline."""
    beyond = sentence.items[match.start("cue")].word in ("above", "below")
    timed = sentence.codes[match.end() : match.end() + 1] == kinds("time")
    reported = kinds("say_verb") in sentence.codes[max(0, match.start() - 2) : match.start()]
    return not beyond and (reported or not timed) and is_higher(sentence, match, tail)


def at_two_times(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`twice the figure of 2019` compares times; `twice the size of France` does not."""
    return kinds("time") in sentence.codes[match.end("size") : match.end() + NEAR]


def of_one_time(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`twice the figure of 2019`; not: `double her annual pay`."""
    inside = sentence.items[match.end("size") : match.end()]
    return not any(item.timex_type == "SET" for item in inside)


def half_of(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`half the figure of 2019`; `a third of the figure` is not the size of a change."""
    return sentence.items[match.start("size")].word == "half" and at_two_times(sentence, match, tail)


def than_earlier(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The level compared with is of an earlier time: `lower than the 16 cents it earned last year`."""
    than = sentence.items[match.start("cue") + 1].word == "than"
    return than and any(
        item.code == kinds("time") and not item.word.startswith("per ")
        for item in sentence.items[match.end() : match.end() + NEAR]
    )


def says_more(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`15,009 more visitors than in 2017`."""
    return bool(_MORE.search(sentence.items[match.start("size")].word)) and _than(sentence, match)


def says_fewer(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`15,009 fewer visitors than in 2017`."""
    return bool(_FEWER.search(sentence.items[match.start("size")].word)) and _than(sentence, match)


def _than(sentence: Sentence, match: re.Match[str]) -> bool:
    return sentence.items[match.end("size")].word.startswith("than")


def as_many(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`twice as many ... as in 1999`."""
    size, end = match.end("size"), match.end() - 1
    words = [sentence.items[size].word, sentence.items[size + 1].word]
    closing = {item.word for item in sentence.items[end - 2 : end]}
    return words in (["as", "many"], ["as", "much"]) and "as" in closing


def the_same(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`the same as last year`."""
    cue = match.start("cue")
    return sentence.items[cue].word == "same" and "as" in {
        item.word for item in sentence.items[cue + 1 : cue + 3]
    }


def after_a_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`5 million tonnes in 1986 after 4.5 million in 1985`."""
    bare = match["from"] == kinds("number") and not LARGE.search(sentence.items[match.start("from")].word)
    bare = bare and sentence.items[match.start("to")].noun
    return (
        sentence.items[match.start("cue")].word == "after" and not bare and two_levels(sentence, match, tail)
    )


def more_for_it(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`pay 72 % more for ore`."""
    return (
        sentence.items[match.start("cue")].word in ("more", "less")
        and sentence.items[match.end() - 1].word == "for"
    )
