"""The concepts that claims of change measure, from `metrics.toml`: their names as one look-up table.

>>> metrics().names["gross domestic product"].metric_id
'gdp'
>>> metrics().concepts["unemployment_rate"].codes["world_bank"]
'SL.UEM.TOTL.ZS'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from extract import lexicons
from extract.errors import LexiconError, PatternError
from extract.lexicons.own.files import words
from extract.lexicons.own.variants import variants
from extract.lexicons.phrases import Phrase, normal, phrases
from extract.lexicons.scope import active, cached, using

FILE = "metrics"
CODES = ("world_bank", "imf_weo", "imf_ifs", "xbrl")

Sort = Literal["money", "rate", "count", "index", "price"]
Use = Literal["names", "alone", "narrowed", "things"]  # when a name means its concept

_SORTS = get_args(Sort)
_USES: tuple[Use, ...] = get_args(Use)
_OTHER_KEYS = "label sort short short_with also instead of_country rate_of words_of examples counterexamples"
_KEYS = frozenset([*_OTHER_KEYS.split(), *_USES, *CODES])


@dataclass(frozen=True, slots=True)
class Concept:
    """What claims measure.

    Attributes:
        metric_id: The value of `metric_id` in records.
        label: In plain English.
        sort: What its levels are.
        also: What they may be too.
        instead: The concept that its names mean where levels are of another sort.
        of_country: The concepts that some words mean where the owner is a country.
        rate_of: The concept whose growth it is.
        examples: Metrics of this concept.
        counterexamples: Metrics that are not.
        short_with: The concepts that, named in an article, let its short words mean this one.
        codes: What others call it, by the name of the list of codes.
    """

    metric_id: str
    label: str
    sort: Sort
    also: tuple[Sort, ...]
    instead: Mapping[str, str]
    of_country: Mapping[str, str]
    rate_of: str | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    short_with: frozenset[str]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A phrase that names a concept, or none (`metric_id` is None); `narrows` says which of its words do."""

    metric_id: str | None
    use: Use
    narrows: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Metrics:
    """The concepts by id, their names in lower case, and what serves to look them up.

    Callers must not change them. `longest` has the length of the longest name by its last word, `short` the
    concepts that a word means in an article that names one of them in full.
    """

    concepts: Mapping[str, Concept]
    names: Mapping[str, Name]
    longest: Mapping[str, int]
    short: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]


@cached
def metrics() -> Metrics:
    """The concepts and their names, with those of a user.

    Raises:
        LexiconError: the file breaks its contract.
        PatternError: a metric of the user cannot be used.
    """
    active_ = active()
    sections = active_.sections(FILE) if active_ is not None else []
    with using(None):
        shipped = _shipped()
    return laid_over(shipped, sections) if sections else shipped


@cache
def _shipped() -> Metrics:
    return compiled(lexicons.load(FILE))


def laid_over(shipped: Metrics, sections: Iterable[Mapping[str, Any]]) -> Metrics:
    """The concepts with those of a user's rules; a name of the user's means nothing else any more.

    Raises:
        PatternError: a new concept has no sort, or its names cannot be read.
    """
    concepts, names = dict(shipped.concepts), dict(shipped.names)
    for section in sections:
        for word in words(section.get("remove")):
            names.pop(" ".join(normal(word)), None)
            names = {name: of for name, of in names.items() if of.metric_id != word}
        for metric_id, entry in section.items():
            if metric_id != "remove":
                concepts[metric_id] = _own_concept(metric_id, entry, concepts.get(metric_id))
                for use in _USES:
                    for phrase in variants(entry, use, FILE, metric_id):
                        names[" ".join(phrase.words)] = Name(metric_id, use, phrase.narrows)
    return Metrics(concepts, names, _longest(names), shipped.short, shipped.words)


def _own_concept(metric_id: str, entry: Mapping[str, Any], known: Concept | None) -> Concept:
    """A new concept of a user, or what they change of one there is."""
    if known is None:
        if "sort" not in entry:
            raise PatternError((FILE, metric_id), f"is new and has no sort; add one of {', '.join(_SORTS)}")
        plain = {"label": metric_id.replace("_", " "), "names": [], "examples": [], "counterexamples": []}
        return _concept(metric_id, plain | dict(entry))
    codes = {**known.codes, **{code: entry[code] for code in CODES if code in entry}}
    label, sort = entry.get("label", known.label), entry.get("sort", known.sort)
    return replace(known, label=label, sort=sort, codes=MappingProxyType(codes))


def listed() -> list[dict[str, str | None]]:
    """The concepts as rows: `metric_id`, `label`, `sort`, and each list of codes, None where it has none."""
    rows: list[dict[str, str | None]] = []
    for concept in metrics().concepts.values():
        own = {"metric_id": concept.metric_id, "label": concept.label, "sort": concept.sort}
        rows.append({**own, **{code: concept.codes.get(code) for code in CODES}})
    return rows


def compiled(tables: Mapping[str, Any]) -> Metrics:
    """The concepts and names of the tables of such a file.

    Raises:
        LexiconError: an unknown key, sort or concept, or a phrase that names two concepts; with the remedy.
    """
    concepts = {metric_id: _concept(metric_id, entry) for metric_id, entry in tables["metrics"].items()}
    for concept in concepts.values():
        _check_references(concept, concepts)
    names: dict[str, Name] = {}
    for phrase in _phrases("none", tables["none"], "names"):
        names[" ".join(phrase.words)] = Name(None, "names", phrase.narrows)
    for metric_id, entry in tables["metrics"].items():
        for use in _USES:
            for phrase in _phrases(metric_id, entry, use):
                _add(names, phrase, Name(metric_id, use, phrase.narrows))
    short: dict[str, set[str]] = {}
    for metric_id, entry in tables["metrics"].items():
        for word in entry.get("short", "").split():
            short.setdefault(word, set()).add(metric_id)
    groups = {group: frozenset(listed.split()) for group, listed in tables["words"].items()}
    return Metrics(
        concepts, names, _longest(names), {word: frozenset(ids) for word, ids in short.items()}, groups
    )


def _longest(names: Iterable[str]) -> dict[str, int]:
    """The length of the longest name by its last word."""
    longest: dict[str, int] = {}
    for name in names:
        parts = name.split(" ")
        longest[parts[-1]] = max(longest.get(parts[-1], 0), len(parts))
    return longest


def _concept(metric_id: str, entry: Mapping[str, Any]) -> Concept:
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(
            f"{FILE}.toml, {metric_id}: unknown key {min(unknown)!r}; the keys are {', '.join(sorted(_KEYS))}"
        )
    missing = {"label", "sort", "names", "examples", "counterexamples"} - set(entry)
    if missing:
        raise LexiconError(f"{FILE}.toml, {metric_id} has no {min(missing)!r}; add it")
    for sort in (entry["sort"], *entry.get("also", ()), *entry.get("instead", ())):
        if sort not in _SORTS:
            raise LexiconError(
                f"{FILE}.toml, {metric_id}: {sort!r} is no sort; use one of {', '.join(_SORTS)}"
            )
    return Concept(
        metric_id=metric_id,
        label=entry["label"],
        sort=entry["sort"],
        also=tuple(entry.get("also", ())),
        instead=MappingProxyType(entry.get("instead", {})),
        of_country=MappingProxyType(entry.get("of_country", {})),
        rate_of=entry.get("rate_of"),
        examples=tuple(entry["examples"]),
        counterexamples=tuple(entry["counterexamples"]),
        short_with=frozenset(entry.get("short_with", ())),
        codes=MappingProxyType({code: entry[code] for code in CODES if code in entry}),
    )


def _check_references(concept: Concept, concepts: Mapping[str, Concept]) -> None:
    """Concepts that a concept names must exist."""
    for other in (
        *concept.instead.values(),
        *concept.of_country.values(),
        *concept.short_with,
        concept.rate_of,
    ):
        if other is not None and other not in concepts:
            raise LexiconError(
                f"{FILE}.toml, {concept.metric_id} names the concept {other!r}, which is not in the file; "
                "add it or name another"
            )


def _phrases(metric_id: str, entry: Mapping[str, Any], use: Use) -> Iterator[Phrase]:
    """The phrases that an entry lists for a use, variants worked out."""
    if use == "names" and "words_of" in entry:
        tables = lexicons.load(entry["words_of"])
        for word in sorted({*tables["names"]["words"]} - {*tables["numbered"]["words"]}):
            parts = normal(word)
            yield Phrase(parts, (False,) * len(parts))  # the name of an index, which narrows nothing
    for written in entry.get(use, ()):
        yield from phrases(written, f"{FILE}.toml, {metric_id}")


def _add(names: dict[str, Name], phrase: Phrase, name: Name) -> None:
    text = " ".join(phrase.words)
    before = names.setdefault(text, name)
    if before.metric_id != name.metric_id:
        first = before.metric_id or "none"
        raise LexiconError(
            f"{FILE}.toml: {text!r} names both {first!r} and {name.metric_id!r}; take it from one of them, "
            "or use longer phrases"
        )
