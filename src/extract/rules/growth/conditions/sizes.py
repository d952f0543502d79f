"""Conditions of sizes: that they are those of a change."""

from __future__ import annotations

import re

from extract.rules.growth.items import Item
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence, is_stock
from extract.rules.growth.tails import Tail

_APPOSED = matcher(r"({article} {word})? \, {article} {modifier}*")
NEAR = 9  # items in which a time makes `5 % more than` a change


def is_change(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """Sums that are raised, added, lost or gained are not changes, unless in a metric or to a level."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    code, following = sentence.codes[size], sentence.codes[tail.end : tail.end + 2]
    last = not (tail.parts["to"] or tail.parts["from"])  # not: rose 12 % to $3 million, or 5 % of output
    if last and _is_share_of(cue, code, following):
        return _of_its_value(sentence, tail.end) or _loses_part(
            sentence, cue.word, tail.end
        )  # not: grows 70 % of its rice
    if not is_measured(sentence, match, tail) or _is_of_another(sentence, match, tail):
        return False
    if _is_repeated(sentence, size):
        return not last  # not: raised three times this year
    return _is_no_sum(sentence, cue, size, last=last) or _changes_by_sum(sentence, match, tail)


def _is_share_of(cue: Item, code: str, following: str) -> bool:
    """`grows 70 % of`."""
    return cue.code == kinds("change_verb") and code == kinds("percent") and following[:1] == kinds("of")


def _is_of_another(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The size is not a change: it moves by itself, counts something else, or is of things handled."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    if _is_short(sentence, tail.end) or (moves(sentence, size) and not tail.parts["to"]):
        return True
    if cue.code == kinds("change_noun") and size < match.start("cue") and _counts_another(sentence, size):
        return True
    if (
        sentence.codes[size] == kinds("number")
        and cue.code == kinds("change_noun")
        and cue.word.endswith("s")
    ):
        return size < match.start("cue")  # two more rises
    if sentence.items[size].noun and sentence.codes[match.end() : match.end() + 1] == kinds("determiner"):
        return True  # 40 firms cut their budgets
    return _is_of_things(cue, sentence.codes[size], sentence.codes[tail.end : tail.end + 1])


def _is_of_things(cue: Item, code: str, following: str) -> bool:
    """`he added a third from ten yards`, `lost three of its matches`."""
    if code == kinds("fraction") and cue.word.startswith("add"):
        return following != kinds("to")
    return code in kinds("number quantity") and cue.word in word_group("handled") and following == kinds("of")


def _is_repeated(sentence: Sentence, size: int) -> bool:
    """`raised three times`; not: `by three times`."""
    return (
        sentence.codes[size] == kinds("multiple")
        and sentence.items[size].word.endswith("times")
        and sentence.codes[size - 1] != kinds("by")
    )


def _is_no_sum(sentence: Sentence, cue: Item, size: int, *, last: bool) -> bool:
    """The size is not a sum of things handled: it is a percentage, or it follows `by`."""
    by = sentence.codes[:size].rstrip(kinds("modifier article")).endswith(kinds("by"))
    is_sum = sentence.codes[size] in kinds("money quantity") and cue.word in word_group("handled")
    return not is_sum or (by and last)


def _changes_by_sum(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A sum or quantity with a word that is also used for things handled: `a $3 million cut in costs`."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    code, following = sentence.codes[size], sentence.codes[tail.end : tail.end + 2]
    if _is_price(cue, sentence.items[size]):
        return True
    if cue.code == kinds("change_noun"):
        in_metric = (
            following[:1] == kinds("preposition")
            and following != kinds("preposition time")
            and sentence.items[tail.end].word == "in"
        )
        apposed = size < match.start("cue")  # a $3 million cut, but: spending cuts of $3 million
        named = cue.word in word_group("reductions") and apposed
        named |= cue.word in word_group("taking") and sentence.codes[match.start("cue") - 1] == kinds("word")
        levels = [level for level in tail.parts["to"] if level < match.start("cue")]
        between = sentence.codes[levels[-1] + 1 : match.start()] if levels else ""
        beside_level = bool(levels) and _APPOSED.fullmatch(between) is not None  # $45, a gain of 30 cents
        return in_metric or named or beside_level or code == kinds("quantity")
    return bool(tail.parts["to"] or tail.parts["from"])


def _is_price(cue: Item, size: Item) -> bool:
    """`Brent lost $3.10`: a price, not a sum."""
    return (
        size.code == kinds("money")
        and cue.code == kinds("change_verb")
        and cue.word in word_group("moving")
        and size.word[-1:].isdigit()
    )


def is_no_role(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`the lobby can double as a stage` says what else it is."""
    cue, end = sentence.items[match.start("cue")], match.end("cue")
    role = [item.word for item in sentence.items[end : end + 1]] == ["as"]
    return not (role and cue.word in ("double", "doubles"))


def is_participle(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`a 24 % reduced risk`: a participle between article and noun; not `some 24 % reduced prices`."""
    cue, before = sentence.items[match.start("cue")], sentence.codes[: match.start("size")]
    return cue.word.endswith("ed") and before.rstrip(kinds("modifier")).endswith(kinds("article"))


def is_measured(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The size is one of something measured, not of things handled: `tore down forty houses`."""
    size = match.start("size")
    item, following = sentence.items[size], sentence.codes[tail.end : tail.end + 1]
    if tail.parts["to"] or tail.parts["from"]:
        return True
    if item.code == kinds("multiple") and item.word.endswith("times"):
        return sentence.codes[size - 1] == kinds("by")
    if item.code != kinds("quantity"):
        return not (item.code == kinds("money") and _picks_up(sentence, match.start("cue")))
    if "-" in item.word and following == kinds("word"):
        return False  # climbed a 7,000-metre peak
    by = sentence.codes[:size].rstrip(kinds("modifier article")).endswith(kinds("by"))
    if item.noun:
        return _is_moved(sentence, match.start("cue"), item, by=by)
    return by or following != kinds("of")  # brought down 9.1 tonnes of waste


def _is_set_up(sentence: Sentence, cue: int) -> bool:
    """`set | up two schools`: a particle of another verb; not: `membership is up 300 members`."""
    particle = sentence.codes[cue] == kinds("direction")
    return particle and sentence.codes[cue - 1 : cue] in tuple(kinds("word verb say_verb raising"))


def _picks_up(sentence: Sentence, cue: int) -> bool:
    """`picked | up $1 billion`."""
    return sentence.items[cue].word == "up" and sentence.items[cue - 1].word.startswith("pick")


def _is_moved(sentence: Sentence, at: int, size: Item, *, by: bool) -> bool:
    """A counted noun is the size of a change; not: `lost by 38 votes`, `set up two schools`."""
    cue = sentence.items[at]
    if by and not cue.word.startswith("los"):
        return True
    return cue.code == kinds("change_noun") or (is_stock(size) and (by or not _is_set_up(sentence, at)))


def _counts_another(sentence: Sentence, size: int) -> bool:
    """`a reading above 50 indicates growth`: the count is separate, after another word."""
    return bool(sentence.items[size].noun) and sentence.codes[size - 1 : size] == kinds("word")


def _is_short(sentence: Sentence, i: int) -> bool:
    """`fell 3 % | short of its goal`."""
    return any(item.word == "short" for item in sentence.items[i : i + 1])


def moves(sentence: Sentence, amount: int) -> bool:
    """A length without `by` is a distance, unless the metric is a level: `the bus fell 200 metres`."""
    item = sentence.items[amount]
    unit = item.word.split()
    plane = unit[-2:-1] in (["cubic"], ["cu"], ["square"], ["sq"])  # 510 billion cu m of gas
    length = item.code == kinds("quantity") and unit[-1] in word_group("lengths") and not plane
    if not length or sentence.codes[amount - 1] == kinds("by"):
        return False
    return not any(other.word in word_group("heights") for other in sentence.items[:amount])


def _of_its_value(sentence: Sentence, i: int) -> bool:
    """`of its value` begins at item `i`."""
    return any(item.word == "value" for item in sentence.items[i + 1 : i + 3])


def _loses_part(sentence: Sentence, verb: str, of: int) -> bool:
    """`lost 90 % | of its area`."""
    return verb in ("lose", "loses", "lost", "losing") and sentence.codes[of + 1] == kinds("determiner")


def is_going(sentence: Sentence, i: int) -> bool:
    """`revised growth to 3 %`."""
    return sentence.codes[i] in kinds("verb word") and sentence.items[i].word in word_group("going")


def takes_an_object(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The phrase after the verb is its object: not `fell short of the target by 5 %`."""
    return not _is_short(sentence, match.start("object")) and is_measured(sentence, match, tail)


def is_no_object(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The noun is not the object of another verb of change: `cut its forecast of growth in demand to 5 %`."""
    before = sentence.codes[max(0, match.start("cue") - NEAR) : match.start("cue")]
    first = match.start("cue") - len(before)
    verbs = (
        k for k, code in enumerate(before) if code == kinds("change_verb") or is_going(sentence, first + k)
    )
    verb = max(verbs, default=-1)
    return verb < 0 or any(mark in before[verb:] for mark in kinds("comma semicolon subordinator"))


def of_a_growth(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The noun is one of a rate, or its size a sum, with no comparison between it and its size."""
    if match["size"] in kinds("money quantity"):
        named = sentence.items[match.start("cue")].word in word_group("reductions")
        return named and sentence.codes[match.start("size") - 1] in kinds("auxiliary verb modifier article")
    between = sentence.codes[match.end("cue") : match.start("size")]
    return (
        sentence.items[match.start("cue")].word in word_group("growths")
        and kinds("comparator") not in between
    )
