"""Finders of the metric: each takes a match of a pattern and returns a noun phrase."""

from __future__ import annotations

import re

from extract.rules.growth import phrases, subjects
from extract.rules.growth.items import Item
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.level_metric import counted, metric_of_level
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence, is_stock

_STEPS = word_group("finders_steps")
_OF_WHAT = matcher(
    r"""{of preposition} ({word article determiner modifier change_noun possessive quote and
        change_verb} | {time} {word change_noun})"""
)
_LATER = matcher(
    r"""(\, or {article modifier}* {level} ({article} {word})? \,?)?
    ({article} {word} (?={of preposition}))?
    ({of preposition} (?={word article determiner modifier change_noun possessive}) | to (?={determiner})
    | at (?={word}))"""
)


def subject(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The subject of the cue."""
    return subjects.subject(sentence, match.start("cue"))


def subject_or_object(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`ridership doubled`; but `to double rail freight`, `a doubling in their assets`."""
    start, end = match.start("cue"), match.end()
    named = sentence.codes[start - 1 : start] == kinds("article") and start > 0
    if named and sentence.codes[end : end + 1] in tuple(kinds("of preposition")):
        return phrases.object_after(sentence, end + 1)
    if sentence.codes[match.end() : match.end() + 1] in tuple(kinds("determiner word article")):
        return phrases.object_after(sentence, match.end())
    return subject(sentence, match)


def loser(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The subject; but `lost a fifth of their value` says what was lost."""
    following = sentence.codes[match.end() : match.end() + 2]
    part = sentence.codes[match.start("size")] == kinds("fraction") and following == kinds("of word")
    if part or following == kinds("of determiner"):
        return phrases.object_after(sentence, match.end() + 1)
    size = match.start("size")
    if sentence.codes[size - 1] == kinds("by") and sentence.codes[match.end() :][:1] == kinds("determiner"):
        return phrases.object_after(sentence, match.end())  # boosted by 72 % the price of ore
    return subject(sentence, match)


def object_of(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The object between verb and amount; `shrank for a fifth month, by 3 %` has none, but a subject."""
    if sentence.codes[match.start("object")] in kinds("preposition at to from"):
        return subjects.subject(sentence, match.start("cue"))
    last = match.end("object") - 1
    if sentence.items[last].noun:
        return last, last  # 20 of its 90 | stores
    found = phrases.object_after(sentence, match.start("object"), stop=match.end("object"))
    if found is not None and found[0] == found[1] and _is_state(sentence.items[found[1]]):
        return subjects.subject(sentence, match.start("cue"))  # unemployment remains high at 10 %
    return found


def brought(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The object; `bringing it to 4 %` names none, which `object_of` would have refused."""
    return object_of(sentence, match)


def _is_state(item: Item) -> bool:
    return item.tag.startswith("JJ") or item.word in word_group("states_of_a_level") | _STEPS


def of_noun(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`a rise in exports`, `GDP growth`; for a bare noun the subject of its clause."""
    after = match.end("cue")
    size = match.start("size") if "size" in match.re.groupindex else -1
    if _counts_stock(sentence, after, size):
        return counted(sentence, size)  # a reduction of 1,600 employees
    if found := _behind_noun(sentence, after, sized=size >= 0):
        return found
    own = phrases.noun_before(sentence, match.start("cue"))
    if own is not None and sentence.items[own[1]].tag.startswith("NN"):
        return own
    if found := _behind_size(sentence, match.end()):
        return found
    if own is not None and sentence.items[own[1]].tag.startswith("JJ"):
        cue = match.start("cue")
        return (own[0], cue) if sentence.items[cue].word == "growth" else None  # annual growth
    return own


def _behind_noun(sentence: Sentence, after: int, *, sized: bool) -> Bounds | None:
    """`a rise | in exports`; with a size also `a cut | to the budget`, `growth | at Schiphol Airport`."""
    of = _OF_WHAT.match(sentence.codes, after) and sentence.items[after].word != "on"
    placed = sized and sentence.codes[after : after + 2] in (kinds("to determiner"), kinds("at word"))
    return phrases.object_after(sentence, after + 1) if of or placed else None


def _behind_size(sentence: Sentence, end: int) -> Bounds | None:
    """`a rise of 5 % | in exports`; not `a rise of 5 % | over the total of 2015`."""
    later = _LATER.match(sentence.codes, end)
    if later is None or sentence.items[later.end() - 1].word == "over":
        return None
    return phrases.object_after(sentence, later.end())


def _counts_stock(sentence: Sentence, after: int, size: int) -> bool:
    """`a reduction | of 1,600 employees`."""
    return size > after and sentence.codes[after] == kinds("of") and is_stock(sentence.items[size])


def of_noun_or_itself(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`sales growth was 5 %`; `growth was 5 %`."""
    cue = match.start("cue")
    return of_noun(sentence, match) or (cue, cue)


def own_words(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The words between size and noun: `4.8 % GDP growth`."""
    if match.end("own") > match.start("own"):
        own = phrases.trimmed(sentence, match.start("own"), match.end("own") - 1)
        if own is not None and not sentence.items[own[1]].tag.startswith(("JJ", "VB", "RB")):
            return own
    return of_noun(sentence, match)


def before_size(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The subject of the clause before the size."""
    return subjects.subject(sentence, match.start() if match.start("size") < 0 else match.start("size"))


def before_cue(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The subject of the verb that the match begins with."""
    return subjects.subject(sentence, match.start())


def more_of(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`8 % more revenue`."""
    return phrases.object_after(sentence, match.end())


def added_to(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`added $5 million to its reserves`."""
    return phrases.object_after(sentence, match.start("object"))


def arriver(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The subject of arriving; for `the goal of reaching one million tourists` what is counted."""
    to = match.start("to")
    marked = any(item.word in word_group("thresholds") for item in sentence.items[match.start() : to])
    if marked and sentence.items[to].noun:
        return counted(sentence, to)  # the milestone of half a million visitors
    if sentence.codes[match.start() - 1 : match.start()] == kinds("of") and match.start():
        return counted(sentence, match.start("to"))
    return subjects.subject(sentence, match.start("cue"))


def level(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """What the level is a level of."""
    return metric_of_level(sentence, match.start("to"))


def nothing(sentence: Sentence, match: re.Match[str]) -> None:
    """The metric is in the previous sentence."""


def whole_object(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The object with the level inside it: `the 4.5 percent levy`."""
    return phrases.trimmed(sentence, match.start("object"), match.end("object") - 1)


def what_is_counted(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`14,000 jobs`: the noun."""
    return counted(sentence, match.start("size"))


def more_for(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`72 % more for its ore`."""
    return phrases.object_after(sentence, match.end())
