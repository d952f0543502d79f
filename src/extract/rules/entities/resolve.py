"""Which mentions of an article are one thing.

A person's surname stands for the person last named in full with it; an acronym for the name that spells it out; `US`
and `United States` for one country. The id of a thing is made of its label and its fullest name, such as
`person:rumen-radev`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from extract import lexicons
from extract.rules.entities.gazetteer import fold, key, load

_SMALL = frozenset(["of", "the", "and", "for", "on", "in", "de", "da", "do", "la", "le", "du", "des", "et", "y", "e", "und"])
_SUFFIXES_OF_PEOPLE = frozenset(["jr", "sr", "ii", "iii", "iv"])


class Mention(NamedTuple):
    """A name as it stands in the text."""

    text: str
    label: str
    before: str = ""  # the text right before it, as far as it matters: `(`


@dataclass(slots=True)
class _Thing:
    label: str
    mentions: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    name: str = ""


def resolve(mentions: Sequence[Mention]) -> list[str]:
    """The entity id of each mention, in the order given (the order of the text)."""
    things: list[_Thing] = []
    owner: dict[int, _Thing] = {}
    for label in {mention.label for mention in mentions}:
        ours = [(i, mention) for i, mention in enumerate(mentions) if mention.label == label]
        found = _people(ours) if label == "PERSON" else _others(ours, label)
        things.extend(found)
        owner.update((i, thing) for thing in found for i in thing.mentions)
    ids: dict[int, str] = {}
    for thing in things:
        name = fullest([mentions[i].text for i in thing.mentions])
        ids[id(thing)] = f"{thing.label.lower()}:{key(name).replace(' ', '-') or name}"
    return [ids[id(owner[i])] for i in range(len(mentions))]


def fullest(texts: Sequence[str]) -> str:
    """The form with the most words, then in mixed case, then the longest, then the first."""
    best = max(texts, key=lambda text: (len(key(text).split()) * (not _acronym(text)), not text.isupper(), len(text)))
    return " ".join(best.split())


def _people(mentions: list[tuple[int, Mention]]) -> list[_Thing]:
    """People by full names; then each short form goes to the last person before it who bears it, or the first after."""
    things: dict[str, _Thing] = {}
    full: list[tuple[int, list[str], _Thing]] = []
    short: list[tuple[int, list[str]]] = []
    for i, mention in mentions:
        words = [word for word in key(mention.text).split() if word not in _SUFFIXES_OF_PEOPLE]
        if len(words) < 2:
            short.append((i, words))
            continue
        thing = next((other for _, have, other in full if _same_person(words, have)), None)
        if thing is None:
            thing = things.setdefault(" ".join(words), _Thing("PERSON"))
        thing.mentions.append(i)
        full.append((i, words, thing))
    for i, words in short:
        bearers = [(at, thing) for at, have, thing in full if words and words[0] == have[-1]]
        bearers = bearers or [(at, thing) for at, have, thing in full if words and words[0] in have]
        before = [thing for at, thing in bearers if at < i]
        thing = before[-1] if before else bearers[0][1] if bearers else None
        if thing is None:
            thing = things.setdefault(" ".join(words), _Thing("PERSON"))
        thing.mentions.append(i)
    return list(things.values())


def _same_person(one: list[str], other: list[str]) -> bool:
    """The words of the shorter name stand in the longer one in order, initials for names."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(any(a == b or (len(a) == 1 and b.startswith(a)) for b in rest) for a in short)


def _others(mentions: list[tuple[int, Mention]], label: str) -> list[_Thing]:
    """Things by their folded name, then by acronym and short form."""
    things: dict[str, _Thing] = {}
    by_key: dict[str, _Thing] = {}
    previous = ""
    for i, mention in mentions:
        same = _identity(mention.text, label)
        if label not in ("GPE", "NORP") and _acronym(mention.text) and mention.before.endswith("(") and previous not in ("", same):
            if spells(mention.text, previous):
                by_key.setdefault(same, by_key[previous])
        thing = by_key.get(same)
        if thing is None:
            thing = by_key[same] = things.setdefault(same, _Thing(label, name=mention.text))
        thing.mentions.append(i)
        previous = same
    if label in ("ORG", "LAW", "EVENT", "FAC"):
        _join_short_forms(things)
    return [thing for thing in things.values() if thing.mentions]


def _identity(text: str, label: str) -> str:
    """What two mentions of one thing share."""
    folded = key(text)
    if label in ("GPE", "NORP"):
        entry = load().names.get(folded)
        if entry and entry.kind in ("country", "people") and entry.country:
            same_name = entry.label == label and (label == "NORP" or entry.country not in _nations())
            return f"={entry.country}" if same_name else folded
        return folded.removesuffix("s") if label == "NORP" else folded
    if label == "ORG":
        full = lexicons.load("organisations")["acronyms"].get(text)
        words = key(full).split() if full else folded.split()
        while len(words) > 1 and words[-1] in _company_suffixes():
            words.pop()
        return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
    return folded


@cache
def _nations() -> frozenset[str]:
    """Codes under which several countries of their own live: England and Scotland are not one thing."""
    return frozenset(["GB", "PS", "SO", "TZ", "TT", "DE", "US"])


@cache
def _company_suffixes() -> frozenset[str]:
    words = lexicons.load("organisations")["suffixes"]["words"]
    return frozenset(word for suffix in words for word in key(suffix).split())


def _join_short_forms(things: dict[str, _Thing]) -> None:
    """Give each acronym or shortened name to the one longer name that it stands for, if there is just one."""
    for short in sorted(things, key=len):
        mine = things[short]
        if not mine.mentions:
            continue
        longer = [
            other for full, other in things.items()
            if other is not mine and other.mentions and len(full) > len(short) and _stands_for(short, mine.name, full)
        ]  # fmt: skip
        if len(longer) == 1:
            longer[0].mentions.extend(mine.mentions)
            mine.mentions = []


def _stands_for(short: str, text: str, full: str) -> bool:
    if spells(text, full):
        return True
    return full.startswith(f"{short} ") and short not in load().common and short not in load().names


def _acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 10 and letters.isalnum() and sum(c.isupper() for c in letters) * 2 > len(letters)


def spells(acronym: str, full: str) -> bool:
    """An acronym stands for a name: its letters are initials of the name's words, small words aside or not."""
    letters = fold(acronym.replace(".", ""))
    words = key(full).split()
    plain = "".join(word[0] for word in words if word not in _SMALL)
    every = "".join(word[0] for word in words)
    if not _acronym(acronym) or len(words) < 2:
        return False
    return bool(letters) and (letters in (plain, every) or (len(letters) > 2 and _subsequence(letters, plain, full)))


def _subsequence(letters: str, initials: str, full: str) -> bool:
    """`NAFDAC`: begins with the first word and takes its letters from the name in order, most of them initials."""
    rest = iter(full.replace(" ", ""))
    shared = sum(letter in initials for letter in letters)
    return letters[0] == full[0] and all(letter in rest for letter in letters) and shared >= len(letters) - 1
