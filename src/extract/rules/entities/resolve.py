"""Which mentions of an article are one thing.

A person's surname stands for the person last named in full with it; an acronym for the name that spells it
out; `US` and `United States` for one country. What the id of a thing is made of, `ids` says.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extract import lexicons
from extract.rules.entities.gazetteer import fold, key, load
from extract.rules.entities.ids import Mention, Places, of_name
from extract.rules.entities.normal import canonical, has_legal_form

_NAMES = lexicons.load("names")
_SMALL = frozenset(_NAMES["skipped_in_acronyms"]["words"])
_SUFFIXES_OF_PEOPLE = frozenset(_NAMES["suffixes_of_people"]["words"])
_MANY = 50  # of one surname or one first letter; more are not compared


@dataclass(slots=True)
class _Thing:
    label: str
    mentions: list[int] = field(default_factory=list)
    name: str = ""
    whole: str = (
        ""  # a company's folded name with its legal form, which is short for no name that goes on otherwise
    )


def resolve(mentions: Sequence[Mention]) -> list[str]:
    """The entity id of each mention, in the order given (the order of the text)."""
    by_label: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        by_label[mention.label].append((i, mention))
    places = Places(mentions)
    ids = [""] * len(mentions)
    for label, ours in by_label.items():
        if label in ("GPE", "NORP"):
            for i, _ in ours:
                ids[i] = places.link(i)
            continue
        for thing in _people(ours) if label == "PERSON" else _others(ours, label):
            name = fullest([mentions[i].text for i in thing.mentions])
            first = next(i for i in thing.mentions if " ".join(mentions[i].text.split()) == name)
            link = places.link(first) if label == "LOC" else of_name(label, name)
            for i in thing.mentions:
                ids[i] = link
    return ids


def fullest(texts: Sequence[str]) -> str:
    """The form with the most words, then in mixed case, then the longest, then the first."""
    return " ".join(max(texts, key=_fullness).split())


def _fullness(text: str) -> tuple[int, bool, int]:
    return 0 if _acronym(text) else len(key(text).split()), not text.isupper(), len(text)


def _people(mentions: list[tuple[int, Mention]]) -> list[_Thing]:
    """People by full name; a short form is the last person before it who bears it, or the first after."""
    things: list[_Thing] = []
    full: dict[str, list[tuple[list[str], _Thing]]] = defaultdict(list)  # by surname
    surnames: dict[str, list[tuple[int, _Thing]]] = defaultdict(list)  # the mentions in full, by surname
    others: dict[str, list[tuple[int, _Thing]]] = defaultdict(list)  # and by each word before it
    short: list[tuple[int, str]] = []
    for i, mention in mentions:
        words = [word for word in key(mention.text).split() if word not in _SUFFIXES_OF_PEOPLE]
        if len(words) < 2:
            short.append((i, " ".join(words)))
            continue
        alike = full[words[-1]]
        thing = next((one for have, one in alike[-_MANY:] if _same_person(words, have)), None)
        if thing is None:
            thing = _Thing("PERSON")
            things.append(thing)
            alike.append((words, thing))
        thing.mentions.append(i)
        surnames[words[-1]].append((i, thing))
        for word in words[:-1]:
            others[word].append((i, thing))
    alone: dict[str, _Thing] = {}
    for i, word in short:
        bearer = _nearest(surnames.get(word), i) or _nearest(others.get(word), i)
        (bearer or alone.setdefault(word, _Thing("PERSON"))).mentions.append(i)
    return [*things, *alone.values()]


def _nearest(bearers: list[tuple[int, _Thing]] | None, i: int) -> _Thing | None:
    """The last bearer before a mention, or the first one after it."""
    if not bearers:
        return None
    return bearers[max(0, bisect(bearers, i, key=lambda bearer: bearer[0]) - 1)][1]


def _same_person(one: list[str], other: list[str]) -> bool:
    """The words of the shorter name are in the longer one in order, initials for names."""
    short, long = sorted((one, other), key=lambda words: (len(words), len("".join(words))))
    rest = iter(long)
    return all(any(a == b or (len(a) == 1 and b.startswith(a)) for b in rest) for a in short)


def _others(mentions: list[tuple[int, Mention]], label: str) -> list[_Thing]:
    """Things by their folded name, then by acronym and short form."""
    things: dict[str, _Thing] = {}
    previous = ""
    for i, mention in mentions:
        same = _identity(mention.text, label)
        explained = mention.before == "(" and previous and spells(mention.text, previous)
        if explained and same not in things:  # International Monetary Fund (IMF)
            things[same] = things[previous]
        thing = things.setdefault(same, _Thing(label, name=mention.text))
        thing.mentions.append(i)
        if label == "ORG" and not thing.whole and has_legal_form(mention.text):
            thing.whole = key(mention.text)
        previous = same
    _join_short_forms(things)
    return [thing for thing in {id(thing): thing for thing in things.values()}.values() if thing.mentions]


def _identity(text: str, label: str) -> str:
    """What two mentions of one thing share."""
    folded = key(text)
    if label == "ORG":
        known = canonical(text)
        if known:
            return known.replace("-", " ")
        words = folded.split()
        while len(words) > 1 and words[-1] in _company_suffixes():
            words.pop()
        words = [word for word in words if word != "and"] or words  # `Marks & Spencer`
        return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
    return folded


@cache
def _company_suffixes() -> frozenset[str]:
    words = lexicons.load("organisations")["suffixes"]["words"]
    return frozenset(word for suffix in words for word in key(suffix).split())


def _join_short_forms(things: dict[str, _Thing]) -> None:
    """Give each acronym or shortened name to the longer name that it stands for, if there is just one."""
    beginnings: dict[str, set[str]] = defaultdict(set)
    letters: dict[str, set[str]] = defaultdict(set)
    for full in things:
        words = full.split()
        letters[full[:1]].add(full)
        for size in range(1, min(len(words), 5)):
            beginnings[" ".join(words[:size])].add(full)
    for short in sorted(things, key=len, reverse=True):  # `Daehan Marine` has its owner before `Daehan`
        mine = things[short]
        longer: set[str] = set()
        if _acronym(mine.name) and len(letters[short[:1]]) <= _MANY:
            longer = {full for full in letters[short[:1]] if spells(mine.name, full)}
        known = load().names.get(short)
        if mine.whole:  # LTV Corp is not LTV Steel; Hospital Corp may be the Hospital Corp of America
            longer = set(beginnings[mine.whole])
        elif short not in load().common and (known is None or known.kind == "town"):
            longer |= beginnings[short]
        owners = {id(things[full]): things[full] for full in longer if things[full] is not mine}
        if len(owners) == 1:
            things[short] = next(iter(owners.values()))
            things[short].mentions.extend(mine.mentions)


def _acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("&", "")
    capitals = sum(c.isupper() for c in letters)
    return 2 <= len(letters) <= 10 and letters.isalnum() and capitals * 2 > len(letters)


def spells(acronym: str, full: str) -> bool:
    """An acronym stands for a name: its letters are initials of the words, small words aside or not."""
    if not _acronym(acronym):
        return False
    letters = fold(acronym.replace(".", "").replace("&", ""))
    plain, every, joined = _initials(full)
    if len(every) < 2:
        return False
    return letters in (plain, every) or (len(letters) > 3 and _from_inside(letters, plain, joined))


@lru_cache(64)
def _initials(full: str) -> tuple[str, str, str]:
    """The initials of a name's words without the small ones, those of all, and the words as one."""
    words = key(full).split()
    plain = "".join(word[0] for word in words if word not in _SMALL)
    return plain, "".join(word[0] for word in words), "".join(words)


def _from_inside(letters: str, initials: str, full: str) -> bool:
    """`NAFDAC`: the letters are in the name in order, from its first on, all but one of them initials."""
    rest = iter(full)
    shared = sum(letter in initials for letter in letters)
    return letters[0] == full[0] and all(letter in rest for letter in letters) and shared >= len(letters) - 1
