"""What an article is about, where that is clear: one company, one country, or neither.

`Acme's profit falls` / `Acme said ... its ... Acme` -> company Acme
`German exports rise` / `Germany ... Berlin ...`     -> country Germany
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extract.articles import Article
from extract.records import Entity
from extract.rules.growth.names import Name, Names
from extract.rules.growth.sorts import is_institution

_LEAD = 3  # sentences, the headline in the text among them, in which a topic is named
_LETTERS = 160  # of a first line that may be a headline
_TIMES = 2  # as often as the next of its kind: below it an article has two topics
_LEAST = 2  # mentions


@dataclass(frozen=True)
class Topic:
    """The company and the country that an article is about; None where it is not clear."""

    company: Entity | None = None
    country: Entity | None = None


def topic(names: Names, article: Article) -> Topic:
    """The topic by the mentions in the headline, in the first sentences and in all."""
    lead = names.within(*names.first_sentences(_LEAD))
    return Topic(_company(names, lead, article), _country(names, lead, article))


def _company(names: Names, lead: tuple[Name, ...], article: Article) -> Entity | None:
    """The company named in the lead, and twice as often as any other."""
    companies = [n.entity for n in names.mentions if is_company(n.entity)]
    counts = Counter(entity.entity_id for entity in companies)
    first = next((n.entity for n in lead if is_company(n.entity)), None)
    if first is None:
        return None
    (best, most), *others = counts.most_common(2)
    clear = most >= _LEAST and (not others or most >= _TIMES * others[0][1])
    return next((n.entity for n in lead if n.entity.entity_id == best), None) if clear else None


def _country(names: Names, lead: tuple[Name, ...], article: Article) -> Entity | None:
    """The country named in the lead by itself, its people or its towns, and twice as often as any other."""
    counts = Counter(n.entity.country for n in names.mentions if n.entity.country)
    codes = {n.entity.country for n in lead}
    if not counts:
        return None
    (best, most), *others = counts.most_common(2)
    clear = most >= _LEAST and best in codes and (not others or most >= _TIMES * others[0][1])
    return names.country(best) if clear else None


def is_company(entity: Entity) -> bool:
    """It is an organisation that has figures of its own, as far as its name tells."""
    return entity.label == "ORG" and not is_institution(entity.name)
