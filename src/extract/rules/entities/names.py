"""Names by rule: runs of capitalised words, read by their head words, the words around them and known names.

    `entity.known`       the whole run is a known name: `Black Sea`
    `entity.head`        a word of it says what it is: `Ministry of Trade`, `Tana River`, `Finance Act`
    `entity.branch`      an acronym, then a place: `BRAC Uganda`
    `entity.title`       a title stands before it: President `Rumen Radev`
    `entity.given`       it begins with a given name: `Ana Petrova`
    `entity.context`     the article treats it as a person elsewhere: `Radev` said
    `entity.acronym`     capitals only: `TITR`
    `entity.place`       after `in`, `from`: in `Kericho`
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract import lexicons
from extract.rules.entities.gazetteer import Gazetteer, Hit, fold, load
from extract.rules.entities.shapes import Trait, View, titles

_JOINERS = frozenset(["-", "&"])
_OF = frozenset(["of", "for", "on", "the"])
_PERSON = Trait.TITLED | Trait.SPEAKS | Trait.NAMED
MAX_WORDS = 12
RULES = (
    "entity.known", "entity.head", "entity.branch", "entity.title", "entity.given", "entity.context",
    "entity.acronym", "entity.place", "entity.repeat",
)  # fmt: skip


class Name(NamedTuple):
    """A name at the tokens `start` to `end`."""

    start: int
    end: int
    label: str
    rule: str


@cache
def _ordinary() -> frozenset[str]:
    """Capitalised words that name nothing."""
    return frozenset(word for table in lexicons.load("capitals").values() for word in table["words"])


class _Heads(NamedTuple):
    after: dict[str, str]
    before: dict[str, str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    openers: frozenset[str]


@cache
def _heads() -> _Heads:
    """Head words with their label; the lists nearer the end of this function win."""
    organisations, regions, works = (lexicons.load(name) for name in ("organisations", "regions", "works"))
    tables = {**works["heads"], **regions["heads"], "ORG": organisations["heads"]}
    after = {word: label for label, table in tables.items() for word in table["after"]}
    after |= dict.fromkeys(organisations["corridors"]["after"], "FAC")
    before = {word: label for label, table in tables.items() for word in table["before"]}
    return _Heads(
        after,
        before,
        frozenset(organisations["suffixes"]["words"]),
        frozenset(lexicons.load("titles")["particles"]["words"]),
        frozenset(organisations["openers"]["words"]),
    )


def find(seen: View) -> list[Name]:
    """The names of a document, in order, without overlaps."""
    finder = _Finder(seen)
    return [name for start, end in finder.runs() for name in finder.read(start, end)]


class _Finder:
    """The runs of one document and their reading."""

    def __init__(self, seen: View) -> None:
        self.seen = seen
        self.gazetteer: Gazetteer = load()
        self.heads = _heads()
        self.hits: dict[int, tuple[int, Hit]] = {start: (end, hit) for start, end, hit in seen.hits}

    def runs(self) -> Iterator[tuple[int, int]]:
        """Token ranges of capitalised words with the small words that may join them."""
        seen, i, size = self.seen, 0, len(self.seen.words)
        while i < size:
            if i in self.hits and not seen.capital[i]:  # iPhone, al-Shabaab
                yield i, self.hits[i][0]
                i = self.hits[i][0]
            elif not seen.capital[i]:
                i += 1
            elif seen.shouted[i]:
                end = self.hits[i][0] if i in self.hits else i + 1
                if i in self.hits:
                    yield i, end
                i = end
            else:
                end = self._run_end(i)
                yield i, end
                i = end

    def _run_end(self, start: int) -> int:
        """One past the last capitalised word of the run that begins at a token."""
        seen, end, i = self.seen, start + 1, start + 1
        while i < len(seen.words) and i - start < 2 * MAX_WORDS:
            word = seen.words[i]
            if seen.opens[i] or word == "The" or word in _ordinary():  # `The`: a heading ran into a sentence
                break
            if word == "," and i == end and self._listed(start, i):
                i += 1
                continue
            if seen.words[i - 1] == "-" and seen.capital[i] and not seen.glued[i]:  # a dash: `Durban - Police`
                break
            if seen.capital[i] or self._hyphened(i):
                end = i + 1
            elif i == end and not (word in _JOINERS or word in self.heads.particles or self._joins(start, i)):
                break
            elif i - end >= 2:
                break
            i += 1
        return end

    def _hyphened(self, i: int) -> bool:
        """The second half of a given name: `Ka-wai`, not `London-based`."""
        seen = self.seen
        if i < 2 or seen.words[i - 1] != "-" or not seen.capital[i - 2] or not seen.words[i].isalpha():
            return False
        if len(seen.words[i]) > 6 or (i - 2) in self.hits:
            return False
        surname = i > 2 and seen.capital[i - 3] and (i - 3) not in self.hits and self._is_given(i - 3)
        return surname or seen.lower[i] not in self.gazetteer.common

    def _joins(self, start: int, i: int) -> bool:
        """`of` after a head word, `and` inside an organisation."""
        seen, word = self.seen, self.seen.words[i]
        head = seen.words[i - 1]
        if word in _OF:
            return self.heads.after.get(head) in ("ORG", "LAW", "EVENT") or f"{head} {word}" in self.heads.before
        if word == "and":
            return any(f"{w} of" in self.heads.before for w in seen.words[start:i]) or self._head_follows(i)
        return False

    def _listed(self, start: int, comma: int) -> bool:
        """`Ministry of Gender, Labour and Social Development`: more of its subjects, up to the last one after `and`."""
        seen, i = self.seen, comma + 1
        if not any(f"{word} of" in self.heads.before for word in seen.words[start:comma]):
            return False
        while i < min(comma + 8, len(seen.words) - 1) and (seen.capital[i] or seen.words[i] == ","):
            i += 1
        return i > comma + 1 and seen.words[i] == "and" and seen.capital[i + 1] and (comma + 1) not in self.hits

    def _head_follows(self, i: int) -> bool:
        """`Food and Drug Administration`: ordinary words on both sides, a head at the end."""
        seen = self.seen
        j = i + 1
        while j < len(seen.words) and seen.capital[j] and j - i < 5:
            j += 1
        plain = seen.lower[i - 1] in self.gazetteer.common and (i - 1) not in self.hits
        plain = plain and self.heads.after.get(seen.words[i - 1]) != "ORG"
        return plain and j - i > 2 and self.heads.after.get(seen.words[j - 1]) == "ORG"

    def read(self, start: int, end: int) -> Iterator[Name]:
        """The names in a run."""
        start = self._strip(start, end)
        while start < end:
            name = self._name_at(start, end)
            if name is None:
                start = self._strip(start + 1, end)
            else:
                yield name
                start = self._strip(name.end, end)

    def _strip(self, start: int, end: int) -> int:
        """Skip titles, joiners and ordinary words that only open a sentence."""
        seen = self.seen
        while start < end:
            word, lower = seen.words[start], seen.lower[start]
            following = seen.words[start + 1] if start + 1 < end else ""
            headed = f"{word} {following}" in self.heads.before or word in self.heads.before
            opener = seen.opens[start] and not (following[:1].isupper() and word in self.heads.openers) and (lower in self.gazetteer.common or lower in seen.small)
            skip = not seen.capital[start] or word in titles() or lower == "the" or word in _ordinary()
            if start in self.hits or headed or not (skip or opener):
                break
            start += 1
        return start

    def _name_at(self, start: int, end: int) -> Name | None:
        hit_end, hit = self.hits.get(start, (start, None))
        if hit and hit_end == end:
            return self._known(start, end, hit)
        label = self._headed(start, end)
        if label:
            return Name(start, end, label, "entity.head")
        if hit is None or hit.entry.kind in ("acronym", "org"):
            label = self._branch(start, end)
            if label:
                return Name(start, end, label, "entity.branch")
        named = hit and hit.entry.kind == "group" and end - start > 1 and self._is_given(start)
        if hit and hit.entry.kind == "org" and hit_end < end and self._goes_on(hit_end):
            return Name(start, self._person_end(start, end), "ORG", "entity.branch")
        if hit and not named and (hit.entry.kind in ("country", "people", "group", "acronym", "org") or hit_end - start > 1):
            return self._known(start, hit_end, hit)
        person_end = self._person_end(start, end)
        rule = self._person_rule(start, person_end)
        if rule:
            return Name(start, person_end, "PERSON", rule)
        if hit:
            return self._known(start, hit_end, hit)
        return self._unknown(start, person_end)

    def _known(self, start: int, end: int, hit: Hit) -> Name | None:
        """A known name, unless the article uses it of a person or as an ordinary word."""
        seen, entry = self.seen, hit.entry
        word = seen.words[start]
        trait = seen.traits.get(word, 0)
        if entry.kind in ("city", "town", "region", "country") and end - start == 1 and trait & _PERSON:
            if not trait & Trait.PLACED and (trait & Trait.TITLED or entry.kind != "country"):
                return Name(start, end, "PERSON", "entity.context")
        ordinary = end - start == 1 and (seen.lower[start] in seen.small or seen.lower[start] in self.gazetteer.common)
        if entry.kind in ("town", "region", "city") and ordinary and (seen.opens[start] or entry.kind == "town"):
            return None
        return Name(start, end, entry.label, "entity.known")

    def _headed(self, start: int, end: int) -> str | None:
        """The label that a head word of the run gives it."""
        words = self.seen.words
        if end - start < 2:
            return None
        last, last_two = words[end - 1], " ".join(words[end - 2 : end])
        for size in (2, 3):
            label = self.heads.before.get(" ".join(words[start : start + size]))
            if label and end - start > size:
                return label
        if last in self.heads.suffixes:
            return "ORG"
        label = self.heads.after.get(last_two) if end - start > 2 else None
        label = label or self.heads.after.get(last) or self.heads.before.get(words[start])
        inner = next((i for i in range(start, end) if words[i] in _OF and i > start), None)
        if not label and inner and f"{words[inner - 1]} {words[inner]}" in self.heads.before:
            label = self.heads.before[f"{words[inner - 1]} {words[inner]}"]
        return label or (self.heads.after.get(words[inner - 1]) if inner else None)

    def _is_given(self, i: int) -> bool:
        return fold(self.seen.words[i]) in self.gazetteer.given and self.seen.lower[i] not in self.heads.particles

    def _goes_on(self, i: int) -> bool:
        """A known organisation's name has more words here: `Hyundai Mipo Dockyard`, not `Google boss` or `Apple's`."""
        seen, word = self.seen, self.seen.words[i]
        return seen.capital[i] and word not in titles() and not self._is_given(i) and i not in self.hits

    def _branch(self, start: int, end: int) -> str | None:
        """An organisation's branch: its acronym, then a place (`BRAC Uganda`)."""
        acronym = self.seen.words[start]
        place = self.hits.get(start + 1)
        is_acronym = acronym.isupper() and acronym.isalpha() and 2 < len(acronym) < 7
        return "ORG" if is_acronym and place and place[0] == end and place[1].entry.label == "GPE" else None

    def _person_end(self, start: int, end: int) -> int:
        """Where a person's name that begins here would end: before a title, a known people or `and`."""
        for i in range(start + 1, end):
            hit = self.hits.get(i)
            stop = hit and hit[1].entry.kind in ("people", "country") and self.seen.words[i - 1] != "-"
            if self.seen.words[i] in titles() or self.seen.words[i] in ("and", "of", "for", "the", "&") or stop:
                while not self.seen.capital[i - 1]:
                    i -= 1
                return max(i, start + 1)
        return end

    def _person_rule(self, start: int, end: int) -> str | None:
        seen, first, last = self.seen, self.seen.words[start], self.seen.words[end - 1]
        strong = fold(last) not in self.gazetteer.common
        if not strong or (last.isupper() and len(last) > 1 and end - start == 1):
            return None
        if start and seen.words[start - 1] in titles():
            return "entity.title"
        if 2 <= end - start <= 7 and self._is_given(start) and seen.lower[start] not in seen.small:
            return "entity.given"
        if seen.traits.get(last, 0) & _PERSON and seen.traits.get(first, 0) & Trait.ARTICLE == 0:
            return "entity.context"
        if 2 <= end - start <= 4 and fold(last) in self.gazetteer.family and self._strong(start):
            return "entity.given"
        return None

    def _strong(self, i: int) -> bool:
        """No ordinary word, and no small one of a name."""
        return fold(self.seen.words[i]) not in self.gazetteer.common and self.seen.lower[i] not in self.heads.particles

    def _unknown(self, start: int, end: int) -> Name | None:
        seen, word = self.seen, self.seen.words[start]
        if end - start == 1:
            trait = seen.traits.get(word, 0)
            if word.isupper() and word.isalpha() and 2 <= len(word) <= 7 and seen.lower[start] not in seen.small:
                return Name(start, end, "ORG", "entity.acronym")
            common = seen.lower[start] in self.gazetteer.common or seen.lower[start] in seen.small
            if trait & Trait.PLACED and not common and word.isalpha() and len(word) > 2:
                return Name(start, end, "GPE", "entity.place")
        return None
