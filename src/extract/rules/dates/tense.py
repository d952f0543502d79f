"""On which side of the article's date a bare weekday or month lies, by the verb group near it.

>>> text = "Shares fell on Monday; the board will be elected on Friday."
>>> side(text, 15, 21, 0, len(text)), side(text, 52, 58, 0, len(text))
(-2, 2)

A verb group is read as a whole: `is due to be released` looks ahead, `has been released` back. The group
before the date decides, unless the date opens a clause of its own (`and on Friday the board will meet`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.rules.dates.words import cues

_LEFT, _RIGHT = 160, 80  # characters of the sentence that are looked at; on gold 160 is as good as 80 and 320


_ADVERB = rf"(?:\s(?:{cues('adverbs')}|[a-z]+ly))"
_LY = r"(?:\s[a-z]+ly)?"
_BE = r"(?:\s(?:be|been|being))"
_VERB = rf"{_BE}?{_ADVERB}?(?:\s[a-z]+)?"  # after an auxiliary: `be published`, `soon meet`
_CERTAIN, _MODAL, _AHEAD = cues("certain"), cues("modals"), cues("ahead")
_PARTICIPLE = (  # but for those that look ahead themselves
    rf"(?!(?:{_AHEAD}){_LY}\s(?:to|for)\b|(?:{cues('future')})\b)"
    rf"(?:{cues('past', 'participles')}|[a-z]+ed)"
)
_HAD = rf"(?:{cues('auxiliaries')})"
_FOR = rf"(?:to|for\s(?:{cues('purposes')}))"
_SIDES = {
    "certain": 2,
    "modal": 1,
    "infinitive": 1,
    "future": 1,
    "present": 0,
    "perfect": -1,
    "done": -1,
    "past": -1,
}
_KINDS: dict[str, tuple[str, ...]] = {  # the kinds of verb groups, the longer before those that they hold
    "certain": (
        rf"(?:{_CERTAIN})\b{_ADVERB}{{0,2}}(?:\shave)?{_VERB}",
        rf"(?:is|are|be|['’]s|['’]re)\b{_ADVERB}{{0,2}}\s(?:{_AHEAD}){_LY}\sto\b{_ADVERB}?{_VERB}",
    ),
    "perfect": (
        rf"(?:{_MODAL})\b{_ADVERB}{{0,2}}\shave{_BE}?{_ADVERB}?\s{_PARTICIPLE}",
        rf"to\shave{_BE}?{_ADVERB}?\s{_PARTICIPLE}",
        rf"{_HAD}\b{_ADVERB}{{0,2}}{_BE}?{_ADVERB}?\s{_PARTICIPLE}",
    ),
    "modal": (
        rf"(?:{_MODAL})\b{_ADVERB}{{0,2}}{_VERB}",
        rf"(?:{_AHEAD}){_LY}\s{_FOR}\b{_ADVERB}?{_VERB}",
        rf"(?:is|are|['’]re|['’]s){_LY}\s(?:{cues('planned')})",
    ),
    "done": (rf"(?:{cues('done')})\sto(?:{_BE}|\s[a-z]+)(?:\s{_PARTICIPLE})?",),
    "infinitive": (
        rf"to\s(?:not\s)?be\s(?:[a-z]+ly\s)?(?:{_PARTICIPLE}|[a-z]+)",
        rf"to\s(?:not\s)?(?:[a-z]+ly\s)?(?:{cues('infinitives')})",
    ),
    "future": (cues("future"),),
    "present": (rf"(?:is|are|be|being|isn['’]t|aren['’]t)\b{_ADVERB}{{0,2}}\s(?:being\s)?{_PARTICIPLE}",),
    "past": (rf"(?!(?:{cues('not_past')})\b)(?:{cues('past')}|[a-z]+ed)",),
}
_BESIDE = re.compile(rf"(?:\s(?:{cues('objects')}))?\s(?:(?:{cues('beside')})\s){{0,3}}", re.IGNORECASE)
_AT_ONCE = re.compile(r"\s+(?:back\s+)?(?:(?:late|early)\s+)?(?:(?:on|in)\s+)?(?:(?:late|early)\s+)?")
_SINCE = re.compile(rf"\b(?:{cues('since')})\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:{cues('until')})\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)
_GIVEN = re.compile(rf"(?:{cues('have')})\b", re.IGNORECASE)  # `has given them until Tuesday`
_TERM = re.compile(rf"\b(?:{cues('terms')})\s+(?:\S+\s+){{0,2}}$", re.IGNORECASE)
_OPENS = re.compile(  # the date opens a clause
    rf"(?:[;:—–]|,\s(?:{cues('opens_after_comma')})|,?\s(?:{cues('opens')}))\s+"
    rf"(?:(?:{cues('before_dates')})\s+){{0,2}}(?:the\s+)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"[;:—–]|\b(?:{cues('clauses')})\b", re.IGNORECASE)


@cache
def _group() -> re.Pattern[str]:
    """A verb group; it takes a while to compile, and few short texts require it."""
    any_kind = "|".join(f"(?P<{kind}>{'|'.join(forms)})" for kind, forms in _KINDS.items())
    return re.compile(rf"(?<!\w)(?:{any_kind})\b", re.IGNORECASE)


@cache
def _own_verb() -> re.Pattern[str]:
    """`sales in September fell`, `the vote on Friday will`."""
    return re.compile(rf"\s(?:(?P<ahead>{_CERTAIN})|{cues('finite')})\b", re.IGNORECASE)


def side(text: str, start: int, end: int, sentence_start: int, sentence_end: int) -> int:
    """-1 for the past, 1 for the future, 0 when nothing nearby says; -2 and 2 leave no doubt.

    Offsets count code points of the text.
    """
    before = text[max(sentence_start, start - _LEFT) : start]
    if _SINCE.search(before[-16:]):
        return -2
    if _UNTIL.search(before[-16:]):
        return 2
    groups = list(_group().finditer(before))
    own = _own_verb().match(text, end)
    if own and not (groups and _BESIDE.fullmatch(before, groups[-1].end())):
        return 2 if own["ahead"] else -2
    if groups and _GIVEN.match(groups[-1][0]) and _TERM.search(before[-16:]):
        return 1
    if not groups or _OPENS.search(before[-24:]):
        following = _group().search(text, end, max(end, min(sentence_end, end + _RIGHT)))
        if following:
            return _side(following)
    return _of_groups(groups) if groups else 0


def _of_groups(groups: list[re.Match[str]]) -> int:
    """The side that the last verb group before the date speaks for; one right before it leaves no doubt."""
    last = groups[-1]
    if not last["past"]:
        return _side(last)
    if _AT_ONCE.fullmatch(last.string, last.end()):
        return -2
    earlier = groups[-2] if len(groups) > 1 else None  # `will present the report asked for` looks ahead
    if earlier and _side(earlier) == 2 and not _CLAUSE.search(last.string, earlier.end(), last.start()):
        return 1
    return -1


def _side(group: re.Match[str]) -> int:
    return _SIDES[group.lastgroup or ""]
