"""On which side of the article's date a bare weekday or month lies, by the words near it.

>>> text = "Shares fell on Monday; the board will meet on Friday."
>>> side(text, 15, 21, 0, len(text)), side(text, 46, 52, 0, len(text))
(-1, 1)
"""

from __future__ import annotations

import re

from extract import lexicons
from extract.rules.dates.words import CUES

_LEFT, _RIGHT = 160, 80  # how many characters of the sentence are looked at
_CUE = re.compile(
    rf"(?P<future>(?<!\w)(?:{lexicons.alternation(CUES['future']['words'])}))\b"
    rf"|\b(?!(?:{lexicons.alternation(CUES['not_past']['words'])})\b)"
    rf"(?P<past>{lexicons.alternation(CUES['past']['words'])}|[a-z]+ed)\b",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"will|won['’]t|shall|['’]ll", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|be|being)\s+$", re.IGNORECASE)
_AT_ONCE = re.compile(r"\s+(?:back\s+)?(?:on|in)\s+")
_SINCE = re.compile(r"\b(?:since|as of|ended|last)\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:ending|due)\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)


def side(text: str, start: int, end: int, sentence_start: int, sentence_end: int) -> int:
    """-1 for the past, 1 for the future, 0 when nothing near by tells; -2 and 2 leave no doubt.

    Offsets count code points of the text.
    """
    before = text[max(sentence_start, start - _LEFT) : start]
    if _SINCE.search(before[-16:]):
        return -2
    if _UNTIL.search(before[-16:]):
        return 2
    cues = list(_CUE.finditer(before))
    if cues:
        return _of_cue(cues[-1], cues[-2] if len(cues) > 1 else None)
    following = _CUE.search(text, end, max(end, min(sentence_end, end + _RIGHT)))
    return 0 if following is None else 1 if following["future"] else -1


def _of_cue(cue: re.Match[str], earlier: re.Match[str] | None) -> int:
    """The side a word before the date speaks for; `will (meet)` and a verb right before leave no doubt."""
    if cue["future"]:
        first = earlier if earlier and cue.start() - earlier.end() == 1 else cue
        return 2 if _CERTAIN.fullmatch(first[0]) else 1
    at_once = _AT_ONCE.fullmatch(cue.string, cue.end())
    return -2 if at_once and not _PASSIVE.search(cue.string, 0, cue.start()) else -1
