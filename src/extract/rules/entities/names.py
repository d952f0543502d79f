"""Names by rule: runs of capitalised words, read by head words, the words around them and known names.

The lexicon `entities_patterns` has the names of the rules, with what each means and an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract import lexicons
from extract.lexicons.patterns import entries
from extract.rules.entities import runs
from extract.rules.entities.gazetteer import Hit, fold, load
from extract.rules.entities.heads import heads, ordinary
from extract.rules.entities.shapes import Trait, View, speech, titles

# The rules that find names without a model. Their places are a feature of the shipped model.
RULES = tuple(entry.rule for entry in entries("entity") if not entry.is_own and entry.name != "model")
_PERSON = Trait.TITLED | Trait.SPEAKS | Trait.NAMED
_NAMES = lexicons.load("names")
_STOPS = frozenset(_NAMES["never_in_people"]["words"])
_AFTER_PEOPLE = frozenset(_NAMES["after_people"]["words"])
_TRUSTED = frozenset(["country", "people", "group", "acronym", "org"])
_SETTLEMENTS = frozenset(["city", "town", "region"])


class Name(NamedTuple):
    """A name at the tokens `start` to `end`."""

    start: int
    end: int
    label: str
    rule: str


def find(seen: View) -> list[Name]:
    """The names of a document, in order, without overlaps."""
    people = list(called_as_months(seen))
    taken = {i for name in people for i in range(name.start, name.end)}
    others = (name for start, end in runs.find(seen) for name in _read(seen, start, end))
    return sorted([*people, *(name for name in others if taken.isdisjoint(range(name.start, name.end)))])


def called_as_months(seen: View) -> Iterator[Name]:
    """People whose given name is a month's too: `June Osei agreed`, not `In June Osaka agreed`."""
    months = lexicons.load("titles")["months"]
    given = frozenset(months["words"])
    for start in [i for i, word in enumerate(seen.words) if word in given]:
        word = seen.words[start]
        before = seen.lower[start - 1] if start else ""
        if before in months["not_after"] or before[-1:].isdigit():
            continue
        end = start + 1
        while end < min(len(seen.words), start + 4) and _is_surname(seen, end):
            end += 1
        if end > start + 1 and (word != "May" or not seen.opens[start] or _acts(seen, end)):
            yield Name(start, end, "PERSON", "entities.given")


def _is_surname(seen: View, i: int) -> bool:
    """A word that may be a surname and is neither a known name nor the first word of a longer one."""
    word, (end, hit) = seen.words[i], seen.hits.get(i, (i, None))
    if not (word.istitle() or word.startswith(("Mc", "Mac"))) or len(word) == 1 or word[-1] == ".":
        return False
    if any(word in words for words in (ordinary(), titles(), heads().after, _not_behind_months())):
        return False
    family = fold(word) in load().family
    known = hit is not None and (hit.entry.kind in _TRUSTED or end > i + 1)
    return not known and (family or (hit is None and not _is_common(seen, i)))


@cache
def _not_behind_months() -> frozenset[str]:
    """Words before which `June` is the month: `June Quarter`."""
    return frozenset(lexicons.load("titles")["months"]["not_before"])


def _acts(seen: View, i: int) -> bool:
    """What a person's name goes on with at the beginning of a sentence, and the verb `may` does not."""
    word = seen.lower[i] if i < len(seen.words) else ""
    return word in speech() or word in _AFTER_PEOPLE


def _read(seen: View, start: int, end: int) -> Iterator[Name]:
    """The names in a run."""
    start = _strip(seen, start, end)
    while start < end:
        name = _name_at(seen, start, end)
        if name:
            yield name
        start = _strip(seen, name.end if name else start + 1, end)


def _strip(seen: View, start: int, end: int) -> int:
    """Skip titles, joiners and ordinary words that only open a sentence."""
    before = heads().before
    while start < end and start not in seen.hits:
        word, lower = seen.words[start], seen.lower[start]
        following = seen.words[start + 1] if start + 1 < end else ""
        if word in before or f"{word} {following}" in before:
            break
        skip = not seen.capital[start] or word in titles() or lower == "the" or word in ordinary()
        if not skip and not _only_opens(seen, start, following):
            break
        start += 1
    return start


def _only_opens(seen: View, i: int, following: str) -> bool:
    """An ordinary word that has its capital from the sentence it begins."""
    part_of_name = following[:1].isupper() and seen.words[i] in heads().openers
    return seen.opens[i] and not part_of_name and _is_common(seen, i)


def _is_common(seen: View, i: int) -> bool:
    return seen.lower[i] in load().common or seen.lower[i] in seen.small


def _name_at(seen: View, start: int, end: int) -> Name | None:
    """The name that begins at a token of a run, trying the surer readings first."""
    hit_end, hit = seen.hits.get(start, (start, None))
    if hit and hit_end == end:
        return known(seen, start, end, hit)
    label = label_by_head(seen, start, end)
    if label:
        return Name(start, end, label, "entities.head")
    if is_branch(seen, start, end, hit):
        return Name(start, end, "ORG", "entities.branch")
    if hit and hit.entry.kind == "org" and _goes_on(seen, hit_end):
        return Name(start, _person_end(seen, start, end), "ORG", "entities.branch")
    if hit and _is_trusted(seen, start, hit_end, hit):
        return known(seen, start, hit_end, hit)
    person_end = _person_end(seen, start, end)
    rule = rule_of_person(seen, start, person_end)
    if rule:
        return Name(start, person_end, "PERSON", rule)
    return known(seen, start, hit_end, hit) if hit else lone_word(seen, start, person_end)


def _is_trusted(seen: View, start: int, end: int, hit: Hit) -> bool:
    """A known name is more likely than a person's: but for a given name that is a faith, `Christian`."""
    if hit.entry.kind == "group" and runs.is_given(seen, start):
        return False
    return hit.entry.kind in _TRUSTED or end - start > 1


def known(seen: View, start: int, end: int, hit: Hit) -> Name | None:
    """A known name, unless the article uses it of a person or as an ordinary word."""
    kind, one_word = hit.entry.kind, end - start == 1
    trait = seen.traits.get(seen.words[start], 0)
    personal = kind in _SETTLEMENTS or (kind == "country" and trait & Trait.TITLED)
    if one_word and personal and trait & _PERSON and not trait & Trait.PLACED:
        return Name(start, end, "PERSON", "entities.context")
    if (
        one_word
        and kind in _SETTLEMENTS
        and _is_common(seen, start)
        and (seen.opens[start] or kind == "town")
    ):
        return None
    return Name(start, end, hit.entry.label, "entities.known")


def label_by_head(seen: View, start: int, end: int) -> str | None:
    """The label that a head word of the run gives it."""
    words, known = seen.words, heads()
    if end - start < 2:
        return None
    for size in (2, 3):
        label = known.before.get(" ".join(words[start : start + size]))
        if label and end - start > size:
            return label
    if words[end - 1] in known.suffixes:
        return "ORG"
    label = known.after.get(" ".join(words[end - 2 : end])) if end - start > 2 else None
    label = label or known.after.get(words[end - 1]) or known.before.get(words[start])
    inner = next((i for i in range(start + 1, end) if words[i] in runs.OF), None)
    if label or inner is None:
        return label
    head = words[inner - 1]
    return known.before.get(f"{head} {words[inner]}") or known.after.get(head)


def is_branch(seen: View, start: int, end: int, hit: Hit | None) -> bool:
    """An acronym, then a place that ends the run: `BRAC Uganda`."""
    acronym, place = seen.words[start], seen.hits.get(start + 1)
    if (hit and hit.entry.kind not in ("acronym", "org")) or not place:
        return False
    is_acronym = acronym.isupper() and acronym.isalpha() and 2 < len(acronym) < 7
    return is_acronym and place[0] == end and place[1].entry.label == "GPE"


def _goes_on(seen: View, i: int) -> bool:
    """The name of a known organisation has more words here: `Hyundai Mipo Dockyard`."""
    inside = i < len(seen.words) and seen.capital[i] and i not in seen.hits
    return inside and seen.words[i] not in titles() and not runs.is_given(seen, i)


def _person_end(seen: View, start: int, end: int) -> int:
    """Where a person's name that begins here would end: before a title, a known people or `and`."""
    for i in range(start + 1, end):
        hit = seen.hits.get(i)
        nation = hit and hit[1].entry.kind in ("people", "country") and seen.words[i - 1] != "-"
        if nation or seen.words[i] in titles() or seen.words[i] in _STOPS:
            return next((j for j in range(i, start + 1, -1) if seen.capital[j - 1]), start + 1)
    return end


def rule_of_person(seen: View, start: int, end: int) -> str | None:
    """The rule by which a part of a run is a person's name."""
    first, last = seen.words[start], seen.words[end - 1]
    length = end - start
    if fold(last) in load().common or _is_acronym(last, length):
        return None
    if start and seen.words[start - 1] in titles():
        return "entities.title"
    if 2 <= length <= 7 and runs.is_given(seen, start) and seen.lower[start] not in seen.small:
        return "entities.given"
    if seen.traits.get(last, 0) & _PERSON and not seen.traits.get(first, 0) & Trait.ARTICLE:
        return "entities.context"
    return "entities.given" if 2 <= length <= 4 and _ends_in_surname(seen, start, end) else None


def _is_acronym(word: str, length: int) -> bool:
    """A run of one word in capitals."""
    return length == 1 and len(word) > 1 and word.isupper()


def _ends_in_surname(seen: View, start: int, end: int) -> bool:
    """The last word is a surname, and the first no ordinary word."""
    gazetteer = load()
    if fold(seen.words[end - 1]) not in gazetteer.family:
        return False
    return fold(seen.words[start]) not in gazetteer.common and seen.lower[start] not in heads().particles


def lone_word(seen: View, start: int, end: int) -> Name | None:
    """A lone word that no list has: an acronym, or a place by the word before it."""
    word = seen.words[start]
    if end - start > 1 or not word.isalpha():
        return None
    if word.isupper() and 2 <= len(word) <= 7 and seen.lower[start] not in seen.small:
        return Name(start, end, "ORG", "entities.acronym")
    if seen.traits.get(word, 0) & Trait.PLACED and len(word) > 2 and not _is_common(seen, start):
        return Name(start, end, "GPE", "entities.place")
    return None
