"""What surrounds the core of a claim: levels, other statements of the same change, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.rules.growth import metric
from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.metric import Bounds
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


_ON = word_group("tails_on")
_MONEYED = word_group("moneyed") | {"sales"}

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
            kind = (
                "from" if kind in ("figure", "before") else kind
            )  # down 30 % on the 1985 revenue of $9.7 billion
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


# raised | its forecast | to
_OBJECT_TO = matcher(
    r"""{change_verb} object:({determiner article} {article determiner modifier word of preposition possessive
        time change_noun}{1,10}?) to {modifier}* $"""
)
_COPULAS = word_group("asked_links")
_CLAUSE_STARTS = frozenset(kinds("comma semicolon colon subordinator and stop open quote"))
_MARKS = word_group("tails_marks")


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


def metric_of_level(sentence: Sentence, level: int) -> Bounds | None:
    """The metric of a level: `net income of L`, `sales were L`, `shares closed at L`, `sold L cars`."""
    moved = _OBJECT_TO.search(sentence.codes, max(0, level - REACH), level)
    if moved:
        return metric.object_after(sentence, moved.start("object"), stop=moved.end("object"))
    return _said_of(sentence, _beside_level(sentence, level))


def _beside_level(sentence: Sentence, level: int) -> Bounds | None:
    codes = sentence.codes
    if codes[level : level + 2] == kinds("money word") and sentence.items[level + 1].tag.startswith("NN"):
        return metric.object_after(sentence, level + 1)  # a $5 million | dividend
    i = _before_amount(sentence, level)
    if i < 0 or codes[i] in _CLAUSE_STARTS:
        return _at_clause_start(sentence, level, i)
    if codes[i] == kinds("of"):
        found = _without_verb(sentence, metric.noun_phrase_before(sentence, i))
        if found and sentence.items[found[1]].word in _MARKS:  # touched a high of L
            return metric.clause_subject(sentence, found[0])
        return found
    return _behind_verb(sentence, level, i)


def _before_amount(sentence: Sentence, level: int) -> int:
    """The item before an amount and what belongs to it: `sold | a gross $3 million`; -1 at the start."""
    codes, i = sentence.codes, level - 1
    while i >= 0 and (codes[i] in kinds("article determiner modifier") or _is_of_a_sum(sentence, i)):
        i -= 1
    fronted = i >= 0 and codes[i] == kinds("time") and (not i or codes[i - 1] in _CLAUSE_STARTS)
    return i - 1 if fronted else i  # Last week | 24,000 cases were reported


def _without_verb(sentence: Sentence, found: Bounds | None) -> Bounds | None:
    """`pay a | dividend`: without an infinitive that the tagger knows."""
    if found is None or found[1] - found[0] < len(["a", "dividend"]):
        return found
    first, last = found
    named = sentence.codes[first + 1] in kinds("article determiner")
    return (first + 2, last) if named and sentence.items[first].tag == "VB" else found


def _is_of_a_sum(sentence: Sentence, i: int) -> bool:
    """`a | gross | 26 billion dollars`, `a record $3 million`."""
    return sentence.items[i].word in word_group("sums") and sentence.codes[i - 1 : i] == kinds("article")


def _at_clause_start(sentence: Sentence, level: int, i: int) -> Bounds | None:
    """The metric of a level that begins a clause: `2,882 tonnes of ore`."""
    codes = sentence.codes
    stuff = codes[level : level + 2] == kinds("quantity of") and not sentence.items[level].noun
    of_stuff = metric.object_after(sentence, level + 2) if stuff else None
    return (
        of_stuff
        or counted(sentence, level)
        or metric.noun_phrase_before(sentence, i + (codes[i : i + 1] not in kinds("colon open")))
    )


def _behind_verb(sentence: Sentence, level: int, i: int) -> Bounds | None:
    """The metric of a level after a verb, or after a noun phrase that ends at item `i`."""
    i -= sentence.items[i].tag == "RP" and i > 0  # sent out | 74 messages
    codes, verb = sentence.codes, i
    while verb > 0 and codes[verb] in kinds("at time change_verb auxiliary verb say_verb reach_verb to"):
        verb -= 1
    if codes[verb + 1 : i + 1] == kinds("to") and codes[verb] in kinds("word change_noun"):
        return counted(sentence, level)  # home to 300 dogs
    if verb == i:
        bought = _bought(sentence, level, sentence.items[i].word)
        return _stuff(sentence, level, i) or bought or _noun_phrase(sentence, i)
    return _acted_on(sentence, level, i) or metric.subject(sentence, verb + 1) or counted(sentence, level)


def _said_of(sentence: Sentence, found: Bounds | None) -> Bounds | None:
    """The noun phrase; for a predicate, as in `X was the most active stock`, its subject."""
    copula = found[0] - 1 if found else 0
    while copula > 0 and sentence.codes[copula] in kinds("article determiner modifier"):
        copula -= 1
    if found is None or sentence.items[copula].word not in _COPULAS:
        return found
    return metric.subject(sentence, copula + 1) or found


def _noun_phrase(sentence: Sentence, last: int) -> Bounds | None:
    """The noun phrase that ends at item `last`; for a verb, as in `plans to dole out $42`, its subject."""
    found = metric.noun_phrase_before(sentence, last + 1)
    verb = last - (sentence.codes[last] in kinds("preposition"))
    if found is None and verb >= 0 and metric.is_finite_word(sentence, verb):
        return metric.subject(sentence, verb)  # exports | account for | 22 pct
    if (
        found
        and found[0] > 1
        and sentence.codes[found[0] - 1] == kinds("to")
        and sentence.codes[found[0] - 2] in kinds("say_verb forecast_verb raising auxiliary verb")
    ):
        return metric.clause_subject(sentence, found[0])
    return found


def _acted_on(sentence: Sentence, level: int, verb: int) -> Bounds | None:
    """What is counted after a verb that acts on it: `sold 2 million cars`, not `totalled`."""
    code, word = sentence.codes[verb], sentence.items[verb].word
    if stuff := _stuff(sentence, level, verb) or _bought(sentence, level, word):
        return stuff
    acting = (code in kinds("verb say_verb") and word not in word_group("equalling")) or (
        code == kinds("change_verb") and word in word_group("handled")
    )
    making = word in ("make", "makes", "made", "making")
    acting = acting or (making and bool(sentence.items[level].noun))  # made 3 million trips
    counts = sentence.items[level].noun or sentence.codes[level : level + 2] == kinds("number of")
    return counted(sentence, level) if acting and counts else None


def _bought(sentence: Sentence, level: int, verb: str) -> Bounds | None:
    """What a sum is spent on or paid for: `spent $3 million on | repairs`, `sold $5 million of | bonds`."""
    joint = sentence.items[level + 1].word if level + 2 < len(sentence.items) else ""
    led = joint == "of" or (joint in ("on", "in") and verb in word_group("spending"))
    named = [item.word for item in sentence.items[level + 2 : level + 4]]
    led = led or (joint == "in" and not _MONEYED.isdisjoint(named))  # $3 million in (2016) profits
    if sentence.codes[level] != kinds("money") or not led or verb in word_group("equalling"):
        return None
    return metric.object_after(sentence, level + 2)


def _stuff(sentence: Sentence, level: int, verb: int) -> Bounds | None:
    """What an amount measures, after a verb that acts on it: `handled 3 million tonnes of | cargo`."""
    of_stuff = sentence.codes[level : level + 2] == kinds("quantity of") and not sentence.items[level].noun
    while verb > 0 and sentence.items[verb].word == "record":
        verb -= 2 if sentence.codes[verb - 1] == kinds("article") else 1  # harvest a record 3 million tonnes
    if verb and sentence.items[verb].tag == "RP":
        verb -= 1  # bring in
    item = sentence.items[verb]
    acting = metric.is_finite_word(sentence, verb) or (
        item.code in kinds("verb say_verb") and item.word not in word_group("equalling")
    )
    return metric.object_after(sentence, level + 2) if of_stuff and acting else None


def counted(sentence: Sentence, level: int) -> Bounds | None:
    """What an amount counts: `457 | deaths on roads`, `15 percent of | receivables`."""
    codes = sentence.codes
    if codes[level] == kinds("percent"):
        of = matcher(r"of ({article determiner word possessive of preposition}+)").match(codes, level + 1)
        return metric.object_after(sentence, level + 2, stop=of.end()) if of else None
    if sentence.items[level].noun:
        more = (
            metric.object_after(sentence, level + 1)
            if codes[level + 1 : level + 2] in tuple(kinds("of preposition"))
            or codes[level + 1 : level + 3] == kinds("from word")  # people from | Northern Ireland
            else None
        )
        return level, more[1] if more else level
    if codes[level : level + 3] in tuple(kinds("number of") + code for code in kinds("determiner word")):
        return metric.object_after(sentence, level + 2)  # sold 100 of the models
    return (
        metric.object_after(sentence, level + 1) if codes[level : level + 2] == kinds("number word") else None
    )
