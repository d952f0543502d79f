"""The rules for a place: where the figure is, in the metric's phrase or next to the claim.

inflation in Germany rose; inflation rose in Germany; In Germany, inflation rose   -> Germany
300 jobs will go at Acme                                                            -> Acme
"""

from __future__ import annotations

from spacy.tokens import Doc

from extract.records import Entity
from extract.rules.growth import owners
from extract.rules.growth.asked import Asked
from extract.rules.growth.names import Name, texts
from extract.rules.growth.sorts import OF_COUNTRIES
from extract.rules.growth.topic import is_company

_PLACES = ("GPE", "LOC")
_OPENING = 3  # words before the place that a sentence opens with


def by_own_place(asked: Asked) -> Entity | None:
    """The place of a claim whose metric precedes it: `pay in Cork rose; | in Donegal it | fell 3 %`."""
    before = asked.before_here
    start = before.asked.span.end if before is not None else asked.window[0]
    if not asked.is_borrowed or (asked.sort not in OF_COUNTRIES and by_place_in_phrase(asked) is None):
        return None
    last = behind(asked)
    if last is not None and last.entity.label in _PLACES and asked.led_by(last) == "in":
        return last.entity
    doc = asked.names.doc
    for name in asked.names.within(start, asked.span.start):
        parted = start == asked.window[0] or any(t.is_punct for t in doc[start : name.start])
        if parted and name.entity.label in _PLACES and _word_before(name, doc) == "in":
            return name.entity
    return None


def by_place_in_phrase(asked: Asked) -> Entity | None:
    """Where the figure is by its own phrase: `inflation in Germany`, `sales of hybrid cars in the US`."""
    before = asked.before_here
    held = before is not None and before.whose.subject is not None and before.whose.subject.label == "ORG"
    if asked.is_possessed or (asked.is_of_before and held):
        return None
    found = owners.place(asked.phrase, sold=asked.topic.company is None)
    return found.entity if found else None


def by_site(asked: Asked) -> Entity | None:
    """The company after the claim: `300 jobs will go at Acme`, `sales rose 5 % at Acme`."""
    if asked.sort not in ("company", "either"):
        return None
    found = behind(asked)
    return (
        found.entity
        if found and _word_before(found, asked.names.doc) == "at" and is_company(found.entity)
        else None
    )


def behind(asked: Asked) -> Name | None:
    """The first name after the claim in its clause: before a mark or `while`."""
    doc, end = asked.names.doc, asked.window[1]
    found = next(iter(asked.names.within(asked.span.end, end)), None)
    between = doc[asked.span.end : found.start] if found else ()
    return None if any(t.is_punct or t.lower_ in ("while", "and", "but") for t in between) else found


def _word_before(name: Name, doc: Doc) -> str:
    i = name.start - 1
    while i > 0 and doc[i].lower_ in ("the", "both"):
        i -= 1
    return doc[i].lower_ if i >= 0 else ""


def by_place(asked: Asked) -> Entity | None:
    """The place of a country's figure: `in Germany, inflation rose 5 %`, `inflation rose 5 % in Germany`."""
    company = asked.sort == "either" and asked.topic.company is not None
    if asked.sort not in OF_COUNTRIES or company:
        return None
    start, end = asked.window
    later = (n for n in asked.names.within(asked.span.end, end) if asked.led_by(n) == "in")
    opening = (n for n in asked.names.within(start, asked.span.start) if _opens(asked.names.doc, n, start))
    found = next((n for n in (*later, *opening) if n.entity.label in _PLACES), None)
    return found.entity if found else None


def _opens(doc: Doc, name: Name, start: int) -> bool:
    """`In Germany, ...`, `But in the north of Spain, ...`: the place that a sentence opens with."""
    return name.start - start <= _OPENING and "in" in texts(doc[start : name.start])
