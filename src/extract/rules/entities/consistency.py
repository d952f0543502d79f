"""One article, one reading: each name gets one label, and what was found once is found again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from extract.lexicons.scope import remembered
from extract.rules.entities.gazetteer import load
from extract.rules.entities.heads import ordinary
from extract.rules.entities.names import Name, find
from extract.rules.entities.resolve import spells
from extract.rules.entities.shapes import View

_LONG = 3  # shorter names are not looked for again


@remembered(2)
def by_rule(seen: View) -> tuple[Name, ...]:
    """The names that the rules find in a document, one label a name; found once for all who ask."""
    return tuple(harmonize_labels(seen, find(seen)))


def harmonize_labels(seen: View, names: Iterable[Name]) -> list[Name]:
    """The names with one label per surface, bare surnames as people, and repeats added; in order."""
    labelled = _one_label(seen, _acronyms(seen, sorted(names)))
    surfaces = _Surfaces(seen, labelled)
    whole = _whole(labelled, surfaces)
    return sorted([*whole, *repeats(whole, surfaces)])


def _acronyms(seen: View, names: list[Name]) -> list[Name]:
    """An acronym in brackets that spells the name before it is what that name is, wherever it is."""
    labels: dict[str, str] = {}
    starts = {name.start: name for name in names}
    for name in names:
        end = name.end
        if seen.words[end : end + 1] == ["("] and seen.words[end + 2 : end + 3] == [")"]:
            acronym = seen.words[end + 1]
            if spells(acronym, " ".join(seen.lower[name.start : end])):
                labels[acronym] = name.label
                starts.setdefault(end + 1, Name(end + 1, end + 2, name.label, "entities.acronym"))
    return [
        name._replace(label=labels[seen.words[name.start]])
        if name.end - name.start == 1 and seen.words[name.start] in labels
        else name
        for name in sorted(starts.values())
    ]


def _surface(seen: View, name: Name) -> tuple[str, ...]:
    return tuple(seen.words[name.start : name.end])


def _one_label(seen: View, names: list[Name]) -> list[Name]:
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    family: set[str] = set()
    for name in names:
        surface = _surface(seen, name)
        votes[surface][name.label] += 1
        if name.label == "PERSON" and len(surface) > 1:
            family.update((surface[0], surface[-1]))
    most = {surface: max(of_label, key=of_label.__getitem__) for surface, of_label in votes.items()}
    result = []
    for name in names:
        surface = _surface(seen, name)
        label = most[surface]
        if len(surface) == 1 and surface[0] in family and label in ("ORG", "GPE", "LOC", "PERSON"):
            known = load().lookup(surface[0])
            label = label if known and known.kind in ("country", "state", "acronym") else "PERSON"
        result.append(name._replace(label=label) if label != name.label else name)
    return result


class _Surfaces:
    """The names of an article as they are written, and the label of each."""

    def __init__(self, seen: View, names: list[Name]) -> None:
        self.seen = seen
        self.labels: dict[tuple[str, ...], str] = {}
        self.lengths: dict[str, set[int]] = defaultdict(set)  # by the first word
        for name in names:
            surface = _surface(seen, name)
            self._add(surface, name.label)
            if name.label == "PERSON" and len(surface) > 1:
                self._add(surface[:1], "PERSON")
                self._add(surface[-1:], "PERSON")

    def _add(self, surface: tuple[str, ...], label: str) -> None:
        if sum(map(len, surface)) >= _LONG and surface[0][0].isupper():
            self.labels.setdefault(surface, label)
            self.lengths[surface[0]].add(len(surface))

    def longest(self, i: int) -> Name | None:
        """The longest of the names that is at a token as a name of its own."""
        for length in sorted(self.lengths.get(self.seen.words[i], ()), reverse=True):
            surface = tuple(self.seen.words[i : i + length])
            if len(surface) < length:  # the article ends here
                continue
            if surface in self.labels and _alone(self.seen, surface, i, i + length):
                return Name(i, i + length, self.labels[surface], "entities.repeat")
        return None


def _whole(names: list[Name], surfaces: _Surfaces) -> list[Name]:
    """Names of several words that the article has with more words elsewhere, with these."""
    result: list[Name] = []
    for name in names:
        if result and name.start < result[-1].end:
            continue
        longer = surfaces.longest(name.start) if name.end - name.start > 1 else None
        result.append(longer if longer and longer.end > name.end else name)
    return result


def repeats(names: list[Name], surfaces: _Surfaces) -> Iterator[Name]:
    """Names of the article where they were not found."""
    taken = {i for name in names for i in range(name.start, name.end)}
    end = 0
    for i in [i for i, word in enumerate(surfaces.seen.words) if word in surfaces.lengths]:
        name = surfaces.longest(i) if i >= end and i not in taken else None
        if name and taken.isdisjoint(range(i, name.end)):
            yield name
            end = name.end


def _alone(seen: View, surface: tuple[str, ...], start: int, end: int) -> bool:
    """No capitalised neighbour makes it part of another name; a lone word must not be an ordinary one."""
    if len(surface) > 1:
        return True
    lower = seen.lower[start]
    word = seen.words[start]
    if word in ordinary():
        return False
    plain = word.istitle() or word.isupper()  # unlike BoG
    if plain and (lower in seen.small or lower in load().common):
        return False
    return seen.shouted[start] or not _has_capital_beside(seen, start, end)


def _has_capital_beside(seen: View, start: int, end: int) -> bool:
    """A capitalised word is before it or after it, other than the first one of a sentence."""
    if end < len(seen.words) and seen.capital[end]:
        return True
    i = start - 1
    return i >= 0 and seen.capital[i] and not seen.opens[i] and seen.words[i].isalpha()
