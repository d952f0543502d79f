"""The topic of an article, if it is clear: one company, one country, or neither.

`Acme's profit falls` / `Acme said ... its ... Acme` -> company Acme
`German exports rise` / `Germany ... Berlin ...`     -> country Germany
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extract import lexicons
from extract.records import Entity
from extract.rules.growth.names import Name, Names, texts
from extract.rules.growth.sorts import is_central_bank, is_institution, listed

_LEAD = 3  # sentences, the headline in the text among them, in which a topic is named
_TIMES = 2  # times as often as the next of its kind; with less, an article has two topics
_LEAST = 2  # mentions
_NEXT = 4  # words after a name that may contain its figure: `Acme's second-quarter net profit`
_NEAR = 9  # words after a name that may say what it is: `Acme, a maker of pumps`


@dataclass(frozen=True)
class Topic:
    """The company and the country that an article is about; None if it is not clear.

    `bank` is the one central bank that it names.
    """

    company: Entity | None = None
    country: Entity | None = None
    bank: Entity | None = None


def topic(names: Names) -> Topic:
    """The topic by the mentions in the headline, in the first sentences and in all."""
    lead = names.within(*names.first_sentences(_LEAD))
    return Topic(_company(names, lead), _country(names, lead), _bank(names))


def _bank(names: Names) -> Entity | None:
    """The one central bank of the article."""
    banks = {n.entity.entity_id: n.entity for n in names.mentions if is_central_bank(n.entity.name)}
    return next(iter(banks.values())) if len(banks) == 1 else None


def _company(names: Names, lead: tuple[Name, ...]) -> Entity | None:
    """The company named in the lead, and twice as often as any other."""
    companies = [n.entity for n in names.mentions if is_company(n.entity)]
    counts = Counter(entity.entity_id for entity in companies)
    first = next((n.entity.name for n in lead if is_company(n.entity)), None)
    if first is None:
        return None
    best = counts.most_common(1)[0][0]
    name = next(entity.name for entity in companies if entity.entity_id == best)
    short = {entity.entity_id for entity in companies if _is_short(entity.name, name)}
    most = sum(counts.pop(one) for one in short | {best})
    clear = most >= _LEAST and most >= _TIMES * max(counts.values(), default=0) and _opens_alike(first, name)
    if not clear or not _acts_as_company(names, short | {best}):
        return None
    return next((n.entity for n in lead if n.entity.entity_id in short | {best}), None)


def _opens_alike(one: str, other: str) -> bool:
    """`WESTLB LUXEMBOURG` of a headline and `WestLB International`."""
    return one.lower().split()[0] == other.lower().split()[0]


def _is_short(one: str, other: str) -> bool:
    """One name is the beginning of the other: `Delta` and `Delta Air Lines`.

    >>> _is_short("Delta", "Delta Air Lines"), _is_short("Air Canada", "Air France")
    (True, False)
    """
    a, b = one.lower().split(), other.lower().split()
    return a[: len(b)] == b[: len(a)]


def _acts_as_company(names: Names, ids: set[str]) -> bool:
    """It has a company's suffix, `Acme plc`, a figure, `Acme's profit`, or is called one, `carmaker Acme`."""
    mine = [name for name in names.mentions if name.entity.entity_id in ids]
    suffixes = lexicons.load("organisations")["suffixes"]["words"]
    if any(name.entity.name.rpartition(" ")[2] in suffixes for name in mine):
        return True
    figures, nouns = listed("company"), listed("nouns", "company")
    for name in mine:
        before = names.doc[max(0, name.start - 2) : name.start]
        behind = names.doc[name.end : name.end + _NEAR]
        if not nouns.isdisjoint(texts(before)) or not figures.isdisjoint(texts(behind[:_NEXT])):
            return True
        if behind[:1].text == "," and not nouns.isdisjoint(texts(behind)):
            return True  # `Acme, the garden chain,`
    return False


def _country(names: Names, lead: tuple[Name, ...]) -> Entity | None:
    """The country or region that the lead names, itself, its people or towns; twice as often as any other."""
    counts = Counter(filter(None, map(_place, names.mentions)))
    if not counts:
        return None
    (best, most), *others = counts.most_common(2)
    first = {_place(name) for name in names.within(*names.first_sentences(2))}
    alone = not others and best in first
    clear = alone or (most >= _LEAST and best in {_place(name) for name in lead})
    if not clear or (others and most < _TIMES * others[0][1]):
        return None
    region = (n.entity for n in lead if n.entity.entity_id == best and n.entity.label == "GPE")
    return names.country(best) or next(region, None)


def _place(name: Name) -> str | None:
    """The country of a place or people by its code; a place of no known country by its own id."""
    entity = name.entity
    return entity.country or (entity.entity_id if entity.label in ("GPE", "LOC") else None)


def is_company(entity: Entity) -> bool:
    """It is an organisation with figures of its own, by its name."""
    return entity.label == "ORG" and not is_institution(entity.name)
