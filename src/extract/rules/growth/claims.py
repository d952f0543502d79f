"""Claims of change in one sentence: named patterns over its symbols.

Each pattern is anchored on a word of change and captures `size`, `to` and `from`; what follows (levels, other
statements of the same change, dates) is read by `tails`. Patterns are tried in the order of `PATTERNS`; an
amount serves one claim only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.rules.growth import context, metric, series
from extract.rules.growth.claim import ALTERNATIVE, Claim
from extract.rules.growth.metric import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Before, Tail, levels_before, metric_of_level, read_tail
from extract.rules.growth.words import handled_words, loss_words, profit_words

_NEAR = 9  # items within which a time makes `5 % more than` a change

_MACROS = {
    "{L}": "[PpMQBF]",  # a level
    "{S}": "[PpMQFHB]",  # a size
    "{M}": "[dm]*",  # words before an amount that do not change what it is
    "{A}": "(?:[dm][dmw]{0,3}?)?",  # `a seasonally adjusted` before a size
    "{G}": "(?:[demw]{0,3}?|[de][mw]{0,2}o[dm]*)",  # `its record` before a level
    "{NP}": "(?:[io][demw'&]{1,6}?)?",  # `in exports` between a noun of change and its size
    "{OBJECT}": r"(?P<cue>V|(?<=v)U) (?P<object>(?:[demwoi&'\"DNv]|[ft](?=[ew])){1,14}?)",
    "{LONG_OBJECT}": r"(?P<cue>V|(?<=v)U) (?P<object>(?:[demwoi&'\"DN,]|[ft](?=[ew])){1,20}?)",
    "{D}": "(?:,?i?D,?)?",  # a time between
    "{PER}": "(?:i?D|[iod]+w)?",  # per tonne, a share, in May
}

Find = Callable[[Sentence, "re.Match[str]"], Bounds | None]


Accept = Callable[[Sentence, "re.Match[str]", Tail], bool]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; group `cue` gives the direction, `metric_of` finds the metric."""

    name: str
    regex: re.Pattern[str]
    metric_of: Find
    direction: str = ""  # else the cue's
    appositive: bool = False  # the level may stand before the cue: `$5 million, up 3 %`
    factor: bool = False  # the cue is the size: `doubled`
    accepts: Accept = lambda sentence, match, tail: True


def _subject(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    return metric.subject(sentence, match.start("cue"))


def _subject_or_object(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`ridership doubled`; but `to double rail freight`."""
    if sentence.codes[match.end() : match.end() + 1] in ("e", "w", "d"):
        return metric.object_after(sentence, match.end())
    return _subject(sentence, match)


def _loser(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The subject; but `lost a fifth of their value` tells what was lost."""
    if sentence.codes[match.start("size")] == "H" and sentence.codes[match.end() :][:2] in ("oe", "ow"):
        return metric.object_after(sentence, match.end() + 1)
    return _subject(sentence, match)


def _object(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    return metric.object_after(sentence, match.start("object"), stop=match.end("object"))


def _of_noun(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """`a rise in exports`, `GDP growth`; for a bare noun the subject of its clause."""
    after = match.end("cue")
    if re.match(r"[oi](?:[wdemN'\"&V]|D[wN])", sentence.codes[after : after + 3]):
        found = metric.object_after(sentence, after + 1)
        if found:
            return found
    later = re.match(r"(?:,\|[dm]*[PpMQBF](?:dw)?,?)?[oi](?=[wdemN'])", sentence.codes[match.end() :])
    if later:
        found = metric.object_after(sentence, match.end() + later.end())
        if found:
            return found
    return metric.noun_before(sentence, match.start("cue"))


def _own(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    """The words between size and noun: `4.8 % GDP growth`."""
    if match.end("own") > match.start("own"):
        return metric.trimmed(sentence, match.start("own"), match.end("own") - 1)
    return _of_noun(sentence, match)


def _before(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    return metric.subject(sentence, match.start() if match.start("size") < 0 else match.start("size"))


def _more_of(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    return metric.object_after(sentence, match.end())


def _added_to(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    return metric.object_after(sentence, match.start("object"))


def _level_before(sentence: Sentence, match: re.Match[str]) -> Bounds | None:
    return metric_of_level(sentence, match.start("to"))


def _two_levels(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A comparison needs two levels of one sort."""
    to, from_ = _at(tail.parts["to"], 0), _at(tail.parts["from"], 0)
    if to is None or from_ is None:
        return False
    if (
        sentence.items[match.start("cue")].word == "against"
        and "D" not in sentence.codes[from_ : from_ + _NEAR]
    ):
        return False  # payments of $175 million against the debt
    return sentence.codes[to] == sentence.codes[from_] or {sentence.codes[to], sentence.codes[from_]} == {
        "Q",
        "B",
    }


def _is_change(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """Sums that are raised, added, lost or gained are no change, unless in a metric or to a level."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    code, following = sentence.codes[size], sentence.codes[tail.end : tail.end + 2]
    if cue.code == "V" and code == "P" and following[:1] == "o":
        return _of_its_value(sentence, tail.end)  # not: grows 70 % of its rice
    if code not in "MQ" or cue.word not in handled_words():
        return True
    if code == "M" and cue.code == "V" and sentence.items[size].word[-1:].isdigit():
        return True  # Brent lost $3.10, a price and no sum
    if cue.code == "N":
        in_metric = following[:1] == "i" and following != "iD" and sentence.items[tail.end].word == "in"
        return in_metric or code == "Q"
    return bool(tail.parts["to"] or tail.parts["from"])


def _of_its_value(sentence: Sentence, i: int) -> bool:
    """`of its value` stands at item `i`."""
    return any(item.word == "value" for item in sentence.items[i + 1 : i + 3])


def _is_higher(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`79 bridges down`, `90 metres above the sea` tell no change; `5 % down`, `three points lower` do."""
    cue = match.start("cue")
    word = sentence.items[cue].word
    if word.endswith("than"):  # than a year ago; not than other households
        return "D" in sentence.codes[cue : cue + _NEAR]
    if word in ("up", "down"):
        return match["size"] in "PpM"
    return word not in ("above", "below") or match["size"] in "PHF"


def _adds(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    return sentence.items[match.start("cue")].word.startswith("add")


def _pattern(name: str, regex: str, metric_of: Find, **options: object) -> Pattern:
    filled = re.sub(r"\{[A-Z_]+\}", lambda m: _MACROS[m[0]], regex)
    return Pattern(f"growth.{name}", re.compile(filled, re.VERBOSE), metric_of, **options)  # type: ignore[arg-type]


PATTERNS = (
    # was unchanged at 5 %; held steady at 5 %
    _pattern("unchanged", r"(?P<cue>E) [mU]* [at] {G} (?P<to>{L})", _subject),
    # added $5 million to its reserves
    _pattern("added_to", r"(?P<cue>V) {A} (?P<size>[MQ]) t (?P<object>[ew])", _added_to, accepts=_adds),
    # closed at $15, unchanged
    _pattern("unchanged", r"(?P<to>{L}) (?:dw)? , (?P<cue>E) (?![ato])", _level_before),
    # rose 5 %, fell by about a third
    _pattern(
        "verb_size",
        r"(?P<cue>V) [mU]* {D} (?:be?[wj]?|m*i(?=H))? {A} (?P<size>{S})",
        _loser,
        accepts=_is_change,
    ),
    # rising at an annual rate of 2.9 %
    _pattern("verb_at_rate", r"(?P<cue>V) [mU]* a (?:d [mw]{1,4}? [ot]?)? {M} (?P<size>[Pp])", _subject),
    # climbed from 2,610 to 5,827
    _pattern(
        "verb_from_to", r"(?P<cue>V) [mU]* {D} ,? f {G} (?P<from>{L}) {PER} t {G} (?P<to>{L})", _subject
    ),
    # rose to $3 million
    _pattern("verb_level", r"(?P<cue>V) [mU]* (?:i[dew]{1,3}|{D}) t {G} (?P<to>{L})", _subject),
    # went down to 5 %
    _pattern("particle_level", r"(?<=v) (?P<cue>U) t {G} (?P<to>{L})", _subject),
    # doubled, has tripled
    _pattern("factor_verb", r"(?P<cue>X)", _subject_or_object, factor=True),
    # put charges up by another 22 %
    _pattern("object_up", r"v (?P<object>[demw']{1,5}) (?P<cue>U) [mb]* {A} (?P<size>{S})", _object),
    # up 5 %, down by 190 points
    _pattern("up_size", r"(?P<cue>U) m* (?:{D} b)? {A} (?P<size>{S})", _subject, appositive=True),
    # 8 % more revenue
    _pattern("size_more", r"(?P<size>[PF]) (?P<cue>U) (?=w)", _more_of, accepts=_is_higher),
    # 11 % more than the 4,980 pesos of last year
    _pattern(
        "more_than_level", r"(?P<size>{S}) m? (?P<cue>U) e w{0,2} (?P<from>[MQ])", _before, appositive=True
    ),
    # 5 % higher, three points lower
    _pattern("size_higher", r"(?P<size>{S}) m? (?P<cue>U)", _before, appositive=True, accepts=_is_higher),
    # up from $4 million
    _pattern("up_from", r"(?P<cue>U) m* f {G} (?P<from>{L})", _subject, appositive=True),
    # a 5 % jump in sales, 4.8 % GDP growth
    _pattern(
        "size_noun",
        r"(?P<size>{S}) [,D]? (?P<own>[mwD']{0,4}?) (?P<cue>N)",
        _own,
        appositive=True,
        accepts=_is_change,
    ),
    # growth of 5 %, a rise in exports of 3 %
    _pattern(
        "noun_size",
        r"(?P<cue>N) {NP} (?:[oa]|(?=m[Pp])) {A} (?P<size>{S})",
        _of_noun,
        appositive=True,
        accepts=_is_change,
    ),
    # a rise to 5 % from 4 %
    _pattern("noun_level", r"(?P<cue>N) {NP} t {G} (?P<to>{L})", _of_noun),
    _pattern("noun_from_to", r"(?P<cue>N) {NP} f {G} (?P<from>{L}) t {M} (?P<to>{L})", _of_noun),
    # raised its rate by 25 basis points; pushed up the share price five pence
    _pattern("object_size", r"{LONG_OBJECT} b e? {A} (?P<size>{S})", _object),
    # slash costs in half
    _pattern("object_size", r"{OBJECT} m* i (?P<size>H)", _object),
    _pattern("object_size", r"{OBJECT} (?<![io&]) {M} (?P<size>[PpMFH])(?![wN'])", _object),
    _pattern("object_from_to", r"{OBJECT} f {G} (?P<from>{L}) {PER} t {G} (?P<to>{L})", _object),
    _pattern("object_level", r"{OBJECT} t {G} (?P<to>[PpMF])", _object),
    _pattern("object_level", r"(?P<cue>V) (?P<object>[demwo'N]{1,6}?) t {G} (?P<to>[QB])", _object),
    # three times as high as in 2019
    _pattern(
        "times_as",
        r"(?P<size>(?P<cue>F)) (?:k w k|m) (?=[ia]?D)",
        _before,
        direction="increase",
        appositive=True,
    ),
    # $100 (from $80 last week)
    _pattern(
        "bracketed_from",
        r"(?P<to>{L}) {PER} \( (?P<cue>f) m* (?P<from>{L})",
        _level_before,
        direction="compare",
        accepts=_two_levels,
    ),
    # swung to a profit of $5 million from a loss of $3 million
    _pattern(
        "swung",
        r"(?P<cue>W) t [demwN]{0,4} o? {M} (?P<to>{L})",
        _subject,
        direction="compare",
        accepts=_two_levels,
    ),
    # inflation reached 7.9 %
    _pattern("reached", r"(?P<cue>R) (?:d [mw]{1,3} o?)? m* (?P<to>[PpMQF])", _subject),
    # $5 million, compared with $4 million a year earlier
    _pattern(
        "compared",
        r"(?P<cue>C) [demwoi]{0,5}? (?P<from>{L})",
        _subject,
        direction="compare",
        appositive=True,
        accepts=_two_levels,
    ),
)


def claims(sentence: Sentence) -> list[Claim]:
    """The claims of a sentence in text order."""
    found: list[Claim] = []
    used: set[int] = set()
    for pattern in PATTERNS:
        for match in pattern.regex.finditer(sentence.codes):
            for claim in _from_match(sentence, pattern, match, used):
                found.append(claim)
                used |= {i for i in (claim.size, claim.to, claim.from_) if i is not None}
    found = _merged(found)
    used = {i for c in found for i in (c.size, c.to, c.from_) if i is not None}
    for more in (series.signed, series.bracketed_levels, series.continued):
        found += more(sentence, found, used)
    _mark_losses(sentence, found)
    found.sort(key=lambda claim: claim.magnitude)
    _distributed(sentence, found)
    context.set_times(sentence, found)
    return found


def _from_match(
    sentence: Sentence, pattern: Pattern, match: re.Match[str], used: set[int]
) -> Iterator[Claim]:
    """The claim of a match with the levels around it, and the other statements of the same change."""
    cue = match.start("cue")
    parts = {role: [match.start(role)] for role in ("size", "to", "from") if match.groupdict().get(role)}
    if any(item in used for items in parts.values() for item in items):
        return
    own = pattern.metric_of(sentence, match)
    if pattern.metric_of is _object and own is None:
        return
    start = match.end()
    if pattern.factor:
        parts["size"] = [cue]
        start = own[1] + 1 if own and own[0] > cue else start  # tripling its capacity, | to 1,000 MW
    tail = read_tail(sentence, start, parts)
    before = None
    if pattern.appositive and not tail.parts["to"]:
        before = levels_before(sentence, match.start())
        if before:
            tail.parts["to"] = before.levels
            tail.bracketed |= before.bracketed
    elif (
        sentence.items[cue].word.endswith("ing")
        and sentence.codes[cue - 1 : cue] == ","
        and not tail.parts["from"]
    ):
        before = levels_before(sentence, cue)  # a deficit of $39 million, shrinking to $20 million
        tail.parts["from"] = before.levels if before and "size" not in parts else []
    if not pattern.accepts(sentence, match, tail):
        return
    claim = Claim(
        rule=pattern.name,
        cue=cue,
        direction=pattern.direction or sentence.items[cue].direction,
        first=before.first if before else match.start(),
        last=max(tail.end, match.end()) - 1,
        metric=_metric(sentence, pattern, match, own, before),
    )
    yield from _statements(sentence, claim, tail)


def _metric(
    sentence: Sentence, pattern: Pattern, match: re.Match[str], own: Bounds | None, before: Before | None
) -> Bounds | None:
    if before is not None and (own is None or pattern.metric_of in (_subject, _before)):
        return before.metric or own
    if own is None and pattern.metric_of in (_own, _of_noun):
        return metric.clause_subject(sentence, match.start())
    return own


def _statements(sentence: Sentence, claim: Claim, tail: Tail) -> Iterator[Claim]:
    """One claim per statement of the change: `190 points, or 0.6 %`; `$87 million, or $2.02 a share`."""
    sizes, tos, froms = (tail.parts[role] for role in ("size", "to", "from"))
    if froms and len(tos) != len(froms):  # a conversion on one side only
        tos, froms = ([i for i in levels if i not in tail.bracketed] for levels in (tos, froms))
    first_to, first_from = _at(tos, 0), _at(froms, 0)
    counted = next((i for i in sizes if sentence.codes[i] == "Q"), None)
    for k in range(max(len(sizes), len(tos), len(froms))):
        size, to, from_ = _at(sizes, k), _at(tos, k), _at(froms, k)
        if k and size is not None:
            to, from_ = to if to is not None else first_to, from_ if from_ is not None else first_from
        elif k and (to is None or (from_ is None and to in tail.bracketed)):
            continue
        rule = ALTERNATIVE if k else claim.rule
        yield replace(claim, rule=rule, size=size, to=to, from_=from_, counted=counted)


def _distributed(sentence: Sentence, found: list[Claim]) -> None:
    """`Hobart and Darwin slipped 0.5 % and 0.3 %`: two metrics, two sizes."""
    for first, second in pairwise(found):
        if first.cue != second.cue or first.size is None or second.size is None or first.metric is None:
            continue
        if sentence.codes[second.size - 1] != "&":
            continue
        start, end = first.metric
        codes = sentence.codes[start : end + 1]
        if codes.count("&") == 1 and "&" not in codes[:1] + codes[-1:]:
            middle = start + codes.index("&")
            first.metric, second.metric = (start, middle - 1), (middle + 1, end)


def _at(items: list[int], k: int) -> int | None:
    return items[k] if k < len(items) else None


def _merged(found: list[Claim]) -> list[Claim]:
    """Claims that tell the same change become one."""
    by_size = {c.size: c for c in found if c.size is not None}
    by_level = {c.to: c for c in found if c.size is None and c.to is not None}
    gone: list[Claim] = []
    for claim in found:
        host = by_size.get(claim.to) if claim.to is not None else None
        if host is not None and host is not claim:  # grew $21.6 billion, a 5.1 % increase
            claim.to, claim.from_, claim.metric = host.to, host.from_, host.metric
            if claim.size is None:  # up 5 %, compared with 3 %: two sizes, no levels
                gone.append(claim)
                continue
        level = by_level.get(claim.to) if claim.to is not None and claim.size is not None else None
        if level is not None:  # rose to $3 million, a 5 % increase
            claim.from_ = claim.from_ if claim.from_ is not None else level.from_
            claim.metric = level.metric or claim.metric
            gone.append(level)
    return [c for c in found if not any(c is g for g in gone)]


def _mark_losses(sentence: Sentence, found: list[Claim]) -> None:
    """A level is below zero when it is a loss and the other level a profit; the profit is then the metric."""
    lost: dict[int, tuple[bool, bool, Bounds | None]] = {}  # by cue: the statements of one change go together
    for claim in found:
        if claim.to is None or claim.from_ is None:
            continue
        if claim.cue not in lost:
            to_told, from_told = _told_as(sentence, claim.to), _told_as(sentence, claim.from_)
            to_lost = bool(to_told & loss_words() and from_told & profit_words())
            from_lost = bool(from_told & loss_words() and not to_told & loss_words())
            profit = metric_of_level(sentence, claim.from_ if to_lost else claim.to)
            lost[claim.cue] = to_lost, from_lost, profit
        to_lost, from_lost, profit = lost[claim.cue]
        if to_lost != from_lost:
            claim.losses = {claim.to} if to_lost else {claim.from_}
            claim.direction = "decrease" if to_lost else "increase"
            claim.metric = profit or claim.metric


def _told_as(sentence: Sentence, level: int) -> set[str]:
    """The words right before a level, back to the amount or comma before them."""
    words: set[str] = set()
    for item in reversed(sentence.items[max(0, level - 6) : level]):
        if item.code in "PpMQBFC;":
            break
        words.add(item.word)
    return words
