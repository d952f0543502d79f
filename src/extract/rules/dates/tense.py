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
    nearest = None
    for match in _CUE.finditer(before):
        nearest = match
    if nearest is None:
        nearest = _CUE.search(text, end, max(end, min(sentence_end, end + _RIGHT)))
    if nearest is None:
        return 0
    return 1 if nearest["future"] else -1
