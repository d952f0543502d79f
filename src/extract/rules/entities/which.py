"""Which place a name means, by what the article says beside it and elsewhere.

Paris, Texas                 the place beside the name decides: GeoNames 4717560
Georgia ... Tbilisi          of the country and the American state, the one that the article speaks for
London                       the one that is far larger than any other of the name
Cambridge ... Massachusetts  the one in a country or state that the article names
Springfield                  none: several are as likely
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extract.lexicons.scope import remembered
from extract.rules.entities.places import (
    WITH_STATES,
    Place,
    bearers,
    is_shared,
    listed,
    nation,
    never_short,
    own_regions,
    parts,
    shared,
    usual,
)

_BIG = 100  # thousands of people: a city of this size comes before a state that has its name
# A city of this size is meant though the article names neither its country nor another's; on gold as good as
# 150 and 600.
_KNOWN = 300
_WORLD = 1000  # a capital or a city of this size is meant whatever other countries the article names
_UNLIKE_BY_STATE = 50  # not meant is a place this much smaller, though its state is named (Paris, Texas),
_UNLIKE_BY_COUNTRY = 20  # or though its country is (Amsterdam, New York)
_ALONE = 5  # a place is far larger than the next one of its name by this factor; as for places.txt
_REMEMBERED = 4096  # names of the articles read last


class Evidence:
    """Which countries and subdivisions an article names, and by which names: none speaks for itself."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        for name in set(names):
            place = _certain(name)
            if place is not None:
                self.add(name, place)

    def add(self, name: str, place: Place) -> None:
        """Take it that the article means this place by a name."""
        self._names[place.country].add(name)
        if place.subdivision:
            self._names[place.subdivision].add(name)

    def speaks_for(self, code: str, name: str) -> bool:
        """Whether another name stands for this country or subdivision, or for a place in it."""
        return bool(self._names.get(code, set()) - {name})

    def names_one_of(self, code: str, names: frozenset[str]) -> bool:
        """Whether one of these names stands for this country or subdivision."""
        return not names.isdisjoint(self._names.get(code, ()))

    def speaks_for_states(self, country: str, name: str) -> bool:
        """Whether another name stands for a subdivision of a country, or for a place in one."""
        return any(code[:3] == f"{country}-" and of - {name} for code, of in self._names.items())


@remembered(_REMEMBERED)
def _certain(name: str) -> Place | None:
    """The place that a folded name means in any article."""
    country = nation(name)
    if country:
        return Place(country, country)
    if name in shared():
        return None
    found = bearers(name)
    only = found[0] if len(found) == 1 and not found[0].is_city else None
    return decide(name, None, Evidence(())) or only


def _is_largest(places: list[Place]) -> bool:
    return len(places) == 1 or places[0].people >= _ALONE * places[1].people


def decide(name: str, stated: str | None, evidence: Evidence, *, only_regions: bool = False) -> Place | None:
    """The place that a folded name means in an article, or None where it is not known or not clear.

    Args:
        name: The folded name, not one of a country alone.
        stated: The ISO 3166 code of the country or subdivision that is beside the name.
        evidence: What the article names.
        only_regions: The name says that it is no city's: `Lagos State`.
    """
    if name in shared():
        return _decide_shared(name, stated, evidence)
    found = [place for place in bearers(name) if not (only_regions and place.is_city)]
    if name in parts():
        found = [place for place in found if not place.is_city and place.country in WITH_STATES]
    elif name in usual() and not (stated or only_regions):
        return next((place for place in found if place.is_city is usual()[name]), None)
    if stated:
        return _decide_stated([p for p in found if p.may_lie_in(stated)], stated, name, evidence)
    return _first(_at_home(found, name, evidence), name, evidence)


def _decide_stated(found: list[Place], stated: str, name: str, evidence: Evidence) -> Place | None:
    """The city in the place stated, however small, or a subdivision of that name."""
    inside = [place for place in found if place.code != stated] or found
    cities = [place for place in inside if place.is_city]
    return _first(inside, name, evidence) or (cities[0] if cities and _is_largest(cities) else None)


def country_named(name: str, evidence: Evidence) -> str | None:
    """The only country that the article names and where a place of this folded name lies.

    None too where a larger place has the name elsewhere.
    """
    places = bearers(name)
    found = {place.country for place in places if evidence.speaks_for(place.country, name)}
    if len(found) != 1 or is_shared(name) or name in parts():
        return None
    (country,) = found
    return country if places[0].country == country or places[0].people < _BIG else None


def _at_home(found: list[Place], name: str, evidence: Evidence) -> list[Place]:
    """Of a name in our own list of polities those in its country, unless the article speaks for another."""
    home = listed(name)
    for place in found:
        state = not place.is_city or evidence.speaks_for(place.subdivision or "", name)
        if (
            place.country != home
            and (state or place.people >= _BIG)
            and evidence.speaks_for(place.country, name)
        ):
            return found
    return [place for place in found if place.country == home] or found


def _decide_shared(name: str, stated: str | None, evidence: Evidence) -> Place | None:
    places, usual, near = shared()[name]
    backed = [place for place in places if _backed(place, name, evidence)]
    if any(evidence.speaks_for(code, name) for code in near) and places[0] not in backed:
        backed.append(places[0])
    if stated:
        backed = [place for place in places if place.lies_in(stated)]
    if len(backed) == 1:
        never = frozenset() if stated else never_short()[name].get(backed[0].code, frozenset())
        return None if evidence.names_one_of(backed[0].code, never) else backed[0]
    others = [place for place in places if place.code != usual]
    open_ = usual and not backed and not any(evidence.speaks_for(place.country, name) for place in others)
    return next((place for place in places if place.code == usual), None) if open_ else None


def _backed(place: Place, name: str, evidence: Evidence) -> bool:
    """A shared name of a subdivision is backed by its own cities and by other subdivisions beside it."""
    if place.subdivision is None:
        return evidence.speaks_for(place.country, name)
    return evidence.speaks_for_states(place.country, name) or evidence.speaks_for(place.subdivision, name)


def _first(found: list[Place], name: str, evidence: Evidence) -> Place | None:
    """The only place, or the one that its size or the article sets apart from the others."""
    cities, states = [p for p in found if p.is_city], [p for p in found if not p.is_city]
    if states and not _outweigh(cities, states):
        return _of_states(states, cities, name, evidence)
    if not cities:
        return None
    largest = cities[0]
    within = [p for p in cities if p.subdivision and evidence.speaks_for(p.subdivision, name)]
    named = [p for p in cities if evidence.speaks_for(p.country, name)]
    if _is_largest(cities) and (largest.people >= _KNOWN or listed(name)):
        rivals = [p for p in within if p.people * _UNLIKE_BY_STATE > largest.people]
        if largest.people < _WORLD:
            rivals += [p for p in named if p.people * _UNLIKE_BY_COUNTRY > largest.people]
        return largest if largest in named or not rivals else None
    for backed in (within, named):
        if backed:
            return backed[0] if _is_largest(backed) else None
    return None


def _outweigh(cities: list[Place], states: list[Place]) -> bool:
    """Cities come before subdivisions of their name: one that lies in its own namesake, or a large one."""
    if not cities:
        return False
    own = any(state.country == cities[0].country for state in states)
    return cities[0].people >= (_BIG if own else _WORLD)


def _of_states(states: list[Place], cities: list[Place], name: str, evidence: Evidence) -> Place | None:
    named = [p for p in states if evidence.speaks_for(p.country, name)]
    known = states[0].country in WITH_STATES or listed(name) or name in own_regions()
    if len(states) == 1 and known and all(city.people < _BIG for city in cities):
        return states[0]
    others = [p for p in cities if p.country != states[0].country]
    elsewhere = [p for p in others if evidence.speaks_for(p.country, name)]
    return named[0] if len(named) == 1 and not elsewhere else None
