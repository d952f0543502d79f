"""The context of a claim: its period and baseline, and the word that makes it other than actual."""

from __future__ import annotations

import re
from functools import cache

from extract import lexicons
from extract.rules.growth.claim import Claim
from extract.rules.growth.symbols import Sentence

_BASELINE = re.compile(
    r"(?:an?|one|the)?\s*(?:\w+\s)?(?:year|month|week|quarter|day|period|decade|season|session)s?[\s-](?:earlier|ago|before|prior)\b"
    r"|\b(?:previous|prior|preceding|year-earlier|year-ago|same|corresponding|comparable)\b",
    re.IGNORECASE,
)
_ON_YEAR = re.compile(
    r"\b(?:year|month|quarter|week)[\s-](?:on|over|to)[\s-](?:year|month|quarter|week)\b|\b[ymq](?:-o-|o|/)[ymq]\b",
    re.IGNORECASE,
)
_COMPARING = frozenset("fC")
_SINCE = frozenset({"since", "than", "against"})
_ONE_BEFORE = re.compile(r"(?:last|previous|prior)\s+\w+|\d{4}|.*quarter", re.IGNORECASE)
_RECORD = re.compile(r"\w+est|most|least|best|worst|first|fastest")


def times(sentence: Sentence, claim: Claim, bounds: tuple[int, int]) -> tuple[int | None, int | None]:
    """The items of the claim's period and baseline, looked for between `bounds` (first, last item)."""
    period: int | None = None
    baseline: int | None = None
    for i in _by_distance(sentence, claim, bounds):
        if _is_baseline(sentence, i):
            baseline = i if baseline is None else baseline
        elif period is None and not _of_the_saying(sentence, i) and not _of_a_record(sentence, i):
            period = i
    return period, baseline


def _by_distance(sentence: Sentence, claim: Claim, bounds: tuple[int, int]) -> list[int]:
    """The date items between the bounds, nearest to the claim first, those behind it before those ahead."""
    dates = [i for i in range(bounds[0], bounds[1] + 1) if sentence.codes[i] == "D"]
    return sorted(dates, key=lambda i: claim.first - i + 3 if i < claim.first else max(0, i - claim.last))


def _is_baseline(sentence: Sentence, i: int) -> bool:
    """The date is what the change is compared with."""
    item = sentence.items[i]
    before = [sentence.items[k] for k in range(max(0, i - 2), i)]
    if _BASELINE.search(item.word) or _ON_YEAR.search(item.word):
        return True
    if before and before[-1].word in _SINCE:
        return not _of_a_record(sentence, i)
    if any(item.word in ("more than", "less than", "fewer than") for item in before):
        return True
    if before and before[-1].word == "over":
        return bool(_ONE_BEFORE.fullmatch(item.word))
    return bool(before) and before[-1].code in _COMPARING


def _of_the_saying(sentence: Sentence, i: int) -> bool:
    """The date tells when it was said: `said on Monday`, `in a report on Wednesday`."""
    before = sentence.codes[max(0, i - 5) : i]
    return bool(re.search(r"s[w\"]{0,3}[ia]?$", before)) or "according" in sentence.items[max(0, i - 5)].word


def _of_a_record(sentence: Sentence, i: int) -> bool:
    """The date tells how far back a record goes: `the highest in 32 years`."""
    return any(
        _RECORD.fullmatch(item.word) for item in sentence.items[max(0, i - 4) : i] if item.code in "wm"
    )


def clause(sentence: Sentence, claim: Claim) -> tuple[int, int]:
    """First and last item of the claim's clause: between subordinators, semicolons and other verbs."""
    codes = sentence.codes
    first, last = min(claim.first, claim.metric[0] if claim.metric else claim.first), claim.last
    while first > 0 and codes[first - 1] not in "k;":
        first -= 1
    while last + 1 < len(codes) and codes[last + 1] not in "k;VX":
        last += 1
    return first, last


@cache
def _status_words() -> dict[str, str]:
    table = lexicons.load("growth")
    words = {w: status for status, group in table["status"].items() for w in group.split()}
    words |= {w: "projected" for forms in table["verbs"]["project"] for w in forms.split()}
    return words


_RANK = {"negated": 3, "hypothetical": 2, "projected": 1}
_SUBJECTS = frozenset("x")


def status(sentence: Sentence, claim: Claim) -> tuple[str, int | None]:
    """The status of the claim and the item whose word gives it; (`actual`, None) by default."""
    first, _ = clause(sentence, claim)
    best: tuple[str, int | None] = ("actual", None)
    words = _status_words()
    for i in range(claim.cue - 1, max(first, claim.cue - 14) - 1, -1):
        found = "projected" if sentence.items[i].word == "due to" else words.get(sentence.items[i].word)
        if found is None or sentence.codes[i] in "D" + "PpMQBFH":
            continue
        if found == "negated" and claim.cue - i > 4:
            continue
        if _RANK.get(found, 0) > _RANK.get(best[0], 0):
            best = found, i
        if sentence.codes[i] in "V" and best[1] is None:
            break
    return best
