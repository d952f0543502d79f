"""The times of a claim: its period, and the baseline of the comparison.

Sales rose 5 % in [May] from [a year earlier]      -> period May, baseline a year earlier
"""

from __future__ import annotations

from itertools import pairwise

from extract.rules.growth.baselines import is_baseline, is_earlier
from extract.rules.growth.claim import ALTERNATIVE, CONTINUED, Claim
from extract.rules.growth.clauses import VERBS, clause, segment
from extract.rules.growth.items import AMOUNTS, REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.periods import is_no_period, is_period
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.symbols import Sentence

_SET_OFF = matcher(r"\, {subordinator}? {comparator}")  # , compared with; , as compared to
_ASIDE = frozenset(kinds("subordinator comparator"))
_BESIDE = 2  # items from the end of a claim to its own date


def set_times(sentence: Sentence, found: list[Claim]) -> list[Claim]:
    """Give the claims of a sentence their periods and baselines.

    Each is searched for in the claim's clause. A period stated once applies to the clauses after it.
    """
    dates = [_dates(sentence, claim) for claim in found]
    beside = [found[max(0, k - REACH) : k + REACH] for k in range(len(found))]
    compared: set[int] = set()
    for claim, others, near in zip(found, beside, dates, strict=True):
        baselines = [i for i in near if is_baseline(sentence, claim, i)]
        own = [i for i in baselines if not _of_another_change(sentence, claim, others, i)]
        stated_before = claim.baseline
        claim.baseline = next(
            (i for i in own if _right_behind(sentence, claim, i)), next(iter(own), stated_before)
        )
        if stated_before is not None:
            compared.add(stated_before)
        compared.update(baselines)
    stated: int | None = None
    for claim, others, near in zip(found, beside, dates, strict=True):
        if stated is not None and kinds("semicolon") in sentence.codes[stated : claim.cue]:
            stated = None
        own = [i for i in near if i not in compared and is_period(sentence, claim, i)]
        own = [i for i in own if not _of_one_told_after(sentence, claim, others, i)]
        nearer = [
            i for i in own if not (_behind_another(claim, others, i) or _of_one_before(claim, others, i))
        ]
        claim.period = next(iter(nearer or own), stated)
        if claim.period is not None and not _is_vague(sentence, claim.period):
            stated = claim.period
    _share(sentence, found)
    _compare_alike(sentence, found)
    _compare_both(sentence, found)
    _take_antecedents(sentence, found)
    _take_from_main_clause(sentence, found)
    _take_from_behind(sentence, found)
    return found


def _right_behind(sentence: Sentence, claim: Claim, i: int) -> bool:
    """No other amount is between: `down 4.5 % from Friday and | 6.8 % | from October`."""
    between = sentence.codes[claim.magnitude + 1 : i]
    return i > claim.magnitude and not any(code in AMOUNTS for code in between)


def _compare_alike(sentence: Sentence, found: list[Claim]) -> None:
    """Claims in a row with one comparison: `cars fell 9 % from a year earlier and lorries 4 %`."""
    stated: Claim | None = None
    for claim in found:
        if claim.baseline is not None:
            shared = _is_behind(claim) if claim.size is None else _is_relative(sentence, claim.baseline)
            stated = claim if shared else None
            continue
        if stated is None or not _are_alike(sentence, claim, stated):
            continue
        between = sentence.codes[stated.last + 1 : claim.first]
        if claim.period == stated.period and kinds("semicolon") not in between:
            claim.baseline = stated.baseline


def _is_behind(claim: Claim) -> bool:
    """The baseline follows the level of that time."""
    return claim.from_ is not None and claim.baseline is not None and claim.from_ < claim.baseline


def _are_alike(sentence: Sentence, claim: Claim, stated: Claim) -> bool:
    """Both have a size of one sort without an old level, or both have two levels."""
    if claim.size is None or stated.size is None:
        return claim.size is stated.size and claim.from_ is not None
    return claim.from_ is None and sentence.codes[claim.size] == sentence.codes[stated.size]


def _is_relative(sentence: Sentence, baseline: int | None) -> bool:
    """`a year earlier`, `year-on-year`: a comparison that others share, unlike `in May`."""
    return baseline is not None and is_earlier(sentence.items[baseline])


def _take_antecedents(sentence: Sentence, found: list[Claim]) -> None:
    """`the biggest since January 1982, when sales fell 19.5 %`: the time that `when` refers to."""
    for claim in found:
        first, _ = clause(sentence, claim)
        opener = sentence.items[first - 1].word if first else ""
        if claim.period is None and opener == "when":
            ahead = first - 3 if sentence.codes[first - 2] == kinds("comma") else first - 2
            if ahead >= 0 and sentence.codes[ahead] == kinds("time"):
                claim.period = ahead


def _take_from_main_clause(sentence: Sentence, found: list[Claim]) -> None:
    """`it sold assets in | 2003 |, halving its debt`; `last year's crash, which cut revenue in half`."""
    for claim in found:
        first, _ = clause(sentence, claim)
        if claim.period is not None or claim.baseline is not None:
            continue
        opener = first - 1 if sentence.items[first - 1].word == "which" else claim.cue
        participle = sentence.items[opener].word.endswith("ing")
        if (
            opener < 2
            or not (participle or opener == first - 1)
            or sentence.codes[opener - 1] != kinds("comma")
        ):
            continue
        ahead, _ = segment(sentence, opener - 2)
        dates = [i for i in range(ahead, opener - 1) if sentence.codes[i] == kinds("time")]
        dates = [i for i in dates if not (_is_vague(sentence, i) or is_no_period(sentence, i))]
        if len(dates) == 1 and not any(ahead <= c.magnitude < opener for c in found if c is not claim):
            claim.period = dates[0]


def _take_from_behind(sentence: Sentence, found: list[Claim]) -> None:
    """`Despite a 5 % rise in sales, profit fell 3 % in | May`: the time of the main clause."""
    opener = sentence.items[0].word if sentence.items else ""
    if len(found) < len(("one", "other")) or opener not in word_group("attending"):
        return
    one, other = found[:2]
    between = sentence.items[one.magnitude : other.cue]
    ahead = any(item.word in word_group("modals") for item in between)  # Despite ..., it will cut 5 % in 2018
    fronted = sentence.codes[: other.first].count(kinds("comma")) == 1 and not ahead
    if fronted and one.period is None and one.baseline is None:
        one.period = other.period


def _compare_both(sentence: Sentence, found: list[Claim]) -> None:
    """`profit fell 5 % and sales rose 9 %, compared with 2007`: a comparison set off by a comma."""
    for one, other in pairwise(found):
        if one.baseline is not None or other.baseline is None or other.baseline < other.last:
            continue
        between = sentence.codes[other.last + 1 : other.baseline]
        apart = _SET_OFF.match(between) is not None
        if apart and one.period == other.period and (one.size is None) == (other.size is None):
            one.baseline = other.baseline


def _share(sentence: Sentence, found: list[Claim]) -> None:
    """Statements of one change have the same times: `fell to $1.7 billion in 1986, or by 6 %, from 1976`."""
    together: dict[tuple[int, Bounds | None, bool], list[Claim]] = {}
    firsts: dict[int, Claim] = {}
    for claim in found:
        first = firsts.setdefault(claim.cue, claim)
        next_level = claim.rule == CONTINUED and claim.size is None  # and 100 % by 2010
        key = claim.cue, claim.metric, next_level or _is_aside(sentence, first, claim)
        together.setdefault(key, []).append(claim)
    for claims in together.values():
        period = next((c.period for c in claims if c.period is not None), None)
        baseline = next((c.baseline for c in claims if c.baseline is not None), None)
        for claim in claims:
            claim.period = claim.period if claim.period is not None else period
            claim.baseline = claim.baseline if claim.baseline is not None else baseline


def _dates(sentence: Sentence, claim: Claim) -> list[int]:
    """The dates of the claim's clause, nearest to the claim first, those behind it before those ahead."""
    first, last = clause(sentence, claim)
    dates = [
        i
        for i in range(first, last + 1)
        if sentence.codes[i] == kinds("time") and not _of_another_verb(sentence, claim, i)
    ]
    vague = [i for i in dates if _is_vague(sentence, i) or _lasts(sentence, claim, i)]
    return sorted(
        dates,
        key=lambda i: (i in vague, _distance(sentence, claim, i)),
    )


def _distance(sentence: Sentence, claim: Claim, i: int) -> int:
    """The distance of a date from the claim; one of the level, before a comma, counts like one before it."""
    if i < claim.first:
        return claim.first - i + _BESIDE + 1
    if i < claim.magnitude and kinds("comma say_verb") == sentence.codes[i + 1 : i + 3]:
        return _BESIDE + 1  # stood at 804.9 on Monday, representing a 7 % gain this year
    return max(0, i - claim.last)


def _lasts(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`to increase | over three years | to 75 % in 2008`: the level has a date of its own."""
    behind = sentence.codes[claim.last + 1 : claim.last + 3] == kinds("preposition time")
    return claim.cue < i < claim.magnitude and sentence.items[i].timex_type == "DURATION" and behind


def _is_vague(sentence: Sentence, i: int) -> bool:
    """`a year`, `by late morning`, `recently`: a period only if there is no date."""
    item = sentence.items[i]
    if item.timex_type == "TIME":  # by late morning in London on | Monday
        return any(other.timex_type == "DATE" for other in sentence.items[i + 1 : i + 5])
    return item.timex_type == "SET" or item.word in word_group("vague_times")


def _of_another_verb(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date ahead has a verb of its own: `where it was two years ago, | growth would be halved`."""
    if claim.metric is None or i >= min(claim.first, claim.metric[0]):
        return False
    first, last = segment(sentence, i)
    return last < min(claim.first, claim.metric[0]) and not VERBS.isdisjoint(sentence.codes[first:i])


def _behind_another(claim: Claim, found: list[Claim], i: int) -> bool:
    """There is another claim between the claim and the date after it."""
    return any(
        claim.magnitude < c.magnitude < i and c.cue >= claim.cue and c.rule != ALTERNATIVE for c in found
    )


def _of_one_before(claim: Claim, found: list[Claim], i: int) -> bool:
    """The date follows a previous claim: `jumped 2 % in | the month | and are now 22 % higher`."""
    return any(c.cue < claim.cue and 0 < i - c.last <= _BESIDE for c in found if i < claim.cue)


def _of_one_told_after(sentence: Sentence, claim: Claim, found: list[Claim], i: int) -> bool:
    """The date is that of a change mentioned with this one: `a rise of 10 %, after one of 9 % in | May`."""
    return any(c.magnitude < i and _is_aside(sentence, claim, c) for c in found)


def _is_aside(sentence: Sentence, claim: Claim, other: Claim) -> bool:
    """`after one of 9 %`, `compared with 9 % in May`: another change follows from here."""
    between = sentence.codes[claim.magnitude + 1 : other.magnitude]
    return other.rule == CONTINUED and not _ASIDE.isdisjoint(between)


def _of_another_change(sentence: Sentence, claim: Claim, found: list[Claim], i: int) -> bool:
    """The baseline at item `i` is that of another change, with a cue of its own."""
    others = [c for c in found if c.cue != claim.cue]
    if any(c.magnitude < i < claim.cue and c.cue < i for c in others):
        return True
    between = [c.cue for c in others if claim.magnitude < c.cue < i]
    return bool(between) and kinds("time") in sentence.codes[claim.last + 1 : min(between)]
