"""Markup of a page that sets text apart for the eye alone, written so that plain text shows it too.

>>> plain("<b>REUTERS</b>The UK paid $45<sup>1</sup> million for 2 km<sup>2</sup>.")
'<b>REUTERS</b><br/>The UK paid $45 million for 2 km².'
"""

from __future__ import annotations

import re

_SUPERSCRIPT = re.compile(r"<sup\b[^<>]*>((?:(?!</?sup\b).){0,300}?)</sup\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_NOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§#]{1,3})(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?", re.IGNORECASE)
_POWERS = str.maketrans("23", "²³")
_LENGTH = re.compile(r"\b(?:[kcmd]?m|ft|feet|mi|in|yd)$")
_TEN = re.compile(r"(?<![\d.,$€£¥])10$")
_INLINE = r"</?(?:a|abbr|b|bdi|cite|em|font|i|label|mark|small|span|strong|time|u)\b[^<>]*>"
_BETWEEN = re.compile(rf"(?:{_INLINE}){{1,20}}(?=[^\W\d_])", re.IGNORECASE)
_PIECE = re.compile(r"[^\W\d_]+$")
_STOP = re.compile(r"\w[.!?][\"”’)]?$")
_BEHIND = 60  # how far to look for what stands before a tag


def plain(html: str) -> str:
    """A page in which marks of notes are left out, powers are letters, and glued pieces are parted.

    Args:
        html: The page's source.
    """
    return _BETWEEN.sub(_parted, _SUPERSCRIPT.sub(_raised, html))


def _raised(match: re.Match[str]) -> str:
    """What stands for a superscript: a power, nothing for the mark of a note, else its own text."""
    text = _TAG.sub("", match[1]).strip()
    before = match.string[max(0, match.start() - _BEHIND) : match.start()]
    if text in ("2", "3") and _LENGTH.search(before):
        return text.translate(_POWERS)
    if text.isdigit() and "<a" not in match[1].lower() and _TEN.search(before):
        return f"^{text}"
    return "" if _NOTE.fullmatch(text) else match[1]


def _parted(match: re.Match[str]) -> str:
    """Tags between two words without space; with a line end where a caption, byline or sentence ends."""
    before = match.string[max(0, match.start() - _BEHIND) : match.start()]
    behind = match.string[match.end() : match.end() + 2]
    tags = match[0]
    if "</" not in tags or not behind[0].isupper():
        return tags
    word = _PIECE.search(before)
    if word is None:
        return f"{tags}<br/>" if _STOP.search(before) else tags
    # `REUTERS|The`; not `T|HE`, `US|A`; `Ana Smith|London`; not `Mc|Donald`
    capitals = word[0].isupper() and len(word[0]) > 1 and behind[1:].islower()
    return f"{tags}<br/>" if capitals or (word[0][-1].islower() and len(word[0]) > 3) else tags
