"""What stands around the core of a claim: levels, other statements of the same change, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.rules.growth import metric
from extract.rules.growth.metric import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.words import word_group

_L = "[PpMQBF]"
# Each: what may follow, the role of the amount it captures ("" is none, "same" the role of the one before).
_PIECES = (
    (re.compile(rf"\([dm]*(?P<amount>{_L})\)"), "bracket"),
    (re.compile(rf",?\|[dm]*(?P<amount>{_L})(?:dw|i?w{{1,2}}(?=[,.;tf]))?,?"), "same"),
    (re.compile(rf",?t[demwo]{{0,4}}?(?P<amount>{_L})"), "to"),
    (re.compile(rf",?t[vV][mU]*a?[dem]{{0,2}}?(?P<amount>{_L})"), "to"),
    (re.compile(rf",?a[demw]{{0,2}}?(?P<amount>{_L})"), "to"),
    (re.compile(r",?[Rv][demw]{0,2}?(?P<amount>M)"), "to"),
    (re.compile(rf",?(?:f|C)(?:D')?[demwo]{{0,4}}?(?P<amount>{_L})(?![jr])"), "from"),
    (re.compile(rf"&[dm]*(?P<amount>{_L})(?=D|[,.;Cm]|$)"), "same"),
    (re.compile(r",?[iCfab]?m?D,?"), ""),
    (re.compile(r"(?:d|i)w(?=[,.;tfDi(|])"), ""),
    (re.compile(r"[io][dewm']{1,5}(?=,?[tfC]|iDt)"), ""),
)


Parts = dict[str, list[int]]  # the items of each role: size, to, from


@dataclass(slots=True)
class Tail:
    """The amounts of a claim by role, the item after the last of them, and which stand in brackets."""

    parts: Parts
    end: int
    bracketed: set[int] = field(default_factory=set)


def read_tail(sentence: Sentence, start: int, core: Parts) -> Tail:
    """Read on from item `start`, behind the core whose amounts are given by role."""
    parts = {role: list(core.get(role, ())) for role in ("size", "to", "from")}
    tail = Tail(parts, start)
    role = max(((items[-1], name) for name, items in parts.items() if items), default=(0, "to"))[1]
    position = start
    while position < len(sentence.codes):
        for regex, kind in _PIECES:
            match = regex.match(sentence.codes, position)
            if not match or (parts.get(kind)):
                continue
            if kind == "from" and _earlier_size(sentence, parts, match.start("amount")):
                return tail
            if kind:
                role = role if kind in ("same", "bracket") else kind
                parts[role].append(match.start("amount"))
                tail.end = match.end()
                if kind == "bracket":
                    tail.bracketed.add(match.start("amount"))
            position = match.end()
            break
        else:
            break
    return tail


def nth(items: list[int], k: int) -> int | None:
    """The item at place `k`, or None."""
    return items[k] if k < len(items) else None


def _earlier_size(sentence: Sentence, parts: Parts, amount: int) -> bool:
    """`grew 4.7 %, up from 4.5 %`: another size, not the level before."""
    percent = sentence.codes[amount] == "P" and any(sentence.codes[i] == "P" for i in parts["size"])
    return percent and not parts["to"]


_CLAUSE_STARTS = frozenset(',;:k&.("')
_MARKS = frozenset({"high", "low", "record", "peak", "total", "average", "median"})


@dataclass(slots=True)
class Before:
    """Levels that stand before an appositive claim, first item and the metric they are levels of."""

    levels: list[int]
    first: int
    metric: Bounds | None
    bracketed: set[int]


_LEVELS = re.compile(
    rf"(?P<first>{_L})(?:dw|iw)?(?:\([dm]*(?P<paren>{_L})\))?(?:(?:,?\||&)[dm]*(?P<other>{_L})(?:dw|iw)?)?(?:,?(?:[ioaDwmde'x]|[vs](?=D)|k[vsw]i?(?=D)){{0,10}})?(?:,?k(?=[vsx])x?|,)?[vs]?d?[mw]*$"
)


def levels_before(sentence: Sentence, cue: int) -> Before | None:
    """The levels right before item `cue`: `net income of $133 million, or $2.53 a share, | up ...`."""
    window = max(0, cue - 20)
    match = _LEVELS.search(sentence.codes, window, cue)
    if not match:
        return _share_before(sentence, cue)
    levels = [match.start(name) for name in ("first", "paren", "other") if match[name]]
    bracketed = {match.start("paren")} if match["paren"] else set()
    return Before(levels, levels[0], metric_of_level(sentence, levels[0]), bracketed)


_SHARE = re.compile(r"(?:^|[;:\"])[mde]*(?P<level>[PQ])[^PpMQBFHVXUk;:]*,$")


def _share_before(sentence: Sentence, cue: int) -> Before | None:
    """`Some 40 percent of voters backed it, | up from 28 percent`: what opens the clause."""
    match = _SHARE.search(sentence.codes, max(0, cue - 20), cue)
    own = counted(sentence, match.start("level")) if match else None
    return Before([match.start("level")], match.start("level"), own, set()) if match and own else None


_COORDINATED = re.compile(rf"(?P<level>{_L})(?:[iodewm'D]|[vs](?=D)){{0,8}}&[demwo]{{0,5}}$")


def coordinated_level(sentence: Sentence, before: Before) -> int | None:
    """Another level of the same sort joined to the one before a claim: `revenue of | A and profit of B`."""
    last = before.levels[-1]
    match = _COORDINATED.search(sentence.codes, max(0, last - 16), last)
    same = match is not None and match["level"] == sentence.codes[last]
    return match.start("level") if match is not None and same else None


def metric_of_level(sentence: Sentence, level: int) -> Bounds | None:
    """What a level is a level of: `net income of L`, `sales were L`, `shares closed at L`, `sold L cars`."""
    codes = sentence.codes
    i = level - 1
    while i >= 0 and codes[i] in "dem":
        i -= 1
    if i < 0 or codes[i] in _CLAUSE_STARTS:
        return counted(sentence, level) or metric.noun_phrase_before(
            sentence, i + (codes[i : i + 1] not in ":(")
        )
    if codes[i] == "o":
        found = metric.noun_phrase_before(sentence, i)
        if found and sentence.items[found[1]].word in _MARKS:  # touched a high of L
            return metric.clause_subject(sentence, found[0])
        return found
    verb = i
    while verb > 0 and codes[verb] in "aDVxvsRt":
        verb -= 1
    if codes[verb + 1 : i + 1] == "t" and codes[verb] in "wN":
        return counted(sentence, level)  # home to 300 dogs
    if verb == i:
        return _noun_phrase(sentence, i)
    own = metric.subject(sentence, verb + 1)
    return (_acted_on(sentence, level, i) or own) if own else counted(sentence, level)


def _noun_phrase(sentence: Sentence, last: int) -> Bounds | None:
    """The noun phrase that ends at item `last`; for a verb, as in `plans to dole out $42`, its subject."""
    found = metric.noun_phrase_before(sentence, last + 1)
    if (
        found
        and found[0] > 1
        and sentence.codes[found[0] - 1] == "t"
        and sentence.codes[found[0] - 2] in "sjrxv"
    ):
        return metric.clause_subject(sentence, found[0])
    return found


def _acted_on(sentence: Sentence, level: int, verb: int) -> Bounds | None:
    """What is counted behind a verb that does something to it: `sold 2 million cars`, not `totalled`."""
    code, word = sentence.codes[verb], sentence.items[verb].word
    acting = (code in "vs" and word not in word_group("equalling")) or (
        code == "V" and word in word_group("handled")
    )
    return counted(sentence, level) if acting and sentence.items[level].noun else None


def counted(sentence: Sentence, level: int) -> Bounds | None:
    """What an amount counts: `457 | deaths on roads`, `15 percent of | receivables`."""
    codes = sentence.codes
    if codes[level] == "P":
        of = re.compile(r"o([dew'oi]+)").match(codes, level + 1)
        return metric.object_after(sentence, level + 2, stop=of.end()) if of else None
    if sentence.items[level].noun:
        more = (
            metric.object_after(sentence, level + 1) if codes[level + 1 : level + 2] in ("o", "i") else None
        )
        return level, more[1] if more else level
    return metric.object_after(sentence, level + 1) if codes[level : level + 2] == "Bw" else None
