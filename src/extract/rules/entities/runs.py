"""Runs of capitalised words, with the small words that join them into one name.

`Ministry of Gender, Labour and Social Development` is one run, as is `Jung Yoo-jin`; `Durban - Police` is
two.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract import lexicons
from extract.rules.entities.gazetteer import fold, load
from extract.rules.entities.heads import heads, ordinary
from extract.rules.entities.shapes import View

OF = frozenset(lexicons.load("names")["joints"]["words"])
_JOINERS = frozenset(["-", "&"])
_MAX = 24  # tokens of a run


def find(seen: View) -> Iterator[tuple[int, int]]:
    """The runs as token ranges, in order. In headlines of capitals only known names count."""
    i, size = 0, len(seen.words)
    while i < size:
        known = seen.hits.get(i)
        if known and (seen.shouted[i] or not seen.capital[i]):  # iPhone, al-Shabaab
            end = known[0]
            yield i, end
        elif seen.capital[i] and not seen.shouted[i]:
            end = _end(seen, i)
            yield i, end
        else:
            end = i + 1
        i = end


def is_given(seen: View, i: int) -> bool:
    """The token is a given name, or a surname of a kind that comes first."""
    return fold(seen.words[i]) in load().given and seen.lower[i] not in heads().particles


def _end(seen: View, start: int) -> int:
    """One past the last capitalised word of the run that begins at a token."""
    end = i = start + 1
    while i < min(len(seen.words), start + _MAX) and not _breaks(seen, i):
        if seen.capital[i] or _hyphened(seen, i):
            end = i + 1
        elif i - end >= 2 or (i == end and not _joins(seen, start, i)):
            break
        i += 1
    return end


def _breaks(seen: View, i: int) -> bool:
    """A run ends before this token: a sentence begins, or a dash with spaces precedes it."""
    word = seen.words[i]
    dash = seen.words[i - 1] == "-" and seen.capital[i] and not seen.glued[i]
    return seen.opens[i] or word == "The" or word in ordinary() or dash


def _joins(seen: View, start: int, i: int) -> bool:
    """The small word belongs to the name on its left: `of` after a head, `and` inside an organisation."""
    word, known = seen.words[i], heads()
    if word in _JOINERS or word in known.particles:
        return True
    if word in OF:
        head = seen.words[i - 1]
        return known.after.get(head) in ("ORG", "LAW", "EVENT") or f"{head} {word}" in known.before
    if word == "and":
        return known.opens_list(seen.words[start:i]) or _head_follows(seen, i)
    return word == "," and _lists(seen, start, i)


def _hyphened(seen: View, i: int) -> bool:
    """The second half of a given name: `Ka-wai`, not `London-based`."""
    if i < 2 or seen.words[i - 1] != "-" or not seen.capital[i - 2] or not seen.words[i].isalpha():
        return False
    if len(seen.words[i]) > 6 or (i - 2) in seen.hits:
        return False
    surname = i > 2 and seen.capital[i - 3] and (i - 3) not in seen.hits and is_given(seen, i - 3)
    return surname or seen.lower[i] not in load().common


def _lists(seen: View, start: int, comma: int) -> bool:
    """After `Ministry of Gender`: more subjects follow the comma, the last one after `and`."""
    if not heads().opens_list(seen.words[start:comma]):
        return False
    first = i = comma + 1
    while i < min(comma + 8, len(seen.words) - 1) and (seen.capital[i] or seen.words[i] == ","):
        i += 1
    ends = first < i < len(seen.words) - 1 and seen.words[i] == "and" and seen.capital[i + 1]
    return ends and first not in seen.hits


def _head_follows(seen: View, i: int) -> bool:
    """`Food and Drug Administration`: ordinary words on both sides, a head at the end."""
    end = i + 1
    while end < len(seen.words) and seen.capital[end] and end - i < 5:
        end += 1
    plain = seen.lower[i - 1] in load().common and (i - 1) not in seen.hits
    after = heads().after
    return (
        plain
        and end - i > 2
        and after.get(seen.words[i - 1]) != "ORG"
        and after.get(seen.words[end - 1]) == "ORG"
    )
