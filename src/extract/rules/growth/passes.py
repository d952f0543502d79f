"""Passes over the claims of a sentence, after the patterns: each takes and returns a list of claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from extract.rules.growth import series, times
from extract.rules.growth.claim import Claim
from extract.rules.growth.counting import by_count
from extract.rules.growth.expected import take_expected
from extract.rules.growth.kinds import kinds, matcher
from extract.rules.growth.losses import mark_losses
from extract.rules.growth.openings import by_opening
from extract.rules.growth.phrases import head_of
from extract.rules.growth.symbols import Sentence, is_stock
from extract.rules.growth.tree import by_syntax
from extract.rules.growth.unlikely import without_unlikely

_NAMING = frozenset(kinds("percent money"))  # amounts that a metric may be named by
_FROM_ALONE = "growth.up_from"
_BRINGING = "growth.change_bringing"
_ALSO = matcher(
    r"""({preposition at of}? {article determiner}? {time})? \,? and \,? {auxiliary verb}?
        {modifier}* $"""
)
_INSERTED_LEVEL = matcher(
    r"""\, {subordinator} {auxiliary verb reach_verb}+ {article modifier at}* level:{percent
        points money quantity number} ({preposition}? date:{time})? \,
        {auxiliary modifier raising}* $"""
)


def distribute(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """`Hobart and Darwin slipped 0.5 % and 0.3 %`: two metrics, two sizes."""
    for first, second in pairwise(found):
        stated = (first.size is None) == (second.size is None)
        if first.cue != second.cue or not stated or first.metric is None:
            continue
        if sentence.codes[second.magnitude - 1] != kinds("and"):
            continue
        start, end = first.metric
        codes = sentence.codes[start : end + 1]
        if codes.count(kinds("and")) == 1 and kinds("and") not in codes[:1] + codes[-1:]:
            middle = start + codes.index(kinds("and"))
            first.metric, second.metric = (start, middle - 1), (middle + 1, end)
            first.metric_by = second.metric_by = "pattern"
    return found


def take_inserted_levels(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """`Its shares, which stood at 88 kr in January, have doubled to 191 kr`: the old level."""
    taken: set[int] = set()
    for claim in found:
        match = _INSERTED_LEVEL.search(sentence.codes, max(0, claim.cue - 16), claim.cue)
        level = match.start("level") if match else None
        if level is None or claim.to is None or claim.from_ is not None or match is None:
            continue
        if sentence.codes[level] == sentence.codes[claim.to]:
            claim.from_ = level
            claim.baseline = match.start("date") if match["date"] else None
            taken.add(level)
    return [c for c in found if not (c.size is None and c.to in taken)]


def take_later_levels(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """`rose to 3 % in May, the most since 1953, up from 2.9 % in April`: the old level comes much later."""
    gone: list[Claim] = []
    for claim in found:
        if claim.from_ is None or claim.to is not None or claim.size is not None or claim.rule != _FROM_ALONE:
            continue
        hosts = [
            c
            for c in found
            if c.to is not None
            and c.from_ is None
            and c.direction == claim.direction
            and c.last < claim.first
            and sentence.codes[c.to] == sentence.codes[claim.from_]
        ]
        if hosts and kinds("semicolon") not in sentence.codes[hosts[-1].last : claim.first]:
            hosts[-1].from_ = claim.from_
            gone.append(claim)
    return _without(found, gone)


def share_levels(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """`rose 9 % to $9 million from $8 million in May, and were off 10 % from $10 million in June`."""
    for one, other in pairwise(in_text_order(sentence, found)):
        if one.to is None or other.to is not None or other.from_ is None or other.size is None:
            continue
        alike = sentence.codes[other.from_] in sentence.codes[one.to] + kinds("number")
        if alike and _ALSO.match(sentence.codes[one.last + 1 : min(other.cue, other.magnitude)]):
            other.to, other.metric, other.metric_by = one.to, one.metric, one.metric_by
    return found


def take_brought_levels(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """`raised its rate by a quarter point, bringing it to 5.5 %`: the new level belongs to the size."""
    gone: list[Claim] = []
    for host, claim in pairwise(in_text_order(sentence, found)):
        level = claim.to
        if claim.rule != _BRINGING or claim.size is not None or level is None or claim.from_ is not None:
            continue
        if host.size is None or host.to is not None or claim.direction != host.direction:
            continue
        if _is_same_measure(sentence, host, claim) and _is_level_of(sentence, host.size, level):
            host.to = level
            host.last = max(host.last, claim.last)
            gone.append(claim)
    return _without(found, gone)


def _is_same_measure(sentence: Sentence, host: Claim, claim: Claim) -> bool:
    """`it`, or the same noun: `cut its key rate, taking the cash rate to 4 %`."""
    if claim.metric is None or host.metric is None:
        return claim.metric is None
    one, other = (sentence.items[head_of(sentence, c.metric)[1]] for c in (host, claim) if c.metric)
    return one.word == other.word or other.code != kinds("word")


def _is_level_of(sentence: Sentence, size: int, level: int) -> bool:
    """A change of this size can lead to this level: points to a percentage, a sum to a sum."""
    one, other = sentence.codes[size], sentence.codes[level]
    if one in kinds("percent multiple fraction factor_verb"):
        return other != kinds("percent") or one != kinds("percent")
    alike = ({*kinds("points percent")}, {*kinds("quantity number")})
    return one == other or {one, other} in alike


def take_level_in_metric(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """`raised its 5 % stake to 10 %`, `the $5 billion deficit shrank to $3 billion`: the level before."""
    used = {i for claim in found for i in claim.amounts}
    for claim in found:
        if claim.to is not None and claim.from_ is None and claim.direction != "unchanged":
            level = _level_in_metric(sentence, claim)
            claim.from_ = level if level not in used else None
    return found


def _level_in_metric(sentence: Sentence, claim: Claim) -> int | None:
    """The only percentage or sum in the metric, before its noun and of the sort of the new level."""
    first, last = claim.metric or (0, -1)
    levels = [i for i in range(first, last) if sentence.codes[i] in _NAMING]
    if len(levels) != 1 or claim.to is None or sentence.codes[levels[0]] != sentence.codes[claim.to]:
        return None
    return levels[0] if sentence.codes[levels[0] + 1] in kinds("word of") else None


def merge(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Claims of the same change are merged."""
    by_size = {c.size: c for c in found if c.size is not None}
    by_level = {c.to: c for c in reversed(found) if c.size is None and c.to is not None}
    gone: list[Claim] = []
    for claim in found:
        first = _at(by_level, claim.to) if claim.size is None else None
        if first is not None and _is_other_of_direction(first, claim):
            first.from_ = first.from_ if first.from_ is not None else claim.from_  # fell to 3, down from 5
            gone.append(claim)
            continue
        host = _at(by_size, claim.to)
        if host is not None and host is not claim:  # grew $21.6 billion, a 5.1 % increase
            if is_stock(sentence.items[host.magnitude]) and claim.size is None:
                claim.metric = host.metric  # added 12,000 jobs, down from 223,000
                gone.append(host)
                continue
            claim.to, claim.from_, claim.metric = host.to, host.from_, host.metric
            if claim.size is None:  # up 5 %, compared with 3 %: two sizes, no levels
                gone.append(claim)
                continue
        level = _at(by_level, claim.to) if claim.size is not None else None
        if level is not None:  # rose to $3 million, a 5 % increase
            claim.from_ = claim.from_ if claim.from_ is not None else level.from_
            claim.metric = level.metric or claim.metric
            gone.append(level)
    return _without(found, gone)


def _without(found: list[Claim], gone: list[Claim]) -> list[Claim]:
    """The claims that are none of those gone, by identity: equal claims stay."""
    return [c for c in found if not any(c is g for g in gone)]


def _at(claims: Mapping[int, Claim], item: int | None) -> Claim | None:
    return claims.get(item) if item is not None else None


def _is_other_of_direction(one: Claim, other: Claim) -> bool:
    return one is not other and one.direction == other.direction


def in_text_order(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Sort by the position of the size, or of the level if no size is stated."""
    return sorted(found, key=lambda claim: claim.magnitude)


MAKING = (series.signed, series.bracketed_levels)  # passes that make claims where no pattern matches
PASSES: tuple[Callable[[Sentence, list[Claim]], list[Claim]], ...] = (
    take_inserted_levels,  # Its shares, which stood at 88 kr in January, have doubled to 191 kr
    take_later_levels,  # rose to 3 % in May, the most since 1953, up from 2.9 % in April
    share_levels,  # rose to $9 million in May from $8 million, and were off 10 % from $10 million
    merge,  # rose to $3 million, a 5 % increase
    take_brought_levels,  # raised its rate by a quarter point, bringing it to 5.5 %
    series.signed,  # Callao (+1,770)
    series.bracketed_levels,  # Lima (2,560 to 3,365)
    series.levels_continued,  # would rise to 85 % by 2008 and 100 % by 2010
    series.continued,  # cases fell 5.2 % in the Caribbean and 4.5 % in North America
    mark_losses,  # swung to a profit of $5 million from a loss of $3 million
    take_expected,  # rose 0.5 %, above the 0.2 % that economists expected
    in_text_order,
    distribute,  # Hobart and Darwin slipped 0.5 % and 0.3 %
    by_opening,  # The number of people waiting for a bed has fallen 5 %
    by_syntax,  # Spending by ministries rose 5 %
    by_count,  # the number of people diagnosed as obese has risen 5 %
    without_unlikely,  # unemployment fell to 1.6 million, down 5 %
    take_level_in_metric,  # raised its 5 % stake to 10 %
    times.set_times,  # sales rose 5 % in May from a year earlier
)
