"""The names of a document: the record of each entity by its tokens, and the sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import month_abbr as _months
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from extract import lexicons
from extract.records import Entity
from extract.rules import syntax
from extract.rules.growth.measures import Facts
from extract.rules.growth.sayings import Quotations
from extract.rules.growth.sorts import measures
from extract.rules.spans import group

REACH = 120  # words on either side that are searched for an owner
COUNTRIES = frozenset({"GPE", "NORP"})
_OWNERS = frozenset({"ORG", "GPE", "NORP", "PERSON", "LOC", "FAC"})  # entities that can have a figure


_DASHES = frozenset({"-", "--", "–", "—"})
_DATELINE = 16  # tokens that a dateline may have
_MONTHS = frozenset(_months) - {""}
_PLACE = 4  # tokens that its place may have, without a date next to it
_TOP = 60  # tokens of one without capitals


class Name(NamedTuple):
    """A mention: its tokens, the end exclusive, and its record."""

    start: int
    end: int
    entity: Entity


@dataclass(frozen=True)
class Names:
    """The mentions of a document in order, and the ends of the datelines of sentences."""

    doc: Doc
    mentions: tuple[Name, ...]
    datelines: Mapping[int, int]

    @classmethod
    def of(cls, doc: Doc, facts: Facts) -> Names:
        """The mentions with a record among the facts, of the labels that can have a figure."""
        found = ((span, facts.get((Entity, span.end_char))) for span in group(doc, "entities"))
        mentions = (
            Name(span.start, span.end, fact)
            for span, fact in found
            if isinstance(fact, Entity) and fact.label in _OWNERS
        )
        datelines = _datelines(doc)
        inside = {i for start, end in datelines.items() for i in range(start, end)}
        named = tuple(name for name in mentions if not _is_no_name(doc, name, inside))
        return cls(doc, named, datelines)

    @cached_property
    def _starts(self) -> list[int]:
        return [name.start for name in self.mentions]

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return syntax.sentences(self.doc)

    @cached_property
    def _borders(self) -> list[int]:
        return [start for start, _ in self._sentences]

    @cached_property
    def quotations(self) -> Quotations:
        """The quotations of the document."""
        return Quotations(self.doc)

    def within(self, start: int, end: int) -> tuple[Name, ...]:
        """The mentions that lie in the tokens from `start` to `end`, the end exclusive."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(name for name in self.mentions[first:last] if name.end <= end)

    def at(self, token: int) -> Name | None:
        """The mention that a token is in."""
        i = bisect_right(self._starts, token) - 1
        return self.mentions[i] if i >= 0 and token < self.mentions[i].end else None

    def sentence(self, token: int) -> tuple[int, int]:
        """The sentence of a token, as tokens, the end exclusive."""
        return self._sentences[max(0, bisect_right(self._borders, token) - 1)]

    def place_in_sentence(self, token: int) -> int:
        """The number of words before a token in its sentence, without a dateline."""
        start = self.sentence(token)[0]
        return token - self.datelines.get(start, start)

    def sentence_before(self, token: int) -> tuple[int, int] | None:
        """The sentence before that of a token; only its last words if it is very long."""
        i = bisect_right(self._borders, token) - 2
        if i < 0:
            return None
        start, end = self._sentences[i]
        return max(start, end - REACH), end

    def ahead(self, token: int) -> tuple[int, int]:
        """The words of its sentence before a token."""
        return max(self.sentence(token)[0], token - REACH), token

    def sentences_between(self, one: int, other: int) -> int:
        """The number of sentences from one token to a later one."""
        return bisect_right(self._borders, other) - bisect_right(self._borders, one)

    def first_sentences(self, count: int) -> tuple[int, int]:
        """The tokens of the first sentences."""
        return 0, self._sentences[min(count, len(self._sentences)) - 1][1]

    @cached_property
    def _lands(self) -> dict[str, Entity]:
        """The record under which the article names each country: by name, else by its people."""
        lands: dict[str, Entity] = {}
        for name in self.mentions:
            entity = name.entity
            if entity.country and is_country(entity):
                known = lands.get(entity.country)
                if known is None or (known.label == "NORP" and entity.label == "GPE"):
                    lands[entity.country] = entity
        return lands

    def land(self, entity: Entity) -> Entity:
        """The record of the country for `German` if the article names Germany too; else the entity."""
        return self.country(entity.country) or entity if entity.label == "NORP" else entity

    def country(self, code: str | None) -> Entity | None:
        """The record of a country that the article names, or whose people it names."""
        return self._lands.get(code) if code else None


def _is_no_name(doc: Doc, name: Name, datelines: Set[int]) -> bool:
    """A word of a measure with a capital letter, `Pretax`, `Shr`; the place of a dateline."""
    return name.start in datelines or (name.end - name.start == 1 and doc[name.start].lower_ in measures())


def _datelines(doc: Doc) -> dict[int, int]:
    """The end of the dateline of a sentence: `DAYTON, Ohio, April 14 -`, `NEW DELHI, 23 July 2024:`."""
    found = {}
    for start, end in syntax.sentences(doc):
        if not (doc[start].text[0].isupper() and (start < _TOP or doc[start].is_upper)):
            continue
        opening = doc[start : min(end, start + _DATELINE)]
        dash = next((t.i for t in opening if _ends_dateline(doc, t)), start)
        if dash > start and _is_dateline(doc[start:dash]):
            found[start] = dash
    return found


def _is_dateline(opening: Span) -> bool:
    """It has a month, or its place is in capitals, alone or before a comma."""
    if any(token.text[:3].title() in _MONTHS for token in opening):
        return True
    place = next((token.i for token in opening if token.text == ","), opening.end)
    return place - opening.start < _PLACE and opening.doc[opening.start : place].text.isupper()


def _ends_dateline(doc: Doc, token: Token) -> bool:
    """A dash with spaces around it, not that of `NON-FARM`; a colon after a number."""
    if token.text == ":":
        return token.i > 0 and doc[token.i - 1].is_digit
    return token.text in _DASHES and token.i > 0 and bool(doc[token.i - 1].whitespace_)


def is_country(entity: Entity) -> bool:
    """It is a country or its people: not a city or a state.

    >>> is_country(Entity(label="GPE", name="Germany", country="DE", ...))
    True
    """
    if not entity.country or entity.name in _parts():
        return False
    if entity.label != "GPE":
        return entity.label == "NORP"
    return not _names(entity.country).isdisjoint((_plain(entity.name), _plain(entity.text)))


def _plain(name: str) -> str:
    return name.lower().replace(".", "").replace("’", "'").removeprefix("the ")


@cache
def _parts() -> frozenset[str]:
    """Names under a country's code that are not the country: England is not Britain."""
    return frozenset(lexicons.load("countries")["parts"]["names"])


@cache
def _names(code: str) -> frozenset[str]:
    from babel import Locale  # slow to import: only when a text is processed

    own = lexicons.load("countries")["countries"].get(code, {}).get("names", [])
    written = Locale("en").territories.get(code, "").partition(" (")[0]
    other = written.replace(" & ", " and ").replace("St. ", "Saint ").replace(" SAR China", "")
    return frozenset(map(_plain, (*own, written, other)))


def texts(tokens: Iterable[Token]) -> list[str]:
    """The words of tokens in lower case, with plain apostrophes."""
    return [token.lower_.replace("’", "'") for token in tokens]
