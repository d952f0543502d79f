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

from extract import lexicons
from extract.rules.dates.words import CUES

_LEFT, _RIGHT = 160, 80  # how many characters of the sentence are looked at


def _words(*names: str) -> str:
    return lexicons.alternation([word for name in names for word in CUES[name]["words"]])


_ADVERB = r"(?:\s(?:not|also|then|now|still|only|soon|never|just|first|both|all|to|[a-z]+ly))"
_LY = r"(?:\s[a-z]+ly)?"
_BE = r"(?:\s(?:be|been|being))"
_VERB = rf"{_BE}?{_ADVERB}?(?:\s[a-z]+)?"  # after an auxiliary: `be published`, `soon meet`
_CERTAIN, _MODAL, _AHEAD = _words("certain"), _words("modals"), _words("ahead")
_PARTICIPLE = (  # but for those that look ahead themselves
    rf"(?!(?:{_AHEAD}){_LY}\s(?:to|for)\b|(?:{_words('future')})\b)"
    rf"(?:{_words('past', 'participles')}|[a-z]+ed)"
)
_HAD = r"(?:has|have|had|['’]ve|was|were|(?:was|were|has|have|had)n['’]t)"
_FOR = r"(?:to|for\s(?:release|publication|completion|delivery|trial|sale))"
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
        rf"(?:is|are|['’]re|['’]s){_LY}\s(?:{_words('planned')})",
    ),
    "done": (rf"(?:{_words('done')})\sto(?:{_BE}|\s[a-z]+)(?:\s{_PARTICIPLE})?",),
    "infinitive": (
        rf"to\s(?:not\s)?be\s(?:[a-z]+ly\s)?(?:{_PARTICIPLE}|[a-z]+)",
        rf"to\s(?:not\s)?(?:[a-z]+ly\s)?(?:{_words('infinitives')})",
    ),
    "future": (_words("future"),),
    "present": (rf"(?:is|are|be|being|isn['’]t|aren['’]t)\b{_ADVERB}{{0,2}}\s(?:being\s)?{_PARTICIPLE}",),
    "past": (rf"(?!(?:{_words('not_past')})\b)(?:{_words('past')}|[a-z]+ed)",),
}
_BESIDE = re.compile(
    r"(?:\s(?:effect|place|part))?\s(?:(?:on|in|by|for|until|from|the|early|late)\s){0,3}", re.IGNORECASE
)
_AT_ONCE = re.compile(r"\s+(?:back\s+)?(?:(?:late|early)\s+)?(?:(?:on|in)\s+)?(?:(?:late|early)\s+)?")
_SINCE = re.compile(r"\b(?:since|as of|ended|last)\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:ending|due)\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)
_GIVEN = re.compile(r"(?:has|have|['’]ve)\b", re.IGNORECASE)  # `has given them until Tuesday`
_TERM = re.compile(r"\b(?:until|till|by)\s+(?:\S+\s+){0,2}$", re.IGNORECASE)
_OPENS = re.compile(  # the date opens a clause
    r"(?:[;:—–]|,\s(?:and|but|while|so)|,?\s(?:and|but|while|when|that|because|if))\s+"
    r"(?:(?:on|in|by|for|later|late|early)\s+){0,2}(?:the\s+)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—–]|\b(?:which|who|when|while|as|after|because|but|although|that)\b", re.IGNORECASE)


@cache
def _group() -> re.Pattern[str]:
    """A verb group; it takes a while to compile, and few short texts ask for it."""
    any_kind = "|".join(f"(?P<{kind}>{'|'.join(forms)})" for kind, forms in _KINDS.items())
    return re.compile(rf"(?<!\w)(?:{any_kind})\b", re.IGNORECASE)


@cache
def _own_verb() -> re.Pattern[str]:
    """`sales in September fell`, `the vote on Friday will`."""
    return re.compile(rf"\s(?:(?P<ahead>{_CERTAIN})|{_words('finite')})\b", re.IGNORECASE)


def side(text: str, start: int, end: int, sentence_start: int, sentence_end: int) -> int:
    """-1 for the past, 1 for the future, 0 when nothing near by tells; -2 and 2 leave no doubt.

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
