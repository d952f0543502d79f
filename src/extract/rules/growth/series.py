"""Claims that depend on another one: lists, ellipsis, signs and brackets.

Nvidia advanced 8 %, | Qualcomm 4 %, | and Broadcom 3 %
cases fell 5.2 % in the Caribbean | and 4.5 % in North America
Lima (2,560 to 3,365); Callao (+1,770)
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.rules.growth import phrases, subjects
from extract.rules.growth.claim import CONTINUED, Claim, MetricBy, amounts_of
from extract.rules.growth.items import Item
from extract.rules.growth.kinds import kinds, matcher
from extract.rules.growth.symbols import Sentence

SIGNED = "growth.signed"
BRACKETED = "growth.bracketed_levels"

_OTHER_METRIC = matcher(
    r"""({, ;} and? | and) {modifier}* np:({to from at}? {word article determiner of preposition possessive
        change_noun at to and}{1,7}?) ((?<={word}) \, (?={percent} {, . ;}))? by? {article modifier}*
        size:{level} (?={, . ; and to preposition} | $)"""
)
_EARLIER = matcher(
    r"""\,? ({direction} from | {comparator} | {subordinator} | from) {modifier}* size:{percent}
        (?={preposition}? {time})"""
)  # rose 4 %, after 3.7 % in the previous month
# cut 1.6 billion from the budget in 1989 | and 2.45 billion in 1990
_OTHER_TIME = matcher(r"\,? and {article modifier}* size:{money number} (?={preposition at}? {time})")
_SAME_METRIC = matcher(
    r"""(\, and? | and) by? {article modifier}* size:{level} place:({preposition from} (?={word
        determiner article time}))"""
)
# by 2008 and 100 % by 2010; this year from 6 %, and to 5.6 % next year from 6.2 %
_NEXT_LEVEL = matcher(
    r"""({article} {word})? ({preposition at by}? {time})? (\,? (and to? | {modifier} to) | \, (?={modifier}*
    {money percent})) {modifier}*
    to:{percent money quantity number} (?=({article} {word})? {preposition at by}? {time})
    ({preposition at by}? {time} from {modifier}* from:{level})?"""
)
# forecast a rise of 13.3 %, and in February one of 12.4 %; an increase of 10 %, after one of 9 % in May
_ONE_OF = matcher(
    r"""\,? {and subordinator preposition}? ({preposition at} {time})? one:{word pronoun number} of
        {article modifier}* size:{level}"""
)
_OTHERS = matcher(
    r"""\,? ({direction} from | {comparator}) {modifier}* size:{percent} place:{preposition}
        (?={article determiner word})"""
)  # compared with 3.3 % for the rest
_LEVEL = matcher(
    r"\,? to {article determiner modifier}* to:{money quantity number percent}"
)  # industrial 14 %, to $301 million
_LEVELS = matcher(r"\(from:{number quantity money percent} to to:{number quantity money percent} \)")
_PLACE = matcher(
    r"""({preposition at of} {article determiner word modifier possessive change_noun}{1,6} (?={,
        ; and preposition at}) | {preposition from}? {time} (to {time})?)*"""
)  # what belongs to the previous claim
_NOUNS = frozenset({"growth.noun_size", "growth.size_noun", CONTINUED})
_SIZED = _NOUNS | {
    "growth.verb_size",
    "growth.up_size",
    "growth.object_by_size",
    "growth.object_in_fraction",
    "growth.object_size",
    "growth.cut_from",
}


def continued(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Claims that continue another one without a verb of their own."""
    more: list[Claim] = []
    used = amounts_of(found)
    for claim in found:
        current = claim
        while claim.size is not None and claim.rule in _SIZED:
            following = _next(sentence, current, used)
            if following is None:
                break
            used.add(following.magnitude)
            more.append(following)
            current = following
    return found + more


def _next(sentence: Sentence, claim: Claim, used: set[int]) -> Claim | None:
    """The claim that continues `claim`, with the same sort of size."""
    last = (
        max(claim.last, claim.metric[1]) if claim.metric and claim.rule == "growth.cut_from" else claim.last
    )
    start = _PLACE.match(sentence.codes, last + 1)
    for regex in (_ONE_OF, _EARLIER, _OTHERS, _OTHER_TIME, _SAME_METRIC, _OTHER_METRIC):
        match = regex.match(sentence.codes, start.end() if start else last + 1)
        size = match.start("size") if match else 0
        if not match or size in used:
            continue
        if not _is_alike(sentence, claim, match, regex):
            continue
        if regex is _ONE_OF and sentence.items[match.start("one")].word != "one":
            continue
        own = _metric_of_next(sentence, claim, regex, match)
        if own is not None or regex is not _OTHER_METRIC:
            level = _LEVEL.match(sentence.codes, match.end("size"))
            to = level.start("to") if level else None
            following = replace(claim, rule=CONTINUED, first=size, last=to or size, size=size)
            found_by: MetricBy = "pattern" if own else claim.metric_by
            return replace(following, to=to, from_=None, metric=own or claim.metric, metric_by=found_by)
    return None


def _is_alike(sentence: Sentence, claim: Claim, match: re.Match[str], regex: re.Pattern[str]) -> bool:
    """The next size is of the same sort; or `shares by 391,630 | and the capital by $15,665`."""
    if _same_sort(match["size"], sentence.codes[claim.magnitude]):
        return True
    ahead = sentence.codes[: match.start("size")].rstrip(kinds("modifier article"))
    return regex is _OTHER_METRIC and ahead.endswith(kinds("by"))


def _same_sort(code: str, other: str) -> bool:
    """`grew by a seventh, and harvests by 5 %`."""
    return code == other or {code, other} == {*kinds("percent fraction")}


def _metric_of_next(
    sentence: Sentence, claim: Claim, regex: re.Pattern[str], match: re.Match[str]
) -> phrases.Bounds | None:
    """The metric that a continuation names, if it names one."""
    if regex is _OTHER_METRIC and sentence.codes[match.start("np")] in kinds("to from at") and claim.metric:
        return phrases.head_of(sentence, claim.metric)  # shipments to the U.S. fell 13 %, to Singapore 11 %
    if regex is _OTHER_METRIC:
        return phrases.trimmed(sentence, match.start("np"), match.end("np") - 1)
    if regex is _OTHERS or (regex is _SAME_METRIC and claim.rule in _NOUNS):
        return phrases.object_after(sentence, match.end("place"))
    return None


def levels_continued(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Levels that continue a claim with a level: `would rise to 85 % by 2008 | and 100 % by 2010`."""
    more: list[Claim] = []
    used = amounts_of(found)
    for claim in found:
        current: Claim | None = claim
        while current is not None and current.size is None and current.to is not None:
            current = _next_level(sentence, current, used)
            if current is not None:
                used.add(current.magnitude)
                more.append(current)
    return found + more


def _next_level(sentence: Sentence, claim: Claim, used: set[int]) -> Claim | None:
    """The claim with the next level; None if there is none."""
    match = _NEXT_LEVEL.match(sentence.codes, claim.last + 1)
    to = match.start("to") if match else 0
    if match is None or claim.to is None or to in used or match["to"] != sentence.codes[claim.to]:
        return None
    if claim.from_ is not None and claim.to < claim.from_ and kinds("to") not in match[0]:
        return None  # down from 71 in April | and 75 in May last year
    last = match.end() - 1 if match["from"] else to
    from_ = _next_from(sentence, claim, match)
    return replace(claim, rule=CONTINUED, first=to, last=last, to=to, from_=from_)


def _next_from(sentence: Sentence, claim: Claim, match: re.Match[str]) -> int | None:
    """The next old level: as stated, or the previous new one: `to $35, | then | to $50`."""
    if match["from"]:
        return match.start("from")
    then = any(item.word == "then" for item in sentence.items[match.start() : match.start("to")])
    return claim.to if then else None


def signed(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Amounts with a plus sign, and percentages with a minus, after their metric: `Callao (+1,770)`."""
    more: list[Claim] = []
    used = amounts_of(found)
    changing = matcher(r"{change_verb change_noun direction factor_verb}").search(sentence.codes)
    for i, item in enumerate(sentence.items):
        if i in used or not _is_signed(item, changing=changing is not None) or _is_set_at(sentence, i):
            continue
        host = next((c for c in found if c.size is None and 0 < i - c.last <= 3), None)
        if host is not None:  # climbed from 2,610 to 5,827 (+123 %)
            host.size, host.last = i, i
            used.add(i)
            continue
        verb = matcher(
            r"{change_verb direction} {word article determiner modifier of preposition possessive}* {. (}* $"
        ).search(sentence.codes[max(0, i - 12) : i])  # soared in Peru (+3 %)
        if verb:
            own = subjects.subject(sentence, max(0, i - 12) + verb.start())
        else:
            own = phrases.noun_phrase_before(sentence, _before_sign(sentence.codes, i))
        if own is not None:
            used.add(i)
            more.append(Claim(SIGNED, i, item.direction, own[0], i, size=i, metric=own))
    return found + more


def _is_signed(item: Item, *, changing: bool) -> bool:
    """An amount whose sign gives the direction; a bare number only next to a word of change."""
    if item.code not in kinds("percent points money quantity number") or not item.direction:
        return False
    if item.direction == "decrease" and item.code not in kinds("percent points"):
        return False
    return changing or item.code not in kinds("number quantity")


def _is_set_at(sentence: Sentence, i: int) -> bool:
    """`set its rate at -0.1 %`: a level below nought."""
    before = sentence.codes[:i].rstrip(kinds("comma"))[-1:]
    return before in tuple(kinds("at to from")) and sentence.items[i].direction == "decrease"


def _before_sign(codes: str, i: int) -> int:
    """The end of the words before a sign and its bracket."""
    while i > 0 and codes[i - 1] in kinds("stop open comma"):
        i -= 1
    return i


def bracketed_levels(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Two levels in brackets in a sentence of change: `Lima (2,560 to 3,365)`."""
    more: list[Claim] = []
    used = amounts_of(found)
    if not matcher(r"{change_verb change_noun direction factor_verb}").search(sentence.codes):
        return found + more
    for match in _LEVELS.finditer(sentence.codes):
        before, after = match.start("from"), match.start("to")
        find = (
            subjects.subject
            if sentence.codes[match.start() - 1] in kinds("change_verb direction verb factor_verb")
            else phrases.noun_phrase_before
        )
        own = find(sentence, match.start())
        if own is None or before in used or after in used:
            continue
        used |= {before, after}
        more.append(
            Claim(
                "growth.bracketed_levels",
                before,
                "compare",
                own[0],
                match.end() - 1,
                to=after,
                from_=before,
                metric=own,
            )
        )
    return found + more
