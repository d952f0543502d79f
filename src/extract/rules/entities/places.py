"""Places by name: the cities, countries and subdivisions that bear it. `which` says which is meant."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from extract import lexicons
from extract.rules.entities.gazetteer import key, load

WITH_STATES = frozenset(["AU", "CA", "GB", "US"])  # of whose cities we know the state
_OF_BRITAIN = frozenset(["GB", "GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"])  # not its counties
_REMEMBERED = 4096  # names of the articles read last


class Place(NamedTuple):
    """A place that bears a name.

    Attributes:
        code: The GeoNames id of a city; the ISO 3166 code of a country or a subdivision.
        country: ISO 3166-1 alpha-2.
        subdivision: ISO 3166-2 code of the state it is or lies in, where we know it.
        people: Thousands of people of a city, a million for a capital that has less, 0 of others.
    """

    code: str
    country: str
    subdivision: str | None = None
    people: int = 0

    @property
    def is_city(self) -> bool:
        """A city or town."""
        return self.code.isdigit()

    @property
    def id(self) -> str:
        """What `entity_id` holds."""
        if self.is_city:
            return f"place:{self.code}"
        return f"subdivision:{self.code}" if "-" in self.code else f"country:{self.code}"

    def lies_in(self, code: str) -> bool:
        """Whether it lies in a country or a subdivision, as far as we know."""
        return code in (self.country, self.subdivision)

    def may_lie_in(self, code: str) -> bool:
        """The same, where we may not know the subdivisions of its country."""
        known = self.country in WITH_STATES and (self.country != "GB" or code in _OF_BRITAIN)
        return self.lies_in(code) or (self.is_city and not known and self.country == code[:2])


@lru_cache(_REMEMBERED)
def bearers(name: str) -> tuple[Place, ...]:
    """The cities and subdivisions of a folded name, those with the most people first."""
    return tuple(_place(text) for text in lexicons.table("place_ids").get(name, "").split())


def _place(text: str) -> Place:
    if ":" not in text:
        return Place(text, text[:2], text)
    code, country, subdivision, people = text.split(":")
    return Place(code, country, None if subdivision == "-" else f"{country}-{subdivision}", int(people))


@cache
def shared() -> dict[str, tuple[tuple[Place, ...], str | None, frozenset[str]]]:
    """What each shared name stands for, which of it is usual, and the neighbours of the first."""
    table = lexicons.load("countries")["shared"]
    return {
        key(name): (
            tuple(Place(code, code[:2], code if "-" in code else None) for code in of["codes"]),
            of.get("usual"),
            frozenset(of.get("near", ())),
        )
        for name, of in table.items()
    }


@cache
def never_short() -> dict[str, dict[str, frozenset[str]]]:
    """Of shared names the folded names that nobody shortens to them, by the code of what these mean."""
    table = lexicons.load("countries")["shared"]
    return {
        key(name): {code: frozenset(map(key, full)) for code, full in of.get("never", {}).items()}
        for name, of in table.items()
    }


@cache
def _former() -> dict[str, str]:
    former = lexicons.load("countries")["former"]
    return {key(name): code for code, names in former.items() for name in names}


@cache
def parts() -> frozenset[str]:
    """Folded names under a country's code that are not the country: England is not Britain."""
    return frozenset(key(name) for name in lexicons.load("countries")["parts"]["names"])


@cache
def own_regions() -> frozenset[str]:
    """Folded names of subdivisions in our own list, which mean them wherever no city has the name."""
    return frozenset(key(name) for names in lexicons.load("subdivisions")["names"].values() for name in names)


@cache
def usual() -> dict[str, bool]:
    """Folded names that mean the city (true) or the subdivision, though others have them too."""
    table = lexicons.load("subdivisions")["usual"]
    return {key(name): sort == "cities" for sort, names in table.items() for name in names}


def nation(name: str) -> str | None:
    """The ISO 3166 code of the one country that a folded name or a people's name stands for."""
    if name in _former():
        return _former()[name]
    entry = load().names.get(name)
    whole = entry and entry.kind in ("country", "people") and name not in parts() and name not in shared()
    return entry.country if entry and whole else None


def regions(name: str) -> tuple[Place, ...]:
    """The countries and subdivisions that a folded name may stand for."""
    country = nation(name)
    if country:
        return (Place(country, country),)
    return shared()[name][0] if name in shared() else tuple(p for p in bearers(name) if not p.is_city)


def is_shared(name: str) -> bool:
    """Whether a folded name is one of those that several countries or subdivisions share: `Korea`."""
    return name in shared()


def only_region(name: str) -> Place | None:
    """The subdivision of a folded name, where there is just one: of `Lagos` in `Lagos State`."""
    found = [place for place in bearers(name) if not place.is_city]
    return found[0] if len(found) == 1 else None


def listed(name: str) -> str | None:
    """The country of a name in our own list of polities."""
    entry = load().names.get(name)
    return entry.country if entry and entry.kind == "state" else None
