"""Claims that lean on another one: lists, ellipsis, signs and brackets.

Nvidia advanced 8 %, | Qualcomm 4 %, | and Broadcom 3 %
cases fell 5.2 % in the Caribbean | and 4.5 % in North America
Lima (2,560 to 3,365); Callao (+1,770)
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.rules.growth import metric
from extract.rules.growth.claim import Claim
from extract.rules.growth.symbols import Sentence

CONTINUED = "growth.continued"
SIGNED = "growth.signed"
BRACKETED = "growth.bracketed_levels"

_OTHER_METRIC = re.compile(
    r"(?:[,;]&?|&)m*(?P<np>[wdeoi'N]{1,7}?)(?:(?<=w),(?=P,))?b?[dm]*(?P<size>[PpMQFB])(?=[,.;&ti]|$)"
)
_EARLIER = re.compile(r",?(?:Uf|C|k|f)m*(?P<size>P)(?=i?D)")  # rose 4 %, after 3.7 % in the previous month
_SAME_METRIC = re.compile(r"(?:,&?|&)b?[dm]*(?P<size>[PpMQFB])(?P<place>i(?=[wedD]))")
_LEVELS = re.compile(r"\((?P<from>[BQMP])t(?P<to>[BQMP])\)")
_SIZED = frozenset(
    {"growth.verb_size", "growth.noun_size", "growth.up_size", "growth.size_noun", "growth.object_size"}
)


def continued(sentence: Sentence, found: list[Claim], used: set[int]) -> list[Claim]:
    """What goes on after a claim with the verb left out."""
    more: list[Claim] = []
    for claim in found:
        current = claim
        while claim.size is not None and claim.rule in _SIZED:
            following = _next(sentence, current, used)
            if following is None:
                break
            used.add(following.magnitude)
            more.append(following)
            current = following
    return more


def _next(sentence: Sentence, claim: Claim, used: set[int]) -> Claim | None:
    start = _after(sentence, claim)
    code = sentence.codes[claim.magnitude]
    for regex in (_EARLIER, _SAME_METRIC, _OTHER_METRIC):
        match = regex.match(sentence.codes, start)
        if not match or match.start("size") in used or match["size"] != code:
            continue
        if regex is _OTHER_METRIC:
            own = metric.trimmed(sentence, match.start("np"), match.end("np") - 1)
        elif regex is _EARLIER:
            own = None
        else:
            told_after = claim.rule in ("growth.noun_size", "growth.size_noun") or claim.rule == CONTINUED
            own = metric.object_after(sentence, match.end("place")) if told_after else None
        if regex is _OTHER_METRIC and own is None:
            continue
        return replace(
            claim,
            rule=CONTINUED,
            first=match.start("size"),
            last=match.end() - 1,
            size=match.start("size"),
            to=None,
            from_=None,
            metric=own or claim.metric,
        )
    return None


def _after(sentence: Sentence, claim: Claim) -> int:
    """The item behind the claim and the place or time that belongs to it."""
    match = re.compile(r"(?:[iao][dewm'N]{1,6}(?=[,;&ia])|i?D)*").match(sentence.codes, claim.last + 1)
    return match.end() if match else claim.last + 1


def signed(sentence: Sentence, found: list[Claim], used: set[int]) -> list[Claim]:
    """Amounts with a plus sign, and percentages with a minus, behind what they are of: `Callao (+1,770)`."""
    more: list[Claim] = []
    changing = re.search("[VNUX]", sentence.codes)
    for i, item in enumerate(sentence.items):
        if i in used or item.code not in "PpMQB" or not item.direction:
            continue
        if item.direction == "decrease" and item.code not in "Pp":
            continue
        if item.code in "BQ" and not changing:
            continue
        host = next((c for c in found if c.size is None and 0 < i - c.last <= 3), None)
        if host is not None:  # climbed from 2,610 to 5,827 (+123 %)
            host.size, host.last = i, i
            used.add(i)
            continue
        verb = re.search(r"[VU][wdemoi']*[.(]*$", sentence.codes[max(0, i - 12) : i])  # soared in Peru (+3 %)
        if verb:
            own = metric.subject(sentence, max(0, i - 12) + verb.start())
        else:
            own = metric.noun_phrase_before(sentence, _before_sign(sentence.codes, i))
        if own is not None:
            used.add(i)
            more.append(Claim(SIGNED, i, item.direction, own[0], i, size=i, metric=own))
    return more


def _before_sign(codes: str, i: int) -> int:
    """Where the words before a sign and its bracket end."""
    while i > 0 and codes[i - 1] in ".(,":
        i -= 1
    return i


def bracketed_levels(sentence: Sentence, found: list[Claim], used: set[int]) -> list[Claim]:
    """Two levels in brackets in a sentence of change: `Lima (2,560 to 3,365)`."""
    more: list[Claim] = []
    if not re.search("[VNUX]", sentence.codes):
        return more
    for match in _LEVELS.finditer(sentence.codes):
        before, after = match.start("from"), match.start("to")
        find = metric.subject if sentence.codes[match.start() - 1] in "VUvX" else metric.noun_phrase_before
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
    return more
