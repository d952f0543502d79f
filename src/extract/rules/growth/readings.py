"""The rules that find the owner of a claim's metric, in the order in which they are tried.

Acme's profit rose 5 %                             -> by the metric's own phrase
Its profit rose 5 %; the company's profit          -> by what the words refer to
Acme posted a 5 % rise in profit                   -> by the subject of the verb
In Germany, inflation rose                         -> by the place of the sentence
China's exports rose 5 % while imports fell        -> by the claim before
Sales rose 5 % (a story about Acme's year)         -> by the topic of the article
"""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from extract.records import Entity
from extract.rules import syntax
from extract.rules.growth import owners
from extract.rules.growth.antecedents import fits, stands_for
from extract.rules.growth.asked import POSSESSIVES, Asked, Before, Reading
from extract.rules.growth.names import COUNTRIES, is_country, texts
from extract.rules.growth.national import is_national
from extract.rules.growth.owners import POSSESSIVE_MARKS
from extract.rules.growth.places import behind, by_own_place, by_place, by_place_in_phrase, by_site
from extract.rules.growth.sayings import subject_near
from extract.rules.growth.sorts import OF_COUNTRIES, listed
from extract.rules.growth.topic import is_company

_BACK = 3  # sentences back to a claim whose owner still applies
_UP = 4  # verbs above a claim whose subject may be its owner


def by_phrase(asked: Asked) -> Entity | None:
    """The owner in the metric's own phrase: `German exports`, `revenue of Acme`; not `its stake in Acme`."""
    if asked.is_possessed or asked.side is not None:
        return None
    found = owners.owner(asked.phrase)
    return found.entity if found else None


def by_word(asked: Asked) -> Entity | None:
    """What a possessor in the metric refers to, `its profit`, `price of the firm's steel`; or the metric."""
    if asked.side is not None:
        return None
    own = [part for part in asked.phrase.parts if part.preposition in ("", "of")]
    for part in own:
        for token in asked.phrase.tokens(part):
            if token.lower_ in POSSESSIVES or _is_possessor(token):
                found = stands_for(token, asked.names, asked.topic, asked.sort)
                return None if found and found.label == "ORG" and _is_of_others(asked) else found
    if len(asked.phrase.parts) > 1:
        return None
    found = stands_for(asked.metric[-1], asked.names, asked.topic, asked.sort)
    return None if found is not None and found.label == "PERSON" and found.role else found


def _is_possessor(token: Token) -> bool:
    return token.doc[token.i + 1 : token.i + 2].text in POSSESSIVE_MARKS


def _is_of_others(asked: Asked) -> bool:
    """A figure that an organisation only publishes: `its index`, `its growth forecast for Kenya`."""
    return not listed("markets").isdisjoint(asked.phrase.words) or (asked.is_view and asked.sort != "company")


def by_possessor(asked: Asked) -> Entity | None:
    """The possessor before the metric's words: `Japan's seasonally adjusted | unemployment rate`."""
    start, doc = asked.metric.start, asked.names.doc
    head = asked.metric.root if syntax.is_parsed(asked.metric[0]) else None
    owner = syntax.possessor_of(head) if head is not None else None
    if owner is not None and owner.i < start:
        return stands_for(owner, asked.names, asked.topic, asked.sort)
    while start > asked.sentence[0] and doc[start - 1].is_punct and doc[start - 1].text not in ",;:()":
        start -= 1
    name = asked.names.at(start - 2) if start and doc[start - 1].text in POSSESSIVE_MARKS else None
    return name.entity if name else None


def by_verb(asked: Asked) -> Entity | None:
    """The subject of a verb of having or changing the figure: `Acme posted a 5 % rise in`, `Acme cut its`."""
    own = {t.i for t in asked.metric}
    for word in [asked.cue, *asked.cue.ancestors][: 3 * _UP]:
        if not syntax.is_verb(word):
            continue
        subject = subject_near(word)
        if subject is None or not _is_ahead(subject, own, asked):
            continue
        if any(child.dep_ == "conj" for child in subject.children):
            return None  # `Rio Tinto and BHP raised`
        changes = word.i == asked.cue.i
        if asked.is_borrowed and (changes or word.lower_ in listed("speaking", "verbs")):
            return None  # `Acme expects it to fall`: what falls was named before
        if not changes and word.lower_ not in listed("having", "verbs"):
            return None
        found = stands_for(subject, asked.names, asked.topic, asked.sort)
        return found if found is not None and _has(found, word, asked) else None
    return None


def _is_ahead(subject: Token, own: Set[int], asked: Asked) -> bool:
    """A subject before the claim that is not part of its metric."""
    return subject.i not in own and subject.i <= asked.span.start


def _has(entity: Entity, verb: Token, asked: Asked) -> bool:
    """The subject of a verb has the figure; one that only speaks of it does not."""
    if entity.label == "PERSON" or asked.is_view:
        return False
    if asked.sort == "none" and verb.i != asked.cue.i and verb.lower_ not in listed("having", "plain"):
        return False
    if entity.label == "ORG" and _is_of_another_sort(entity, asked):
        return False
    if verb.lower_ in listed("speaking", "verbs"):
        return entity.label in COUNTRIES or (asked.sort == "company" and is_company(entity))
    return True


def _is_of_another_sort(entity: Entity, asked: Asked) -> bool:
    """An organisation that cannot have a figure of a country, or of a company."""
    return asked.sort == "country" or (asked.sort == "company" and not is_company(entity))


def by_claim_before(asked: Asked) -> Entity | None:
    """The owner of the previous claim in the sentence, if their figures are of one sort."""
    before = asked.before_here
    if before is None or not (asked.side or asked.is_of_before or _goes_on(asked, before)):
        return None
    return before.whose.subject


def _goes_on(asked: Asked, before: Before) -> bool:
    """Nothing between two claims mentions another owner."""
    subject = before.whose.subject
    if subject is None:
        return False
    if asked.metric.start == before.asked.metric.start:
        return True
    sorts = {asked.sort, before.asked.sort}
    alike = len(sorts) == 1 or ("either" in sorts and "rate" not in sorts)
    last = behind(asked)
    between = asked.names.within(before.asked.span.end, last.end if last else asked.span.end)
    others = [n for n in between if n.entity.entity_id != subject.entity_id and fits(n.entity, asked.sort)]
    return alike and asked.sort != "none" and not others and fits(subject, asked.sort)


def by_claim_near(asked: Asked) -> Entity | None:
    """The owner of the claim shortly before: `America West reported a profit. | Revenue rose 21 %`."""
    before = asked.before
    subject = before.whose.subject if before else None
    if before is None or subject is None or not _goes_on(asked, before) or _others(asked, subject):
        return None
    if asked.metric[0].lower_ == "their":
        return None
    apart = asked.names.sentences_between(before.asked.span.start, asked.span.start)
    topic = asked.topic.company
    if topic is not None and topic.entity_id != subject.entity_id and asked.opens_paragraph:
        return None
    return subject if apart <= _BACK and not _is_loose(asked) else None


def by_topic(asked: Asked) -> Entity | None:
    """The article's company for a company's figure, its country for a country's; no other may be near."""
    topic, sort = asked.topic, asked.sort
    if sort == "rate":
        return topic.bank
    company = topic.company if sort in ("company", "either") else None
    country = topic.country if sort in OF_COUNTRIES else None
    own = company or country
    if own is None or (company and country) or _others(asked, own) or _is_loose(asked):
        return None
    if asked.metric[0].lower_ == "their":
        return None
    if any(
        n.entity.entity_id == own.entity_id for n in asked.names.within(asked.metric.start, asked.metric.end)
    ):
        return None  # `the number of Chinese tourists`: its own phrase has said what China is to it
    return None if _goes_on_about_another(asked, own) else own


def _goes_on_about_another(asked: Asked, own: Entity) -> bool:
    """The previous claim is about another owner of this sort, and no paragraph on a company begins here."""
    before = asked.before.whose.subject if asked.before else None
    if before is None or before.entity_id == own.entity_id or not fits(before, asked.sort):
        return False
    return not (own.label == "ORG" and asked.opens_paragraph)


def by_national(asked: Asked) -> Entity | None:
    """The country that the article is about for its currency, and for the index of its shares."""
    country = asked.topic.country
    if asked.topic.company is not None or country is None or country.country is None:
        return None
    if not is_country(country) or _others(asked, country):
        return None
    words = texts(token for part in asked.phrase.parts for token in asked.phrase.tokens(part))
    return country if is_national(words, country.country) else None


def _is_loose(asked: Asked) -> bool:
    """A figure of either sort, narrowed by something that anybody may have: `costs of outbound tours`."""
    wide = not listed("either", "broad").isdisjoint(asked.phrase.words)
    return asked.sort == "either" and len(asked.phrase.parts) > 1 and not wide


def _others(asked: Asked, own: Entity) -> bool:
    """The sentence, up to the claim, names another entity of the kind that might have the figure."""
    start = asked.window[0]
    named = asked.names.within(start, asked.span.end)
    others = [n.entity for n in named if n.entity.entity_id != own.entity_id]
    if own.label == "ORG":
        return any(
            entity.label == "ORG" if asked.sort == "either" else is_company(entity) for entity in others
        )
    places = [entity for entity in others if entity.label in COUNTRIES]
    return any(own.country is None or entity.country != own.country for entity in places)


STATED: tuple[Reading, ...] = (
    by_own_place,
    by_phrase,
    by_word,
    by_possessor,
    by_verb,
    by_place_in_phrase,
    by_place,
    by_site,
    by_claim_before,
)
ARTICLE: tuple[Reading, ...] = (by_claim_near, by_topic, by_national)
