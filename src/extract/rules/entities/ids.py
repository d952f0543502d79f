"""What `entity_id` is made of: a code of ISO 3166 or GeoNames for a place, else the normal form of a name.

country:KZ  subdivision:US-TX  place:1526273  Kazakhstan, Kazakhs; Texas; Astana
place:US:springfield  place:springfield       not clear which; in the one country named, or not even that
place:US-IL:cairo                             unknown in the state that is beside it
org:marks-and-spencer  person:ana-petrova     Marks & Spencer plc, M&S; Ana Petrova, Petrova
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extract import lexicons
from extract.rules.entities import normal, places
from extract.rules.entities.gazetteer import key, load
from extract.rules.entities.places import Place
from extract.rules.entities.which import Evidence, country_named, decide

PLACES = frozenset(["GPE", "LOC", "NORP"])  # what may have a place's or a country's id
_SORTS = {
    "PERSON": "person", "ORG": "org", "GPE": "place", "LOC": "place", "NORP": "group", "FAC": "facility",
    "PRODUCT": "product", "EVENT": "event", "WORK_OF_ART": "work", "LAW": "law",
}  # fmt: skip
_MAY_STATE = frozenset(["GPE", "LOC", "ORG"])  # of the place beside: `Ill.` may be read as an organisation
_SURE = frozenset(["country", "people", "state"])  # known names whose country needs no other sign
_BESIDE = frozenset([", ", ",\n", " ("])  # between a place and the one that it lies in
_SMALL = 100  # thousands of people: a larger city does not lie in a state where we do not know it


_STATE_BEHIND = re.compile(r"\s(?:state|province)\b(?!-)")  # `New York state`, not `Delhi state-run`
_STATE_AHEAD = re.compile(r"\b(?:state|province) of $")


class Mention(NamedTuple):
    """A name as it is in the text.

    Attributes:
        text: The name.
        label: Its label.
        gap: The few characters between the name before it and this one; empty where there are more.
        before: The character right before it.
        of_state: The word `state` or `province` beside it says that it is no city's.
    """

    text: str
    label: str
    gap: str = ""
    before: str = ""
    of_state: bool = False


def is_of_state(text: str, start: int, end: int) -> bool:
    """Whether the word beside a name says that it is a state's: `New York state`, `the state of Georgia`."""
    return bool(_STATE_BEHIND.match(text, end) or _STATE_AHEAD.search(text[max(0, start - 15) : start]))


def of_name(label: str, name: str) -> str:
    """The id of what has this name, where it is no place that a list knows."""
    form = (
        normal.organisation(name)
        if label == "ORG"
        else normal.slug(_singular(name) if label == "NORP" else name)
    )
    if _SORTS[label] == "place" and form.isdigit():  # never to be taken for a GeoNames id
        form = f"no-{form}"
    return f"{_SORTS[label]}:{form}"


def _singular(name: str) -> str:
    """`Muslims` are the group `Muslim`."""
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and load().lookup(name[:-1]) else name


def country_of(link: str, names: Sequence[str]) -> str | None:
    """The country of a place or people by its id and names: ISO 3166-1 alpha-2, or None."""
    sort, _, code = link.partition(":")
    if sort == "country":
        return code if len(code) == 2 else None
    if sort == "subdivision" or ":" in code:
        return code[:2]
    if code.isdigit():
        found = (place.country for name in names for place in _of(name) if place.code == code)
        return next(found, None)
    entries = (load().lookup(name) for name in names if not places.is_shared(key(name)))
    return next((entry.country for entry in entries if entry and entry.country and entry.kind in _SURE), None)


def _of(name: str) -> tuple[Place, ...]:
    return places.bearers(key(name)) or places.bearers(key(name.partition(",")[0]))


class Places:
    """Which place, country or people each of an article's mentions means."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        ours = [i for i, mention in enumerate(mentions) if mention.label in PLACES]
        self._keys = {i: key(mentions[i].text) for i in ours}
        self._evidence = Evidence(self._keys.values())
        self._meant: dict[int, Place] = {}
        self._stated: dict[int, str] = {}
        for j, mention in enumerate(mentions):
            if mention.gap in _BESIDE and j - 1 in self._keys and mention.label in _MAY_STATE:
                self._state(j - 1, j, key(mention.text))
        by_name: dict[str, set[str]] = defaultdict(set)
        for i, code in self._stated.items():
            by_name[self._keys[i]].add(code)
        self._always = {name: min(codes) for name, codes in by_name.items() if len(codes) == 1}
        self._known: dict[tuple[str, str, str | None, bool], str] = {}

    def link(self, i: int) -> str:
        """The id of a mention of a place or people."""
        if i in self._meant:
            return self._meant[i].id
        mention = self._mentions[i]
        stated = self._stated.get(i, self._always.get(self._keys[i]))
        what = (mention.text, mention.label, stated, mention.of_state)
        if what not in self._known:
            self._known[what] = self._link(*what)
        return self._known[what]

    def _state(self, i: int, j: int, other: str) -> None:
        """`Paris`, `Texas`: the second says where the first lies; after `Buffalo`, `New York` is a state."""
        name = self._keys[i]
        found, around = places.bearers(name), places.regions(other)
        if self._mentions[i].label != "GPE" or not around:
            return
        inside = _holding(found, around, Place.lies_in)
        if inside is None and not (places.nation(name) or places.is_shared(name)):
            near = _holding(found, around, Place.may_lie_in)
            if near:
                self._stated[i] = near.country
                inside = None if _is_city(other, near.country) else near
            elif len(around) == 1 and not (places.regions(name) or _is_city(name) or _is_city(other)):
                self._stated[i] = around[0].code
        if inside:
            self._stated.setdefault(i, inside.code)
            self._meant[j] = inside
            self._evidence.add(other, inside)

    def _link(self, text: str, label: str, stated: str | None, of_state: bool) -> str:
        name, entry = key(text), load().lookup(text)
        state = self._state_of(name, stated) if of_state else None
        if state:
            return state.id
        country = places.nation(name)
        if country:
            return f"country:{country}"
        if entry and entry.label == "ORG" and label != "NORP":  # the EU, read as a place
            return of_name("ORG", text)
        place = self._decide(name, label, stated) or self._by_parts(text, label)
        if place:
            return place.id
        around = stated or country_named(name, self._evidence) if label == "GPE" else None
        return f"place:{around}:{normal.slug(text)}" if around else of_name(label, text)

    def _state_of(self, name: str, stated: str | None) -> Place | None:
        """The state in `New York state`, `the state of Georgia`."""
        if not places.is_shared(name):
            return self._decide(name, "GPE", stated, only_regions=True)
        states = [place for place in places.regions(name) if place.subdivision]
        return states[0] if len(states) == 1 else None

    def _decide(
        self, name: str, label: str, stated: str | None, *, only_regions: bool = False
    ) -> Place | None:
        only_regions = only_regions or label != "GPE"
        return decide(name, stated, self._evidence, only_regions=only_regions)

    def _by_parts(self, text: str, label: str) -> Place | None:
        """`Springfield, Ill.`, `Lagos State`, `Republic of Kenya`."""
        first, comma, last = text.partition(", ")
        if comma:
            codes = {region.code for region in places.regions(key(last))}
            found = [p for code in sorted(codes) if (p := self._decide(key(first), label, code))]
            return found[0] if len(found) == 1 else None
        for bare, is_city in _headless(text):
            country = places.nation(key(bare))
            if country and not is_city:
                return Place(country, country)
            place = self._decide(key(bare), label, None, only_regions=not is_city)
            if is_city and place and not place.is_city:
                continue  # `Kansas City` is not Kansas
            if place is None and not is_city:
                place = places.only_region(key(bare))
            if place:
                return place
        return None


def _holding(
    found: Sequence[Place], around: Sequence[Place], lies: Callable[[Place, str], bool]
) -> Place | None:
    """The country or subdivision that holds one of the places of a name, the largest first."""
    pairs = ((place, region) for place in found for region in around if place.code != region.code)
    return next((region for place, region in pairs if lies(place, region.code)), None)


def _is_city(name: str, country: str | None = None) -> bool:
    """Whether a city of some size, in a country if one is given, has a folded name."""
    cities = (place for place in places.bearers(name) if country in (None, place.country))
    return any(place.is_city and place.people >= _SMALL for place in cities)


def _headless(text: str) -> Iterator[tuple[str, bool]]:
    """The name without the word that says what sort of place it is, and whether that is a city."""
    before, after = _heads()
    for head in before:
        if text.startswith(head):
            yield text[len(head) :], head in ("City of ", "Town of ")
    for head in after:
        if text.endswith(head):
            yield text[: -len(head)], head in (" City", " Municipality")


@cache
def _heads() -> tuple[tuple[str, ...], tuple[str, ...]]:
    heads = lexicons.load("regions")["heads"]["GPE"]
    after = [word for word in heads["after"] if word not in ("County", "District", "Parish", "Township")]
    lower = [f" {word.lower()}" for word in after if word != "City"]
    return tuple(f"{word} " for word in heads["before"]), (*(f" {word}" for word in after), *lower)
