"""Claims of change in one sentence: the matches of the patterns, with the levels and sizes around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.rules.growth import subjects
from extract.rules.growth.claim import ALTERNATIVE, Claim, MetricBy
from extract.rules.growth.finders import (
    before_size,
    loser,
    object_of,
    of_noun,
    own_words,
    subject,
    subject_or_object,
)
from extract.rules.growth.kinds import kinds, matcher, verb_forms, word_group
from extract.rules.growth.level_metric import metric_of_level
from extract.rules.growth.levels_before import Before, coordinated_level, levels_before
from extract.rules.growth.passes import MAKING, PASSES
from extract.rules.growth.patterns import Pattern, claim_patterns
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail, nth, read_tail

_COMPARISONS = frozenset({"growth.compared", "growth.up_from"})
_NOUN_LEVEL = "growth.noun_level"  # pushed annual growth to 2.3 %
_BORDER = matcher(
    r"{, open verb say_verb auxiliary}"
)  # between a level and a noun of change that refers to it


def claims(sentence: Sentence) -> list[Claim]:
    """The claims of a sentence in text order: what the patterns match, after all passes."""
    found = matched(sentence)
    for run in PASSES:
        found = run(sentence, found)
    return found


def matched(sentence: Sentence) -> list[Claim]:
    """The claims that the patterns match, in the order of the patterns; an amount has one claim only."""
    return list(_matches(sentence))


def any_matched(sentence: Sentence) -> bool:
    """A pattern matches, or a pass makes a claim without one."""
    return next(_matches(sentence), None) is not None or any(run(sentence, []) for run in MAKING)


def _matches(sentence: Sentence) -> Iterator[Claim]:
    used: set[int] = set()
    kinds_there = frozenset(sentence.codes)
    for pattern in claim_patterns():
        if pattern.cues and pattern.cues.isdisjoint(kinds_there):
            continue  # as in most cases; much faster than the search
        for match in pattern.matches(sentence):
            for claim in from_match(sentence, pattern, match, used):
                used |= claim.amounts
                yield claim


def from_match(sentence: Sentence, pattern: Pattern, match: re.Match[str], used: set[int]) -> Iterator[Claim]:
    """The claim of a match with the levels around it, and the other statements of the same change."""
    cue = match.start("cue")
    parts = {role: [match.start(role)] for role in ("size", "to", "from") if match.groupdict().get(role)}
    if any(item in used for items in parts.values() for item in items):
        return
    own = pattern.metric_of(sentence, match)
    if pattern.metric_of is object_of and own is None:
        return
    start = match.end()
    if pattern.factor:
        parts["size"] = [cue]
        start = _behind(own, cue, start)
    tail = read_tail(sentence, start, parts)
    high = _upper_end(sentence, tail)
    before = _take_levels_before(sentence, pattern, match, tail, sized="size" in parts)
    if not pattern.accepts(sentence, match, tail):
        return
    claim = Claim(
        rule=pattern.name,
        cue=cue,
        direction=pattern.direction or sentence.items[cue].direction,
        first=before.first if before else match.start(),
        last=max(tail.end, match.end()) - 1,
        high=high,
    )
    claim.metric, claim.metric_by = _metric(sentence, pattern, match, own, before)
    other = coordinated_level(sentence, before) if before and pattern.name in _COMPARISONS else None
    if other is None or before is None:
        yield from _statements(sentence, claim, tail)
    elif len(tail.parts["from"]) == 2 or claim.direction != "compare":
        yield from _pairs(sentence, claim, tail, other, before.levels[-1])


def _behind(own: Bounds | None, cue: int, start: int) -> int:
    """Where the tail of a factor starts: `tripling its capacity, | to 1,000 MW`."""
    return own[1] + 1 if own and own[0] > cue else start


def _take_levels_before(
    sentence: Sentence, pattern: Pattern, match: re.Match[str], tail: Tail, *, sized: bool
) -> Before | None:
    """Add the levels before a match to the amounts of its tail; `sized`: it states a size."""
    cue = match.start("cue")
    if pattern.appositive and not tail.parts["to"]:
        return _take_levels_of_apposition(sentence, match, tail, sized=sized)
    if _is_apposed_participle(sentence, pattern, cue) and not tail.parts["from"]:
        before = levels_before(sentence, cue)
        role = "to" if sized else "from"  # reached $3 million, rising 5 %
        if before and not (sized and tail.parts["to"]):
            tail.parts[role] = before.levels
        return before
    return None


def _take_levels_of_apposition(
    sentence: Sentence, match: re.Match[str], tail: Tail, *, sized: bool
) -> Before | None:
    """`sales of $3 million, | up 5 %`: the levels before a match are the new ones."""
    cue = match.start("cue")
    before = levels_before(sentence, match.start())
    if before is None or _is_of_another(sentence, before, match.start(), sized=sized):
        return None
    noun = sentence.codes[cue] == kinds("change_noun")
    if not noun or _BORDER.search(sentence.codes, before.levels[-1], cue):
        tail.parts["to"] = before.levels
        tail.bracketed |= before.bracketed
    return before


def _is_apposed_participle(sentence: Sentence, pattern: Pattern, cue: int) -> bool:
    """`a deficit of $39 million, | shrinking to $20 million`; not: `taking the total to 6.2 million`."""
    return (
        sentence.items[cue].word.endswith("ing")
        and sentence.codes[cue - 1 : cue] == kinds("comma")
        and pattern.metric_of is not object_of
    )


def _is_of_another(sentence: Sentence, before: Before, cue: int, *, sized: bool) -> bool:
    """`shares rose to $6, having been | up 7 %`; `the 50 firms were | up 7 %`: no level of this change."""
    level = before.levels[-1]
    if any(item.word == "having" for item in sentence.items[level:cue]):
        return True
    if sized and sentence.codes[:level].rstrip(kinds("modifier article by")).endswith(kinds("change_verb")):
        return True  # capacity was cut by 1.4 %, the load factor was | down 7.8 points
    share = sized and sentence.codes[level] == kinds("percent")
    if share and kinds("auxiliary") in sentence.codes[level:cue]:
        return True  # arrests are up 50 %, charges are | up 40 %
    counted = sentence.codes[cue - 1] == kinds("auxiliary") and sentence.items[level].noun
    return bool(counted) and kinds("comma") not in sentence.codes[level:cue]


def _pairs(sentence: Sentence, claim: Claim, tail: Tail, other: int, last: int) -> Iterator[Claim]:
    """`revenue of A and profit of B, compared with C and D`; only the last where one level is compared."""
    levels = [other, last][-len(tail.parts["from"]) :]
    for level, from_ in zip(levels, tail.parts["from"], strict=False):
        yield replace(claim, to=level, from_=from_, metric=metric_of_level(sentence, level))


def _upper_end(sentence: Sentence, tail: Tail) -> int | None:
    """In `grow by 5 % to 10 %` the second amount is the upper end of the size, not a level."""
    size, to = nth(tail.parts["size"], 0), nth(tail.parts["to"], 0)
    if size and len(tail.parts["size"]) > 1 and sentence.items[size - 1].word == "between":
        high = tail.parts["size"][1]  # by between 7,000 and 8,000
        tail.parts["size"] = [size]
        return high
    if (
        size is None
        or to is None
        or tail.parts["from"]
        or sentence.codes[size - 1 : to + 1] != kinds("by percent to percent")
    ):
        return None
    tail.parts["to"] = []
    return to


def _metric(
    sentence: Sentence, pattern: Pattern, match: re.Match[str], own: Bounds | None, before: Before | None
) -> tuple[Bounds | None, MetricBy]:
    """The metric, and what found it."""
    if before is not None and (own is None or pattern.metric_of in (subject, before_size)):
        apart = own is not None and kinds("pronoun") in sentence.codes[own[1] : before.first]
        return before.metric or (own if own and own[0] < before.first and not apart else None), "level"
    if own is None and pattern.metric_of in (own_words, of_noun):
        return _metric_of_clause(sentence, pattern, match)
    by: MetricBy = (
        "verb"
        if pattern.metric_of in (subject, loser, subject_or_object, object_of, before_size)
        else "pattern"
    )
    return own, by


def _metric_of_clause(
    sentence: Sentence, pattern: Pattern, match: re.Match[str]
) -> tuple[Bounds | None, MetricBy]:
    """The metric of a bare noun: the subject of its clause, or `growth` itself."""
    cue = match.start("cue")
    pushed = pattern.name == _NOUN_LEVEL and cue and sentence.codes[cue - 1] == kinds("time")
    growth = sentence.items[cue].word in ("growth", "growth rate")
    if growth and (pushed or _is_forecast(sentence, cue)):
        return (match.start("cue"), match.start("cue")), "pattern"
    of_clause = subjects.clause_subject(sentence, match.start())
    opens = not sentence.codes[:cue].strip(kinds("article determiner modifier time"))
    itself = (cue, cue) if of_clause is None and growth and opens else None
    return of_clause or itself, "clause"


def _is_forecast(sentence: Sentence, cue: int) -> bool:
    """`the IMF sees growth of 3 %`, `put growth at 2 %`: the subject is the forecaster, not what grows."""
    verb = cue - 1
    while verb > 0 and sentence.codes[verb] in kinds("article modifier word time"):
        if sentence.items[verb].word in word_group("seeing"):
            return True
        verb -= 1
    return verb >= 0 and sentence.items[verb].word in word_group("seeing") | verb_forms("forecast_verb")


def _is_size(
    sentence: Sentence, amount: int | None, sizes: list[int], first_to: int | None, first_from: int | None
) -> bool:
    """The amount after a level is in percent and the level is not: it is a size of the change.

    `from 7,613 to 6,630, or 12.9 %`; `rose 12 % to $3 million, or 5 % in real terms`, not `or 5 % of output`.
    """
    percent = kinds("percent")
    if (
        amount is None
        or first_to is None
        or not sentence.codes[amount] == percent != sentence.codes[first_to]
    ):
        return False
    of_something = sentence.codes[amount + 1 : amount + 2] == kinds("of")
    beside_size = bool(sizes) and sentence.codes[sizes[0]] == percent and not of_something
    return first_from is not None or beside_size


def _statements(sentence: Sentence, claim: Claim, tail: Tail) -> Iterator[Claim]:
    """One claim per statement of the change: `190 points, or 0.6 %`; `$87 million, or $2.02 a share`."""
    sizes, tos, froms = (tail.parts[role] for role in ("size", "to", "from"))
    if froms and len(tos) != len(froms):  # a conversion on one side only
        tos, froms = ([i for i in levels if i not in tail.bracketed] for levels in (tos, froms))
    first_to, first_from = nth(tos, 0), nth(froms, 0)
    counted = next((i for i in sizes if sentence.codes[i] == kinds("quantity")), None)
    sizes, tos, froms = _with_share(sentence, sizes, tos, froms)
    for k in range(max(len(sizes), len(tos), len(froms))):
        size, to, from_ = nth(sizes, k), nth(tos, k), nth(froms, k)
        if k and size is not None:
            to, from_ = to if to is not None else first_to, from_ if from_ is not None else first_from
        elif k and _lacks_level(to, from_, tail):
            continue
        if k and size is from_ is None and _is_size(sentence, to, sizes, first_to, first_from):
            size, to, from_ = to, first_to, first_from
        rule = ALTERNATIVE if k else claim.rule
        yield replace(claim, rule=rule, size=size, to=to, from_=from_, counted=counted)


def _with_share(
    sentence: Sentence, sizes: list[int], tos: list[int], froms: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """A percentage after levels that are none is their size: `rose to 917 from 892, or | 3 %`."""
    percent = kinds("percent")
    shares = [i for i in (*tos[1:], *froms[1:]) if sentence.codes[i] == percent]
    if sizes or not tos or len(shares) != 1 or sentence.codes[tos[0]] == percent:
        return sizes, tos, froms
    share = shares[0]
    if share != max(*tos, *froms) or sentence.codes[share + 1 : share + 2] in (
        kinds("of"),
        kinds("comparator"),
    ):
        return sizes, tos, froms
    return [share], [i for i in tos if i != share], [i for i in froms if i != share]


def _lacks_level(to: int | None, from_: int | None, tail: Tail) -> bool:
    return to is None or (from_ is None and to in tail.bracketed)
