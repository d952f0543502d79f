"""Time expressions in a text: the longest pattern at each word, widened, and joined with its neighbours.

>>> text = "early next year, the third quarter of 1990, at 9 a.m. Tuesday"
>>> [text[e.start:e.end] for e in find(text)]
['early next year', 'the third quarter of 1990', '9 a.m. Tuesday']

Pure functions of text, linear in its length: every pattern matches a short stretch and is tried at few words.
"""

from __future__ import annotations

import re

from extract import lexicons
from extract.lexicons.scope import cached, remembered
from extract.rules.dates import words as w
from extract.rules.dates.extent import Expression, Part, join, widen
from extract.rules.dates.grammar import Pattern, starting

Found = tuple[re.Match[str], Pattern] | None

_WORD = re.compile(r"[A-Za-z]+|\d+")
_MAX_DIGITS = 4  # a longer run of digits begins no time expression
_BEFORE, _NEAR = 48, 120  # how far around a pattern its conditions look
_ASKS = re.compile(
    r"(?<!\w)(?:in|on|by|of|since|from|to|until|till|the|for|during|after|before|and|between)$"
)
_DAY_OF_YEAR = re.compile(r"\n[ \t]{0,4}\d{1,2},? \d{4}\b")
_CURRENCIES = "$£€¥₹"
_GLUE = frozenset(_CURRENCIES + "#@&_\\=+")  # what a word is part of that they precede
_IN_NUMBERS = frozenset(".,/:–-")  # what a number is part of that they are in


@remembered(8)
def find(text: str) -> tuple[Expression, ...]:
    """All time expressions of a text, in order, without overlaps."""
    found: list[Expression] = []
    tried: dict[int, Found] = {}
    done = 0
    for word in _first_words().finditer(text):
        if word.start() < done:
            continue
        part = _at(text, word, tried)
        if part is None or (found and part.start < found[-1].end):
            continue
        expression = Expression(part.start, part.end, (part,))
        joined = join(text, found[-1], expression) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(expression)
        done = part.end
    return tuple(found)


@cached
def _classes() -> dict[str, tuple[str, ...]]:
    return w.start_classes()


@cached
def _first_words() -> re.Pattern[str]:
    """The words and numbers that a time expression may begin with; all others are passed over.

    Case is that of ASCII alone, as in `_WORD`.
    """
    words = lexicons.alternation(word for word in ("the", *_classes()) if _WORD.fullmatch(word))
    return re.compile(rf"(?<![A-Za-z])(?ai:{words})(?![A-Za-z])|(?<!\d)\d{{1,{_MAX_DIGITS}}}(?!\d)")


_DIGITS = (("digit", "short_digits"), ("digit", "short_digits"), ("digit",), ("digit", "four_digits"))
_COUNTS = tuple((*classes, "count") for classes in _DIGITS)
_COUNTING = re.compile(r"(?:,\d{3})*(?:\.\d{1,2})?[\s½¼¾–-]")  # after the first digits of a number


def _starts(text: str, word: re.Match[str]) -> tuple[str, ...]:
    """The classes of a word, or of a number by its length and what follows it."""
    key = word[0].lower()
    if not key[0].isdigit():
        return _classes().get(key, ())
    if len(key) > _MAX_DIGITS:
        return ()
    return (_COUNTS if _COUNTING.match(text, word.end()) else _DIGITS)[len(key) - 1]


def _at(text: str, word: re.Match[str], tried: dict[int, Found]) -> Part | None:
    """The expression that begins at a word; after `the`, the longer of those with and without it.

    `tried` keeps what was found at the word after `the` until that word's turn comes.
    """
    first = tried.pop(word.start()) if word.start() in tried else _best(text, word)
    if word[0].lower() == "the":
        following = _WORD.search(text, word.end(), word.end() + 24)
        second: Found = None
        if following and text[word.end() : following.start()].isspace():
            second = tried[following.start()] = _best(text, following)
        if second and (first is None or second[0].end() > first[0].end()):
            first = second
    return widen(text, _part(text, *first)) if first else None


def _best(text: str, word: re.Match[str]) -> Found:
    """The longest match that begins at a word, and its pattern."""
    names = _starts(text, word)
    if not names:
        return None
    start = word.start()
    before = _before(text, start)
    if _is_glued(before[-2:-1], before[-1:], number=word[0].isdigit()):
        return None
    best: Found = None
    for pattern in starting(names):
        match = pattern.regex.match(text, start)
        if match and (best is None or match.end() > best[0].end()) and _holds(pattern, match, before):
            best = match, pattern
    return best


def _is_glued(second: str, last: str, *, number: bool) -> bool:
    """A word or number is part of a longer one, by the last two characters before it."""
    if not last or last.isspace():
        return number and last == " " and bool(second) and second in _CURRENCIES
    if number and last in _IN_NUMBERS and second.isdigit():
        return True
    if last == "/":  # but for `June/July`
        return not (second.isalpha() or second == ".")
    return last.isalnum() or last in _GLUE


def _before(text: str, start: int) -> str:
    """What precedes a word in its line, or in the line before where the sentence runs on."""
    before = text[max(0, start - _BEFORE) : start]
    line = before.rfind("\n")
    if line < 0 or (line == len(before.rstrip(" \t")) - 1 and _runs_on(text, line - len(before) + start)):
        return before
    return before[line:]


def _runs_on(text: str, line_end: int) -> bool:
    """A sentence runs on: the next line begins in lower case, or the last word needs more."""
    following = text[line_end + 1 : line_end + 10].lstrip(" \t")[:1]
    return following.islower() or bool(_ASKS.search(text, max(0, line_end - 12), line_end))


def _holds(pattern: Pattern, match: re.Match[str], before: str) -> bool:
    """The conditions on the text around a match."""
    line_end = match.string.find("\n", match.start(), match.end())
    if line_end >= 0 and not _spans(match, line_end, before):
        return False
    if pattern.before and not pattern.before.search(before):
        return False
    if pattern.not_before and pattern.not_before.search(before):
        return False
    if pattern.near is None:
        return True
    first, last = max(0, match.start() - _NEAR), match.end() + _NEAR
    return bool(pattern.near.search(match.string, first, last))


def _spans(match: re.Match[str], line_end: int, before: str) -> bool:
    """A match may hold a line end where the sentence runs on, or before `9, 2024`."""
    text = match.string
    if _runs_on(text, line_end) or _DAY_OF_YEAR.match(text, line_end):
        return True
    return "\n" not in before and bool(_ASKS.search(before.rstrip(" \t")))


def _part(text: str, match: re.Match[str], pattern: Pattern) -> Part:
    groups = {name: _plain(value) for name, value in match.groupdict().items() if value}
    if pattern.before and "month" in pattern.before.groupindex:  # `June 9 and 11`
        before = pattern.before.search(text[max(0, match.start() - _BEFORE) : match.start()])
        groups["month"] = lexicons.key(before["month"]) if before else ""
    groups["whole"] = match[0].lower()
    kind, named = _kind(pattern.kind, groups), pattern.name if pattern.reads_as else ""
    return Part(match.start(), match.end(), pattern.reads_as or pattern.name, kind, groups, named=named)


def _plain(words: str) -> str:
    """In lower case, single blanks, without the full stop of an abbreviation."""
    plain = lexicons.key(words)
    return plain.rstrip(".") or plain


def _kind(kind: str, groups: dict[str, str]) -> str:
    """The kind, with the unit where joints require it."""
    unit = groups.get("unit")
    return f"{kind}:{unit}" if unit and kind in ("relative", "definite") else kind
