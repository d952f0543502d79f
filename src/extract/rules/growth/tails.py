"""What follows the core of a claim: levels, other statements of the same change, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence

# Each: what may follow, the role of the amount it captures ("" is none, "same" the role of the one before,
# "joined" the same for another amount of its sort).
_PIECES = (
    (matcher(r"\( or? {article modifier}* amount:{level} \)"), "bracket"),
    (
        matcher(
            r"""\,? or {article modifier}* amount:{level} ({article} {word} | {preposition}?
                {word}{1,2} (?={, . ; to from}))? \,?"""
        ),
        "same",
    ),
    (
        matcher(
            r"""\,? to ({article determiner modifier word of}
                {article determiner modifier word verb of time}{0,5}?)? amount:{level}"""
        ),
        "to",
    ),
    (
        matcher(
            r"""\,? to {verb change_verb reach_verb} {modifier direction}* at?
                ({article determiner modifier}{0,2}? | {article determiner} {modifier word}{1,3} of)
                amount:{level}"""
        ),
        "to",
    ),
    (matcher(r"\,? at {article determiner modifier word}{0,2}? amount:{level}"), "to"),
    (matcher(r"\,? {reach_verb verb} {article determiner modifier word}{0,2}? amount:{money}"), "to"),
    (matcher(r"{reach_verb} {article modifier}* amount:{number quantity} (?={, . ; preposition})"), "to"),
    (
        matcher(
            r"\, {verb} {modifier direction}* at {article determiner modifier word}{0,2}? amount:{level}"
        ),
        "to",
    ),
    (
        matcher(
            r"""\,? {word}? (from | {comparator}) ({time} {possessive})? ({article determiner} {verb})?
                {article determiner modifier word possessive of raising forecast_verb}{0,5}? amount:{level}
                (?!{forecast_verb raising})"""
        ),
        "from",
    ),
    (
        matcher(r"and {article modifier}* amount:{level} (?={time} | {, . ; comparator modifier from} | $)"),
        "joined",
    ),
    (matcher(r"{preposition} {determiner} {modifier}* amount:{money quantity}"), "figure"),
    (
        matcher(r"{preposition} {modifier}* amount:{money quantity number} (?={preposition at} {time})"),
        "figure",
    ),
    (matcher(r"{subordinator} {determiner} {modifier word time}{1,3} of amount:{level}"), "from"),
    (
        matcher(
            r"{subordinator preposition} {time} {possessive} {modifier}* amount:{level} (?!{change_noun})"
        ),
        "before",
    ),
    (matcher(r"\, {verb} {direction}? from {article modifier}* {level}"), ""),  # , revised from $5 million
    (
        matcher(
            r"""{preposition} {determiner} {time}? {word verb forecast_verb raising modifier}{1,3}
                of amount:{level}"""
        ),
        "figure",
    ),
    (matcher(r"\,? {preposition comparator from at by}? {modifier}? {time} \,?"), ""),
    (matcher(r"({article} | {preposition}) {word}{1,2} (?={, . ; to from time preposition open or})"), ""),
    (matcher(r"{subordinator} {verb say_verb word} {preposition at}? {time} \, (?={from to})"), ""),
    (
        matcher(
            r"""{preposition of} {article determiner word modifier possessive time}{1,5} (?=\,?
                {to from comparator} | {preposition}? {time} {to from})"""
        ),
        "",
    ),
)


_CHECKED = frozenset({"figure", "before"})  # old levels, if `_is_no_piece` lets them pass
_ON = word_group("tails_on")

Parts = dict[str, list[int]]  # the items of each role: size, to, from


@dataclass(slots=True)
class Tail:
    """The amounts of a claim by role, the item after the last of them, and which are in brackets."""

    parts: Parts
    end: int
    bracketed: set[int] = field(default_factory=set)


def read_tail(sentence: Sentence, start: int, core: Parts) -> Tail:
    """Continue at item `start`, after the core, whose amounts are given by role."""
    parts = {role: list(core.get(role, ())) for role in ("size", "to", "from")}
    tail = Tail(parts, start)
    role = max(((items[-1], name) for name, items in parts.items() if items), default=(0, "to"))[1]
    position = start
    while position < len(sentence.codes):
        for regex, kind in _PIECES:
            match = regex.match(sentence.codes, position)
            if not match or (parts.get(kind)):
                continue
            if _is_no_piece(sentence, parts, match, kind):
                continue
            kind = "from" if kind in _CHECKED else kind  # down 30 % on the 1985 revenue of $9.7 billion
            if kind == "from" and _earlier_size(sentence, parts, match.start("amount")):
                return tail
            if kind:
                role = role if kind in ("same", "joined", "bracket") else kind
                parts[role].append(match.start("amount"))
                tail.end = match.end()
                if kind == "bracket":
                    tail.bracketed.add(match.start("amount"))
            position = match.end()
            break
        else:
            break
    return tail


def _is_no_piece(sentence: Sentence, parts: Parts, match: re.Match[str], kind: str | None) -> bool:
    """A match that is not part of the tail: a name, another counted thing, a figure without a share."""
    if kind == "to":
        return _of_a_name(sentence, match)
    if kind == "joined":  # 374 cars, down 9.9 %, | and 156 lorries
        return bool(match["amount"] != sentence.codes[_last_amount(parts)])
    if kind == "before":  # rose to $6.9 billion | after January's $6.6 billion
        return bool(parts["from"]) or sentence.items[match.start()].word != "after"
    if kind != "figure":
        return False
    on = sentence.items[match.start()].word in _ON
    return bool(parts["from"]) or not on or not _has_share(sentence, parts)


def _has_share(sentence: Sentence, parts: Parts) -> bool:
    return any(sentence.codes[i] == kinds("percent") for i in parts["size"])


def _last_amount(parts: Parts) -> int:
    return max((items[-1] for items in parts.values() if items), default=0)


def _of_a_name(sentence: Sentence, match: re.Match[str]) -> bool:
    """`down 13 %, to Singapore 11 %`: the amount is that of a place."""
    return any(item.named for item in sentence.items[match.start() : match.start("amount")])


def nth(items: list[int], k: int) -> int | None:
    """The item at place `k`, or None."""
    return items[k] if k < len(items) else None


def _earlier_size(sentence: Sentence, parts: Parts, amount: int) -> bool:
    """`grew 4.7 %, up from 4.5 %`: another size, not the level before."""
    percent = sentence.codes[amount] == kinds("percent") and any(
        sentence.codes[i] == kinds("percent") for i in parts["size"]
    )
    return percent and not parts["to"]
