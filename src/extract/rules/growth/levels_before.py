"""The levels before a word of change: `net income of $133 million, or $2.53 a share, | up 5 %`."""

from __future__ import annotations

from dataclasses import dataclass

from extract.rules.growth.kinds import kinds, matcher
from extract.rules.growth.level_metric import counted, metric_of_level
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence


@dataclass(slots=True)
class Before:
    """Levels before an appositive claim, with their first item and their metric."""

    levels: list[int]
    first: int
    metric: Bounds | None
    bracketed: set[int]


_LEVELS = matcher(
    r"""first:{level} ({article} {word} | {preposition} {word quantity})? (\({article modifier}*
        paren:{level} \))? ((\,? or | and) {article modifier}* other:{level} ({article} {word} |
        {preposition} {word})?)? (\,? ({preposition of at time word modifier article determiner
        possessive auxiliary} | \, {preposition} (?={time change_noun article}) | and (?={word}) |
        {say_verb verb} (?={determiner article}) | by (?={article determiner word}) |
        {from to} (?={word determiner article pronoun}) | {verb} (?=of) |
        {verb say_verb} (?={time preposition ,}) | {subordinator} {verb say_verb word} {preposition}?
        (?={time})){0,14})? (\,? {subordinator} (?={verb say_verb auxiliary})
        {auxiliary}? | \,)? {verb say_verb}? {article}? {modifier word time}* $"""
)


def levels_before(sentence: Sentence, cue: int) -> Before | None:
    """The levels right before item `cue`: `net income of $133 million, or $2.53 a share, | up ...`."""
    window = max(0, cue - 20)
    match = _LEVELS.search(sentence.codes, window, cue)
    if not match:
        return _share_before(sentence, cue)
    if _is_of_another_verb(sentence, match.end("first"), cue):
        return None
    led = any(item.word == "with" for item in sentence.items[match.end("first") : cue])
    if led and sentence.codes[cue] == kinds("direction"):
        return None  # lost 2.5 % to 270 yen, with its rival | down 3.4 %
    levels = [match.start(name) for name in ("first", "paren", "other") if match[name]]
    bracketed = {match.start("paren")} if match["paren"] else set()
    return Before(levels, levels[0], metric_of_level(sentence, levels[0]), bracketed)


def _is_of_another_verb(sentence: Sentence, start: int, cue: int) -> bool:
    """`Acme by 2.6 % | and Foobar was | down 1.9 %`: the level is that of the clause before."""
    joint = sentence.codes.find(kinds("and"), start, cue)
    share = sentence.codes[start - 1] == kinds("percent")  # exports were up 16 % | and imports | up 10 %
    return joint >= 0 and (share or kinds("auxiliary") in sentence.codes[joint:cue])


_SHARE = matcher(
    r"""(^ | {; : quote}) {modifier article determiner}* level:{percent quantity}
        {^ level fraction change_verb factor_verb direction subordinator ; :}* \, $"""
)


def _share_before(sentence: Sentence, cue: int) -> Before | None:
    """`Some 40 percent of voters backed it, | up from 28 percent`: the beginning of the clause."""
    match = _SHARE.search(sentence.codes, max(0, cue - 20), cue)
    own = counted(sentence, match.start("level")) if match else None
    return Before([match.start("level")], match.start("level"), own, set()) if match and own else None


_COORDINATED = matcher(
    r"""level:{level} ({preposition of article determiner word modifier possessive time} |
        {verb say_verb} (?={time})){0,8} and {article determiner modifier word of}{0,5} $"""
)


def coordinated_level(sentence: Sentence, before: Before) -> int | None:
    """Another level of the same sort joined to the one before a claim: `revenue of | A and profit of B`."""
    last = before.levels[-1]
    match = _COORDINATED.search(sentence.codes, max(0, last - 16), last)
    same = match is not None and match["level"] == sentence.codes[last]
    return match.start("level") if match is not None and same else None
