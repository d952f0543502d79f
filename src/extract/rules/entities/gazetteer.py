"""Known names: places, peoples, organisations, events; given names, surnames and ordinary words.

>>> [(hit.start, hit.end, hit.entry.kind, hit.entry.country) for hit in load().find("Sofia, in Bulgaria")]
[(0, 5, 'city', 'BG'), (10, 18, 'country', 'BG')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from extract import lexicons
from extract.lexicons.own.names import listed, removed
from extract.lexicons.scope import Lexicons, active, cached, using

_WORD = re.compile(r"[^\W_]+")
_NO_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"])  # of CLDR's two-letter codes
_GAPS = frozenset(
    [" ", "-", ".", "'", "’", "‘", " - ", "–", " & ", "&", "’ ", "' ", "\u00a0", ". ", ".-", " '"]
)


class Entry(NamedTuple):
    """What a known name stands for.

    Attributes:
        label: The OntoNotes label.
        kind: Finer than the label: country, state, city, region, town, people, group, place, org ...
        country: ISO 3166-1 alpha-2, when the name belongs to one country.
        exact: The letters must have this very case (`US`); None: any that begins with a capital.
    """

    label: str
    kind: str
    country: str | None = None
    exact: str | None = None


class Hit(NamedTuple):
    """A known name in a text, at the code points `start` to `end`."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their folded words.

    Attributes:
        names: The entry of each name; the key is its folded words joined by spaces.
        reach: The number of words of the longest name that begins with a word.
        given, family: Folded given names and surnames.
        common: Words that news writes in lower case.
        clusters: The Brown cluster of a word as written: words that occur in like places.
    """

    names: dict[str, Entry]
    reach: dict[str, int]
    given: frozenset[str]
    family: frozenset[str]
    common: frozenset[str]
    clusters: dict[str, int]

    def find(self, text: str) -> Iterator[Hit]:
        """The known names in a text, the longest at each place, in order."""
        words = list(_WORD.finditer(text))
        folded = [word.lower() if word.isascii() else fold(word) for word in _WORD.findall(text)]
        done = 0
        for i in [i for i, word in enumerate(folded) if word in self.reach]:
            if i < done:
                continue
            for size in range(min(self.reach[folded[i]], len(words) - i), 0, -1):
                entry = self.names.get(" ".join(folded[i : i + size]))
                hit = self._hit(text, words[i : i + size], entry) if entry else None
                if hit:
                    yield hit
                    done = i + size
                    break

    def _hit(self, text: str, words: list[re.Match[str]], entry: Entry) -> Hit | None:
        start, end = words[0].start(), words[-1].end()
        if any(text[a.end() : b.start()] not in _GAPS for a, b in pairwise(words)):
            return None
        if entry.exact is None:
            return Hit(start, end, entry) if text[start].isupper() else None
        if entry.exact.endswith("."):  # the words of `U.S.` end before its last full stop
            end += 1
        return Hit(start, end, entry) if text[start:end] == entry.exact else None

    def lookup(self, name: str) -> Entry | None:
        """The entry of a name that is written alone."""
        return self.names.get(key(name))


def fold(word: str) -> str:
    """Small letters without diacritics, so that `São` and `SAO` are one."""
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.lower().replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("đ", "d")


def key(name: str) -> str:
    """The folded words of a name, joined by spaces."""
    return fold(name) if name.isalpha() else " ".join(fold(word) for word in _WORD.findall(name))


@cached
def load() -> Gazetteer:
    """The gazetteer of the lexicons with a user's names, when first used. Callers must not change it."""
    lexicons = active()
    if lexicons is None:
        return _shipped()
    with using(None):
        shipped = _shipped()
    gone = {key(name) for name in removed(lexicons)}
    own = own_names(lexicons)
    names = dict(shipped.names)
    for name in gone:
        names.pop(name, None)
    return replace(shipped, names=names | own.names, reach=_further(shipped.reach, own.reach))


@cached
def own_gazetteer() -> Gazetteer | None:
    """The names that a user lists alone; None where there are none."""
    lexicons = active()
    own = own_names(lexicons) if lexicons else None
    return own if own and own.names else None


def own_names(lexicons: Lexicons) -> Gazetteer:
    """The names that a user lists; `kind` is ours, or their section where we have none."""
    names: dict[str, Entry] = {}
    for one in listed(lexicons):
        kind = "state" if one.label == "GPE" else "org" if one.label == "ORG" else one.section
        cased = one.name.isupper() or not one.name[:1].isupper()
        names[key(one.name)] = Entry(one.label, kind, one.country, one.name if cased else None)
    return Gazetteer(names, _reach(names), frozenset(), frozenset(), frozenset(), {})


def _further(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return one | {word: max(reach, one.get(word, 0)) for word, reach in other.items()}


def _reach(names: Iterable[str]) -> dict[str, int]:
    """The number of words of the longest name by its first word."""
    reach: dict[str, int] = {}
    for phrase in names:
        first, _, rest = phrase.partition(" ")
        reach[first] = max(reach.get(first, 0), 2 + rest.count(" ") if rest else 1)
    return reach


@cache
def _shipped() -> Gazetteer:
    """The gazetteer of the shipped lexicons."""
    names: dict[str, Entry] = {}
    for name, entry in _entries():
        cased = name.isupper() or not name[:1].isupper()
        names.setdefault(key(name), entry._replace(exact=name) if cased else entry)
    for name, place in _places():
        names.setdefault(name, place)
    reach = _reach(names)
    people = lexicons.load("titles")
    given = frozenset([*_lines("given_names"), *map(fold, people["given"]["words"])])
    given -= frozenset(people["ordinary"]["words"])
    return Gazetteer(
        names, reach, given, lexicons.words("surnames"), lexicons.words("common_words"), lexicons.clusters()
    )


def _lines(name: str) -> list[str]:
    return files(lexicons).joinpath(f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]


def _entries() -> Iterator[tuple[str, Entry]]:
    """All names, the likelier reading of a name first."""
    yield from _countries()
    regions, works = lexicons.load("regions"), lexicons.load("works")["names"]
    for country, polities in regions["polities"].items():
        yield from _all(polities, Entry("GPE", "state", country))
    yield from _all(regions["names"]["GPE"], Entry("GPE", "state"))
    yield from _all(regions["names"]["LOC"], Entry("LOC", "place"))
    for group in lexicons.load("groups").values():
        yield from _people(group["names"], Entry("NORP", "group"))
    organisations = lexicons.load("organisations")
    yield from _all(organisations["acronyms"], Entry("ORG", "acronym"))
    yield from _all(organisations["acronyms"].values(), Entry("ORG", "org"))
    for sort in lexicons.load("organisations_known").values():
        both = (form for word in sort["words"] for form in (word, word.replace(" & ", " and ")))
        yield from _all(both, Entry("ORG", "org"))
    for label, of_label in works.items():
        yield from _all(of_label, Entry(label, label.lower()))


def _places() -> Iterator[tuple[str, Entry]]:
    """Cities, towns and regions, already folded."""
    entries: dict[str, Entry] = {}
    for line in _lines("places"):
        name, _, home = line.partition("\t")
        if home not in entries:
            country, _, kind = home.partition("\t")
            entries[home] = Entry("GPE", kind, None if country == "-" else country)
        yield name, entries[home]


@cache
def countries() -> dict[str, str]:
    """The English name of each country by its ISO 3166-1 alpha-2 code, from Unicode CLDR."""
    from babel import Locale  # slow to import: not before a text is read

    return {
        code: name.partition(" (")[0].replace("’", "'")
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }


def _countries() -> Iterator[tuple[str, Entry]]:
    own = lexicons.load("countries")
    for code, written in countries().items():
        other = written.replace(" & ", " and ").replace("St. ", "Saint ").replace(" SAR China", "")
        ours = own["countries"].get(code, {})
        yield from _all([*ours.get("names", []), written, other], Entry("GPE", "country", code))
        yield from _people(ours.get("people", []), Entry("NORP", "people", code))
    yield from _all(own["gone"]["names"], Entry("GPE", "country"))


def _all(names: Iterable[str], entry: Entry) -> Iterator[tuple[str, Entry]]:
    for name in names:
        yield name, entry


def _people(names: Iterable[str], entry: Entry) -> Iterator[tuple[str, Entry]]:
    for name in names:
        yield name, entry
        yield f"{name}s", entry
