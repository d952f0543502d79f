"""Where a name that a model marked begins and ends: without what the conventions leave outside.

`the` European Union; `President` Ana Costa; Kenya`'s`; the DPP `legislator`;
Xiao Jianhua | 's | Tomorrow Group: two names, where the article has the first one elsewhere too.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract import lexicons
from extract.rules.entities.gazetteer import load
from extract.rules.entities.heads import heads
from extract.rules.entities.shapes import View, titles

_NAMES = lexicons.load("names")
_MARKS = frozenset(_NAMES["possessives"]["words"])
_MARKS_AROUND = frozenset("'\"“”‘’().,;:-–—[]!?/") | _MARKS
_ARTICLES = frozenset(_NAMES["articles"]["words"])
_OF_TITLES = frozenset(_NAMES["articles_of_titles"]["words"])
_SMALL = frozenset(_NAMES["outside"]["words"])
_WITH_ORDINARY_ENDS = frozenset(["EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"])  # Haiti earthquake
_WITH_YEARS = frozenset(["EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "PERSON"])  # 2022 World Cup


def trim(seen: View, start: int, end: int, label: str) -> tuple[int, int]:
    """The tokens of the name alone; none (start = end) where nothing is left."""
    words = seen.words
    if label not in _WITH_YEARS and start + 1 < end and _is_date(seen, start):  # 2023 Kenya, May Toyota
        start += 1
    while start < end and _before(words[start], alone=start + 1 == end):
        if _known(seen, start) or (label == "WORK_OF_ART" and _titled(seen, start)):
            break
        start += 1
    while start < end and _behind(seen, end - 1, start, label):
        end -= 1
    return start, end


def _is_date(seen: View, i: int) -> bool:
    """A year, or a month before a known name."""
    word = seen.words[i]
    if len(word) == 4 and word.isdigit():
        return True
    return word in lexicons.load("capitals")["calendar"]["words"] and i + 1 in seen.hits


def split(seen: View, start: int, end: int, elsewhere: set[str]) -> Iterator[tuple[int, int]]:
    """The name, or its owner and what is owned, where the article names the owner elsewhere too."""
    words = seen.words
    for i in range(start + 1, end - 1):
        owned = words[i] in _MARKS or (words[i] in ("'", "’") and words[i + 1] in ("s", "S"))
        rest = i + 1 + (words[i] not in _MARKS)
        if owned and rest < end and seen.capital[rest] and " ".join(words[start:i]) in elsewhere:
            yield start, i
            yield rest, end
            return
    yield start, end


def _titled(seen: View, start: int) -> bool:
    """An article with a capital, before one, is the title's own: `The Sick Child`."""
    return seen.words[start] in _OF_TITLES and seen.capital[start + 1 : start + 2] == [True]


def _before(word: str, *, alone: bool) -> bool:
    """A first word that is no part of the name; a title alone may be a name (`Chief`)."""
    return _never(word) or (word in titles() and not alone)


def _known(seen: View, start: int) -> bool:
    """A known name of several words begins here: `Sri Lanka`, `Prince Edward Island`."""
    return start in seen.hits and seen.hits[start][0] > start + 1


def _behind(seen: View, i: int, start: int, label: str) -> bool:
    """A last word that is no part of the name."""
    word, before = seen.words[i], seen.words[i - 1]
    if i == start or before == "-":  # Jung Hae - in
        return _never(word) and word not in _SMALL
    if _never(word):
        return True
    if word == "s" and before in ("'", "’"):
        return True
    ordinary = word.islower() and len(word) > 2 and word in load().common
    return ordinary and label not in _WITH_ORDINARY_ENDS and word.title() not in heads().after


def _never(word: str) -> bool:
    return word in _MARKS_AROUND or word.isspace() or word in _ARTICLES or word in _SMALL
